// A fingerprint of the data that rules were read from.
#ifndef CONSILIENCE_SERVICES_EXTRACTION_PACK_DIGEST_H_
#define CONSILIENCE_SERVICES_EXTRACTION_PACK_DIGEST_H_

#include <filesystem>
#include <string>
#include <vector>

#include "absl/status/statusor.h"

namespace consilience::extraction {

// XXH3-128 in hexadecimal over the relative path and the content of every *.tsv below the folders,
// in the order of the folders and then of the paths. Two machines with the same rules have the same
// digest.
absl::StatusOr<std::string> DigestRules(const std::vector<std::filesystem::path>& folders);

}  // namespace consilience::extraction

#endif  // CONSILIENCE_SERVICES_EXTRACTION_PACK_DIGEST_H_
