#include "services/corroboration/truth/value_kind.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "absl/status/status.h"
#include "fmt/format.h"

namespace consilience::corroboration {

std::optional<double> ParseNumber(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  if (!text.empty() && text.front() == '+') text.remove_prefix(1);
  double value = 0.0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  if (!std::isfinite(value)) return std::nullopt;
  return value;
}

absl::StatusOr<KindSpec> ParseKind(std::string_view text) {
  const auto wrong = [&] {
    return absl::InvalidArgumentError(
        fmt::format("kind '{}' is none of cat, stance, time:MINUTES, num:ABSOLUTE:RELATIVE", text));
  };
  if (text == "cat") return KindSpec{ValueKind::kCategory, 0.0, 0.0};
  if (text == "stance") return KindSpec{ValueKind::kStance, 0.0, 0.0};
  if (text.starts_with("time:")) {
    const std::optional<double> minutes = ParseNumber(text.substr(5));
    if (!minutes || *minutes < 0.0 || *minutes >= kMinutesADay / 2) return wrong();
    return KindSpec{ValueKind::kTime, *minutes, 0.0};
  }
  if (text.starts_with("num:")) {
    const std::size_t colon = text.find(':', 4);
    if (colon == std::string_view::npos) return wrong();
    const std::optional<double> absolute = ParseNumber(text.substr(4, colon - 4));
    const std::optional<double> relative = ParseNumber(text.substr(colon + 1));
    if (!absolute || !relative || *absolute < 0.0 || *relative < 0.0) return wrong();
    return KindSpec{ValueKind::kNumber, *absolute, *relative};
  }
  return wrong();
}

std::string KindText(const KindSpec& spec) {
  switch (spec.kind) {
    case ValueKind::kCategory:
      return "cat";
    case ValueKind::kStance:
      return "stance";
    case ValueKind::kTime:
      return fmt::format("time:{}", spec.absolute);
    case ValueKind::kNumber:
      return fmt::format("num:{}:{}", spec.absolute, spec.relative);
  }
  return "";
}

double Distance(const KindSpec& spec, double a, double b) {
  const double plain = std::abs(a - b);
  if (spec.kind != ValueKind::kTime) return plain;
  const double around = std::fmod(plain, kMinutesADay);
  return std::min(around, kMinutesADay - around);
}

double Tolerance(const KindSpec& spec, double center) {
  return std::max(spec.absolute, spec.relative * std::abs(center));
}

}  // namespace consilience::corroboration
