#include "services/extraction/attribution/colons.h"

#include <algorithm>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "services/extraction/attribution/contents.h"
#include "services/extraction/attribution/sources.h"

namespace consilience::extraction {
namespace {

// Tokens that must follow a colon for it to say something.
constexpr uint32_t kLeastAfter = 2;
// Tokens of a headline that ends with who says it, and of who that is.
constexpr uint32_t kLeastHeadline = 4;
constexpr uint32_t kMostLast = 8;
// A dateline stands before one of the first paragraphs.
constexpr uint32_t kDatelineParagraphs = 4;
// How often somebody speaks in a transcript.
constexpr int kLeastTurns = 2;

class ColonFinder {
 public:
  ColonFinder(const Syntax& syntax, const CueLexicon& lexicon, const Lexicon& organisations)
      : syntax_(syntax), text_(syntax.text()), lexicon_(lexicon), organisations_(organisations) {}

  std::vector<CueCandidate> Run() {
    std::vector<CueCandidate> found;
    for (const Sentence& sentence : text_.sentences()) {
      AddLast(sentence, found);
      const NounPhrase* noun =
          sentence.begin < sentence.end ? syntax_.NounAt(sentence.begin) : nullptr;
      if (noun == nullptr) continue;
      const TokenSpan source = GroupFrom(syntax_, sentence.begin, false);
      const uint32_t colon = source.end;
      const bool opens = !source.empty() && colon + kLeastAfter < sentence.end &&
                         syntax_.is(colon, Bit(Tag::kColon));
      if (!opens) continue;
      const bool speaks = TakesTurns(*noun) || (MaySpeak(*noun) && !IsDateline(sentence, source));
      if (!speaks) continue;
      CueCandidate candidate;
      candidate.type = CueType::kColon;
      candidate.head = colon;
      candidate.cue = {colon, colon + 1};
      candidate.source = source;
      candidate.subject = SubjectKind::kPlain;
      candidate.content = FindContent(syntax_, source, false);
      candidate.certain = true;
      if (candidate.content.parts.empty() || IsEntry(*noun, candidate.content)) continue;
      found.push_back(std::move(candidate));
    }
    return found;
  }

 private:
  // "Toll passes 2,000: WHO", "Thousands flee the city - officials": who says what a headline says
  // stands last in it.
  void AddLast(const Sentence& sentence, std::vector<CueCandidate>& found) {
    uint32_t end = sentence.end;
    if (end < sentence.begin + kLeastHeadline) return;
    if (syntax_.is(end - 1, Bit(Tag::kStop))) {
      const bool body =
          text_.segments()[text_.SegmentOf(sentence.begin)].kind == SegmentKind::kBody;
      const bool title = sentence.begin == 0 && text_.paragraphs().front().end == sentence.end;
      if (body && !title) return;
      --end;
    }
    const NounPhrase* noun = syntax_.NounAt(end - 1);
    if (noun == nullptr || noun->end != end || noun->begin <= sentence.begin) return;
    const TokenSpan source = GroupBefore(syntax_, end);
    if (source.begin < sentence.begin + kLeastHeadline - 1 || end - source.begin > kMostLast) {
      return;
    }
    const uint32_t colon = source.begin - 1;
    if (!syntax_.is(colon, Bits(Tag::kColon, Tag::kDash))) return;
    const uint32_t begin = std::min(AfterDateline(syntax_, sentence), colon);
    if (!SpeaksLast(*syntax_.NounAt(source.begin)) || !Tells({begin, colon})) return;
    CueCandidate candidate;
    candidate.type = CueType::kColon;
    candidate.head = colon;
    candidate.cue = {colon, colon + 1};
    candidate.source = source;
    candidate.subject = SubjectKind::kInverted;
    candidate.content.kind = ContentKind::kClauseBefore;
    candidate.content.parts.push_back({begin, colon});
    candidate.certain = true;
    found.push_back(std::move(candidate));
  }

  // Those who are known to speak; in headlines any other words may have capitals.
  bool SpeaksLast(const NounPhrase& noun) {
    const WordClass& word = syntax_.word(noun.head);
    if (organisations_.Longest(text_.tokens(), noun.begin, noun.end).has_value()) return true;
    const int flags = lexicon_.Flags(text_[noun.head].word) | lexicon_.Flags(word.noun);
    const bool body = (flags & kBody) != 0;
    if (syntax_.is(noun.head, Bit(Tag::kName))) {
      return body || (noun.head == noun.begin && LastNames().contains(text_.Lower(noun.head)));
    }
    return body || (flags & kDocument) != 0 || (word.noun_senses & kPersonSense) != 0;
  }

  // A clause, or a number of something, without another colon.
  bool Tells(TokenSpan said) const {
    bool tells = false;
    for (uint32_t i = said.begin; i < said.end; ++i) {
      if (syntax_.is(i, Bits(Tag::kColon, Tag::kQuote))) return false;
      tells = tells || syntax_.VerbAt(i) != nullptr || syntax_.is(i, Bit(Tag::kNumber));
    }
    return tells;
  }

  // A person, a body of people or a document: "Report: …". A single name is a speaker's only if
  // the text has it in full elsewhere, or it is an organisation's: "Syria: …" says where.
  bool MaySpeak(const NounPhrase& noun) {
    const WordClass& word = syntax_.word(noun.head);
    const bool name = syntax_.is(noun.head, Bit(Tag::kName));
    const bool organisation =
        organisations_.Longest(text_.tokens(), noun.begin, noun.end).has_value();
    if (name && (IsFullName(noun) || organisation)) return true;
    const bool speaks = (word.noun_senses & (kPersonSense | kGroupSense)) != 0 ||
                        (lexicon_.Flags(word.noun) & kDocument) != 0;
    if (!name && speaks) return true;
    return text_[noun.head].is(kCapitalised) && LastNames().contains(text_.Lower(noun.head));
  }

  // "Wounded: 31", a line of a list.
  bool IsEntry(const NounPhrase& noun, const Content& content) const {
    const TokenSpan& said = content.parts.front();
    for (uint32_t i = said.begin; i < said.end; ++i) {
      if (syntax_.VerbAt(i) != nullptr) return false;
    }
    return syntax_.is(said.begin, Bit(Tag::kNumber)) && !organisations_.Starts(text_[noun.head]) &&
           !IsFullName(noun);
  }

  // "NEW DELHI: India's sowing covered …" says where; "WALLACE: Good evening" who.
  bool IsDateline(const Sentence& sentence, TokenSpan source) const {
    return sentence.paragraph < kDatelineParagraphs && text_[source.begin].is(kAllCaps) &&
           text_[source.end - 1].is(kAllCaps) &&
           !organisations_.Longest(text_.tokens(), source.begin, source.end).has_value() &&
           AfterDateline(syntax_, sentence) == source.end + 1;
  }

  // A name in capitals that opens paragraphs again and again, as in a transcript.
  bool TakesTurns(const NounPhrase& noun) {
    if (noun.head != noun.begin || !text_[noun.head].is(kAllCaps)) return false;
    if (turns_.empty()) {
      for (const Paragraph& paragraph : text_.paragraphs()) {
        if (paragraph.begin + kLeastAfter >= paragraph.end) continue;
        if (!text_[paragraph.begin].is(kAllCaps)) continue;
        if (text_[paragraph.begin + 1].mark == ':') ++turns_[text_.Lower(paragraph.begin)];
      }
    }
    const auto turns = turns_.find(text_.Lower(noun.head));
    return turns != turns_.end() && turns->second >= kLeastTurns;
  }

  bool IsFullName(const NounPhrase& noun) const {
    return noun.head > noun.begin && syntax_.is(noun.head - 1, Bit(Tag::kName));
  }

  const std::unordered_set<std::string_view>& LastNames() {
    if (last_names_.has_value()) return *last_names_;
    last_names_.emplace();
    for (const NounPhrase& noun : syntax_.nouns()) {
      if (syntax_.is(noun.head, Bit(Tag::kName)) && IsFullName(noun)) {
        last_names_->insert(text_.Lower(noun.head));
      }
    }
    return *last_names_;
  }

  const Syntax& syntax_;
  const Text& text_;
  const CueLexicon& lexicon_;
  const Lexicon& organisations_;
  std::optional<std::unordered_set<std::string_view>> last_names_;  // of names of several words
  std::unordered_map<std::string_view, int> turns_;  // paragraphs by the name that opens them
};

}  // namespace

std::vector<CueCandidate> FindColonCues(const Syntax& syntax, const CueLexicon& lexicon,
                                        const Lexicon& organisations) {
  return ColonFinder(syntax, lexicon, organisations).Run();
}

}  // namespace consilience::extraction
