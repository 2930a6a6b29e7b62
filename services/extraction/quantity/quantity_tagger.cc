#include "services/extraction/quantity/quantity_tagger.h"

#include <algorithm>

#include "services/extraction/quantity/cardinal.h"
#include "services/extraction/quantity/number_roles.h"

namespace consilience::extraction {
namespace {

constexpr size_t kMaxBoundWords = 5;      // of one phrase before a number
constexpr int kMaxBounds = 4;             // phrases before a number: "some", "more than", "another"
constexpr double kLeastMagnitude = 1000;  // "2 to 3 million": the first number borrows the million

bool IsQuantityRole(NumberRole role) {
  return role == NumberRole::kCount || role == NumberRole::kShare || role == NumberRole::kMeasure;
}

// A quantity that is being built, with its tokens.
struct Draft {
  size_t begin = 0;
  size_t end = 0;
  Quantity quantity;
  std::optional<size_t> opening;  // "between" or "from" of a range, which a unit may follow
};

class Pass {
 public:
  Pass(const QuantityRules& rules, const Text& text, std::span<const TimeMention> times,
       std::vector<Number>& numbers)
      : rules_(rules), text_(text), times_(times), numbers_(numbers) {}

  std::vector<Quantity> Run() {
    quantities_.reserve(numbers_.size());
    size_t next = 0;
    size_t number = BeginOf(next);
    for (size_t at = 0; at < text_.size(); ++at) {
      while (number < at) number = BeginOf(++next);
      if (number == at) {
        const size_t used = AddNumbers(next);
        const size_t end = std::max<size_t>(numbers_[next + used - 1].end, last_end_);
        next += used;
        number = BeginOf(next);
        at = end - 1;
      } else if (rules_.vague.Starts(text_[at])) {
        at = std::max(at, AddVague(at, number));
      }
    }
    return std::move(quantities_);
  }

 private:
  // Where a number begins; the end of the text for the one after the last.
  size_t BeginOf(size_t index) const {
    return index < numbers_.size() ? numbers_[index].begin : text_.size();
  }

  // Adds the quantity that starts with numbers_[index], if it is one, and returns how many numbers
  // it took.
  size_t AddNumbers(size_t index) {
    Number& number = numbers_[index];
    if (!IsQuantityRole(number.role)) return 1;
    Draft draft{number.begin, number.end, {}, {}};
    draft.quantity.number = number.span;
    draft.quantity.lower = number.value;
    draft.quantity.upper = number.value;
    draft.quantity.fraction = number.role == NumberRole::kShare;
    size_t used = 1;
    if (number.numerator > 0) {
      draft.quantity.lower = draft.quantity.upper = number.numerator;
      draft.quantity.fraction = false;
    } else if (index + 1 < numbers_.size() && ReadRange(index, draft)) {
      used = 2;
    }
    ReadUnit(draft, number);
    if (number.role == NumberRole::kMeasure && draft.quantity.unit.empty() &&
        number.end < text_.size() && text_[number.end].is_word() &&
        !text_[number.end].is(kSpaceBefore)) {
      number.role = NumberRole::kDesignation;  // "12B": letters that are no unit
      return used;
    }
    if (used == 2) numbers_[index + 1].role = number.role;
    ReadBounds(draft);
    Finish(draft);
    return used;
  }

  size_t AddVague(size_t at, size_t limit) {
    const auto match = rules_.vague.Longest(text_.tokens(), at, limit);
    if (!match || IsInTime(text_[at].span)) return at;
    const VagueCount& count = rules_.vague_counts[static_cast<size_t>(match->payload)];
    Draft draft{match->begin, match->end, {}, {}};
    draft.quantity.number = text_.SpanOf(draft.begin, draft.end);
    draft.quantity.lower = count.lower;
    draft.quantity.upper = count.upper;
    draft.quantity.vague = true;
    draft.quantity.fraction = count.share;
    draft.quantity.lower_open = count.share && count.lower == 0;
    if (!count.share) ReadBounds(draft);
    Finish(draft);
    return match->end - 1;
  }

  void Finish(Draft& draft) {
    draft.quantity.span = text_.SpanOf(draft.begin, draft.end);
    // "as many as 40": what looked like a vague count belongs to the bound.
    while (!quantities_.empty() && quantities_.back().span.Overlaps(draft.quantity.span)) {
      quantities_.pop_back();
    }
    last_end_ = draft.end;
    if (!draft.quantity.vague) last_counted_end_ = draft.end;
    quantities_.push_back(draft.quantity);
  }

  bool IsInTime(Span span) {
    while (time_ < times_.size() && times_[time_].span.end <= span.begin) ++time_;
    return time_ < times_.size() && times_[time_].span.Overlaps(span);
  }

  std::string_view Lower(size_t at) const {
    return at < text_.size() ? text_.Lower(at) : std::string_view();
  }

  // "10-12", "10 to 12", "between 10 and 12", "two or three", "2 to 3 million".
  bool ReadRange(size_t index, Draft& draft) const {
    const Number& first = numbers_[index];
    const Number& second = numbers_[index + 1];
    if (second.begin <= first.end || !IsQuantityRole(second.role)) return false;
    const size_t joint_at = EndOfSharedUnit(first, second).value_or(first.end);
    if (second.begin > joint_at + 1) {
      // "$10bn and $15bn"
      const auto unit = rules_.units_before.Longest(text_.tokens(), first.end + 1, second.begin);
      const auto same = UnitBefore(first.begin);
      if (!unit || unit->end != second.begin || !same || same->payload != unit->payload) {
        return false;
      }
    }
    const std::string_view joint = Lower(joint_at);
    size_t opening = first.begin;
    if (const auto unit = UnitBefore(first.begin)) opening = unit->begin;
    const bool between = opening > 0 && Lower(opening - 1) == "between";
    // "rose from 5% to 7%" tells what was and what is.
    if (joint_at > first.end && !between && joint != "-") return false;
    const bool joined = joint == "to" || joint == "or" || joint == "through" || joint == "~" ||
                        joint == "-" || (between && (joint == "and" || joint == "&"));
    if (!joined) return false;
    // "rose by three to 17" tells a step and a sum; "by three to five percent" a range.
    const bool step =
        joint == "to" && opening > 0 && rules_.steps.Payload(text_[opening - 1].word) >= 0;
    if (step && !rules_.units_after.Longest(text_.tokens(), second.end)) return false;
    double low = first.value;
    const double magnitude = MagnitudeOf(second);
    if (magnitude >= kLeastMagnitude && low < second.value / magnitude) low *= magnitude;
    if (low >= second.value) return false;
    draft.quantity.lower = low;
    draft.quantity.upper = second.value;
    draft.quantity.fraction = draft.quantity.fraction && second.role == NumberRole::kShare;
    draft.end = second.end;
    draft.quantity.number = text_.SpanOf(draft.begin, draft.end);
    const std::string_view before = opening > 0 ? Lower(opening - 1) : "";
    if (between || (before == "from" && (joint == "to" || joint == "-"))) {
      draft.opening = opening - 1;
    }
    return true;
  }

  // Where the unit of `first` ends that `second` has too: "58.3% | and 60.7%", "40%-45%".
  std::optional<size_t> EndOfSharedUnit(const Number& first, const Number& second) const {
    if (second.begin <= first.end + 1) return std::nullopt;
    const auto unit = rules_.units_after.Longest(text_.tokens(), first.end, second.begin);
    if (!unit || unit->end + 1 != second.begin) return std::nullopt;
    const auto same = rules_.units_after.Longest(text_.tokens(), second.end);
    const bool shared = same && same->payload == unit->payload;
    return shared ? std::optional<size_t>(unit->end) : std::nullopt;
  }

  // 1e6 for "3 million", 1 for "3".
  double MagnitudeOf(const Number& number) const {
    if (number.end - number.begin < 2 || !number.digits) return 1;
    const auto digits = CardinalDigits(number);
    return digits > 0 ? number.value / digits : 1;
  }

  double CardinalDigits(const Number& number) const {
    return text_[number.begin].is_number() ? ParseDigits(text_.Folded(number.begin)).value_or(0)
                                           : 0;
  }

  // "Rs", "US$", "A$": the parts of the last stand together, unlike those of "a $3 billion deal".
  std::optional<LexiconMatch> UnitBefore(size_t at) const {
    constexpr size_t kMostWords = 3;
    std::optional<LexiconMatch> match;
    for (size_t words = 1; words <= kMostWords && words <= at; ++words) {
      const auto before = rules_.units_before.Longest(text_.tokens(), at - words, at);
      const bool apart = words > 1 && text_[at - 1].mark == '$' && text_[at - 1].is(kSpaceBefore);
      if (before && before->end == at && !apart) match = before;
    }
    return match;
  }

  // "half | a metre", "a quarter | of a mile": what a part of one unit measures.
  std::optional<LexiconMatch> UnitOfPart(size_t at) const {
    if (Lower(at) == "of") ++at;
    if (Lower(at) != "a" && Lower(at) != "an") return std::nullopt;
    return rules_.units_after.Longest(text_.tokens(), at + 1);
  }

  void ReadUnit(Draft& draft, Number& number) const {
    std::optional<LexiconMatch> match = UnitBefore(draft.begin);
    if (match) draft.begin = match->begin;
    if (draft.opening) draft.begin = *draft.opening;
    if (!match) {
      size_t next = draft.end;
      if (next < text_.size() && text_.IsHyphen(next)) ++next;
      match = rules_.units_after.Longest(text_.tokens(), next);
      if (!match && draft.quantity.fraction) match = UnitOfPart(draft.end);
      // "45 C", but not "12 c".
      if (match && text_.Lower(match->begin, match->end) == "c" &&
          !text_[match->begin].is(kCapitalised)) {
        match.reset();
      }
      if (match) draft.end = match->end;
    }
    if (!match) return;
    const CountUnit& unit = rules_.units[static_cast<size_t>(match->payload)];
    number.role = unit.role;
    draft.quantity.percent = unit.role == NumberRole::kPercent;
    if (!draft.quantity.percent) draft.quantity.unit = unit.name;
    draft.quantity.fraction = false;
  }

  // Reads the phrases before the number, nearest first, then the one after it.
  void ReadBounds(Draft& draft) const {
    for (int i = 0; i < kMaxBounds; ++i) {
      const auto bound = BoundBefore(draft.begin, last_counted_end_);
      if (!bound) break;
      draft.begin = bound->begin;
      Apply(static_cast<BoundEffect>(bound->payload), draft.quantity);
    }
    const auto after = rules_.bounds_after.Longest(text_.tokens(), draft.end);
    if (!after) return;
    const auto effect = static_cast<BoundEffect>(after->payload);
    Apply(effect, draft.quantity);
    // "20 others": the word stands for the people counted.
    if (effect != BoundEffect::kAnother) draft.end = after->end;
  }

  std::optional<LexiconMatch> BoundBefore(size_t at, size_t least) const {
    std::optional<LexiconMatch> longest;
    for (size_t words = 1; words <= kMaxBoundWords && at >= least + words; ++words) {
      const size_t from = at - words;
      if (text_[from].sentence != text_[at].sentence) break;
      if (text_[from].mark != 0 && text_[from].mark != '~' && text_[from].mark != '-') break;
      const auto match = rules_.bounds_before.Longest(text_.tokens(), from, at);
      if (match && match->end == at) longest = match;
    }
    // "handed over | 12 captives"
    if (longest && static_cast<BoundEffect>(longest->payload) == BoundEffect::kNone) return {};
    return longest;
  }

  static void Apply(BoundEffect effect, Quantity& quantity) {
    switch (effect) {
      case BoundEffect::kAtLeast:
      case BoundEffect::kMoreThan:
        quantity.upper.reset();
        quantity.lower_open = effect == BoundEffect::kMoreThan;
        break;
      case BoundEffect::kAtMost:
      case BoundEffect::kLessThan:
        quantity.lower.reset();
        quantity.upper_open = effect == BoundEffect::kLessThan;
        break;
      case BoundEffect::kAbout:
        quantity.approximate = true;
        break;
      case BoundEffect::kAnother:
        quantity.additional = true;
        break;
      case BoundEffect::kExact:
      case BoundEffect::kNone:
        break;
    }
  }

  const QuantityRules& rules_;
  const Text& text_;
  std::span<const TimeMention> times_;
  std::vector<Number>& numbers_;
  std::vector<Quantity> quantities_;
  size_t last_end_ = 0;          // of the last quantity, in tokens
  size_t last_counted_end_ = 0;  // of the last one that is not vague
  size_t time_ = 0;              // the first time that may overlap what comes next
};

}  // namespace

absl::StatusOr<QuantityTagger> QuantityTagger::Load(const std::filesystem::path& rules,
                                                    Vocabulary& vocabulary) {
  absl::StatusOr<QuantityRules> loaded = QuantityRules::Load(rules, vocabulary);
  if (!loaded.ok()) return loaded.status();
  return QuantityTagger(*std::move(loaded));
}

std::vector<Quantity> QuantityTagger::Tag(const Text& text, std::span<const TimeMention> times,
                                          std::vector<Number>& numbers) const {
  AssignRoles(text, rules_, times, numbers);
  return Pass(rules_, text, times, numbers).Run();
}

}  // namespace consilience::extraction
