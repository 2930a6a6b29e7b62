// Anyone who can assert something.
#ifndef CONSILIENCE_SERVICES_CORROBORATION_MODEL_SOURCE_H_
#define CONSILIENCE_SERVICES_CORROBORATION_MODEL_SOURCE_H_

#include <cstdint>
#include <string>
#include <vector>

namespace consilience::corroboration {

enum class SourceKind {
  kUnspecified,
  kOutlet,
  kWire,
  kMonitor,
  kOfficial,
  kArmedParty,
  kOrganisation,
  kPerson,
  kUnnamed,
};

struct Source {
  std::string id;  // derives from the canonical name
  std::string display_name;
  SourceKind kind = SourceKind::kUnspecified;
  std::vector<std::string> aliases;  // other spellings, sorted
  std::string owner;                 // id; outlets of one owner speak with one voice
  std::string party;                 // whose side it is on; empty when none or unknown
  std::vector<std::string> hosts;    // sorted
  std::string language;              // BCP 47
  std::string merged_into;           // id of the source that this one turned out to be
  bool curated = false;  // a person or a data file said so; never made over by what is met
  int64_t update_time_us = 0;

  friend bool operator==(const Source&, const Source&) = default;
};

}  // namespace consilience::corroboration

#endif  // CONSILIENCE_SERVICES_CORROBORATION_MODEL_SOURCE_H_
