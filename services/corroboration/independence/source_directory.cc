#include "services/corroboration/independence/source_directory.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "services/corroboration/matching/words.h"
#include "services/corroboration/model/ids.h"
#include "services/corroboration/model/names.h"

namespace consilience::corroboration {
namespace {

// Longer chains of owners or mergers than this are refused.
constexpr int kLongestChain = 32;

bool IsArticle(std::string_view word) {
  return word == "al" || word == "el" || word == "ul" || word == "ad" || word == "as" ||
         word == "ar" || word == "an" || word == "az" || word == "ash";
}

// Consonants with doubling undone and letters that transliterations interchange folded together.
// A word without consonants is kept as it is.
std::string Skeleton(std::string_view word) {
  std::string bones;
  for (const char c : word) {
    char bone = c;
    if (std::string_view("aeiouyw'").find(c) != std::string_view::npos) continue;
    if (c == 'q' || c == 'c') bone = 'k';
    if (c == 'z') bone = 's';
    if (bones.empty() || bones.back() != bone) bones += bone;
  }
  return bones.empty() ? std::string(word) : bones;
}

std::vector<std::string> SplitList(std::string_view cell) {
  std::vector<std::string> items;
  while (!cell.empty()) {
    const size_t bar = cell.find('|');
    if (bar != 0) items.emplace_back(cell.substr(0, bar));
    cell.remove_prefix(bar == std::string_view::npos ? cell.size() : bar + 1);
  }
  std::sort(items.begin(), items.end());
  return items;
}

std::vector<std::string> Cells(std::string_view line) {
  std::vector<std::string> cells;
  while (true) {
    const size_t tab = line.find('\t');
    cells.emplace_back(line.substr(0, tab));
    if (tab == std::string_view::npos) return cells;
    line.remove_prefix(tab + 1);
  }
}

std::string HostOf(std::string_view url) {
  if (const size_t scheme = url.find("://"); scheme != std::string_view::npos) {
    url.remove_prefix(scheme + 3);
  }
  url = url.substr(0, url.find_first_of("/?#"));
  url = url.substr(0, url.find(':'));
  std::string host(url);
  for (char& c : host) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return host;
}

absl::StatusOr<Source> ParseRow(const std::vector<std::string>& cells) {
  if (cells.size() < 2 || cells.size() > 6) {
    return absl::InvalidArgumentError("needs name, kind, party, owner, aliases and hosts");
  }
  const auto kind = ParseSourceKind(cells[1]);
  if (!kind) return absl::InvalidArgumentError(fmt::format("'{}' is no kind of source", cells[1]));
  const auto cell = [&](size_t i) { return i < cells.size() ? cells[i] : std::string(); };
  Source source;
  source.id = SourceId(cells[0], *kind == SourceKind::kPerson);
  source.display_name = cells[0];
  source.kind = *kind;
  source.party = cell(2);
  if (!cell(3).empty()) source.owner = SourceId(cell(3), false);
  source.aliases = SplitList(cell(4));
  source.hosts = SplitList(cell(5));
  return source;
}

}  // namespace

std::string NameKey(std::string_view name, bool person) {
  const std::string folded = FoldedName(name);
  if (!person) return "o " + folded;
  std::vector<std::string> words;
  for (const std::string& word : Words(folded)) {
    if (!IsArticle(word)) words.push_back(word);
  }
  if (words.size() < 2) return "p " + folded;
  std::string key = "p";
  for (const std::string& word : words) key += " " + Skeleton(word);
  return key;
}

std::string SourceId(std::string_view name, bool person) {
  return ContentId("source", {NameKey(name, person)});
}

absl::StatusOr<SourceDirectory> SourceDirectory::Parse(std::string_view tsv,
                                                       const std::string& file) {
  SourceDirectory directory;
  for (int line_number = 1; !tsv.empty(); ++line_number) {
    const size_t end = tsv.find('\n');
    const std::string_view line = tsv.substr(0, end);
    tsv.remove_prefix(end == std::string_view::npos ? tsv.size() : end + 1);
    if (line.empty() || line.front() == '#') continue;
    const auto source = ParseRow(Cells(line));
    const absl::Status status = source.ok() ? directory.Put(*source) : source.status();
    if (!status.ok()) {
      return absl::InvalidArgumentError(
          fmt::format("{}:{}: {}", file, line_number, std::string(status.message())));
    }
  }
  return directory;
}

absl::Status SourceDirectory::CheckChains(const Source& source) const {
  for (const auto link : {&Source::owner, &Source::merged_into}) {
    std::string_view at = source.*link;
    for (int i = 0; !at.empty(); ++i) {
      if (at == source.id || i == kLongestChain) {
        return absl::InvalidArgumentError(
            fmt::format("'{}' would come to {} itself", source.display_name,
                        link == &Source::owner ? "own" : "be merged into"));
      }
      const Source* next = Find(at);
      at = next != nullptr ? std::string_view(next->*link) : std::string_view();
    }
  }
  return absl::OkStatus();
}

absl::Status SourceDirectory::Put(const Source& source) {
  if (absl::Status status = CheckChains(source); !status.ok()) return status;
  const bool person = source.kind == SourceKind::kPerson;
  std::vector<std::string> keys = {NameKey(source.display_name, person)};
  for (const std::string& alias : source.aliases) keys.push_back(NameKey(alias, person));
  for (const std::string& key : keys) {
    const auto found = id_by_key_.find(key);
    if (found != id_by_key_.end() && found->second != source.id) {
      return absl::InvalidArgumentError(fmt::format("a name of '{}' belongs to '{}'",
                                                    source.display_name,
                                                    Find(found->second)->display_name));
    }
  }
  std::erase_if(id_by_key_, [&](const auto& item) { return item.second == source.id; });
  std::erase_if(id_by_host_, [&](const auto& item) { return item.second == source.id; });
  for (const std::string& key : keys) id_by_key_[key] = source.id;
  for (const std::string& host : source.hosts) id_by_host_[host] = source.id;
  sources_.insert_or_assign(source.id, source);
  return absl::OkStatus();
}

std::string SourceDirectory::Resolve(std::string_view name, bool person) const {
  const auto found = id_by_key_.find(NameKey(name, person));
  if (found != id_by_key_.end()) return Canonical(found->second);
  return Canonical(SourceId(name, person));
}

std::string SourceDirectory::Canonical(std::string_view id) const {
  const Source* source = Find(id);
  while (source != nullptr && !source->merged_into.empty()) {
    id = source->merged_into;
    source = Find(id);
  }
  return std::string(id);
}

std::string SourceDirectory::Voice(std::string_view id) const {
  std::string at = Canonical(id);
  for (const Source* source = Find(at); source != nullptr && !source->owner.empty();
       source = Find(at)) {
    at = Canonical(source->owner);
  }
  return at;
}

std::string SourceDirectory::ByHost(std::string_view url) const {
  const std::string host = HostOf(url);
  for (std::string_view at = host; !at.empty();) {
    const auto found = id_by_host_.find(at);
    if (found != id_by_host_.end()) return Canonical(found->second);
    const size_t dot = at.find('.');
    at.remove_prefix(dot == std::string_view::npos ? at.size() : dot + 1);
  }
  return "";
}

const Source* SourceDirectory::Find(std::string_view id) const {
  const auto found = sources_.find(id);
  return found == sources_.end() ? nullptr : &found->second;
}

std::vector<Source> SourceDirectory::All() const {
  std::vector<Source> all;
  for (const auto& [id, source] : sources_) all.push_back(source);
  return all;
}

}  // namespace consilience::corroboration
