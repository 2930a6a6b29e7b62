#include "services/corroboration/matching/place_hierarchy.h"

#include <fmt/format.h>

#include <charconv>
#include <fstream>
#include <sstream>
#include <utility>
#include <vector>

namespace consilience::corroboration {
namespace {

// A chain of parents longer than this is a cycle; the deepest real one has six levels.
constexpr int kDeepest = 16;

// Columns of the gazetteer.
constexpr size_t kName = 3;
constexpr size_t kLatitude = 5;
constexpr size_t kLongitude = 6;

// "C1007/east" is a part of "C1007".
std::string_view WholeOf(std::string_view id) { return id.substr(0, id.find('/')); }

// "east" of "C1007/east", nothing of a whole place.
std::string_view SideOf(std::string_view id) {
  const size_t slash = id.find('/');
  return slash == std::string_view::npos ? std::string_view() : id.substr(slash + 1);
}

std::optional<double> Degrees(const std::vector<std::string_view>& cells, size_t column) {
  if (cells.size() <= column) return std::nullopt;
  double degrees = 0.0;
  const auto [end, error] =
      std::from_chars(cells[column].data(), cells[column].data() + cells[column].size(), degrees);
  if (error != std::errc() || end == cells[column].data()) return std::nullopt;
  return degrees;
}

std::vector<std::string_view> Cells(std::string_view line) {
  std::vector<std::string_view> cells;
  while (true) {
    const size_t tab = line.find('\t');
    cells.push_back(line.substr(0, tab));
    if (tab == std::string_view::npos) return cells;
    line.remove_prefix(tab + 1);
  }
}

}  // namespace

absl::StatusOr<PlaceHierarchy> PlaceHierarchy::Load(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) return absl::NotFoundError(fmt::format("{}: cannot be read", file.string()));
  std::ostringstream text;
  text << in.rdbuf();
  return Parse(text.str(), file.string());
}

absl::StatusOr<PlaceHierarchy> PlaceHierarchy::Parse(std::string_view table,
                                                     const std::string& file) {
  PlaceHierarchy places;
  int line_number = 0;
  while (!table.empty()) {
    const size_t end = table.find('\n');
    const std::string_view line = table.substr(0, end);
    table.remove_prefix(end == std::string_view::npos ? table.size() : end + 1);
    ++line_number;
    if (line.empty() || line.front() == '#') continue;
    const auto cells = Cells(line);
    if (cells.size() < 3) {
      return absl::InvalidArgumentError(
          fmt::format("{}:{}: needs the columns id, level and parent", file, line_number));
    }
    if (cells[0] == "id" && cells[1] == "level") continue;  // the header
    Node node{std::string(cells[2]), cells[1] == "city" || cells[1] == "town", {}, {}, {}};
    if (cells[1] == "country" && cells.size() > kName) node.country = cells[kName];
    const auto latitude = Degrees(cells, kLatitude);
    const auto longitude = Degrees(cells, kLongitude);
    if (latitude && longitude) node.position = Position{*latitude, *longitude};
    places.nodes_.insert_or_assign(std::string(cells[0]), std::move(node));
  }
  places.FindMiddles();
  return places;
}

void PlaceHierarchy::FindMiddles() {
  struct Sum {
    double latitude = 0.0;
    double longitude = 0.0;
    int count = 0;
  };
  std::map<std::string_view, Sum> sums;
  for (const auto& [id, node] : nodes_) {
    if (!node.position) continue;
    Sum& sum = sums[node.parent];
    sum.latitude += node.position->latitude;
    sum.longitude += node.position->longitude;
    ++sum.count;
  }
  for (auto& [id, node] : nodes_) {
    const auto found = sums.find(id);
    if (found == sums.end()) continue;
    const Sum& sum = found->second;
    node.middle = Position{sum.latitude / sum.count, sum.longitude / sum.count};
  }
}

// A district of a city lies in its east when it lies to the east of the middle of the districts.
bool PlaceHierarchy::OnSide(const Node& node, std::string_view whole, std::string_view side) const {
  const Node* city = Find(whole);
  if (node.parent != whole || !node.position || city == nullptr || !city->middle) return false;
  const double north = node.position->latitude - city->middle->latitude;
  const double east = node.position->longitude - city->middle->longitude;
  return (side == "east" && east > 0.0) || (side == "west" && east < 0.0) ||
         (side == "north" && north > 0.0) || (side == "south" && north < 0.0);
}

const PlaceHierarchy::Node* PlaceHierarchy::Find(std::string_view id) const {
  const auto found = nodes_.find(id);
  return found == nodes_.end() ? nullptr : &found->second;
}

bool PlaceHierarchy::Contains(std::string_view outer, std::string_view inner) const {
  if (const std::string_view whole = WholeOf(inner); whole != inner) {
    return outer == whole || Contains(outer, whole);
  }
  const Node* node = Find(inner);
  if (const std::string_view side = SideOf(outer); !side.empty()) {
    return node != nullptr && OnSide(*node, WholeOf(outer), side);
  }
  for (int depth = 0; node != nullptr && depth < kDeepest; ++depth) {
    if (node->parent == outer) return true;
    node = Find(node->parent);
  }
  return false;
}

std::string PlaceHierarchy::Anchor(std::string_view id) const {
  std::string_view at = WholeOf(id);
  for (int depth = 0; depth < kDeepest; ++depth) {
    const Node* node = Find(at);
    if (node == nullptr) break;
    if (node->settlement) return std::string(at);
    at = node->parent;
  }
  return std::string(WholeOf(id));
}

bool PlaceHierarchy::InSettlement(std::string_view id) const {
  const Node* const node = Find(Anchor(id));
  return node != nullptr && node->settlement;
}

std::vector<std::string> PlaceHierarchy::Around(std::string_view id) const {
  std::vector<std::string> around = {std::string(id)};
  const Node* node = Find(WholeOf(id));
  for (int depth = 0; node != nullptr && !node->parent.empty() && depth < kDeepest; ++depth) {
    around.push_back(node->parent);
    node = Find(node->parent);
  }
  return around;
}

std::string PlaceHierarchy::CountryName(std::string_view id) const {
  const Node* const node = Find(WholeOf(Around(id).back()));
  return node == nullptr ? "" : node->country;
}

}  // namespace consilience::corroboration
