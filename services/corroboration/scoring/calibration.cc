#include "services/corroboration/scoring/calibration.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>
#include <utility>

#include "absl/status/status.h"
#include "fmt/format.h"

namespace consilience::corroboration {
namespace {

constexpr std::string_view kSchema = "consilience.calibration/1";

std::vector<std::string_view> Split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  for (std::size_t at = 0;;) {
    const std::size_t end = text.find(separator, at);
    parts.push_back(text.substr(at, end - at));
    if (end == std::string_view::npos) return parts;
    at = end + 1;
  }
}

std::optional<double> UnitNumber(std::string_view text) {
  double value = 0.0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  if (!(value >= 0.0 && value <= 1.0)) return std::nullopt;
  return value;
}

// Empty when the points make a map, otherwise the rule that they break.
std::string BrokenRule(const std::vector<CalibrationPoint>& points) {
  if (points.size() < 2) return "a map needs at least two points";
  for (std::size_t i = 0; i < points.size(); ++i) {
    const auto [raw, calibrated] = points[i];
    if (!(raw >= 0.0 && raw <= 1.0 && calibrated >= 0.0 && calibrated <= 1.0)) {
      return fmt::format("point {} ({}, {}) is outside [0, 1]", i + 1, raw, calibrated);
    }
    if (i == 0) continue;
    if (raw <= points[i - 1].raw) {
      return fmt::format("point {}: raw {} does not rise above {}", i + 1, raw, points[i - 1].raw);
    }
    if (calibrated < points[i - 1].calibrated) {
      return fmt::format("point {}: calibrated {} falls below {}", i + 1, calibrated,
                         points[i - 1].calibrated);
    }
  }
  return "";
}

// A run of outcomes, in the order of their raw score, that share one calibrated value.
struct Block {
  double raw_sum = 0.0;
  double right = 0.0;
  double count = 0.0;

  double raw() const { return raw_sum / count; }
  double Value(double strength) const { return (right + strength * raw()) / (count + strength); }
  void Add(const Block& other) {
    raw_sum += other.raw_sum;
    right += other.right;
    count += other.count;
  }
};

}  // namespace

CalibrationMap::CalibrationMap()
    : points_{{0.0, 0.0}, {1.0, 1.0}}, version_("identity"), fitted_on_("nothing") {}

absl::StatusOr<CalibrationMap> CalibrationMap::FromPoints(std::vector<CalibrationPoint> points,
                                                          std::string version,
                                                          std::string fitted_on) {
  if (const std::string rule = BrokenRule(points); !rule.empty()) {
    return absl::InvalidArgumentError(fmt::format("calibration {}: {}", version, rule));
  }
  CalibrationMap map;
  map.points_ = std::move(points);
  map.version_ = std::move(version);
  map.fitted_on_ = std::move(fitted_on);
  return map;
}

absl::StatusOr<CalibrationMap> CalibrationMap::Parse(std::string_view text,
                                                     const std::string& file) {
  std::vector<CalibrationPoint> points;
  std::string schema;
  std::string version;
  std::string fitted_on;
  int line_number = 0;
  const auto broken = [&](const std::string& rule) {
    return absl::InvalidArgumentError(fmt::format("{}:{}: {}", file, line_number, rule));
  };
  for (const std::string_view line : Split(text, '\n')) {
    ++line_number;
    if (line.empty() || line.front() == '#') continue;
    const std::vector<std::string_view> fields = Split(line, '\t');
    if (fields[0] == "point" && fields.size() == 3) {
      const std::optional<double> raw = UnitNumber(fields[1]);
      const std::optional<double> calibrated = UnitNumber(fields[2]);
      if (!raw || !calibrated) return broken("a point is two numbers in [0, 1]");
      points.push_back({*raw, *calibrated});
    } else if (fields.size() == 2 && fields[0] == "schema") {
      schema = fields[1];
    } else if (fields.size() == 2 && fields[0] == "version") {
      version = fields[1];
    } else if (fields.size() == 2 && fields[0] == "fitted_on") {
      fitted_on = fields[1];
    } else {
      return broken(fmt::format(
          "expected schema, version, fitted_on or point with tab-separated values, got '{}'",
          line));
    }
  }
  if (schema != kSchema) return broken(fmt::format("schema is '{}', not '{}'", schema, kSchema));
  if (version.empty()) return broken("version is missing");
  if (const std::string rule = BrokenRule(points); !rule.empty()) return broken(rule);
  return FromPoints(std::move(points), std::move(version), std::move(fitted_on));
}

double CalibrationMap::Apply(double raw) const {
  if (raw <= points_.front().raw) return points_.front().calibrated;
  if (raw >= points_.back().raw) return points_.back().calibrated;
  const auto next = std::upper_bound(points_.begin(), points_.end(), raw,
                                     [](double x, const CalibrationPoint& p) { return x < p.raw; });
  const CalibrationPoint& to = *next;
  const CalibrationPoint& from = *(next - 1);
  const double share = (raw - from.raw) / (to.raw - from.raw);
  return from.calibrated + share * (to.calibrated - from.calibrated);
}

std::string CalibrationMap::ToText() const {
  std::string text =
      fmt::format("schema\t{}\nversion\t{}\nfitted_on\t{}\n", kSchema, version_, fitted_on_);
  for (const CalibrationPoint& point : points_) {
    text += fmt::format("point\t{}\t{}\n", point.raw, point.calibrated);
  }
  return text;
}

std::vector<CalibrationPoint> FitMonotone(std::span<const Outcome> outcomes, int min_block,
                                          double strength) {
  std::vector<Outcome> sorted(outcomes.begin(), outcomes.end());
  std::sort(sorted.begin(), sorted.end(), [](const Outcome& a, const Outcome& b) {
    return a.raw != b.raw ? a.raw < b.raw : a.right < b.right;
  });
  std::vector<Block> blocks;
  Block open;
  for (std::size_t i = 0; i < sorted.size(); ++i) {
    open.Add({sorted[i].raw, sorted[i].right ? 1.0 : 0.0, 1.0});
    const bool tied = i + 1 < sorted.size() && sorted[i + 1].raw == sorted[i].raw;
    const bool last = i + 1 == sorted.size();
    if (!last && (tied || open.count < min_block)) continue;
    blocks.push_back(std::exchange(open, Block{}));
    while (blocks.size() > 1 &&
           blocks[blocks.size() - 2].Value(strength) >= blocks.back().Value(strength)) {
      const Block top = blocks.back();
      blocks.pop_back();
      blocks.back().Add(top);
    }
  }
  std::vector<CalibrationPoint> points;
  points.push_back({0.0, 0.0});
  for (const Block& block : blocks) {
    if (block.raw() <= points.back().raw || block.raw() >= 1.0) continue;
    points.push_back({block.raw(), std::max(points.back().calibrated, block.Value(strength))});
  }
  points.push_back({1.0, blocks.empty()
                             ? 1.0
                             : std::max(points.back().calibrated, blocks.back().Value(strength))});
  return points;
}

}  // namespace consilience::corroboration
