#include "services/extraction/attribution/speakers.h"

#include <algorithm>
#include <cctype>
#include <string>
#include <string_view>
#include <utility>

#include "absl/container/inlined_vector.h"
#include "services/extraction/attribution/sources.h"
#include "services/extraction/attribution/speaker_words.h"

namespace consilience::extraction {

SpeakerResolver::SpeakerResolver(const Syntax& syntax, const CueLexicon& cues,
                                 const Organisations& organisations, const Lexicon& titles)
    : syntax_(syntax),
      cues_(cues),
      organisations_(organisations),
      glosses_(syntax, organisations),
      people_(syntax, cues, organisations, titles) {
  constexpr size_t kSpeaks = 4;  // about every fourth verb tells that somebody does
  spoken_.reserve(syntax.verbs().size() / kSpeaks);
  ReadMentions();
}

void SpeakerResolver::ReadMentions() {
  for (const NounPhrase& noun : syntax_.nouns()) {
    if (const auto found = OrganisationIn(syntax_, organisations_, noun); found.has_value()) {
      if (!glosses_.Explains(found->span.begin)) mentions_.push_back(*found);
    }
  }
}

Speaker SpeakerResolver::OfOrganisation(int32_t index, TokenSpan span) const {
  const Organisation& organisation = organisations_[index];
  Speaker speaker;
  speaker.name = organisation.name;
  speaker.type = organisation.is_wire() ? SpeakerType::kWire : SpeakerType::kOrganisation;
  speaker.span = syntax_.text().SpanOf(span.begin, span.end);
  return speaker;
}

std::optional<Speaker> SpeakerResolver::Last() const {
  if (spoken_.empty()) return std::nullopt;
  return spoken_.back().speaker;
}

std::optional<Speaker> SpeakerResolver::Resolve(TokenSpan source) {
  if (source.empty()) return std::nullopt;
  // The parts of a joint source, up to the first comma: "the health directorate and the WHO".
  absl::InlinedVector<TokenSpan, 2> parts = {source};
  for (uint32_t i = source.begin; i < source.end && !syntax_.is(i, Bit(Tag::kComma)); ++i) {
    if (!syntax_.is(i, Bit(Tag::kConjunction)) || syntax_.NounAt(i) != nullptr) continue;
    const NounPhrase* next = i + 1 < source.end ? syntax_.NounAt(i + 1) : nullptr;
    if (next == nullptr || next->begin != i + 1 || i == parts.back().begin) continue;
    const bool own =
        syntax_.is(next->begin, Bit(Tag::kDeterminer)) || syntax_.is(next->head, Bit(Tag::kName));
    if (!own || NamesOneBody(parts.back().begin, i)) continue;
    parts.back().end = i;
    parts.push_back({i + 1, source.end});
  }
  std::optional<Known> all;
  for (const TokenSpan part : parts) {
    std::optional<Known> one = ResolvePhrase(part, source);
    if (!one.has_value()) continue;
    glosses_.Expand(part, one->speaker);
    if (!all.has_value()) {
      all = std::move(one);
    } else if (all->speaker.name.empty() == one->speaker.name.empty()) {
      std::string& to = all->speaker.name.empty() ? all->speaker.description : all->speaker.name;
      to += " + " + (one->speaker.name.empty() ? one->speaker.description : one->speaker.name);
      all->plural = true;
    }
  }
  if (!all.has_value()) return std::nullopt;
  all->token = source.begin;
  spoken_.push_back(*std::move(all));
  return spoken_.back().speaker;
}

std::optional<SpeakerResolver::Known> SpeakerResolver::ResolvePhrase(TokenSpan phrase,
                                                                     TokenSpan source) const {
  const Tag tag = syntax_.tag(phrase.begin);
  if (IsNobody(syntax_.text().Lower(phrase.begin))) return std::nullopt;
  if (auto one = OneOf(phrase, source); one.has_value()) return one;
  if (In(tag, Bits(Tag::kWh, Tag::kThat))) return ResolveRelative(phrase.begin);
  if (In(tag, Bits(Tag::kPronoun, Tag::kObject, Tag::kClitic)) ||
      (tag == Tag::kPossessive && phrase.end == phrase.begin + 1)) {
    return ResolvePronoun(phrase.begin);
  }
  const NounPhrase* whole = syntax_.NounAt(phrase.begin);
  if (whole == nullptr) return std::nullopt;
  NounPhrase noun = *whole;
  if (noun.end > phrase.end) {  // the possessor of a noun cue
    noun.end = phrase.end;
    noun.head = phrase.end - 1;
  }
  const auto named = OrganisationIn(syntax_, organisations_, {noun.begin, phrase.end});
  if (named.has_value() && named->span.begin <= noun.head && named->span.end > noun.head) {
    return Known{OfNamed(*named, noun), syntax_.word(noun.head).noun, false, noun.begin};
  }
  // "Save | the Children": the name opens with what elsewhere is a verb.
  if (const auto whole_name = NameAround(noun); whole_name.has_value()) {
    return Known{OfOrganisation(whole_name->index, whole_name->span), kNoWord, false, noun.begin};
  }
  if (std::optional<Speaker> person = people_.Find(noun); person.has_value()) {
    return Known{*std::move(person), kNoWord, false, noun.begin};
  }
  // "State Kerry" of "Secretary of State Kerry": the name may stand in a later phrase.
  const NounPhrase* next = noun.end + 1 < phrase.end ? syntax_.NounAt(noun.end + 1) : nullptr;
  if (next != nullptr && syntax_.is(noun.end, Bit(Tag::kPreposition))) {
    const std::optional<Speaker> person = people_.Find(*next);
    if (person.has_value() && !person->role.empty() && syntax_.is(noun.head, Bit(Tag::kName))) {
      return Known{*person, kNoWord, false, noun.begin};
    }
  }
  if (syntax_.is(noun.head, Bit(Tag::kName))) {
    if (syntax_.is(noun.begin, Bits(Tag::kDeterminer, Tag::kPossessive))) {  // "our Minister, X,"
      if (auto person = NamedAfter(noun, source); person.has_value()) return person;
    }
    Known known;
    TokenSpan name = noun;
    const bool group = (syntax_.word(noun.head).noun_senses & kGroupSense) != 0 ||
                       (cues_.Flags(syntax_.text()[noun.head].word) & kBody) != 0;
    OpenAtCapitals(noun.head, name);
    if (group) {
      name.end = EndOfBody(noun, phrase.end);
    } else {
      // "Finland's | Nokia"
      for (uint32_t i = name.begin; i < noun.head; ++i) {
        if (syntax_.is(i, Bit(Tag::kGenitive))) name.begin = i + 1;
      }
      OpenAtName(noun.head, name, known.speaker.type);
    }
    known.speaker.name = WordsOf(syntax_.text(), name);
    if (known.speaker.name.starts_with("the ") || known.speaker.name.starts_with("The ")) {
      known.speaker.name.erase(0, 4);
      known.speaker.type = SpeakerType::kOrganisation;
    } else if (group) {
      known.speaker.type = SpeakerType::kOrganisation;
    }
    known.speaker.span = syntax_.text().SpanOf(name.begin, name.end);
    return known;
  }
  if (auto person = NamedAfter(noun, source); person.has_value()) return person;
  return ResolveCommon(noun, phrase, source);
}

// "One of the student leaders": nobody who is named.
std::optional<SpeakerResolver::Known> SpeakerResolver::OneOf(TokenSpan phrase,
                                                             TokenSpan source) const {
  const Text& text = syntax_.text();
  if (text.Lower(phrase.begin) != "one" || phrase.begin + 2 >= phrase.end ||
      text.Lower(phrase.begin + 1) != "of") {
    return std::nullopt;
  }
  const NounPhrase* several = syntax_.NounAt(phrase.begin + 2);
  if (several != nullptr && syntax_.is(several->head, Bits(Tag::kPronoun, Tag::kObject))) {
    return ResolvePronoun(several->begin);
  }
  if (several == nullptr || !syntax_.is(several->head, kNouns)) return std::nullopt;
  NounPhrase noun = *several;
  noun.begin = phrase.begin;
  Known known = *ResolveCommon(noun, phrase, source);
  known.plural = false;
  return known;
}

// "Assistance Association | for Political Prisoners": where the name of a body of people ends.
uint32_t SpeakerResolver::EndOfBody(const NounPhrase& noun, uint32_t limit) const {
  uint32_t end = noun.end;
  while (end + 1 < limit && syntax_.is(end, Bits(Tag::kPreposition, Tag::kConjunction))) {
    const std::string_view joint = syntax_.text().Lower(end);
    const NounPhrase* next = syntax_.NounAt(end + 1);
    const bool also = joint == "and" && NamesOneBody(noun.begin, end);
    const bool goes_on =
        (joint == "for" || joint == "of" || joint == "on" || also) && next != nullptr &&
        next->begin == end + 1 && next->end <= limit && syntax_.is(next->head, Bit(Tag::kName)) &&
        (syntax_.is(next->begin, Bit(Tag::kName)) || syntax_.text().Lower(next->begin) == "the");
    if (!goes_on) break;
    end = next->end;
  }
  return end;
}

// "The ferry's owner, Visayan Lines, said"
std::optional<SpeakerResolver::Known> SpeakerResolver::NamedBodyAfter(const NounPhrase& noun,
                                                                      TokenSpan name) const {
  for (uint32_t i = name.begin; i < name.end; ++i) {
    if (!syntax_.is(i, Bit(Tag::kName))) return std::nullopt;
  }
  if (syntax_.is(noun.head, Bit(Tag::kPlural))) return std::nullopt;
  Known known;
  known.head = syntax_.word(noun.head).noun;
  known.token = noun.begin;
  if (const auto named = OrganisationIn(syntax_, organisations_, name); named.has_value()) {
    known.speaker = OfOrganisation(named->index, named->span);
    return known;
  }
  known.speaker.type = SpeakerType::kOrganisation;
  known.speaker.name = WordsOf(syntax_.text(), name);
  known.speaker.span = syntax_.text().SpanOf(name.begin, name.end);
  return known;
}

// "The head of the mission in Yemen, Johannes Bruwer, said": the name stands after the description.
std::optional<SpeakerResolver::Known> SpeakerResolver::NamedAfter(const NounPhrase& noun,
                                                                  TokenSpan source) const {
  const bool group = (syntax_.word(noun.head).noun_senses & kGroupSense) != 0;
  const bool leads = (syntax_.word(noun.head).noun_senses & kPersonSense) != 0 ||
                     syntax_.text().Lower(noun.head) == "head";
  if (!group && !leads) return std::nullopt;
  uint32_t comma = noun.end;
  while (comma < source.end && !syntax_.is(comma, Bit(Tag::kComma))) ++comma;
  // "according to the prosecutor |, Olivier Mouysset."
  const uint32_t end = syntax_.SentenceOf(noun.begin).end;
  const bool behind = leads && !group && comma == source.end && comma + 1 < end &&
                      syntax_.is(comma, Bit(Tag::kComma));
  const NounPhrase* name = comma + 1 < source.end || behind ? syntax_.NounAt(comma + 1) : nullptr;
  if (name == nullptr || name->begin != comma + 1) return std::nullopt;
  if (behind && name->end < end && !syntax_.is(name->end, Bits(Tag::kComma, Tag::kStop))) {
    return std::nullopt;
  }
  std::optional<Speaker> person = people_.Find(*name);
  if (!person.has_value()) return behind ? std::nullopt : NamedBodyAfter(noun, *name);
  const Text& text = syntax_.text();
  if (person->role.empty()) {
    TokenSpan role{noun.begin, noun.head + 1};
    while (!role.empty() && syntax_.is(role.begin, Bits(Tag::kDeterminer, Tag::kPossessive))) {
      ++role.begin;
    }
    person->role = WordsOf(text, role);
  }
  const auto named = OrganisationIn(syntax_, organisations_, {noun.begin, comma});
  if (person->organisation.empty() && named.has_value()) {
    person->organisation = organisations_[named->index].name;
  }
  return Known{*std::move(person), syntax_.word(noun.head).noun, false, noun.begin};
}

std::optional<SpeakerResolver::Known> SpeakerResolver::ResolveRelative(uint32_t token) const {
  uint32_t end = token;
  const uint32_t limit = syntax_.SentenceOf(token).begin;
  if (end > limit && syntax_.is(end - 1, Bit(Tag::kComma))) --end;
  if (end <= limit) return std::nullopt;
  const TokenSpan group = GroupBefore(syntax_, end);
  if (group.empty()) return std::nullopt;
  return ResolvePhrase(group, group);
}

std::optional<SpeakerResolver::Known> SpeakerResolver::ResolvePronoun(uint32_t token) const {
  const std::string_view word = syntax_.text().Lower(token);
  if (IsFirstPerson(word)) return std::nullopt;
  const bool person = IsPersonal(word);
  const bool plural = IsPlural(word);
  if (word == "it") {
    // "The association said | it had documented …": who spoke in the sentence already.
    if (!spoken_.empty() && spoken_.back().token >= syntax_.SentenceOf(token).begin &&
        spoken_.back().token < token && IsKind(spoken_.back().speaker.type, false)) {
      return spoken_.back();
    }
    if (auto subject = SubjectBeforeSentence(token); subject.has_value()) return subject;
  }
  const size_t reach = std::min(spoken_.size(), kMaxRecall);
  for (size_t i = 0; i < reach; ++i) {
    const Known& known = spoken_[spoken_.size() - 1 - i];
    // A name alone ("Zelensky wrote") is a person's as far as anybody can tell.
    const bool name = person && known.speaker.type == SpeakerType::kUnknown;
    const bool fits = plural ? known.plural || IsKind(known.speaker.type, false)
                             : (name || IsKind(known.speaker.type, person)) && !known.plural;
    if (!fits) continue;
    // Someone named since then who has not spoken is nearer than a speaker of long ago.
    if (person && token > known.token + 2 * kMaxMention) {
      if (auto mentioned = LastMentioned(token); mentioned.has_value()) return mentioned;
    }
    return known;
  }
  // "It denied the charge": a name that nobody knows is a body's where no known one has spoken.
  for (size_t i = 0; word == "it" && i < reach; ++i) {
    const Known& known = spoken_[spoken_.size() - 1 - i];
    if (known.speaker.type == SpeakerType::kUnknown && !known.plural) return known;
  }
  return person ? LastMentioned(token) : std::nullopt;
}

// "The group draws on volunteers. It says …": the subject of the sentence before, if that is a body
// of people.
std::optional<SpeakerResolver::Known> SpeakerResolver::SubjectBeforeSentence(uint32_t token) const {
  const Sentence& sentence = syntax_.SentenceOf(token);
  if (sentence.begin == 0 || token > sentence.begin + 3) return std::nullopt;
  const Sentence& previous = syntax_.SentenceOf(sentence.begin - 1);
  const NounPhrase* noun = syntax_.NounAt(previous.begin);
  if (noun == nullptr || noun->end >= previous.end ||
      !syntax_.is(noun->head, kNouns | Bit(Tag::kName))) {
    return std::nullopt;
  }
  const VerbGroup* verb = syntax_.VerbAt(noun->end);
  if (verb == nullptr || !verb->finite) return std::nullopt;
  for (uint32_t i = noun->begin; i < noun->end; ++i) {
    if (syntax_.is(i, Bits(Tag::kNumber, Tag::kPlural))) return std::nullopt;
  }
  std::optional<Known> known = ResolvePhrase(*noun, *noun);
  if (!known.has_value() || !IsKind(known->speaker.type, false)) return std::nullopt;
  return known;
}

std::optional<SpeakerResolver::Known> SpeakerResolver::LastMentioned(uint32_t before) const {
  for (uint32_t i = before; i > 0 && before - i < kMaxMention; --i) {
    const NounPhrase* noun = syntax_.NounAt(i - 1);
    if (noun == nullptr || noun->end != i) continue;
    if (auto person = people_.Find(*noun); person.has_value()) {
      return Known{*std::move(person), kNoWord, false, noun->begin};
    }
  }
  return std::nullopt;
}

std::optional<SpeakerResolver::Known> SpeakerResolver::ResolveCommon(const NounPhrase& noun,
                                                                     TokenSpan phrase,
                                                                     TokenSpan source) const {
  const Text& text = syntax_.text();
  const WordClass& word = syntax_.word(noun.head);
  const WordId head = word.noun != kNoWord ? word.noun : text[noun.head].word;
  const bool bare = phrase.end == noun.end || syntax_.is(noun.end, Bit(Tag::kComma));
  const bool definite = text.Lower(noun.begin) == "the" || text.Lower(noun.begin) == "that";
  if (definite && bare) {
    if (auto person = NamedAfter(noun, source); person.has_value()) return person;
    if (auto monitor = RecallMonitor(noun); monitor.has_value()) return monitor;
    if (auto author = RecallAuthor(noun, head); author.has_value()) return author;
    if (auto known = Recall(noun, head); known.has_value()) return known;
  }
  Known known;
  known.head = head;
  known.token = noun.begin;
  known.plural = syntax_.is(noun.head, Bit(Tag::kPlural));
  Speaker& speaker = known.speaker;
  speaker.span = text.SpanOf(noun.begin, noun.end);
  const auto named = OrganisationIn(syntax_, organisations_, source);
  const bool person = (word.noun_senses & kPersonSense) != 0 || text.Lower(noun.head) == "source" ||
                      text.Lower(noun.head) == "sources";
  const bool document = (cues_.Flags(head) & kDocument) != 0 ||
                        (!person && (word.noun_senses & kCommunicationSense) != 0);
  if (document && named.has_value()) {
    speaker = OfOrganisation(named->index, named->span);
    return known;
  }
  uint32_t end = noun.end;
  while (end < phrase.end && !syntax_.is(end, Bit(Tag::kComma))) ++end;
  TokenSpan described{noun.begin, end};
  // "the air force" is no force of a person; "a guard" is one.
  const bool body = (cues_.Flags(head) & kBody) != 0 && text.Lower(noun.begin) != "a" &&
                    text.Lower(noun.begin) != "one" && !known.plural;
  const bool group = (!person || body) && !document && (word.noun_senses & kGroupSense) != 0;
  if (group) {
    if (syntax_.is(described.begin, Bit(Tag::kDeterminer))) ++described.begin;
    speaker.type = SpeakerType::kOrganisation;
    speaker.name = WordsOf(text, described.empty() ? TokenSpan{noun.begin, end} : described);
    return known;
  }
  speaker.type = document ? SpeakerType::kDocument : SpeakerType::kUnnamed;
  speaker.description = WordsOf(text, described);
  if (!speaker.description.empty() && !syntax_.is(noun.begin, Bit(Tag::kName))) {
    char& first = speaker.description.front();
    first = static_cast<char>(std::tolower(static_cast<unsigned char>(first)));
  }
  if (named.has_value()) speaker.organisation = organisations_[named->index].name;
  return known;
}

}  // namespace consilience::extraction
