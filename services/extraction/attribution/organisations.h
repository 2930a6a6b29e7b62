// Organisations that speak or relay, by every name they go under.
#ifndef CONSILIENCE_SERVICES_EXTRACTION_ATTRIBUTION_ORGANISATIONS_H_
#define CONSILIENCE_SERVICES_EXTRACTION_ATTRIBUTION_ORGANISATIONS_H_

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "services/extraction/lexicon/lexicon.h"
#include "services/extraction/lexicon/vocabulary.h"

namespace consilience::extraction {

struct Organisation {
  std::string id;
  std::string name;  // canonical
  std::string kind;  // "wire", "media", "monitor", "un", "ministry" …

  bool is_wire() const { return kind == "wire"; }
  // Every country has one: "Red Crescent".
  bool is_national() const { return kind == "national"; }
  // Passes on what others say: wires and media.
  bool relays() const { return kind == "wire" || kind == "media"; }
};

// Thread-safe once loaded.
class Organisations {
 public:
  // Reads a table of id, name, kind, aliases; aliases are separated by "|".
  static absl::StatusOr<Organisations> Load(const std::filesystem::path& file,
                                            Vocabulary& vocabulary);

  const Organisation& operator[](int32_t index) const {
    return organisations_[static_cast<size_t>(index)];
  }
  // The index of an id.
  std::optional<int32_t> Find(std::string_view id) const;

  // The kind of the organisation of a canonical name, "" when there is none.
  std::string_view KindOf(std::string_view name) const;

  // Names and aliases; the payload is an index.
  const Lexicon& names() const { return names_; }

 private:
  std::vector<Organisation> organisations_;
  Lexicon names_;
};

}  // namespace consilience::extraction

#endif  // CONSILIENCE_SERVICES_EXTRACTION_ATTRIBUTION_ORGANISATIONS_H_
