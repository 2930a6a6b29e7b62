#include "services/corroboration/matching/place_hierarchy.h"

#include <fmt/format.h>

#include <fstream>
#include <sstream>
#include <vector>

namespace consilience::corroboration {
namespace {

// A chain of parents longer than this is a cycle; the deepest real one has six levels.
constexpr int kDeepest = 16;

// "C1007/east" is a part of "C1007".
std::string_view WholeOf(std::string_view id) { return id.substr(0, id.find('/')); }

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
    places.nodes_.insert_or_assign(
        std::string(cells[0]),
        Node{std::string(cells[2]), cells[1] == "city" || cells[1] == "town"});
  }
  return places;
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

}  // namespace consilience::corroboration
