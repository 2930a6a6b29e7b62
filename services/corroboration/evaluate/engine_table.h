// Tables of who says what, scored by the engine of claims rather than by that of tables: every
// source says its values of an object in a document of its own.
#ifndef CONSILIENCE_SERVICES_CORROBORATION_EVALUATE_ENGINE_TABLE_H_
#define CONSILIENCE_SERVICES_CORROBORATION_EVALUATE_ENGINE_TABLE_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "services/corroboration/evaluate/calibration_command.h"

namespace consilience::corroboration {

// The claims of the gold items of one set, by item. Numbers and times are given to the engine as
// figures, categories as states of a thing. `set` as in CalibrationOptions. An error names file and
// line; stances are refused, whose gold is about rumours rather than about answers.
absl::StatusOr<std::vector<JudgedClaim>> JudgeSet(const std::string& set);

}  // namespace consilience::corroboration

#endif  // CONSILIENCE_SERVICES_CORROBORATION_EVALUATE_ENGINE_TABLE_H_
