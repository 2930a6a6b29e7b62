#include "services/extraction/attribution/colons.h"

#include <optional>
#include <string_view>
#include <unordered_set>
#include <utility>

#include "services/extraction/attribution/contents.h"
#include "services/extraction/attribution/sources.h"

namespace consilience::extraction {
namespace {

// Tokens that must follow a colon for it to say something.
constexpr uint32_t kLeastAfter = 2;

class ColonFinder {
 public:
  ColonFinder(const Syntax& syntax, const CueLexicon& lexicon, const Lexicon& organisations)
      : syntax_(syntax), text_(syntax.text()), lexicon_(lexicon), organisations_(organisations) {}

  std::vector<CueCandidate> Run() {
    std::vector<CueCandidate> found;
    for (const Sentence& sentence : text_.sentences()) {
      const NounPhrase* noun =
          sentence.begin < sentence.end ? syntax_.NounAt(sentence.begin) : nullptr;
      if (noun == nullptr) continue;
      const TokenSpan source = GroupFrom(syntax_, sentence.begin, false);
      const uint32_t colon = source.end;
      const bool opens = !source.empty() && colon + kLeastAfter < sentence.end &&
                         syntax_.is(colon, Bit(Tag::kColon));
      if (!opens || !MaySpeak(*noun)) continue;
      CueCandidate candidate;
      candidate.type = CueType::kColon;
      candidate.head = colon;
      candidate.cue = {colon, colon + 1};
      candidate.source = source;
      candidate.subject = SubjectKind::kPlain;
      candidate.content = FindContent(syntax_, source, false);
      candidate.certain = true;
      if (!candidate.content.parts.empty()) found.push_back(std::move(candidate));
    }
    return found;
  }

 private:
  // A person, a body of people or a document: "Report: …". A single name is a speaker's only if
  // the text has it in full elsewhere, or it is an organisation's: "Syria: …" says where.
  bool MaySpeak(const NounPhrase& noun) {
    const WordClass& word = syntax_.word(noun.head);
    const bool name = syntax_.is(noun.head, Bit(Tag::kName));
    if (name && (IsFullName(noun) || organisations_.Starts(text_[noun.head]))) return true;
    const bool speaks = (word.noun_senses & (kPersonSense | kGroupSense)) != 0 ||
                        (lexicon_.Flags(word.noun) & kDocument) != 0;
    if (!name && speaks) return true;
    return text_[noun.head].is(kCapitalised) && LastNames().contains(text_.Lower(noun.head));
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
};

}  // namespace

std::vector<CueCandidate> FindColonCues(const Syntax& syntax, const CueLexicon& lexicon,
                                        const Lexicon& organisations) {
  return ColonFinder(syntax, lexicon, organisations).Run();
}

}  // namespace consilience::extraction
