#include "services/extraction/quantity/number_roles.h"

#include <utility>

#include "services/extraction/quantity/cardinal.h"
#include "services/extraction/text/one_of.h"

namespace consilience::extraction {
namespace {

constexpr size_t kModelLetters = 12;  // "T-72", "MiG-29", "Covid-19"
constexpr double kOldest = 115;       // years of age that a bare number after a name may mean
constexpr size_t kDesignationWords = 3;
constexpr double kLeastModel = 20;       // less may follow "a Sunday"
constexpr size_t kAgeWords = 4;          // tokens from "aged" to the number
constexpr size_t kDescriptionWords = 3;  // between an article and the noun it belongs to
// What a number of four digits before a noun may be a year.
constexpr double kFirstYear = 1800;
constexpr double kLastYear = 2099;
constexpr double kMaxScore = 1000;
constexpr size_t kIdentifierDigits = 9;  // a run of digits this long counts nothing

class RoleFinder {
 public:
  RoleFinder(const Text& text, const QuantityRules& rules) : text_(text), rules_(rules) {}

  // `previous` is the number before, which has its role, or null.
  NumberRole RoleOf(const Number& number, const Number* previous) const {
    if (number.role != NumberRole::kCount && number.role != NumberRole::kMeasure) {
      return number.role;
    }
    if (IsExcepted(number)) return NumberRole::kPronoun;
    if (IsAge(number, previous)) return NumberRole::kAge;
    if (IsAddress(number)) return NumberRole::kAddress;
    if (IsOfStroke(number)) return NumberRole::kDesignation;
    if (number.bare && (EndsName(number) || IsYearOf(number) || IsModel(number) ||
                        IsDesignated(number) || IsListItem(number))) {
      return NumberRole::kDesignation;
    }
    if (IsScore(number)) return NumberRole::kScore;
    return number.role;
  }

  // "450.000 Syrians": nobody counts people in thousandths.
  void ReadPointThousands(Number& number) const {
    if (number.form != NumberForm::kDecimal || number.end - number.begin != 1) return;
    const auto value = ParsePointThousands(text_.Folded(number.begin));
    if (!value || number.end >= text_.size()) return;
    const Token& next = text_[number.end];
    if (!next.is_word() || !next.is(kSpaceBefore)) return;
    if (rules_.units_after.Longest(text_.tokens(), number.end)) return;
    if (number.begin > 0 && rules_.units_before.Starts(text_[number.begin - 1])) return;
    number.value = *value;
    number.form = NumberForm::kInteger;
  }

  // "between 12 and | 22", "for 12 and | 15", "from four to | six", "two or | three".
  bool OpensRange(const Number& first, const Number& second) const {
    if (second.begin != first.end + 1 || first.role != NumberRole::kCount) return false;
    const std::string_view joint = Lower(first.end);
    if (joint == "and" && first.begin > 0) {
      // "between 12 and 22", "jailed for | 12 and 15 years"
      return IsOneOf(Lower(first.begin - 1), {"between", "for", "to", "of"});
    }
    return joint == "to" || joint == "or" || Mark(first.end) == '-';
  }

 private:
  std::string_view Lower(size_t at) const { return at < text_.size() ? text_.Lower(at) : ""; }
  char Mark(size_t at) const { return at < text_.size() ? text_[at].mark : '\0'; }

  // "all but one of them"
  bool IsExcepted(const Number& number) const {
    return number.begin >= 2 && Lower(number.begin - 1) == "but" &&
           (Lower(number.begin - 2) == "all" || Lower(number.begin - 2) == "none");
  }

  // "12-year-old", "12 years old", "aged 12", "Ali, 34, said", "Ali (34)".
  bool IsAge(const Number& number, const Number* previous) const {
    size_t next = number.end;
    if (Mark(next) == '-') ++next;
    if (Lower(next) == "year" || Lower(next) == "years" || Lower(next) == "month" ||
        Lower(next) == "months") {
      const size_t old = Mark(next + 1) == '-' ? next + 2 : next + 1;
      if (Lower(old) == "old" || Lower(old) == "olds" || Lower(old).starts_with("old")) return true;
    }
    if (number.begin == 0) return false;
    if (FollowsAge(number, previous) || LeadsToAge(number)) return true;
    if (IsAgeOfGroup(number) || IsAgeOfOldest(number)) return true;
    if (!number.bare || number.value > kOldest || number.begin < 2) return false;
    const char open = Mark(number.begin - 1);
    const char close = Mark(number.end);
    const bool enclosed = (open == ',' && (close == ',' || close == '.' || IsDash(number.end))) ||
                          (open == '(' && close == ')');
    if (enclosed && open == ',' && IsDescribed(number.begin - 2)) return true;
    const Token& name = text_[number.begin - 2];
    // In a text set in capitals a name is a word that no lexicon knows.
    return enclosed && name.is_word() && name.is(kCapitalised) && !name.is(kSentenceInitial) &&
           (!text_.all_caps() || name.word == kNoWord);
  }

  // "aged 12", "under the age of 15", "aged between three and 17", "aged 8, 12 and 13,"; not "a boy
  // aged 8 and 12 women".
  bool FollowsAge(const Number& number, const Number* previous) const {
    if (previous != nullptr && previous->role == NumberRole::kAge &&
        number.begin == previous->end + 1) {
      const std::string_view joint = Lower(previous->end);
      const std::string_view opening = Lower(previous->begin - 1);
      const bool range = joint == "to" || Mark(previous->end) == '-' ||
                         (joint == "and" && (opening == "between" || opening == "of"));
      const bool listed = joint == "and" || joint == "or" || Mark(previous->end) == ',';
      return range || (listed && !IsNounOf(number));
    }
    return OpensAge(number);
  }

  // "children under 15", "those over 60", "two students, both 14,"
  bool IsAgeOfGroup(const Number& number) const {
    if (number.value > kOldest || number.begin < 2) return false;
    const std::string_view word = Lower(number.begin - 1);
    const char before = Mark(number.begin - 2);
    if (word == "both" && (before == ',' || before == '(')) return !IsNounOf(number);
    if (rules_.units_after.Longest(text_.tokens(), number.end)) return false;
    return IsOneOf(word, {"under", "over"}) &&
           IsOneOf(Lower(number.begin - 2),
                   {"children", "kids", "boys", "girls", "infants", "women", "men", "those",
                    "adults", "people", "anyone", "everyone", "residents", "patients", "voters"});
  }

  // "the youngest was 3", "the oldest of them was 89"
  bool IsAgeOfOldest(const Number& number) const {
    constexpr size_t kReach = 5;
    if (!number.bare || number.value > kOldest || IsNounOf(number)) return false;
    if (!IsOneOf(Lower(number.begin - 1), {"was", "is", "just", "only", "aged"})) return false;
    for (size_t back = 2; back <= kReach && back <= number.begin; ++back) {
      if (IsOneOf(Lower(number.begin - back), {"oldest", "youngest", "eldest"})) return true;
    }
    return false;
  }

  // "9/11", "24/7": two numbers that one stroke joins count nothing.
  bool IsOfStroke(const Number& number) const {
    const size_t next = number.end;
    const bool before = number.begin > 1 && Mark(number.begin - 1) == '/' &&
                        text_[number.begin - 2].is_number() &&
                        !text_[number.begin].is(kSpaceBefore);
    const bool after = Mark(next) == '/' && next + 1 < text_.size() &&
                       text_[next + 1].is_number() && !text_[next].is(kSpaceBefore) &&
                       !text_[next + 1].is(kSpaceBefore);
    return before || after;
  }

  // "Ali, 34 — a father —"
  bool IsDash(size_t at) const { return Mark(at) == '-' && text_[at].is(kSpaceBefore); }

  // "7 | and 12 years old"
  bool LeadsToAge(const Number& number) const {
    const size_t joint = number.end;
    const bool joined =
        Lower(joint) == "to" || Lower(joint) == "and" || Lower(joint) == "or" || Mark(joint) == '-';
    if (!joined || number.value > kOldest || joint + 3 >= text_.size()) return false;
    return text_[joint + 1].is_number() && Lower(joint + 2) == "years" &&
           (Lower(joint + 3) == "old" || Lower(joint + 3) == "of");
  }

  // Right after "aged" and the like.
  bool OpensAge(const Number& number) const {
    const size_t last = number.begin > kAgeWords ? number.begin - kAgeWords : 0;
    for (size_t at = number.begin; at-- > last;) {
      const std::string_view word = Lower(at);
      if (word == "aged" || word == "age" || word == "ages") return true;
      const bool goes_on = word == "of" || word == "between" || word == "from" || word == "about" ||
                           word == "just" || word == "under" || word == "over" || word == "the";
      if (!goes_on) return false;
    }
    return false;
  }

  // Whether a word that the number may count follows it.
  bool IsNounOf(const Number& number) const {
    if (number.end >= text_.size() || !text_[number.end].is_word()) return false;
    const std::string_view word = Lower(number.end);
    for (const std::string_view other : {"and", "or", "to", "was", "were", "is", "are", "has",
                                         "had", "have", "who", "in", "at", "on", "from", "died"}) {
      if (word == other) return false;
    }
    return true;
  }

  // "the driver, 52, was", "a former teacher, 34, who": the noun of a description of somebody.
  bool IsDescribed(size_t noun) const {
    if (!text_[noun].is_word()) return false;
    for (size_t words = 1; words <= kDescriptionWords && words <= noun; ++words) {
      const std::string_view word = Lower(noun - words);
      if (word == "the" || word == "a" || word == "an" || word == "his" || word == "her" ||
          word == "their") {
        return true;
      }
      if (!text_[noun - words].is_word()) return false;
    }
    return false;
  }

  bool IsAddress(const Number& number) const {
    const auto joined = [&](size_t hyphen, size_t digits) {
      return Mark(hyphen) == '-' && digits < text_.size() && text_[digits].is_number() &&
             text_.IsHyphen(hyphen);
    };
    if (!number.bare) return false;
    if (text_[number.begin].end - text_[number.begin].begin >= kIdentifierDigits) return true;
    const bool after = joined(number.end, number.end + 1);
    const bool before = number.begin >= 2 && joined(number.begin - 1, number.begin - 2);
    const bool twice_after = after && joined(number.end + 2, number.end + 3);
    const bool twice_before =
        before && number.begin >= 4 && joined(number.begin - 3, number.begin - 4);
    return twice_after || twice_before || (after && before) || Mark(number.begin - 1) == '#';
  }

  // "his 1995 tax return", "the 2012 election": a year before a noun of one thing. "the 2000 men"
  // and "the 1917 soldiers" are many.
  bool IsYearOf(const Number& number) const {
    if (number.value < kFirstYear || number.value > kLastYear || number.begin == 0) return false;
    if (text_[number.begin].end - text_[number.begin].begin != 4) return false;
    if (static_cast<int>(number.value) % 100 == 0) return false;
    const std::string_view before = Lower(number.begin - 1);
    const bool owned = before == "the" || before == "a" || before == "his" || before == "her" ||
                       before == "its" || before == "their" || before == "'s" || before == "this";
    if (!owned || number.end >= text_.size() || !text_[number.end].is_word()) return false;
    const std::string_view next = Lower(number.end);
    return !next.ends_with('s') && !next.ends_with("ed") && !next.ends_with("en") &&
           next != "people" && next != "police";
  }

  // "Jet2", "G20": digits that a capitalised word runs on with, unless it is a currency.
  bool EndsName(const Number& number) const {
    const size_t at = number.begin;
    if (at == 0 || text_[at].is(kSpaceBefore) || !text_[at - 1].is_word()) return false;
    return text_[at - 1].is(kCapitalised) &&
           !rules_.units_before.Longest(text_.tokens(), at - 1, at).has_value();
  }

  // Letters, a hyphen and digits, as arms and aircraft are named.
  bool IsModel(const Number& number) const {
    if (number.begin < 2 || !text_.IsHyphen(number.begin - 1)) return false;
    const Token& letters = text_[number.begin - 2];
    return letters.is_word() && letters.is(kCapitalised) &&
           letters.end - letters.begin <= kModelLetters;
  }

  // "Route 4", "Resolution No. 2254": right after a word that is followed by a name of digits.
  bool IsDesignated(const Number& number) const {
    size_t at = number.begin;
    if (at > 0 && Mark(at - 1) == '.') --at;
    // "Boeing 737-800"
    if (at >= 2 && text_.IsHyphen(at - 1) && text_[at - 2].is_number()) at -= 2;
    for (size_t words = 1; words <= kDesignationWords && words <= at; ++words) {
      const auto match = rules_.designations.Longest(text_.tokens(), at - words, at);
      if (match && match->end == at && !IsPlainOf(match->begin, at)) return true;
    }
    return IsOneOfMake(number, at);
  }

  // "an ATR 72", "a Cessna 208": one of a kind, not a count. "a Turkish 12-man team" goes on with a
  // hyphen.
  bool IsOneOfMake(const Number& number, size_t at) const {
    if (at < 2 || number.value < kLeastModel || !text_[at - 1].is(kCapitalised)) return false;
    const bool joined = text_.IsHyphen(std::min<size_t>(number.end, text_.size() - 1));
    if (joined && number.end + 1 < text_.size() && !text_[number.end + 1].is_number()) return false;
    return IsOneOf(Lower(at - 2), {"a", "an"}) && text_[number.begin].is(kSpaceBefore);
  }

  // "a group of 30 fighters", not "the Group of 20": the words before `at` count what follows.
  bool IsPlainOf(size_t first, size_t at) const {
    return Lower(at - 1) == "of" && (!text_[first].is(kCapitalised) || text_.all_caps());
  }

  // "2." alone at the start of what it numbers.
  bool IsListItem(const Number& number) const {
    const Sentence& sentence = text_.sentences()[text_[number.begin].sentence];
    return sentence.end - sentence.begin == 2 && Mark(number.end) == '.';
  }

  // "3-1": a range would rise.
  bool IsScore(const Number& number) const {
    if (!number.bare || number.value > kMaxScore) return false;
    if (number.begin >= 2 && Lower(number.begin - 1) == "to" &&
        Lower(number.begin - 2) == "votes") {
      return true;  // "by 62 votes to 41"
    }
    const auto value = [&](size_t at) {
      return text_[at].is_number() ? ParseDigits(text_.Folded(at)).value_or(0) : -1;
    };
    if (text_.IsHyphen(number.end < text_.size() ? number.end : 0) && Mark(number.end) == '-') {
      const double other = value(number.end + 1);
      return other >= 0 && other <= number.value;
    }
    if (number.begin >= 2 && text_.IsHyphen(number.begin - 1)) {
      const double other = value(number.begin - 2);
      return other >= number.value && other <= kMaxScore;
    }
    return false;
  }

  const Text& text_;
  const QuantityRules& rules_;
};

}  // namespace

void AssignRoles(const Text& text, const QuantityRules& rules, std::span<const TimeMention> times,
                 std::vector<Number>& numbers) {
  const RoleFinder finder(text, rules);
  size_t time = 0;
  Number* shared = nullptr;  // a number that the next one may give its unit of time
  const Number* previous = nullptr;
  for (Number& number : numbers) {
    const Number* const before = std::exchange(previous, &number);
    while (time < times.size() && times[time].span.end <= number.span.begin) ++time;
    if (time < times.size() && times[time].span.Overlaps(number.span)) {
      number.role = NumberRole::kTime;
      // "between 12 | and 22 years": the unit is of both.
      const bool duration =
          times[time].type == TimeType::kDuration && times[time].span.begin == number.span.begin;
      if (duration && shared != nullptr && finder.OpensRange(*shared, number)) {
        shared->role = NumberRole::kTime;
      }
      shared = nullptr;
      continue;
    }
    shared = &number;
    finder.ReadPointThousands(number);
    number.role = finder.RoleOf(number, before);
  }
}

}  // namespace consilience::extraction
