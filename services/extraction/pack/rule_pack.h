// Rule packs: directories of data that say what the service looks for.
//
// A pack is a directory NAME with
//   pack.tsv    its version and title
//   words.tsv   classes of words that its patterns use (optional)
//   macros.tsv  parts of patterns that have a name (optional)
//   rules.tsv   the rules
// Packs see the classes and macros of "grammar" and of the packs before them.
#ifndef CONSILIENCE_SERVICES_EXTRACTION_PACK_RULE_PACK_H_
#define CONSILIENCE_SERVICES_EXTRACTION_PACK_RULE_PACK_H_

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/extraction/model/assertion.h"
#include "services/extraction/pack/class_set.h"
#include "services/extraction/pack/pack_words.h"
#include "services/extraction/pack/pattern.h"

namespace consilience::extraction {

struct Rule {
  std::string id;  // "pack/rule"
  Kind kind = Kind::kUnspecified;
  std::string measure;
  double weight = 0.0;  // confidence of a plain match, in (0, 1]
  bool denied = false;
  Modality modality = Modality::kFact;
  bool follows = false;  // speaks only soon after another assertion of its kind and measure
  bool shares = false;   // its people may be claimed by a rule of another measure as well
  bool echo = false;     // what it matches refers to an assertion before it
  Pattern pattern;
  ClassId trigger_class =
      kMaxClasses;      // the word class that stands for the verb; kMaxClasses if none
  std::string example;  // a sentence that the rule must match
  std::string origin;   // "FILE:LINE", for messages
};

struct PackInfo {
  std::string name;
  std::string version;
  std::string title;
  size_t rules = 0;
};

// The name of the pack in a folder: that of the folder, however its path is written.
std::string PackName(const std::filesystem::path& folder);

// All packs in force. Thread-safe once loaded.
class RulePacks {
 public:
  // Adds the pack in `folder`. Errors name file, line and rule.
  absl::Status Load(const std::filesystem::path& folder, Vocabulary& vocabulary);
  // Builds the indexes; to be called once, after the last Load.
  absl::Status Build(Vocabulary& vocabulary);

  const std::vector<Rule>& rules() const { return rules_; }
  const std::vector<PackInfo>& packs() const { return packs_; }
  const PackWords& words() const { return words_; }
  const ClassTable& classes() const { return classes_; }

 private:
  absl::Status LoadInfo(const std::filesystem::path& folder);
  absl::Status LoadMacros(const std::filesystem::path& file);
  absl::Status LoadRules(const std::filesystem::path& file);

  ClassTable classes_;
  PackWords words_;
  std::map<std::string, std::string, std::less<>> macros_;
  std::vector<Rule> rules_;
  std::vector<PackInfo> packs_;
};

}  // namespace consilience::extraction

#endif  // CONSILIENCE_SERVICES_EXTRACTION_PACK_RULE_PACK_H_
