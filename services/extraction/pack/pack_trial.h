// The examples that a rule pack carries, tried: does each rule speak where it should, and keep
// silent where it should not?
#ifndef CONSILIENCE_SERVICES_EXTRACTION_PACK_PACK_TRIAL_H_
#define CONSILIENCE_SERVICES_EXTRACTION_PACK_PACK_TRIAL_H_

#include <filesystem>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "services/extraction/extractor.h"

namespace consilience::extraction {

struct Trial {
  std::string rule;      // "pack/rule", or "pack/" for any rule of the pack
  std::string origin;    // "FILE:LINE"
  std::string sentence;  // read as if published on kTrialDay
  bool silent = false;   // the rule must not speak for the sentence
  bool passed = false;
  std::vector<std::string> found;  // the rules that spoke, each once
};

inline constexpr std::string_view kTrialDay = "2016-11-22";

// Tries the example of every rule of the pack in `folder`, which `extractor` must have loaded, and
// then the rows of its examples.tsv if it has one:
//
//   #schema examples 1
//   rule<TAB>sentence
//   hit<TAB>A flash flood hit Homs.          the rule must speak
//   !hit<TAB>A flood of letters hit Homs.    it must not
//   !<TAB>Nothing happened in Homs.          no rule of the pack may
//
// InvalidArgument, with file, line and rule, when a rule has no example or a row names no rule.
absl::StatusOr<std::vector<Trial>> TryExamples(const Extractor& extractor,
                                               const std::filesystem::path& folder);

}  // namespace consilience::extraction

#endif  // CONSILIENCE_SERVICES_EXTRACTION_PACK_PACK_TRIAL_H_
