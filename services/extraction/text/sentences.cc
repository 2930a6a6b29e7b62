#include "services/extraction/text/structure.h"

namespace consilience::extraction {
namespace {

class SentenceFinder {
 public:
  SentenceFinder(const Lexicon& words, bool all_caps, std::span<const Token> tokens)
      : words_(words), all_caps_(all_caps), tokens_(tokens) {}

  // Where the sentence that `at` closes ends, counting closing quotes and brackets; 0 if it closes
  // none.
  size_t EndAfter(size_t at, size_t paragraph_end) const {
    const Token& token = tokens_[at];
    const bool stop = token.mark == '.' || token.mark == '!' || token.mark == '?';
    if (!stop) return ClosesByAbbreviation(at, paragraph_end) ? at + 1 : 0;
    size_t next = at + 1;
    bool quoted = false;
    while (next < paragraph_end && IsClosing(next)) {
      quoted = quoted || tokens_[next].mark == '"';
      ++next;
    }
    if (next == paragraph_end) return next;
    return Closes(at, next, quoted) ? next : 0;
  }

 private:
  bool Has(size_t at, int32_t bits) const {
    const int32_t payload = words_.Payload(tokens_[at].word);
    return payload > 0 && (payload & bits) != 0;
  }

  bool IsAbbreviation(size_t at, TextWord kind) const {
    return Has(at, kind) && (tokens_[at].is(kCapitalised) || Has(at, kAnyCase));
  }

  bool IsClosing(size_t at) const {
    const Token& token = tokens_[at];
    if (token.is(kSpaceBefore)) return false;
    if (token.mark == ')' || token.mark == ']' || token.mark == '.' || token.mark == '!' ||
        token.mark == '?') {
      return true;
    }
    const bool quote = token.mark == '"' || (token.mark == '\'' && token.end - token.begin == 1);
    return quote && (at + 1 == tokens_.size() || tokens_[at + 1].is(kSpaceBefore) ||
                     tokens_[at + 1].mark != 0);
  }

  bool LooksLikeStart(size_t at) const {
    const Token& token = tokens_[at];
    return token.is(kCapitalised) || token.is_number() || token.mark == '"' || token.mark == '\'' ||
           token.mark == '(' || token.mark == '[' || token.mark == '#' || token.mark == '@' ||
           token.mark == '-' || token.mark == '$' || token.mark == '_';
  }

  bool Closes(size_t at, size_t next, bool quoted) const {
    const Token& stop = tokens_[at];
    const Token& after = tokens_[next];
    const bool start = LooksLikeStart(next);
    if (stop.mark != '.' || stop.end - stop.begin > 1) return start && after.is(kSpaceBefore);
    if (at == 0 || stop.is(kSpaceBefore)) return start;
    if (quoted && !start) return false;
    const Token& before = tokens_[at - 1];
    if (!after.is(kSpaceBefore)) return ClosesGlued(before, after);
    if (!before.is_word()) return start || before.is_number();
    if (IsAbbreviation(at - 1, kTitleWord)) return false;
    const bool initial = before.end - before.begin == 1 && before.is(kCapitalised);
    if (initial || IsAbbreviation(at - 1, kAbbreviation)) {
      return Has(next, kStarter) && start && !initial;
    }
    return true;
  }

  // "he said.Launching": a full stop without white space after it.
  static bool ClosesGlued(const Token& before, const Token& after) {
    const bool word = before.is_word() && before.end - before.begin > 1;
    if (!word && !before.is_number() && before.mark == 0) return false;
    return after.is_word() ? after.is(kCapitalised) : after.mark == '"' || after.mark == '-';
  }

  // "U.S." and "p.m." hold their full stop within the token.
  bool ClosesByAbbreviation(size_t at, size_t paragraph_end) const {
    const Token& token = tokens_[at];
    if (!token.is(kDotted) || at + 1 >= paragraph_end) return false;
    return tokens_[at + 1].is(kSpaceBefore) && tokens_[at + 1].is(kCapitalised) &&
           Has(at + 1, kStarter) && !all_caps_;
  }

  const Lexicon& words_;
  bool all_caps_;
  std::span<const Token> tokens_;
};

// The end of an embedded post: "November 21, 2016O'Brien condemned".
bool IsGluedAfterNumber(std::span<const Token> tokens, size_t at) {
  const Token& token = tokens[at];
  return token.is_word() && token.is(kCapitalised) && !token.is(kSpaceBefore) &&
         tokens[at - 1].is_number() && token.end - token.begin > 2;
}

// Tokens after which a comma ends a sentence, and after which anything does. No one writes so long
// a sentence, but tables and lists without a full stop are as long as they like, and what the later
// stages look up within a sentence must not grow with the text.
constexpr size_t kLongSentence = 300;
constexpr size_t kLongestSentence = 400;

// Where a sentence of tokens [begin, end) that no one could read is cut; else its end.
size_t CutOf(std::span<const Token> tokens, size_t begin, size_t end) {
  if (end - begin <= kLongestSentence) return end;
  for (size_t at = begin + kLongSentence; at < begin + kLongestSentence; ++at) {
    if (tokens[at].mark == ',' || tokens[at].mark == ';') return at + 1;
  }
  return begin + kLongestSentence;
}

// A word after a space and without a full stop, as most: no sentence ends with it or before it.
bool IsWithin(const Token& token) {
  return token.is_word() && token.is(kSpaceBefore) && !token.is(kDotted);
}

}  // namespace

std::vector<Sentence> FindSentences(std::span<const Paragraph> paragraphs, const Lexicon& words,
                                    bool all_caps, std::vector<Token>& tokens) {
  std::vector<Sentence> sentences;
  constexpr size_t kUsualSentence = 16;
  sentences.reserve(paragraphs.size() + tokens.size() / kUsualSentence);
  const SentenceFinder finder(words, all_caps, tokens);
  const auto add = [&](size_t begin, size_t end, size_t paragraph) {
    auto sentence = MakeRange<Sentence>(tokens, begin, end);
    sentence.paragraph = static_cast<uint32_t>(paragraph);
    sentence.glued = begin > 0 && !tokens[begin].is(kSpaceBefore);
    const auto number = static_cast<uint32_t>(sentences.size());
    for (size_t i = begin; i < end; ++i) tokens[i].sentence = number;
    size_t first = begin;
    while (first < end && !tokens[first].is_word() && !tokens[first].is_number()) ++first;
    if (first < end) tokens[first].flags |= kSentenceInitial;
    sentences.push_back(sentence);
  };
  const auto close = [&](size_t begin, size_t end, size_t paragraph) {
    while (begin < end) {
      const size_t cut = CutOf(tokens, begin, end);
      add(begin, cut, paragraph);
      begin = cut;
    }
  };
  for (size_t p = 0; p < paragraphs.size(); ++p) {
    size_t begin = paragraphs[p].begin;
    for (size_t at = begin; at < paragraphs[p].end;) {
      if (IsWithin(tokens[at])) {
        ++at;
        continue;
      }
      size_t end = finder.EndAfter(at, paragraphs[p].end);
      if (end == 0 && at > begin && IsGluedAfterNumber(tokens, at)) {
        close(begin, at, p);
        begin = at;
      }
      if (end > 0) {
        close(begin, end, p);
        begin = end;
      }
      at = std::max(end, at + 1);
    }
    if (begin < paragraphs[p].end) close(begin, paragraphs[p].end, p);
  }
  return sentences;
}

}  // namespace consilience::extraction
