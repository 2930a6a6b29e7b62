// Who is meant by a description of somebody or of a body named before, and by names that several
// bodies share.
#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>

#include "services/extraction/attribution/speaker_words.h"
#include "services/extraction/attribution/speakers.h"

namespace consilience::extraction {
namespace {

// How many names of bodies back "the war monitor" may reach.
constexpr size_t kMaxMonitorRecall = 200;
// Speakers back of whom one may have spoken in "the statement", and words of "a joint statement".
constexpr size_t kMaxAuthors = 3;
constexpr uint32_t kDocumentWords = 3;
// Tokens before a noun phrase in which the name of an organisation that it ends may begin.
constexpr uint32_t kNameReach = 3;

// Words for a person of any office: "the official" may be a minister, "the governor" is none.
bool IsAnyPerson(std::string_view word) {
  constexpr std::array<std::string_view, 6> kWords = {"official", "man",  "woman",
                                                      "boy",      "girl", "politician"};
  return std::find(kWords.begin(), kWords.end(), word) != kWords.end();
}

// What "the agency" may be.
bool IsAgency(std::string_view kind) { return kind == "un" || kind == "agency"; }

}  // namespace

// "The Britain-based war monitor": the monitor that was named last before.
std::optional<SpeakerResolver::Known> SpeakerResolver::RecallMonitor(const NounPhrase& noun) const {
  const std::string_view word = syntax_.text().Lower(noun.head);
  if (word != "monitor" && word != "watchdog") return std::nullopt;
  const auto after = std::partition_point(
      mentions_.begin(), mentions_.end(),
      [&](const NamedOrganisation& mention) { return mention.span.begin < noun.begin; });
  const size_t count = static_cast<size_t>(after - mentions_.begin());
  for (size_t i = 0; i < std::min(count, kMaxMonitorRecall); ++i) {
    const NamedOrganisation& mention = mentions_[count - 1 - i];
    if (organisations_[mention.index].kind != "monitor") continue;
    return Known{OfOrganisation(mention.index, mention.span), syntax_.word(noun.head).noun, false,
                 noun.begin};
  }
  return std::nullopt;
}

// "The statement": whoever spoke in one before, as "health authorities said in a statement".
std::optional<SpeakerResolver::Known> SpeakerResolver::RecallAuthor(const NounPhrase& noun,
                                                                    WordId head) const {
  if ((cues_.Flags(head) & kDocument) == 0 || noun.head != noun.begin + 1) return std::nullopt;
  const Text& text = syntax_.text();
  const std::string_view word = text.Lower(noun.head);
  for (size_t i = 0; i < std::min(spoken_.size(), kMaxAuthors); ++i) {
    const Known& known = spoken_[spoken_.size() - 1 - i];
    const uint32_t end = std::min(syntax_.SentenceOf(known.token).end, noun.begin);
    for (uint32_t at = known.token + 2; at < end; ++at) {
      if (text.Lower(at) != word) continue;
      for (uint32_t back = 1; back <= kDocumentWords && at - back > known.token; ++back) {
        const std::string_view article = text.Lower(at - back);
        if (article == "a" || article == "an" || article == "its" || article == "his" ||
            article == "her" || article == "their") {
          return known;
        }
      }
    }
  }
  return std::nullopt;
}

// A definite description without anything after it goes back to a speaker: "the official", "the
// group".
std::optional<SpeakerResolver::Known> SpeakerResolver::Recall(const NounPhrase& noun,
                                                              WordId head) const {
  const std::string_view word = syntax_.text().Lower(noun.head);
  const bool person = (syntax_.word(noun.head).noun_senses & kPersonSense) != 0 &&
                      word != "monitor" && word != "watchdog";
  // "The interior ministry" is not the foreign ministry.
  const bool modified = noun.head > noun.begin + 1;
  const std::string_view modifier =
      modified ? syntax_.text().Lower(noun.head - 1) : std::string_view();
  const size_t reach = std::min(spoken_.size(), kMaxRecall);
  for (size_t i = 0; i < reach; ++i) {
    const Known& known = spoken_[spoken_.size() - 1 - i];
    const Speaker& speaker = known.speaker;
    const bool same = !modified || ContainsWord(speaker.name, modifier) ||
                      ContainsWord(speaker.description, modifier) ||
                      ContainsWord(speaker.role, modifier) ||
                      ContainsWord(speaker.organisation, modifier);
    if (!same) continue;
    if (head != kNoWord && known.head == head) return known;
    if (EndsWithWord(known.speaker.name, word) || ContainsWord(known.speaker.role, word)) {
      return known;
    }
  }
  for (size_t i = 0; i < std::min(mentions_.size(), kMaxRecall); ++i) {
    const NamedOrganisation& mention = mentions_[mentions_.size() - 1 - i];
    if (mention.span.begin > noun.begin) continue;
    const std::string& name = organisations_[mention.index].name;
    if (EndsWithWord(name, word) && (!modified || ContainsWord(name, modifier))) {
      return Known{OfOrganisation(mention.index, mention.span), head, false, noun.begin};
    }
  }
  if (word == "agency" && !modified) {
    if (auto agency = RecallAgency(noun); agency.has_value()) return agency;
  }
  const bool generic = word == "group" || word == "monitor" || word == "watchdog" ||
                       word == "organisation" || word == "organization" || word == "agency" ||
                       word == "ministry" || word == "body" || word == "network";
  if (modified || (!person && !generic)) return std::nullopt;
  for (size_t i = 0; i < reach; ++i) {
    const Known& known = spoken_[spoken_.size() - 1 - i];
    if (word == "ministry" && !ContainsWord(known.speaker.name, word) &&
        !ContainsWord(known.speaker.organisation, word)) {
      continue;  // of all bodies only those called so are ministries
    }
    if (generic && !known.speaker.organisation.empty()) {
      Known body = known;  // of the person who spoke for it
      body.speaker = {};
      body.speaker.name = known.speaker.organisation;
      body.speaker.type = SpeakerType::kOrganisation;
      body.speaker.span = syntax_.text().SpanOf(noun.begin, noun.end);
      return body;
    }
    if (known.plural || !IsKind(known.speaker.type, person)) continue;
    if (person && known.speaker.type != SpeakerType::kPerson) continue;
    if (person && !known.speaker.role.empty() && !IsAnyPerson(word)) continue;
    if (noun.begin > known.token + 3 * kMaxMention) break;
    return known;
  }
  return std::nullopt;
}

std::string_view SpeakerResolver::KindOf(const Speaker& speaker) const {
  if (speaker.type != SpeakerType::kOrganisation && speaker.type != SpeakerType::kWire) return {};
  return organisations_.KindOf(speaker.name);
}

// "Frontex, the EU border | agency, said": a speaker is called so where he is named.
bool SpeakerResolver::IsCalledAgency(const Known& known) const {
  constexpr uint32_t kReach = 12;
  const uint32_t end = std::min(syntax_.SentenceOf(known.token).end, known.token + kReach);
  for (uint32_t i = known.token; i < end; ++i) {
    if (syntax_.text().Lower(i) == "agency") return true;
  }
  return false;
}

// "The agency": the news agency or the one of the United Nations that spoke or was named last, or
// another that was called one.
std::optional<SpeakerResolver::Known> SpeakerResolver::RecallAgency(const NounPhrase& noun) const {
  std::optional<Known> best;
  for (size_t i = 0; i < std::min(spoken_.size(), kMaxRecall) && !best.has_value(); ++i) {
    const Known& known = spoken_[spoken_.size() - 1 - i];
    if (known.speaker.type == SpeakerType::kPerson) continue;
    const std::string_view kind = KindOf(known.speaker);
    if (IsAgency(kind) || kind == "wire" || IsCalledAgency(known)) best = known;
  }
  const auto after = std::partition_point(
      mentions_.begin(), mentions_.end(),
      [&](const NamedOrganisation& mention) { return mention.span.begin < noun.begin; });
  const auto count = static_cast<size_t>(after - mentions_.begin());
  for (size_t i = 0; i < std::min(count, kMaxRecall); ++i) {
    const NamedOrganisation& mention = mentions_[count - 1 - i];
    if (best.has_value() && mention.span.begin <= best->token) break;
    if (!IsAgency(organisations_[mention.index].kind)) continue;
    return Known{OfOrganisation(mention.index, mention.span), syntax_.word(noun.head).noun, false,
                 noun.begin};
  }
  return best;
}

// "the Libyan | Red Crescent", "the Philippine | coast guard": whose it is belongs to the name,
// which later is said without.
Speaker SpeakerResolver::OfNamed(const NamedOrganisation& named, const NounPhrase& noun) const {
  Speaker speaker = OfOrganisation(named.index, named.span);
  if (!organisations_[named.index].is_national()) return speaker;
  const Text& text = syntax_.text();
  uint32_t first = named.span.begin;
  while (first > noun.begin &&
         (text[first - 1].is(kCapitalised) || syntax_.is(first - 1, Bit(Tag::kGenitive))) &&
         syntax_.is(first - 1, Bits(Tag::kName, Tag::kAdjective, Tag::kGenitive, Tag::kHyphen))) {
    --first;
  }
  if (first < named.span.begin) {
    speaker.name = WordsOf(text, {first, named.span.end});
    speaker.span = text.SpanOf(first, named.span.end);
    return speaker;
  }
  const size_t size = text.Lower(named.span.begin, named.span.end).size();
  for (size_t i = 0; i < std::min(spoken_.size(), kMaxRecall); ++i) {
    const Speaker& before = spoken_[spoken_.size() - 1 - i].speaker;
    if (before.type != SpeakerType::kOrganisation || before.name.size() <= size) continue;
    if (EndsWithWord(before.name, text.Lower(named.span.end - 1)) &&
        ContainsWord(before.name, text.Lower(named.span.begin))) {
      const Span span = speaker.span;
      speaker = before;
      speaker.span = span;
      return speaker;
    }
  }
  return speaker;
}

// The organisation whose name begins before the noun phrase and ends with it.
std::optional<NamedOrganisation> SpeakerResolver::NameAround(const NounPhrase& noun) const {
  const Text& text = syntax_.text();
  if (!text[noun.head].is(kCapitalised)) return std::nullopt;
  const uint32_t sentence = syntax_.SentenceOf(noun.begin).begin;
  const uint32_t least = std::max(sentence, noun.begin > kNameReach ? noun.begin - kNameReach : 0);
  for (uint32_t i = noun.begin; i-- > least;) {
    if (!text[i].is(kCapitalised) || !organisations_.names().Starts(text[i])) continue;
    const auto match = organisations_.names().Longest(text.tokens(), i, noun.end);
    if (match.has_value() && match->end == noun.end) {
      return NamedOrganisation{{match->begin, match->end}, match->payload};
    }
  }
  return std::nullopt;
}

// "the Ministry of Public Health | and Population": the name of one body goes on at `joint`.
bool SpeakerResolver::NamesOneBody(uint32_t begin, uint32_t joint) const {
  const Text& text = syntax_.text();
  const auto is_body = [&](uint32_t i) { return (cues_.Flags(text[i].word) & kBody) != 0; };
  const NounPhrase* body = syntax_.NounAt(begin);
  const NounPhrase* next = joint + 1 < syntax_.size() ? syntax_.NounAt(joint + 1) : nullptr;
  if (body == nullptr || next == nullptr || body->end >= joint) return false;
  if (!is_body(body->head)) return false;
  if (!text[body->head].is(kCapitalised) || !syntax_.is(body->end, Bit(Tag::kPreposition))) {
    return false;
  }
  const uint32_t first = body->end + (text.Lower(body->end + 1) == "the" ? 2 : 1);
  if (first < joint && !text[first].is(kCapitalised)) return false;
  return syntax_.is(next->begin, Bit(Tag::kName)) && !is_body(next->head) &&
         !organisations_.names().Longest(text.tokens(), next->begin, next->end).has_value();
}

// "the paramilitary | Rapid Support Forces": what a name in capitals has before it only describes.
void SpeakerResolver::OpenAtCapitals(uint32_t head, TokenSpan& name) const {
  const Text& text = syntax_.text();
  if (!text[head].is(kCapitalised)) return;
  uint32_t first = head;
  while (first > name.begin && (text[first - 1].is(kCapitalised) ||
                                syntax_.is(first - 1, Bits(Tag::kHyphen, Tag::kDot)))) {
    --first;
  }
  const bool describes =
      first > name.begin &&
      syntax_.is(first - 1, Bits(Tag::kAdjective, Tag::kNoun, Tag::kParticiple, Tag::kPast));
  if (first < head && describes) name.begin = first;
}

// "rights group | Hengaw", "the state company | TTK": the words before the name say what it is.
void SpeakerResolver::OpenAtName(uint32_t head, TokenSpan& name, SpeakerType& type) const {
  uint32_t first = head;
  while (first > name.begin &&
         syntax_.is(first - 1, Bits(Tag::kName, Tag::kHyphen, Tag::kDot, Tag::kNumber))) {
    --first;
  }
  if (first == name.begin || !syntax_.is(first - 1, kNouns | Bit(Tag::kAdjective))) return;
  const WordClass& kind = syntax_.word(first - 1);
  const uint32_t flags = cues_.Flags(syntax_.text()[first - 1].word);
  const bool body = (kind.noun_senses & kGroupSense) != 0 || (flags & (kBody | kOutlet)) != 0;
  if (!body) return;
  name.begin = first;
  type = (flags & kOutlet) != 0 ? SpeakerType::kOutlet : SpeakerType::kOrganisation;
}

}  // namespace consilience::extraction
