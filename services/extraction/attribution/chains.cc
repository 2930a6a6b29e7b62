#include "services/extraction/attribution/chains.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "services/extraction/attribution/posts.h"
#include "services/extraction/attribution/relays.h"
#include "services/extraction/attribution/reporting.h"
#include "services/extraction/attribution/speakers.h"

namespace consilience::extraction {
namespace {

// How many attributions before and after one may enclose it.
constexpr size_t kNearby = 12;
// Within how many attributions of each other a speaker's words went to the same agency.
constexpr size_t kRelayReach = 4;
// "attribution/according-to/clause-before"
std::string_view RuleName(CueType type, ContentKind kind) {
  constexpr size_t kTypes = static_cast<size_t>(CueType::kColon) + 1;
  constexpr size_t kKinds = static_cast<size_t>(ContentKind::kObject) + 1;
  static const auto names = [] {
    std::array<std::array<std::string, kKinds>, kTypes> all;
    for (size_t i = 0; i < kTypes; ++i) {
      for (size_t k = 0; k < kKinds; ++k) {
        all[i][k] = fmt::format("attribution/{}/{}", NameOf(static_cast<CueType>(i)),
                                NameOf(static_cast<ContentKind>(k)));
      }
    }
    return all;
  }();
  return names[static_cast<size_t>(type)][static_cast<size_t>(kind)];
}

bool SameSpeaker(const Speaker& a, const Speaker& b) {
  return a.type == b.type && a.name == b.name && a.description == b.description;
}

bool HasWire(const std::vector<Speaker>& chain) {
  return std::any_of(chain.begin(), chain.end(),
                     [](const Speaker& link) { return link.type == SpeakerType::kWire; });
}

class ChainBuilder {
 public:
  ChainBuilder(const Syntax& syntax, const CueLexicon& lexicon, const Organisations& organisations,
               const Lexicon& titles, const std::vector<CueCandidate>& cues)
      : syntax_(syntax),
        text_(syntax.text()),
        lexicon_(lexicon),
        organisations_(organisations),
        cues_(cues),
        speakers_(syntax, lexicon, organisations, titles) {}

  std::vector<AttributionMention> Run(const std::vector<WireCredit>& credits) {
    own_.resize(cues_.size());
    mentions_.reserve(cues_.size());
    for (size_t i = 0; i < cues_.size(); ++i) Describe(cues_[i], own_[i], mentions_.emplace_back());
    EndAtMainVerbs();
    for (size_t i = 0; i < cues_.size(); ++i) mentions_[i].parent = ParentOf(i);
    ShareRelays();
    for (size_t i = 0; i < cues_.size(); ++i) Link(i);
    AddUncuedQuotes();
    AddPosts(syntax_, organisations_, mentions_);
    for (AttributionMention& mention : mentions_) AddCredit(credits, mention);
    return std::move(mentions_);
  }

 private:
  // What one attribution says by itself.
  struct Own {
    std::optional<Speaker> speaker;
    std::optional<Speaker> relay;  // "told Reuters"
    std::optional<Speaker> cited;  // "…, citing officials"
  };

  void Describe(const CueCandidate& cue, Own& own, AttributionMention& mention);
  AttributionMode ModeOf(const CueCandidate& cue, const std::optional<Speaker>& speaker) const;
  std::optional<Speaker> CitedBy(const CueCandidate& cue);
  std::optional<Speaker> QuotedBy(const CueCandidate& cue);
  uint32_t AfterDay(uint32_t token) const;
  int ParentOf(size_t index) const;
  bool IsAfterwards(const CueCandidate& cue) const;
  bool IsAside(const CueCandidate& cue) const;
  void EndAtMainVerbs();
  void ShareRelays();
  void AddUncuedQuotes();
  void Link(size_t index);
  static void AddCredit(const std::vector<WireCredit>& credits, AttributionMention& mention);
  Span ToSpan(TokenSpan span) const { return text_.SpanOf(span.begin, span.end); }

  const Syntax& syntax_;
  const Text& text_;
  const CueLexicon& lexicon_;
  const Organisations& organisations_;
  const std::vector<CueCandidate>& cues_;
  SpeakerResolver speakers_;
  std::vector<AttributionMention> mentions_;
  std::vector<Own> own_;
  uint32_t continued_ = 0;  // the last paragraph that went on with a quote
};

// "reported late on Friday |, citing officials": the token after the day that is named at `token`.
uint32_t ChainBuilder::AfterDay(uint32_t token) const {
  constexpr uint32_t kLongest = 5;
  const uint32_t limit = std::min<uint32_t>(static_cast<uint32_t>(text_.size()), token + kLongest);
  uint32_t end = token;
  while (end < limit &&
         syntax_.is(end, Bits(Tag::kTime, Tag::kAdverb, Tag::kNumber, Tag::kPreposition))) {
    ++end;
  }
  return end < limit && syntax_.is(end, Bit(Tag::kComma)) ? end : token;
}

// "the Kathmandu Post reported, citing officials", "TASS, quoting a source in the ministry, said",
// "according to Reuters, which quoted the army": whose word the speaker passes on.
std::optional<Speaker> ChainBuilder::CitedBy(const CueCandidate& cue) {
  if (cue.type == CueType::kAdverb || cue.source.empty()) return std::nullopt;
  const auto cited_at = [&](uint32_t token) -> std::optional<Speaker> {
    const bool relative = token < text_.size() && syntax_.is(token, Bit(Tag::kWh));
    if (relative) ++token;
    if (token + 1 >= text_.size()) return std::nullopt;
    if (!relative && !syntax_.is(token, Bit(Tag::kGerund))) return std::nullopt;
    if ((lexicon_.Flags(syntax_.word(token).verb) & kCites) == 0) return std::nullopt;
    const TokenSpan named = GroupFrom(syntax_, token + 1, false);
    return named.empty() ? std::nullopt : speakers_.Resolve(named);
  };
  for (uint32_t i = cue.source.begin; i < cue.source.end; ++i) {
    if (syntax_.is(i, Bit(Tag::kComma))) {
      if (auto cited = cited_at(i + 1); cited.has_value()) return cited;
    }
  }
  // "…," Interfax quoted the governor as saying
  if (cue.type == CueType::kVerb && (lexicon_.Flags(syntax_.word(cue.head).verb) & kCites) != 0) {
    const TokenSpan named = QuotedAs(syntax_, lexicon_, cue);
    return named.empty() ? std::nullopt : speakers_.Resolve(named);
  }
  const uint32_t comma = AfterDay(std::max(cue.cue.end, cue.source.end));
  if (comma < text_.size() && syntax_.is(comma, Bit(Tag::kComma))) {
    if (auto cited = cited_at(comma + 1); cited.has_value()) return cited;
  }
  // "Citing hospital sources, the broadcaster said …"
  const uint32_t first = syntax_.SentenceOf(cue.head).begin;
  constexpr uint32_t kCitedReach = 16;
  const bool after = cue.source.begin > first + 2 && cue.source.begin <= first + kCitedReach &&
                     syntax_.is(cue.source.begin - 1, Bit(Tag::kComma));
  return after ? cited_at(first) : std::nullopt;
}

// "was quoted by | Haaretz | as saying", "was cited in | the report | as saying": who passes it on.
std::optional<Speaker> ChainBuilder::QuotedBy(const CueCandidate& cue) {
  if (cue.type != CueType::kVerb || cue.head < cue.cue.begin + 4) return std::nullopt;
  const VerbGroup* quoted = syntax_.VerbAt(cue.cue.begin);
  if (quoted == nullptr || (lexicon_.Flags(syntax_.word(quoted->head).verb) & kCites) == 0) {
    return std::nullopt;
  }
  for (uint32_t i = quoted->end; i + 1 < cue.head; ++i) {
    if (text_.Lower(i) != "by" && text_.Lower(i) != "in") continue;
    const NounPhrase* noun = syntax_.NounAt(i + 1);
    if (noun == nullptr || noun->begin != i + 1 || noun->end >= cue.head) continue;
    std::optional<Speaker> relay = speakers_.Resolve({noun->begin, noun->end});
    if (!relay.has_value()) continue;
    if (relay->type == SpeakerType::kUnknown) relay->type = SpeakerType::kOutlet;
    return relay;
  }
  return std::nullopt;
}

AttributionMode ChainBuilder::ModeOf(const CueCandidate& cue,
                                     const std::optional<Speaker>& speaker) const {
  if (cue.type == CueType::kPhrase) return AttributionMode::kAccordingTo;
  if (cue.source.empty()) return AttributionMode::kAgentless;
  bool inside = false;
  bool outside = false;
  for (const TokenSpan& part : cue.content.parts) {
    for (uint32_t i = part.begin; i < part.end; ++i) {
      (text_.QuoteOf(i) >= 0 ? inside : outside) = true;
    }
  }
  const bool in_quote = text_.QuoteOf(cue.head) >= 0;
  if (inside && !in_quote) return outside ? AttributionMode::kMixed : AttributionMode::kDirect;
  const NounPhrase* noun = syntax_.NounAt(cue.source.begin);
  const WordId head = noun == nullptr ? kNoWord : syntax_.word(noun->head).noun;
  const bool document = (lexicon_.Flags(head) & kDocument) != 0 ||
                        (speaker.has_value() && speaker->type == SpeakerType::kDocument);
  return document ? AttributionMode::kDocument : AttributionMode::kIndirect;
}

void ChainBuilder::Describe(const CueCandidate& cue, Own& own, AttributionMention& mention) {
  if (!cue.source.empty()) mention.source.push_back(ToSpan(cue.source));
  if (!cue.cue.empty()) mention.cue.push_back(ToSpan(cue.cue));
  for (const TokenSpan& part : cue.content.parts) mention.content.push_back(ToSpan(part));
  own.speaker = speakers_.Resolve(cue.source);
  own.relay = RelayOf(syntax_, lexicon_, organisations_, cue);
  if (auto relay = QuotedBy(cue); relay.has_value()) own.relay = std::move(relay);
  own.cited = CitedBy(cue);
  mention.mode = ModeOf(cue, own.speaker);
  mention.reports = Reports(syntax_, lexicon_, cue);
  const bool object = cue.content.kind == ContentKind::kObject;
  // What somebody is quoted as saying is told by itself.
  mention.points = (cue.content.parts.size() == 1 &&
                    Points(syntax_, lexicon_, cue.content.parts.front(), object)) ||
                   (object && !QuotedAs(syntax_, lexicon_, cue).empty());
  const WordClass& word = syntax_.word(cue.head);
  const uint32_t flags = lexicon_.Flags(word.verb) | lexicon_.Flags(text_[cue.head].word);
  mention.denial = cue.denies || (flags & kDenies) != 0;
  mention.hedged = (flags & kHedges) != 0;
  mention.rule = RuleName(cue.type, cue.content.kind);
}

// "X said it had struck back, hours after | Y claimed that …": what Y claimed is not X's word.
bool ChainBuilder::IsAfterwards(const CueCandidate& cue) const {
  if (cue.source.empty() || cue.source.end > cue.cue.begin) return false;
  const uint32_t limit = syntax_.SentenceOf(cue.head).begin;
  uint32_t at = cue.source.begin;
  if (at < limit + 3 || (text_.Lower(at - 1) != "after" && text_.Lower(at - 1) != "before")) {
    return false;
  }
  --at;
  const uint32_t first = at;
  while (at > limit && first - at < 3 &&
         (syntax_.is(at - 1, Bits(Tag::kTime, Tag::kNumber, Tag::kDeterminer)) ||
          (syntax_.word(at - 1).noun_senses & kTimeSense) != 0)) {
    --at;
  }
  return at < first && at > limit && syntax_.is(at - 1, Bit(Tag::kComma));
}

// "X denied striking the town, where | Y said 23 died": the reporter's own words go on with Y.
bool ChainBuilder::IsAside(const CueCandidate& cue) const {
  const uint32_t first = cue.source.empty() ? cue.cue.begin : cue.source.begin;
  return first >= 2 && syntax_.is(first - 1, Bit(Tag::kWh)) &&
         syntax_.is(first - 2, Bit(Tag::kComma)) && text_.QuoteOf(cue.head) < 0;
}

// The innermost attribution near by whose content holds this one's cue.
int ChainBuilder::ParentOf(size_t index) const {
  const uint32_t head = cues_[index].cue.begin;
  // "said they had won, a claim denied by a commander": who denies it is not reported by who said
  // it.
  if (cues_[index].certain && mentions_[index].denial) return -1;
  if (IsAfterwards(cues_[index]) || IsAside(cues_[index])) return -1;
  int best = -1;
  uint32_t best_size = 0;
  const size_t first = index > kNearby ? index - kNearby : 0;
  const size_t last = std::min(cues_.size(), index + kNearby);
  for (size_t i = first; i < last; ++i) {
    if (i == index || !mentions_[i].reports || cues_[i].cue.Contains(head)) continue;
    // "A statement confirming the advance said …": the participle is part of who says it.
    if (cues_[index].source.Contains(cues_[i].cue.begin)) continue;
    for (const TokenSpan& part : cues_[i].content.parts) {
      const uint32_t size = part.end - part.begin;
      // Two that hold each other's cue would chase each other: the parent's cue is outside of the
      // child.
      if (part.Contains(head) && !IsContent(cues_[index], cues_[i].cue.begin) &&
          (best < 0 || size < best_size)) {
        best = static_cast<int>(i);
        best_size = size;
      }
    }
  }
  return best;
}

// "A statement confirming the advance said …": what is confirmed ends where the statement speaks.
void ChainBuilder::EndAtMainVerbs() {
  for (size_t index = 1; index < cues_.size(); ++index) {
    const CueCandidate& verb = cues_[index];
    for (size_t i = index > kRelayReach ? index - kRelayReach : 0; i < index; ++i) {
      if (!verb.source.Contains(cues_[i].cue.begin)) continue;
      const Span end = ToSpan(verb.cue);
      for (Span& part : mentions_[i].content) {
        if (part.begin < end.begin && part.end > end.begin) {
          const auto begin = static_cast<uint32_t>(text_.TokenAtStored(part.begin));
          part = ToSpan({begin, verb.cue.begin});
          mentions_[i].points = mentions_[i].content.size() == 1 &&
                                Points(syntax_, lexicon_, {begin, verb.cue.begin}, true);
        }
      }
    }
  }
}

// "An army source said …", "he told AFP": what one speaker says at one go went to one agency.
void ChainBuilder::ShareRelays() {
  std::vector<std::pair<size_t, size_t>> shared;  // whose relay, and the one that has it
  for (size_t i = 0; i < own_.size(); ++i) {
    if (own_[i].relay.has_value() || !own_[i].speaker.has_value()) continue;
    if (own_[i].speaker->type != SpeakerType::kUnnamed &&
        own_[i].speaker->type != SpeakerType::kPerson) {
      continue;
    }
    const size_t first = i > kRelayReach ? i - kRelayReach : 0;
    for (size_t k = first; k < std::min(own_.size(), i + kRelayReach + 1); ++k) {
      const Own& near = own_[k];
      if (near.relay.has_value() && near.relay->type == SpeakerType::kWire &&
          near.speaker.has_value() && SameSpeaker(*near.speaker, *own_[i].speaker)) {
        shared.emplace_back(i, k);
        break;
      }
    }
  }
  for (const auto& [to, from] : shared) own_[to].relay = own_[from].relay;
}

void ChainBuilder::Link(size_t index) {
  std::vector<Speaker>& chain = mentions_[index].chain;
  int at = static_cast<int>(index);
  for (size_t depth = 0; at >= 0 && depth < kNearby; ++depth) {
    const Own& own = own_[static_cast<size_t>(at)];
    if (own.cited.has_value() && (chain.empty() || !SameSpeaker(chain.back(), *own.cited))) {
      chain.push_back(*own.cited);
    }
    if (own.speaker.has_value() && (chain.empty() || !SameSpeaker(chain.back(), *own.speaker))) {
      chain.push_back(*own.speaker);
    }
    if (own.relay.has_value() && (chain.empty() || !SameSpeaker(chain.back(), *own.relay))) {
      chain.push_back(*own.relay);
    }
    at = mentions_[static_cast<size_t>(at)].parent;
  }
  if (mentions_[index].parent >= 0 && own_[index].speaker.has_value() && chain.size() > 1 &&
      text_.QuoteOf(cues_[index].head) < 0) {
    mentions_[index].mode = AttributionMode::kNested;
  }
}

// A paragraph that is one quote, after a paragraph that ends with a quote, goes on with its
// speaker.
void ChainBuilder::AddUncuedQuotes() {
  size_t next = 0;  // the first cue at or after the quote
  for (const Quote& quote : text_.quotes()) {
    const Paragraph& paragraph = text_.paragraphs()[syntax_.SentenceOf(quote.begin).paragraph];
    if (quote.begin != paragraph.begin || quote.end + 1 < paragraph.end || quote.begin == 0) {
      continue;
    }
    while (next < cues_.size() && cues_[next].head < quote.begin) ++next;
    if (next == 0) continue;
    const CueCandidate& last = cues_[next - 1];
    const bool spoken = mentions_[next - 1].mode == AttributionMode::kDirect ||
                        mentions_[next - 1].mode == AttributionMode::kMixed ||
                        !mentions_[next - 1].chain.empty();
    const uint32_t from = syntax_.SentenceOf(last.head).paragraph;
    const uint32_t here = syntax_.SentenceOf(quote.begin).paragraph;
    const bool adjacent =
        from + 1 == here || (mentions_.size() > cues_.size() && continued_ + 1 == here);
    const bool claimed = IsContent(last, quote.begin) ||
                         (next < cues_.size() && IsContent(cues_[next], quote.begin));
    if (!spoken || !adjacent || claimed) continue;
    continued_ = here;
    AttributionMention& mention = mentions_.emplace_back();
    mention.content.push_back(ToSpan({quote.begin, quote.end}));
    mention.chain = mentions_[next - 1].chain;
    mention.mode = AttributionMode::kDirect;
    mention.rule = "attribution/quote/continued";
  }
}

void ChainBuilder::AddCredit(const std::vector<WireCredit>& credits, AttributionMention& mention) {
  if (mention.content.empty() || HasWire(mention.chain)) return;
  for (const WireCredit& credit : credits) {
    if (!credit.scope.Contains(mention.content.front())) continue;
    mention.chain.push_back(credit.wire);
    return;
  }
}

}  // namespace

std::vector<AttributionMention> BuildAttributions(const Syntax& syntax, const CueLexicon& lexicon,
                                                  const Organisations& organisations,
                                                  const Lexicon& titles,
                                                  const std::vector<CueCandidate>& cues,
                                                  const std::vector<WireCredit>& credits) {
  return ChainBuilder(syntax, lexicon, organisations, titles, cues).Run(credits);
}

}  // namespace consilience::extraction
