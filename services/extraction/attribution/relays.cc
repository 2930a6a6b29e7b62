#include "services/extraction/attribution/relays.h"

#include <algorithm>
#include <string_view>

#include "services/extraction/attribution/people.h"
#include "services/extraction/attribution/sources.h"

namespace consilience::extraction {
namespace {

// How far after a cue the agency that was told may be named, in tokens.
constexpr uint32_t kHearerReach = 16;

// Words of names that are no names of people.
bool IsBroadcast(std::string_view word) {
  return word == "tv" || word == "television" || word == "radio" || word == "news" ||
         word == "channel" || word == "newspaper" || word == "magazine";
}

// "Orbit radio", but "Telavo" of "Telavo newspaper".
bool IsSpokenOf(std::string_view kind) {
  return kind == "radio" || kind == "tv" || kind == "television";
}

std::optional<Speaker> RelayIn(const Syntax& syntax, const Organisations& organisations,
                               TokenSpan span) {
  const Text& text = syntax.text();
  for (uint32_t i = span.begin; i < span.end; ++i) {
    if (!text[i].is(kCapitalised) || text.QuoteOf(i) >= 0) continue;
    const auto named = OrganisationIn(syntax, organisations, {i, span.end});
    if (!named.has_value()) return std::nullopt;
    const Organisation& organisation = organisations[named->index];
    if (organisation.relays()) {
      Speaker relay;
      relay.name = organisation.name;
      relay.type = organisation.is_wire() ? SpeakerType::kWire : SpeakerType::kOutlet;
      relay.span = text.SpanOf(named->span.begin, named->span.end);
      return relay;
    }
    i = named->span.end - 1;
  }
  return std::nullopt;
}

// "told the Valley Courier", "told Sky TV", "told state broadcaster Telerad", "told Radio Nova": an
// outlet that no list has, by the word in or before its name that tells what it is.
std::optional<Speaker> UnlistedOutlet(const Syntax& syntax, const CueLexicon& lexicon,
                                      const Organisations& organisations, uint32_t token) {
  const NounPhrase* noun = token < syntax.size() ? syntax.NounAt(token) : nullptr;
  if (noun == nullptr || noun->begin != token || noun->head == token) return std::nullopt;
  if (OrganisationIn(syntax, organisations, *noun).has_value()) return std::nullopt;
  const Text& text = syntax.text();
  constexpr TagSet kInName = Bits(Tag::kName, Tag::kHyphen, Tag::kTime, Tag::kNumber);
  const auto is_outlet = [&](uint32_t i) { return (lexicon.Flags(text[i].word) & kOutlet) != 0; };
  // "DZBB | radio"
  const bool kind_after = !syntax.is(noun->head, Bit(Tag::kName)) && is_outlet(noun->head);
  uint32_t end = kind_after ? noun->head : noun->end;
  uint32_t first = end;
  while (first > noun->begin && syntax.is(first - 1, kInName)) --first;
  while (first < end && !syntax.is(first, Bit(Tag::kName))) ++first;
  if (first == end) return std::nullopt;
  if (!kind_after && end - first == 1 && is_outlet(first)) {  // "state TV"
    first = noun->begin;
    while (first < end && syntax.is(first, Bits(Tag::kDeterminer, Tag::kPossessive))) ++first;
  }
  bool outlet_word = kind_after || (first > noun->begin && is_outlet(first - 1));
  // "the Sun", "Sky TV", but not "Roy Mirror": a single word of English needs its article.
  for (uint32_t i = first; i < end; ++i) {
    outlet_word =
        outlet_word || (is_outlet(i) && ((first > noun->begin && text.Lower(first - 1) == "the") ||
                                         text[i].is(kAllCaps) || IsBroadcast(text.Lower(i))));
  }
  if (!outlet_word) return std::nullopt;
  if (kind_after && IsSpokenOf(text.Lower(noun->head))) end = noun->end;
  Speaker outlet;
  const bool article = first > noun->begin && text.Lower(first - 1) == "the" &&
                       text[first - 1].is(kCapitalised);  // "told The Sun"
  outlet.name = WordsOf(text, {first - (article ? 1 : 0), end});
  outlet.type = SpeakerType::kOutlet;
  outlet.span = text.SpanOf(token, noun->end);
  return outlet;
}

}  // namespace

bool IsContent(const CueCandidate& cue, uint32_t token) {
  return std::any_of(cue.content.parts.begin(), cue.content.parts.end(),
                     [&](const TokenSpan& part) { return part.Contains(token); });
}

TokenSpan QuotedAs(const Syntax& syntax, const CueLexicon& lexicon, const CueCandidate& cue) {
  if (cue.type != CueType::kVerb || (lexicon.Flags(syntax.word(cue.head).verb) & kCites) == 0) {
    return {};
  }
  const TokenSpan named = GroupFrom(syntax, cue.cue.end, false);
  const bool saying = !named.empty() && named.end + 1 < syntax.size() &&
                      syntax.text().Lower(named.end) == "as" &&
                      syntax.is(named.end + 1, Bit(Tag::kGerund));
  return saying ? named : TokenSpan{};
}

std::optional<Speaker> RelayOf(const Syntax& syntax, const CueLexicon& lexicon,
                               const Organisations& organisations, const CueCandidate& cue) {
  if (cue.type != CueType::kVerb) return std::nullopt;
  const Sentence& sentence = syntax.SentenceOf(cue.head);
  uint32_t end = std::min(sentence.end, cue.cue.end + kHearerReach);
  uint32_t begin = cue.cue.end;
  if (cue.subject == SubjectKind::kInverted) begin = std::max(begin, cue.source.end);
  for (uint32_t i = begin; i < end; ++i) {
    if (IsContent(cue, i)) end = i;
  }
  if (begin < end) {
    if (auto relay = RelayIn(syntax, organisations, {begin, end}); relay.has_value()) return relay;
    if ((lexicon.Flags(syntax.word(cue.head).verb) & kHearer) != 0) {
      auto outlet = UnlistedOutlet(syntax, lexicon, organisations, begin);
      if (outlet.has_value()) return outlet;
    }
  }
  const VerbGroup* opening = syntax.VerbAt(sentence.begin);
  if (opening != nullptr && opening->gerund && cue.source.begin > sentence.begin) {
    return RelayIn(syntax, organisations, {sentence.begin, cue.source.begin});
  }
  return std::nullopt;
}

}  // namespace consilience::extraction
