// The last step of a score: a monotone map from the model's probability to one that means what it
// says.
//
// Text format, tab-separated, one map a file ('#' starts a comment line):
//   schema    consilience.calibration/1
//   version   NAME
//   fitted_on WHAT
//   point     RAW   CALIBRATED      two or more, both columns in [0, 1]; RAW rising, CALIBRATED
//   never falling
#ifndef CONSILIENCE_SERVICES_CORROBORATION_SCORING_CALIBRATION_H_
#define CONSILIENCE_SERVICES_CORROBORATION_SCORING_CALIBRATION_H_

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace consilience::corroboration {

struct CalibrationPoint {
  double raw = 0.0;
  double calibrated = 0.0;
  friend bool operator==(const CalibrationPoint&, const CalibrationPoint&) = default;
};

class CalibrationMap {
 public:
  // The identity.
  CalibrationMap();

  // InvalidArgument names `file`, the line and the rule that is broken.
  static absl::StatusOr<CalibrationMap> Parse(std::string_view text, const std::string& file);

  static absl::StatusOr<CalibrationMap> FromPoints(std::vector<CalibrationPoint> points,
                                                   std::string version, std::string fitted_on);

  // Linear between the points, flat beyond the first and the last.
  double Apply(double raw) const;

  // In the format that Parse reads, to the last digit.
  std::string ToText() const;

  const std::string& version() const { return version_; }
  const std::string& fitted_on() const { return fitted_on_; }
  const std::vector<CalibrationPoint>& points() const { return points_; }

 private:
  std::vector<CalibrationPoint> points_;
  std::string version_;
  std::string fitted_on_;
};

// One scored answer whose truth is known.
struct Outcome {
  double raw = 0.0;
  bool right = false;
};

// The monotone map of least squared error through the outcomes (isotonic regression by pooling
// adjacent violators), thinned to blocks of at least `min_block` outcomes and shrunk towards the
// identity by `strength` imagined outcomes a block, so that a small sample cannot claim certainty.
std::vector<CalibrationPoint> FitMonotone(std::span<const Outcome> outcomes, int min_block,
                                          double strength);

}  // namespace consilience::corroboration

#endif  // CONSILIENCE_SERVICES_CORROBORATION_SCORING_CALIBRATION_H_
