#include "clients/cli/input/manifest.h"

#include <array>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <span>
#include <string_view>

#include "fmt/format.h"
#include "services/common/time/clock.h"
#include "services/ingest/readers/record_names.h"

namespace consilience::cli {
namespace {

namespace fs = std::filesystem;

// The first of `keys` that holds text; of an object with a name ("source": {"name": …}), its name.
std::string TextOf(const nlohmann::json& object, std::span<const std::string_view> keys) {
  for (const std::string_view key : keys) {
    auto field = object.find(key);
    if (field == object.end()) continue;
    if (field->is_object() && field->contains("name")) field = field->find("name");
    if (field->is_string() && !field->get_ref<const std::string&>().empty()) {
      return field->get<std::string>();
    }
    if (field->is_number_integer()) return field->dump();
  }
  return "";
}

std::string TextOf(const nlohmann::json& object, std::string_view key) {
  return TextOf(object, std::span(&key, 1));
}

std::string Canonical(const fs::path& path) {
  std::error_code error;
  const fs::path canonical = fs::weakly_canonical(path, error);
  return error ? path.string() : canonical.string();
}

}  // namespace

absl::StatusOr<JsonRecord> ParseRecord(std::string_view line, const std::string& origin) {
  const nlohmann::json object = nlohmann::json::parse(line, nullptr, false);
  if (!object.is_object()) {
    return absl::InvalidArgumentError(fmt::format(
        "{}: not a JSON object; each line holds one, such as {{\"text\": \"…\"}}", origin));
  }
  JsonRecord record;
  constexpr std::array<std::string_view, 2> kEvidence = {"evidence", "date_evidence"};
  record.file = TextOf(object, "file");
  record.id = TextOf(object, "id");
  for (const std::string_view name : ingest::kTextNames) {
    const auto text = object.find(name);
    if (text == object.end() || !text->is_string()) continue;
    record.has_text = true;
    record.text = text->get<std::string>();
    break;
  }
  record.metadata = {TextOf(object, ingest::kTitleNames),
                     TextOf(object, ingest::kDateNames),
                     TextOf(object, ingest::kOutletNames),
                     TextOf(object, ingest::kUrlNames),
                     TextOf(object, kEvidence),
                     origin};
  return record;
}

absl::Status TidyDate(ItemMetadata& metadata) {
  std::string& date = metadata.date;
  if (date.empty() || common::ParseRfc3339(date).has_value()) return absl::OkStatus();
  const bool has_time = date.size() > 10 && (date[10] == 'T' || date[10] == ' ');
  if ((date.size() == 10 || has_time) && common::IsIsoDay(date.substr(0, 10))) {
    date.resize(10);
    return absl::OkStatus();
  }
  absl::Status problem = absl::InvalidArgumentError(
      fmt::format("{}: date \"{}\" is no day; write year-month-day, for instance 2016-11-22",
                  metadata.origin, date));
  date.clear();
  return problem;
}

absl::Status Manifest::Load(const std::string& path) {
  std::ifstream file(path);
  if (!file) {
    return absl::NotFoundError(fmt::format(
        "the manifest \"{}\" cannot be read; check the path, or leave --manifest out", path));
  }
  const fs::path folder = fs::path(path).parent_path();
  size_t number = 0;
  for (std::string line; std::getline(file, line);) {
    ++number;
    if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
    const std::string origin = fmt::format("{}:{}", path, number);
    auto record = ParseRecord(line, origin);
    if (!record.ok()) return record.status();
    if (record->file.empty()) {
      return absl::InvalidArgumentError(
          fmt::format("{}: no \"file\"; it says which article the line is about", origin));
    }
    const std::string key = Canonical(folder / record->file);
    keys_.emplace_back(key, record->file);
    entries_[key].metadata = record->metadata;
    entries_.try_emplace(fs::path(record->file).filename().string(), Entry{record->metadata, true});
  }
  return absl::OkStatus();
}

ItemMetadata Manifest::For(const std::string& path) {
  const std::string bare_name = fs::path(path).filename().string();
  for (const std::string& key : {Canonical(path), bare_name}) {
    const auto entry = entries_.find(key);
    if (entry == entries_.end()) continue;
    entry->second.used = true;
    // Found by its bare name: the path that the manifest gave it counts as used too.
    for (const auto& [full, named] : keys_) {
      if (fs::path(named).filename().string() == bare_name) entries_[full].used = true;
    }
    return entry->second.metadata;
  }
  return {};
}

std::vector<std::string> Manifest::Unused() const {
  std::vector<std::string> unused;
  for (const auto& [key, named] : keys_) {
    if (!entries_.at(key).used) unused.push_back(named);
  }
  return unused;
}

}  // namespace consilience::cli
