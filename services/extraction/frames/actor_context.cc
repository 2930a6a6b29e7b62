#include "services/extraction/frames/actor_context.h"

#include <algorithm>
#include <string_view>

#include "services/extraction/frames/links.h"

namespace consilience::extraction {
namespace {

// Tokens of "had not yet" between a subject and its verb.
constexpr size_t kHelpReach = 5;

bool IsPronoun(std::string_view word) {
  return word == "they" || word == "it" || word == "we" || word == "he" || word == "she";
}

bool IsPossessive(std::string_view word) {
  return word == "their" || word == "its" || word == "our";
}

bool IsTaking(const Assertion& assertion) {
  return assertion.kind == Kind::kControl &&
         (assertion.measure == "CAPTURED" || assertion.measure == "RECAPTURED");
}

class ActorContext {
 public:
  ActorContext(const Scene& scene, const ActorSources& sources, const std::string& country,
               const std::vector<AttributionMention>& attributions, std::vector<Draft>& drafts)
      : scene_(scene), sources_(sources), attributions_(attributions), drafts_(drafts) {
    for (const Party& party : sources.lexicon->party) {
      if (!country.empty() && party.state == country) state_ = party.id;
      if (party.any_state) generic_ = party.id;
    }
  }

  void Run() {
    for (size_t i = 0; i < drafts_.size(); ++i) {
      Draft& draft = drafts_[i];
      Assertion& assertion = draft.assertion;
      if (assertion.kind == Kind::kControl && assertion.actor.empty()) {
        assertion.actor = FromSubject(i);
      }
      if (assertion.actor == generic_ && !state_.empty()) assertion.actor = state_;
      if (IsTaking(assertion) && assertion.actor.empty()) assertion.actor = ToldBefore(i);
    }
  }

 private:
  size_t Earliest(size_t draft) const { return draft > kLookBack ? draft - kLookBack : 0; }

  std::string FromSubject(size_t at) const;
  std::string ToldBefore(size_t at) const;
  std::string SpeakersParty(const Draft& draft) const;
  std::string PartyIn(size_t begin, size_t end) const;

  const Scene& scene_;
  const ActorSources& sources_;
  const std::vector<AttributionMention>& attributions_;
  std::vector<Draft>& drafts_;
  std::string state_;    // the party that is the government of the country that is spoken of
  std::string generic_;  // the party of "the army"
};

// The first party that tokens [begin, end) name.
std::string ActorContext::PartyIn(size_t begin, size_t end) const {
  for (size_t i = begin; i < end; ++i) {
    const auto party = sources_.lexicon->parties.Longest(scene_.text().tokens(), i, end);
    if (party) return sources_.lexicon->party[static_cast<size_t>(party->payload)].id;
  }
  return "";
}

std::string ActorContext::SpeakersParty(const Draft& draft) const {
  if (draft.assertion.attribution < 0) return "";
  const Text& text = scene_.text();
  for (const Span& source :
       attributions_[static_cast<size_t>(draft.assertion.attribution)].source) {
    std::string party =
        PartyIn(text.TokenAtStored(source.begin), text.TokenAtStored(source.end - 1) + 1);
    if (!party.empty()) return party;
  }
  return "";
}

// The subject right before the verb and its auxiliaries.
std::string ActorContext::FromSubject(size_t at) const {
  const Draft& draft = drafts_[at];
  const Text& text = scene_.text();
  const size_t first = text.sentences()[draft.sentence].begin;
  size_t i = draft.trigger;
  const auto helps = [&](size_t token) {
    const ClassSet& classes = scene_.classes(token);
    return classes[sources_.have] || classes[sources_.modal] || classes[sources_.adverb];
  };
  while (i > first && draft.trigger - i < kHelpReach && helps(i - 1)) --i;
  if (i == first) return "";
  const std::string_view subject = text.Lower(i - 1);
  if (IsPronoun(subject)) return SpeakersParty(draft);
  if (i >= first + 2 && IsPossessive(text.Lower(i - 2))) return SpeakersParty(draft);
  if (!scene_.classes(i - 1)[sources_.advance]) return "";
  for (size_t before = at; before-- > Earliest(at);) {
    const Assertion& assertion = drafts_[before].assertion;
    if (IsMove(assertion) && !assertion.actor.empty()) return assertion.actor;
  }
  return "";
}

// "The army seized the camp. … The camp has fallen": who was said to have taken the same place at
// the same time.
std::string ActorContext::ToldBefore(size_t at) const {
  const Assertion& again = drafts_[at].assertion;
  for (size_t i = at; i-- > Earliest(at);) {
    const Assertion& before = drafts_[i].assertion;
    const bool together = before.time == again.time || before.time.empty() || again.time.empty();
    if (IsTaking(before) && !before.actor.empty() && together && !again.place.id.empty() &&
        before.place.id == again.place.id && before.measure == again.measure) {
      return before.actor;
    }
  }
  return "";
}

}  // namespace

void ResolveActors(const Scene& scene, const ActorSources& sources, const std::string& country,
                   const std::vector<AttributionMention>& attributions,
                   std::vector<Draft>& drafts) {
  ActorContext(scene, sources, country, attributions, drafts).Run();
}

}  // namespace consilience::extraction
