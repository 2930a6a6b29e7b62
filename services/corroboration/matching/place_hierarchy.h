// Which places contain which, and at what level two reports are worth comparing.
#ifndef CONSILIENCE_SERVICES_CORROBORATION_MATCHING_PLACE_HIERARCHY_H_
#define CONSILIENCE_SERVICES_CORROBORATION_MATCHING_PLACE_HIERARCHY_H_

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace consilience::corroboration {

// Thread-safe once built. Ids are the gazetteer's; "ID/part" lies in ID, "ID/east" holds what lies
// in ID to the east of its middle, and an id that is not in the gazetteer contains nothing else.
class PlaceHierarchy {
 public:
  PlaceHierarchy() = default;

  // Reads the gazetteer of the rule packs: tab-separated, with columns id, level and parent first,
  // the name as the fourth, latitude and longitude as the sixth and seventh where they are known,
  // and '#' before comments. Errors name file and line.
  static absl::StatusOr<PlaceHierarchy> Load(const std::filesystem::path& file);
  static absl::StatusOr<PlaceHierarchy> Parse(std::string_view table, const std::string& file);

  // Whether `inner` lies in `outer`; a place does not lie in itself.
  bool Contains(std::string_view outer, std::string_view inner) const;

  // The city or town that a place is or lies in; the place itself where there is none.
  std::string Anchor(std::string_view id) const;

  // Whether a place is or lies in a city or town. Of what is not in the gazetteer nothing is known.
  bool InSettlement(std::string_view id) const;

  // The place and what it lies in, from the inside out. Of a place that is not in the gazetteer,
  // itself.
  std::vector<std::string> Around(std::string_view id) const;

  // The name of the country that a place is or lies in; empty when that is not known.
  std::string CountryName(std::string_view id) const;

 private:
  struct Position {
    double latitude = 0.0;  // degrees
    double longitude = 0.0;
  };
  struct Node {
    std::string parent;
    bool settlement = false;
    std::string country;  // the name, of a country
    std::optional<Position> position;
    std::optional<Position> middle;  // of the positions of the places whose parent it is
  };

  const Node* Find(std::string_view id) const;
  void FindMiddles();
  bool OnSide(const Node& node, std::string_view whole, std::string_view side) const;

  std::map<std::string, Node, std::less<>> nodes_;
};

}  // namespace consilience::corroboration

#endif  // CONSILIENCE_SERVICES_CORROBORATION_MATCHING_PLACE_HIERARCHY_H_
