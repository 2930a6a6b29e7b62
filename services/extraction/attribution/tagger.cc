#include "services/extraction/attribution/tagger.h"

#include <algorithm>
#include <bit>
#include <string_view>

namespace consilience::extraction {
namespace {

constexpr TagSet kBeforeNoun = Bits(Tag::kDeterminer, Tag::kPossessive, Tag::kGenitive,
                                    Tag::kAdjective, Tag::kNumber, Tag::kPreposition);
// After these a word that may be a noun or a verb is the verb of a clause.
constexpr TagSet kAfterVerb =
    Bits(Tag::kThat, Tag::kDeterminer, Tag::kPossessive, Tag::kPronoun, Tag::kObject, Tag::kName,
         Tag::kTo, Tag::kWh, Tag::kQuote, Tag::kTime, Tag::kAdverb, Tag::kClitic);
constexpr TagSet kBoundary =
    Bits(Tag::kStop, Tag::kSemicolon, Tag::kColon, Tag::kDash, Tag::kQuote, Tag::kThat,
         Tag::kSubordinator, Tag::kWh, Tag::kConjunction, Tag::kComma);

// How many tokens ahead the classes of words are fetched from memory.
constexpr size_t kAhead = 8;

// Tags that an ending suggests for a word that no list has.
TagSet TagsFromEnding(std::string_view word) {
  if (word.ends_with("ly")) return Bit(Tag::kAdverb);
  if (word.ends_with("ing") && word.size() > 4) return Bits(Tag::kGerund, Tag::kNoun);
  if (word.ends_with("ed") && word.size() > 3) return Bits(Tag::kPast, Tag::kParticiple);
  for (std::string_view ending : {"ous", "ful", "ive", "able", "ible", "ical", "less", "ish"}) {
    if (word.ends_with(ending)) return Bit(Tag::kAdjective);
  }
  if (word.ends_with('s') && !word.ends_with("ss") && !word.ends_with("us")) {
    return Bit(Tag::kPlural);
  }
  return Bit(Tag::kNoun);
}

Tag MarkTag(char mark, std::string_view folded) {
  switch (mark) {
    case ',':
      return Tag::kComma;
    case '.':
      return folded.size() > 1 ? Tag::kDash : Tag::kStop;
    case '!':
    case '?':
      return Tag::kStop;
    case ';':
      return Tag::kSemicolon;
    case ':':
      return Tag::kColon;
    case '-':
      return Tag::kDash;
    case '(':
    case '[':
      return Tag::kOpen;
    case ')':
    case ']':
      return Tag::kClose;
    case '"':
    case '\'':
      return Tag::kQuote;
    case '&':
      return Tag::kConjunction;
    default:
      return Tag::kOther;
  }
}

class Tagger {
 public:
  Tagger(const Text& text, const WordClasses& classes)
      : text_(text), classes_(classes), tagged_(text.size()) {}

  std::vector<TaggedToken> Run() {
    for (const Sentence& sentence : text_.sentences()) {
      sentence_ = &sentence;
      title_case_ = text_.all_caps() || IsTitleCase(sentence);
      finite_ = false;
      for (size_t i = sentence.begin; i < sentence.end; ++i) TagToken(i);
    }
    return std::move(tagged_);
  }

 private:
  // Headlines capitalise every word of weight, so that capitals do not make names there.
  bool IsTitleCase(const Sentence& sentence) const {
    uint32_t words = 0;
    uint32_t small = 0;
    const uint32_t too_many = (sentence.end - sentence.begin) / 5;  // whatever the rest is
    for (size_t i = sentence.begin; i < sentence.end && small <= too_many; ++i) {
      const Token& token = text_[i];
      if (!token.is_word() || token.end - token.begin < 4) continue;
      ++words;
      if (!token.is(kCapitalised)) ++small;
    }
    return words >= 3 && small * 10 <= words * 2;
  }

  TagSet Possible(size_t i) const {
    const TagSet known = classes_[text_[i].word].tags;
    return known != 0 ? known : TagsFromEnding(text_.Lower(i));
  }

  Tag Before(size_t i) const { return i > sentence_->begin ? tagged_[i - 1].tag : Tag::kStop; }

  // The tag before `i`, adverbs and negation passed over.
  Tag BeforeAdverbs(size_t i) const {
    while (i > sentence_->begin && In(tagged_[i - 1].tag, Bits(Tag::kAdverb, Tag::kNot))) --i;
    const bool at_first =
        i > sentence_->begin && text_.Lower(i - 1) == "at" && text_.Lower(i) == "first";
    return Before(at_first ? i - 1 : i);
  }

  // What the next token may be.
  TagSet After(size_t i) const {
    if (i + 1 >= sentence_->end) return Bit(Tag::kStop);
    const Token& next = text_[i + 1];
    if (next.kind == TokenKind::kPunct || next.kind == TokenKind::kSymbol) {
      return Bit(MarkTag(next.mark, text_.Folded(i + 1)));
    }
    if (next.is_number()) return Bit(Tag::kNumber);
    const WordClass& word = classes_[next.word];
    if (word.function != Tag::kOther) return Bit(word.function);
    if (next.is(kCapitalised) && !title_case_) return Bit(Tag::kName);
    return Possible(i + 1);
  }

  void TagToken(size_t i) {
    const Token& token = text_[i];
    const WordClass& word = classes_[token.word];
    if (i + kAhead < text_.size()) classes_.Prefetch(text_[i + kAhead].word);
    tagged_[i].word = &word;
    tagged_[i].tag = token.is_word()                 ? WordTag(i, word)
                     : token.is_number()             ? Tag::kNumber
                     : token.kind == TokenKind::kUrl ? Tag::kName
                                                     : PunctuationTag(i);
    const Tag tag = tagged_[i].tag;
    if (In(tag, kBoundary)) finite_ = false;
    if (In(tag, kAuxiliaries | Bits(Tag::kPresent, Tag::kPast, Tag::kClitic))) finite_ = true;
  }

  Tag PunctuationTag(size_t i) const {
    if (text_.IsHyphen(i) || JoinsNames(i)) return Tag::kHyphen;
    if (text_[i].mark == '\'' && i > 0 && text_[i - 1].is(kPossessive) && !EndsQuote(i)) {
      return CliticTag(i);
    }
    const Tag tag = MarkTag(text_[i].mark, text_.Folded(i));
    const bool glued = i > 0 && !text_[i].is(kSpaceBefore);
    if (tag == Tag::kStop && text_[i].mark == '.' && glued && i + 1 < sentence_->end &&
        text_[i + 1].kind != TokenKind::kPunct && text_[i - 1].is_word()) {
      return Tag::kDot;
    }
    return tag;
  }

  // "a Reuters/Ipsos poll"
  bool JoinsNames(size_t i) const {
    return text_[i].mark == '/' && i > sentence_->begin && i + 1 < sentence_->end &&
           !text_[i].is(kSpaceBefore) && !text_[i + 1].is(kSpaceBefore) &&
           text_[i - 1].is(kCapitalised) && text_[i + 1].is(kCapitalised);
  }

  Tag WordTag(size_t i, const WordClass& word) const {
    const Token& token = text_[i];
    if (word.function != Tag::kOther) {
      return IsAcronym(i, word) || IsInName(i, word) ? Tag::kName : FunctionTag(i, word);
    }
    if (token.is(kCapitalised) && !title_case_ && IsName(i, word)) return Tag::kName;
    if (token.is(kHasDigit) || token.is(kDotted)) return Tag::kName;
    if (title_case_ && word.tags == 0) return Tag::kName;
    if (OpensArabicName(i)) return Tag::kName;
    // The parts of a compound with a hyphen: the last part counts, and before a noun it is an
    // adjective.
    if (i + 1 < sentence_->end && text_.IsHyphen(i + 1)) return Tag::kAdjective;
    const TagSet possible = Possible(i);
    if (i > sentence_->begin && tagged_[i - 1].tag == Tag::kHyphen) {
      // "Yoon Hee-keun": a part of a name that is no word.
      if (word.tags == 0 && i >= sentence_->begin + 2 && tagged_[i - 2].tag == Tag::kName) {
        return Tag::kName;
      }
      if ((possible & kNouns) != 0) return NounTag(possible);
      return Tag::kAdjective;
    }
    return Choose(i, word, possible);
  }

  // "al-Qidra", "el-Sisi", "ash-Sham": the article is part of the name.
  bool OpensArabicName(size_t i) const {
    return i + 2 < sentence_->end && text_[i].end - text_[i].begin <= 3 && text_.IsHyphen(i + 1) &&
           text_[i + 2].is(kCapitalised) && !title_case_ && i > sentence_->begin &&
           (text_.Lower(i)[0] == 'a' || text_.Lower(i)[0] == 'e' || text_.Lower(i)[0] == 'u');
  }

  // "the WHO", "US officials" in a sentence that does not shout.
  bool IsAcronym(size_t i, const WordClass& word) const {
    if (!text_[i].is(kAllCaps) || title_case_) return false;
    if (!In(word.function, Bits(Tag::kWh, Tag::kPronoun, Tag::kObject, Tag::kBe))) return false;
    const auto shouts = [&](size_t at) {
      return at >= sentence_->begin && at < sentence_->end && text_[at].is(kAllCaps);
    };
    return !(i > 0 && shouts(i - 1)) && !shouts(i + 1);
  }

  // "India Today TV": a word for the present day with a capital between names.
  bool IsInName(size_t i, const WordClass& word) const {
    if (word.function != Tag::kTime || !text_[i].is(kCapitalised) || title_case_) return false;
    return Before(i) == Tag::kName && text_.Lower(i) == "today" && i + 1 < sentence_->end &&
           text_[i + 1].is(kCapitalised);
  }

  bool EndsQuote(size_t i) const {
    const int quote = text_.QuoteOf(i);
    return quote >= 0 && text_.quotes()[static_cast<size_t>(quote)].end == i + 1;
  }

  // "'s" is a verb after a pronoun, the genitive elsewhere.
  Tag CliticTag(size_t i) const {
    return In(Before(i), Bits(Tag::kPronoun, Tag::kThat, Tag::kWh)) ? Tag::kBe : Tag::kGenitive;
  }

  // Says of the number after it how it is meant; "about 2012" and "under 18" say no less of it.
  bool IsBound(size_t i) const {
    const std::string_view word = text_.Lower(i);
    return word == "over" || word == "about" || word == "around" || word == "under";
  }

  // "no one", "every one"; "one resident"; elsewhere the pronoun.
  Tag OneTag(size_t i) const {
    if (Before(i) == Tag::kDeterminer) return Tag::kNoun;
    const TagSet next = After(i);
    const bool counts = (next & kNouns) != 0 && (next & Bits(Tag::kPresent, Tag::kPast)) == 0;
    return counts ? Tag::kNumber : Tag::kPronoun;
  }

  Tag FunctionTag(size_t i, const WordClass& word) const {
    if (word.function == Tag::kPronoun && text_.Lower(i) == "one") return OneTag(i);
    if (text_[i].is(kPossessive) && word.function == Tag::kTime) return Tag::kAdjective;
    if (word.function == Tag::kPossessive && (word.tags & Bit(Tag::kObject)) != 0) {
      // "her": before a noun it is the possessive.
      const TagSet next = After(i);
      return (next & (kNouns | Bits(Tag::kAdjective, Tag::kName, Tag::kNumber))) != 0
                 ? Tag::kPossessive
                 : Tag::kObject;
    }
    if (word.function == Tag::kPreposition && IsBound(i) && (After(i) & Bit(Tag::kNumber)) != 0) {
      return Tag::kDeterminer;  // "over 100,000 people"
    }
    if (word.function == Tag::kPreposition && i + 1 < sentence_->end &&
        (text_.Lower(i + 1) == "least" || text_.Lower(i + 1) == "most")) {
      return Tag::kDeterminer;  // "at least 45"
    }
    if (word.tags == Bits(Tag::kPreposition, Tag::kSubordinator)) {
      return (After(i) & Bits(Tag::kPronoun, Tag::kClitic)) != 0 ? Tag::kSubordinator
                                                                 : Tag::kPreposition;
    }
    if ((word.tags & Bit(Tag::kBase)) != 0 &&
        In(BeforeAdverbs(i), Bits(Tag::kTo, Tag::kModal, Tag::kPronoun, Tag::kPlural, Tag::kDo))) {
      return Tag::kBase;
    }
    return word.function;
  }

  bool IsName(size_t i, const WordClass& word) const {
    const Token& token = text_[i];
    const bool opens =
        token.is(kSentenceInitial) || (Before(i) == Tag::kQuote && !EndsQuote(i - 1));
    if (!opens) return true;
    if (word.tags == 0 || word.tags == Bit(Tag::kNoun) ? word.as_noun <= 1 : false) return true;
    if (token.is(kAllCaps)) return true;
    // "Hope Hicks said", but "Senior officials said" and "Speaking to reporters".
    const bool noun_only =
        (word.tags & ~kNouns) == 0 || ((word.tags & kNouns) != 0 && word.as_noun >= word.as_verb &&
                                       word.as_noun >= word.as_adjective);
    return i + 1 < sentence_->end && text_[i + 1].is(kCapitalised) && noun_only &&
           (word.noun_senses & kPersonSense) == 0;
  }

  static Tag NounTag(TagSet possible) {
    return (possible & Bit(Tag::kNoun)) != 0 ? Tag::kNoun : Tag::kPlural;
  }

  // "57 suspected | and 48 confirmed cases"
  bool SharesNoun(size_t i, const WordClass& word) const {
    return (word.main_verb_sense() & (kCommunicationSense | kCognitionSense)) != 0 &&
           In(Tag::kConjunction, After(i)) && i + 2 < sentence_->end && text_[i + 2].is_number();
  }

  // "40,000 suspected | heatstroke cases"
  bool ModifiesCompound(size_t i, const WordClass& word) const {
    return (word.main_verb_sense() & (kCommunicationSense | kCognitionSense)) != 0 &&
           (After(i) & Bit(Tag::kNoun)) != 0 && i + 2 < sentence_->end &&
           (After(i + 1) & Bit(Tag::kPlural)) != 0;
  }

  Tag Choose(size_t i, const WordClass& word, TagSet possible) const {
    // "30 suspected militants"
    const bool counted =
        Before(i) == Tag::kNumber &&
        ((After(i) & Bit(Tag::kPlural)) != 0 || SharesNoun(i, word) || ModifiesCompound(i, word));
    if (counted && (possible & Bit(Tag::kParticiple)) != 0) return Tag::kAdjective;
    if ((possible & (possible - 1)) == 0 && !In(Tag::kPast, possible)) return Single(possible);
    const Tag before = BeforeAdverbs(i);
    const TagSet verbs = possible & kVerbs;
    const TagSet nominal = possible & (kNouns | Bits(Tag::kAdjective, Tag::kAdverb));
    if (verbs == 0) return ChooseNominal(i, word, possible);
    if (nominal == 0) return VerbForm(i, verbs, before);
    return IsVerb(i, word, verbs, before) ? VerbForm(i, verbs, before)
                                          : ChooseNominal(i, word, nominal);
  }

  static Tag Single(TagSet possible) { return static_cast<Tag>(std::countr_zero(possible)); }

  static bool IsTitle(const WordClass& word) { return (word.noun_senses & kPersonSense) != 0; }

  Tag ChooseNominal(size_t i, const WordClass& word, TagSet possible) const {
    const TagSet next = After(i);
    const bool noun = (possible & kNouns) != 0;
    const bool adjective = (possible & Bit(Tag::kAdjective)) != 0;
    const bool adverb = (possible & Bit(Tag::kAdverb)) != 0;
    const bool noun_follows = (next & (kNouns | Bit(Tag::kName))) != 0;
    // "police chief", "state security chief Ahmad Hamad"
    if (adjective && noun && In(Before(i), kNouns) && IsTitle(word)) return NounTag(possible);
    if (adjective && noun_follows && !text_[i].is(kPossessive)) return Tag::kAdjective;
    if (noun &&
        (!adjective || word.as_noun >= word.as_adjective ||
         In(Before(i), kBeforeNoun | Bit(Tag::kName))) &&
        (!adverb || word.as_noun >= word.as_adverb)) {
      return NounTag(possible);
    }
    if (adverb && (!adjective || word.as_adverb > word.as_adjective)) return Tag::kAdverb;
    if (adjective) return Tag::kAdjective;
    return noun ? NounTag(possible) : Tag::kAdverb;
  }

  // Of a word that may be a verb or something else: whether it is the verb here.
  bool IsVerb(size_t i, const WordClass& word, TagSet verbs, Tag before) const {
    if (SubjectFollows(i)) return false;
    const int others = std::max({word.as_noun, word.as_adjective, word.as_adverb});
    const bool common = word.as_verb >= others;
    constexpr int kDominates = 20;
    // "an independent monitor": the bare form of a rarer verb does not agree with what is before
    // it.
    const bool bare = verbs == Bit(Tag::kBase) && word.as_verb <= kDominates &&
                      In(Before(i), Bits(Tag::kAdjective, Tag::kNoun));
    // "2 suspects held"
    const bool counted = In(Before(i), Bit(Tag::kNumber)) && (word.tags & Bit(Tag::kPlural)) != 0;
    if (word.as_verb > kDominates * others && !bare && !counted &&
        !In(Before(i),
            Bits(Tag::kDeterminer, Tag::kPossessive, Tag::kGenitive, Tag::kPreposition))) {
      return true;  // "said" is an adjective, too
    }
    if (before == Tag::kTo && i >= 2 && text_.Lower(i - 2) == "according") return false;
    if (In(before, Bits(Tag::kTo, Tag::kModal, Tag::kDo))) return true;
    if (In(before, Bits(Tag::kPronoun, Tag::kClitic, Tag::kHave))) return true;
    if (before == Tag::kBe) return (verbs & Bits(Tag::kParticiple, Tag::kGerund)) != 0 && common;
    if (In(Before(i), Bits(Tag::kDeterminer, Tag::kPossessive, Tag::kGenitive, Tag::kNumber))) {
      return false;
    }
    if (In(Before(i), Bit(Tag::kPreposition))) {
      // "was quoted as saying."
      const bool quoted =
          text_.Lower(i - 1) == "as" && (word.main_verb_sense() & kCommunicationSense) != 0;
      if (quoted && (verbs & Bit(Tag::kGerund)) != 0) return true;
      return (verbs & Bit(Tag::kGerund)) != 0 && (After(i) & kAfterVerb) != 0;
    }
    if (Before(i) == Tag::kAdjective) return false;
    if (In(before, Bits(Tag::kNoun, Tag::kName, Tag::kPlural, Tag::kWh, Tag::kThat))) {
      const bool agrees =
          before != Tag::kPlural ? verbs != Bit(Tag::kBase) : (verbs & ~Bit(Tag::kPresent)) != 0;
      if (!agrees || finite_) return false;
      if (word.as_verb * 2 >= others) return true;
      return (After(i) & kAfterVerb) != 0 && !(others > kDominates * word.as_verb && NamesNext(i));
    }
    return common && (After(i) & (kAfterVerb | Bit(Tag::kPreposition))) != 0;
  }

  // "where suspected | rebels have fought": the word is of a subject.
  bool SubjectFollows(size_t i) const {
    return Before(i) == Tag::kWh && text_.Lower(i - 1) == "where" && (After(i) & kNouns) != 0;
  }

  // "the rights group | Hengaw said", "according to the rights group | Hengaw.": what follows is
  // the name of what the word calls by its kind.
  bool NamesNext(size_t i) const {
    if (i + 1 >= sentence_->end || !text_[i + 1].is(kCapitalised)) return false;
    if (i + 2 >= sentence_->end || text_[i + 2].kind == TokenKind::kPunct) return true;
    const WordClass& verb = classes_[text_[i + 2].word];
    return (verb.main_verb_sense() & kCommunicationSense) != 0 &&
           (Possible(i + 2) & Bits(Tag::kPast, Tag::kPresent)) != 0;
  }

  Tag VerbForm(size_t i, TagSet verbs, Tag before) const {
    const TagSet past = Bits(Tag::kPast, Tag::kParticiple);
    if ((verbs & past) == past || (verbs & past) == Bit(Tag::kPast)) {
      if ((verbs & Bit(Tag::kBase)) != 0 && In(before, Bits(Tag::kTo, Tag::kModal, Tag::kDo))) {
        return Tag::kBase;  // "put", "cut"
      }
      return (verbs & Bit(Tag::kParticiple)) != 0 && IsParticiple(i, before) ? Tag::kParticiple
                                                                             : Tag::kPast;
    }
    return Single(verbs);
  }

  bool IsParticiple(size_t i, Tag before) const {
    if (In(before, Bits(Tag::kBe, Tag::kHave, Tag::kClitic))) return true;
    if (In(before, Bits(Tag::kDeterminer, Tag::kPossessive, Tag::kGenitive, Tag::kPreposition))) {
      return true;
    }
    if (In(before, Bits(Tag::kPronoun, Tag::kWh))) return false;
    if (i + 1 < sentence_->end && text_.Lower(i + 1) == "by") return true;
    // "35 of them | believed dead"
    if (Before(i) == Tag::kObject && i >= sentence_->begin + 2 && text_.Lower(i - 2) == "of" &&
        (After(i) & Bits(Tag::kAdjective, Tag::kTo)) != 0) {
      return true;
    }
    // "the gunman, identified as …, had"
    if (Before(i) == Tag::kComma && (After(i) & Bits(Tag::kPreposition, Tag::kSubordinator)) != 0 &&
        text_.Lower(i).ends_with("ed") && i >= sentence_->begin + 2 &&
        In(tagged_[i - 2].tag, kNouns | Bit(Tag::kName))) {
      return true;
    }
    const bool reports = (classes_[text_[i].word].main_verb_sense() & kCommunicationSense) != 0;
    if (reports && (After(i) & Bits(Tag::kPreposition, Tag::kTime)) == 0) return false;
    return finite_ && In(before, kNouns | Bits(Tag::kName, Tag::kNumber));
  }

  const Text& text_;
  const WordClasses& classes_;
  std::vector<TaggedToken> tagged_;
  const Sentence* sentence_ = nullptr;
  bool title_case_ = false;
  bool finite_ = false;  // the clause at hand has its finite verb
};

}  // namespace

std::vector<TaggedToken> TagText(const Text& text, const WordClasses& classes) {
  return Tagger(text, classes).Run();
}

}  // namespace consilience::extraction
