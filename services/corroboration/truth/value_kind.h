// What kind of value an attribute has, and when two stated values are one answer.
#ifndef CONSILIENCE_SERVICES_CORROBORATION_TRUTH_VALUE_KIND_H_
#define CONSILIENCE_SERVICES_CORROBORATION_TRUTH_VALUE_KIND_H_

#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace consilience::corroboration {

enum class ValueKind {
  kCategory,  // equal when the bytes are; '|' joins the elements of a set
  kTime,      // minutes of the day, on a circle of 1440; equal within `absolute`
  kNumber,    // equal within max(absolute, relative · |x|)
  kStance,    // supports, contradicts or mentions; the answers are true and false
};

struct KindSpec {
  ValueKind kind = ValueKind::kCategory;
  double absolute = 0.0;
  double relative = 0.0;
  friend bool operator==(const KindSpec&, const KindSpec&) = default;
};

inline constexpr double kMinutesADay = 1440.0;

// "cat", "time:T", "num:ABS:REL", "stance". InvalidArgument says what is expected.
absl::StatusOr<KindSpec> ParseKind(std::string_view text);

// What ParseKind reads.
std::string KindText(const KindSpec& spec);

// A finite decimal number, all of `text`; a leading '+' and surrounding blanks are allowed.
std::optional<double> ParseNumber(std::string_view text);

// Distance between two values, on the circle of the day for times.
double Distance(const KindSpec& spec, double a, double b);

// How far from `center` a value may lie and still be the same answer.
double Tolerance(const KindSpec& spec, double center);

}  // namespace consilience::corroboration

#endif  // CONSILIENCE_SERVICES_CORROBORATION_TRUTH_VALUE_KIND_H_
