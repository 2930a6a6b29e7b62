#include "services/ingest/readers/manifest.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "services/common/errors/error.h"
#include "services/ingest/readers/errors.h"
#include "services/ingest/readers/json_record.h"

namespace consilience::ingest {
namespace {

constexpr std::string_view kFormat = "manifest";

std::string KeyOf(const std::filesystem::path& path) {
  return std::filesystem::absolute(path).lexically_normal().string();
}

// The same error with file and line in front, as whoever edits the file needs it.
absl::Status InLine(const absl::Status& status, std::string_view name, uint64_t line) {
  common::ErrorMetadata metadata = common::ErrorMetadataOf(status);
  metadata["file"] = std::string(name);
  metadata["line"] = std::to_string(line);
  const std::string message = fmt::format(
      "{}:{}: {}", name, line, std::string_view(status.message().data(), status.message().size()));
  return common::MakeError(status.code(), common::ErrorReason(status), message, metadata);
}

absl::Status CheckKeys(const JsonItem& item) {
  constexpr std::array<std::string_view, 6> kKeys = {"file",   "date", "evidence",
                                                     "outlet", "url",  "title"};
  for (const auto& [key, value] : item.value.members) {
    if (std::find(kKeys.begin(), kKeys.end(), key) == kKeys.end()) {
      return BadField({kFormat, item.base}, "key", key,
                      "the keys are file, date, evidence, outlet, url and title");
    }
  }
  return absl::OkStatus();
}

struct Entry {
  std::string file;
  Given given;
};

absl::StatusOr<Entry> ParseEntry(const JsonItem& item) {
  const Place place{kFormat, item.base};
  if (!item.value.is(JsonValue::Type::kObject)) {
    return Malformed(place, "each line is a JSON object: {\"file\": \"…\", \"date\": \"…\"}");
  }
  if (absl::Status keys = CheckKeys(item); !keys.ok()) return keys;
  Entry entry;
  Given& given = entry.given;
  const std::array<std::pair<std::string_view, std::string*>, 6> fields = {{
      {"file", &entry.file},
      {"date", &given.publication_date},
      {"evidence", &given.date_evidence},
      {"outlet", &given.outlet},
      {"url", &given.url},
      {"title", &given.title},
  }};
  for (const auto& [key, into] : fields) {
    const absl::StatusOr<std::string_view> text = OptionalText(item, key);
    if (!text.ok()) return text.status();
    *into = *text;
  }
  given.evidence = "manifest";
  if (entry.file.empty()) {
    return MissingField(place, "file", "it says which file the line is about");
  }
  if (!given.publication_date.empty() && !ParseTimestamp(given.publication_date).has_value()) {
    return BadField(place, "date", given.publication_date,
                    "write a day that there was, as 2016-11-22");
  }
  return entry;
}

}  // namespace

absl::StatusOr<Manifest> Manifest::Load(const std::filesystem::path& path) {
  absl::StatusOr<std::unique_ptr<ByteSource>> source = OpenFile(path);
  if (!source.ok()) return source.status();
  Input input(**source);
  const auto text = input.PeekWhole(kFormat, size_t{256} << 20);
  if (!text.ok()) return text.status();
  return Parse(*text, path.parent_path(), path.string());
}

absl::StatusOr<Manifest> Manifest::Parse(std::string_view text, const std::filesystem::path& folder,
                                         std::string_view name) {
  Manifest manifest;
  const Limits limits;
  Input input(text);
  for (uint64_t number = 1;; ++number) {
    const auto line = input.ReadLine(text.size());
    if (!line.ok()) return line.status();
    if (!line->has_value()) return manifest;
    if ((*line)->bytes.find_first_not_of(" \t") == std::string_view::npos) continue;
    const auto value = ParseJson((*line)->bytes, kFormat, limits);
    if (!value.ok()) return InLine(MovedBy(value.status(), (*line)->offset), name, number);
    absl::StatusOr<Entry> entry = ParseEntry({(*line)->bytes, *value, kFormat, (*line)->offset});
    if (!entry.ok()) return InLine(entry.status(), name, number);
    const auto added = manifest.entries_.emplace(KeyOf(folder / entry->file), entry->given);
    if (!added.second) {
      return InLine(BadField({kFormat, (*line)->offset}, "file", entry->file,
                             "it is listed before: keep one line for each file"),
                    name, number);
    }
  }
}

void Manifest::Add(Manifest nearer) {
  nearer.entries_.merge(entries_);  // keeps those of `nearer`
  entries_ = std::move(nearer.entries_);
}

Given Manifest::Find(const std::filesystem::path& file, const Given& given) const {
  const auto found = entries_.find(KeyOf(file));
  if (found == entries_.end()) return given;
  Given listed = found->second;
  if (listed.title.empty()) listed.title = given.title;
  if (listed.outlet.empty()) listed.outlet = given.outlet;
  if (listed.url.empty()) listed.url = given.url;
  if (listed.publication_date.empty()) {
    listed.publication_date = given.publication_date;
    listed.date_evidence = given.date_evidence;
  }
  listed.format = given.format;
  listed.charset = given.charset;
  return listed;
}

std::vector<std::string> Manifest::Files() const {
  std::vector<std::string> files;
  files.reserve(entries_.size());
  for (const auto& [file, given] : entries_) files.push_back(file);
  return files;
}

}  // namespace consilience::ingest
