// The inside of PeopleFinder: one pass over one text.
#ifndef CONSILIENCE_SERVICES_EXTRACTION_POPULATION_PEOPLE_SCAN_H_
#define CONSILIENCE_SERVICES_EXTRACTION_POPULATION_PEOPLE_SCAN_H_

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "services/extraction/population/people_finder.h"
#include "services/extraction/text/one_of.h"

namespace consilience::extraction {

inline void AddGroups(PopulationGroups& groups, const PopulationGroups& more) {
  for (const PopulationGroup group : more) {
    if (std::find(groups.begin(), groups.end(), group) == groups.end()) groups.push_back(group);
  }
}

// One pass over one text.
class PeopleScan {
 public:
  PeopleScan(const PeopleFinder& finder, const Scene& scene)
      : finder_(finder),
        lexicon_(finder.lexicon_),
        scene_(scene),
        text_(scene.text()),
        opening_marks_(lexicon_.parts.mark() | lexicon_.determiners.mark() |
                       lexicon_.terms.mark()) {}

  std::vector<People> Run() {
    std::vector<People> all;
    all.reserve(text_.sentences().size());  // more than most texts have: none is moved
    std::vector<People> found;              // in one sentence
    for (const Sentence& sentence : text_.sentences()) {
      limit_ = sentence.end;
      found.clear();
      for (size_t i = sentence.begin; i < sentence.end;) {
        if (!MayOpen(i)) {
          ++i;
        } else if (auto people = At(i)) {
          i = people->end;
          found.push_back(*std::move(people));
        } else {
          ++i;
        }
      }
      JoinParts(found, all);
    }
    return all;
  }

 private:
  struct Head {
    uint32_t begin = 0;
    uint32_t end = 0;
    const PopulationTerm* term = nullptr;  // null for a noun such as "deaths"
  };

  // What most tokens cannot, so that no reader looks at them.
  bool MayOpen(size_t at) const {
    return scene_.note(at).quantity >= 0 || (text_[at].marks & opening_marks_) != 0;
  }

  std::optional<People> At(size_t at) {
    const TokenNote& note = scene_.note(at);
    if (note.quantity >= 0) return Counted(at);
    if (note.time >= 0) return std::nullopt;
    if (lexicon_.parts.Starts(text_[at])) {
      if (auto part = PartOf(at)) return part;
    }
    if (lexicon_.determiners.Starts(text_[at])) {
      if (Is(at, PeopleDeterminer::kArticle)) return WithArticle(at);
      if (Is(at, PeopleDeterminer::kPossessive) && FollowsMember(at)) {
        if (auto relative = WithArticle(at)) return relative;
      }
    }
    if (!lexicon_.terms.Starts(text_[at])) return std::nullopt;
    return Uncounted(at);
  }

  bool Is(size_t at, PeopleDeterminer determiner) const {
    return lexicon_.determiners.Payload(text_[at].word) == static_cast<int32_t>(determiner);
  }

  // "A man, | his wife and | their son", "along with | his aunt", "wounded | his brother": the
  // token goes on with a list of people or is whom something was done to.
  bool FollowsMember(size_t at) const {
    if (at == 0 || text_[at].sentence != text_[at - 1].sentence) return false;
    const ClassSet& before = scene_.classes(at - 1);
    return text_[at - 1].mark == ',' || text_.Lower(at - 1) == "with" || before[finder_.and_] ||
           before[finder_.including_] || (before & finder_.act_).any();
  }

  std::optional<Head> HeadAt(size_t at) const {
    const auto match = lexicon_.terms.Longest(text_.tokens(), at, limit_);
    if (!match) return std::nullopt;
    if (match->end < limit_ && text_.IsHyphen(match->end)) return std::nullopt;  // "rebel-held"
    return Head{match->begin, match->end, &lexicon_.term[static_cast<size_t>(match->payload)]};
  }

  // A verb or another word that ends a noun phrase. Capitals make a name of it: "the Free Syrian
  // Army".
  bool Stops(size_t at) const {
    const bool name = text_[at].is(kCapitalised) && !text_[at].is(kSentenceInitial) &&
                      !text_.all_caps() && at > 0 && !text_[at - 1].is(kCapitalised);
    return (!name && (scene_.classes(at) & finder_.stop_).any()) || scene_.note(at).quantity >= 0 ||
           scene_.note(at).time >= 0;
  }

  // Words such as a participle or "and" that a noun phrase may hold before its head.
  bool HoldsHeadSoon(size_t at) const {
    for (size_t i = at; i < limit_ && i < at + 3; ++i) {
      if (const auto head = HeadAt(i); head && head->term->plural) {
        return text_.Lower(i) != "others";  // "2 killed, others injured"
      }
      if (!text_[i].is_word() || Stops(i)) return false;
    }
    return false;
  }

  // The head of the noun phrase whose modifiers start at `at`. `many` asks for a plural.
  std::optional<Head> FindHead(size_t at, bool many, People& people) const;
  const PopulationTerm* Guess(size_t at) const;
  std::string LabelOf(size_t from, const Head& head) const;
  void Describe(People& people, size_t from, const Head& head) const;
  void ExtendList(People& people, size_t from) const;
  void AddCompanion(People& people) const;
  void ReadParty(People& people, size_t from, bool generic) const;
  bool IsReported(size_t at) const;
  bool CountsThings(size_t noun) const;
  bool NamesThings(size_t name) const;
  bool IsBareNumber(size_t after) const;
  void ReadAge(People& people) const;
  bool IsSchool(size_t at) const;
  bool IsAge(size_t at, const Quantity& quantity) const;
  size_t AfterAge(size_t at) const;
  bool StandsAlone(size_t after, bool many) const;
  void ReadAgeBefore(People& people, size_t from, const Head& head) const;

  std::optional<People> Counted(size_t at) const;
  size_t AfterOf(size_t from, People& people) const;
  size_t AfterWhole(size_t at) const;
  void SetWhole(size_t at, const Quantity& whole, People& people) const;
  std::optional<People> ShareOf(size_t at, const Quantity& share) const;
  std::optional<People> PartOf(size_t at) const;
  std::optional<People> PartOfWhole(size_t at, size_t of, const PartWord& part) const;
  size_t AfterDeterminer(size_t at) const;
  std::optional<People> None(size_t at, size_t from, const PartWord& part) const;
  std::optional<People> Nobody(size_t at, size_t end) const;
  std::optional<People> BareCount(size_t from, People people) const;
  std::optional<People> WithArticle(size_t at) const;
  std::optional<People> Uncounted(size_t at) const;
  bool ReadSize(People& people, const Head& head) const;
  void ReadKin(People& people) const;

  void JoinParts(std::vector<People>& found, std::vector<People>& joined) const;
  bool IsDash(size_t at) const { return text_[at].mark == '-' && !text_.IsHyphen(at); }
  size_t AfterIncluding(size_t at) const;
  bool IsPartOf(const People& part, const People& whole) const;
  bool ReadPartNoun(People& part) const;

  const PeopleFinder& finder_;
  const PopulationLexicon& lexicon_;
  const Scene& scene_;
  const Text& text_;
  uint32_t opening_marks_;  // of the words that people start with where no number does
  size_t limit_ = 0;        // end of the sentence
};

}  // namespace consilience::extraction

#endif  // CONSILIENCE_SERVICES_EXTRACTION_POPULATION_PEOPLE_SCAN_H_
