#include "clients/cli/input/input_reader.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <iostream>
#include <iterator>
#include <sstream>
#include <utility>
#include <variant>

#include "clients/cli/input/page_text.h"
#include "fmt/format.h"
#include "services/ingest/readers/input.h"
#include "services/ingest/readers/reader.h"

namespace consilience::cli {
namespace {

namespace fs = std::filesystem;

constexpr char kManifestName[] = "manifest.jsonl";
// Nothing larger fits into one message; the servers' own limit (10 MiB by default) is theirs to
// apply.
constexpr std::uintmax_t kMaxItemBytes = 15U << 20U;

bool HoldsRecords(const std::string& path) {
  const std::string extension = fs::path(path).extension().string();
  return extension == ".jsonl" || extension == ".ndjson";
}

template <size_t N>
bool IsOneOf(std::string_view word, const std::array<std::string_view, N>& words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

// A file that is one document, as far as its name tells.
bool HoldsOneText(const std::string& path) {
  constexpr std::array<std::string_view, 5> kExtensions = {"", ".txt", ".md", ".html", ".htm"};
  return path != "-" && IsOneOf(fs::path(path).extension().string(), kExtensions);
}

// Whether bytes that begin with `head` are of a format that holds documents, and are none
// themselves.
bool HoldsItems(std::string_view head, const std::string& label) {
  constexpr std::array<std::string_view, 6> kFormats = {"gzip", "archive", "warc",
                                                        "feed", "json",    "jsonl"};
  const auto reader =
      ingest::ChooseReader({.bytes = head.substr(0, ingest::kHeadBytes), .label = label}, "");
  return reader.ok() && IsOneOf((*reader)->short_name(), kFormats);
}

std::string HeadOf(const std::string& path) {
  std::string head(ingest::kHeadBytes, '\0');
  std::ifstream file(path, std::ios::binary);
  file.read(head.data(), static_cast<std::streamsize>(head.size()));
  head.resize(static_cast<size_t>(file.gcount()));
  return head;
}

// Of several documents in one file each is known by its own id; a single one by the file's.
InputItem ToInput(ingest::ReadDocument&& document, const std::string& path) {
  InputItem item;
  item.id = !document.external_id.empty() ? document.external_id
            : document.label == path      ? fs::path(path).stem().string()
                                          : document.label;
  item.label = std::move(document.label);
  item.content = std::move(document.text);
  item.is_plain_text = true;
  item.metadata.title = document.metadata.title.value;
  item.metadata.date = document.metadata.publication_date.value;
  item.metadata.outlet = document.metadata.outlet.value;
  item.metadata.url = document.metadata.url.value;
  return item;
}

absl::Status TooLarge(const std::string& label, std::uintmax_t bytes) {
  return absl::ResourceExhaustedError(
      fmt::format("{}: {} MiB is too large; a document has at most 10 MiB of text", label,
                  (bytes + (1U << 20U) - 1) >> 20U));
}

// Of a web page the main text is what is wanted, and what it says of itself where nobody said more.
void TakePage(InputItem& item) {
  auto page = ReadPage(item.content, item.label);
  if (!page.ok()) item.status = page.status();
  if (!page.ok() || !*page) return;
  item.content = std::move((*page)->text);
  item.is_plain_text = true;
  const auto prefer = [](std::string& given, const ingest::MetadataValue& read) {
    if (given.empty()) given = read.value;
  };
  prefer(item.metadata.date, (*page)->metadata.publication_date);
  prefer(item.metadata.outlet, (*page)->metadata.outlet);
  prefer(item.metadata.title, (*page)->metadata.title);
}

}  // namespace

absl::StatusOr<InputReader> InputReader::Open(const std::vector<std::string>& paths,
                                              const std::string& manifest) {
  InputReader reader;
  if (!manifest.empty()) {
    if (absl::Status status = reader.manifest_.Load(manifest); !status.ok()) return status;
  }
  for (const std::string& path : paths) {
    std::error_code error;
    if (fs::is_directory(path, error)) {
      if (absl::Status status = reader.AddFolder(path, manifest); !status.ok()) return status;
    } else if (path == "-" || fs::exists(path, error)) {
      reader.files_.push_back(path);
    } else {
      return absl::NotFoundError(
          fmt::format("\"{}\" is not there; give a file, a folder, or - for stdin", path));
    }
  }
  const bool countable = std::all_of(reader.files_.begin(), reader.files_.end(), HoldsOneText);
  if (countable) reader.total_ = reader.files_.size();
  return reader;
}

absl::Status InputReader::AddFolder(const std::string& path, const std::string& manifest) {
  std::vector<std::string> found;
  std::vector<fs::path> manifests;
  std::error_code error;
  fs::recursive_directory_iterator entry(path, fs::directory_options::skip_permission_denied,
                                         error);
  for (; !error && entry != fs::recursive_directory_iterator(); entry.increment(error)) {
    const std::string name = entry->path().filename().string();
    if (name.starts_with('.')) {
      entry.disable_recursion_pending();
    } else if (entry->is_regular_file(error) && name == kManifestName) {
      manifests.push_back(entry->path());
    } else if (entry->is_regular_file(error) &&
               !(!manifest.empty() && fs::equivalent(entry->path(), manifest, error))) {
      found.push_back(entry->path().string());
    }
  }
  if (error) {
    return absl::PermissionDeniedError(
        fmt::format("the folder \"{}\" cannot be read: {}", path, error.message()));
  }
  if (!manifest.empty()) manifests.clear();
  // Those further down come later: of two that name a file, the nearer one counts.
  std::sort(manifests.begin(), manifests.end(), [](const fs::path& a, const fs::path& b) {
    return std::pair(std::distance(a.begin(), a.end()), a) <
           std::pair(std::distance(b.begin(), b.end()), b);
  });
  for (const fs::path& own : manifests) {
    if (absl::Status status = manifest_.Load(own.string()); !status.ok()) return status;
  }
  std::sort(found.begin(), found.end());
  files_.insert(files_.end(), found.begin(), found.end());
  return absl::OkStatus();
}

std::optional<InputItem> InputReader::Next() {
  while (true) {
    if (lines_ != nullptr) {
      if (std::optional<InputItem> item = NextLine()) return item;
      lines_ = nullptr;
    }
    if (std::optional<InputItem> item = NextItem()) return item;
    if (next_file_ == files_.size()) {
      missing_ = manifest_.Unused();
      return std::nullopt;
    }
    const std::string path = files_[next_file_++];
    if (!OpenLines(path) && !OpenItems(path)) return ReadWhole(path);
  }
}

bool InputReader::OpenLines(const std::string& path) {
  line_ = 0;
  lines_path_ = path == "-" ? "stdin" : path;
  if (path == "-") {
    if ((std::cin >> std::ws).peek() != '{') return false;
    lines_ = std::make_unique<std::istream>(std::cin.rdbuf());
    return true;
  }
  if (!HoldsRecords(path)) return false;
  auto file = std::make_unique<std::ifstream>(path, std::ios::binary);
  if (!*file) return false;
  lines_ = std::move(file);
  return true;
}

bool InputReader::OpenItems(const std::string& path) {
  items_path_ = path == "-" ? "stdin" : path;
  if (path == "-") stdin_.assign(std::istreambuf_iterator<char>(std::cin), {});
  if (!HoldsItems(path == "-" ? stdin_ : HeadOf(path), items_path_)) return false;
  const ItemMetadata known = manifest_.For(path);
  const ingest::Given given = {.title = known.title,
                               .publication_date = known.date,
                               .outlet = known.outlet,
                               .url = known.url};
  if (path != "-") {
    items_ = std::make_unique<ItemReader>(std::vector<PlannedSource>{{path, given, 0}},
                                          ReadingOptions(), KnownVersions());
    return true;
  }
  ingest::Input input(stdin_);
  ingest::ReadItems(input, {.label = items_path_, .given = given}, {},
                    [this](ingest::ReadItem&& item) {
                      ready_.push_back(std::move(item));
                      return true;
                    });
  return true;
}

std::optional<InputItem> InputReader::NextItem() {
  while (true) {
    if (ready_.empty() && items_ != nullptr) ready_ = items_->NextBatch();
    if (ready_.empty()) {
      items_ = nullptr;
      return std::nullopt;
    }
    ingest::ReadItem read = std::move(ready_.front());
    ready_.pop_front();
    if (auto* const document = std::get_if<ingest::ReadDocument>(&read)) {
      return ToInput(std::move(*document), items_path_);
    }
    if (const auto* const error = std::get_if<ingest::ReadError>(&read)) {
      InputItem item;
      item.label = error->label;
      item.status = absl::InvalidArgumentError(fmt::format(
          "{}: {}", error->label,
          std::string_view(error->status.message().data(), error->status.message().size())));
      return item;
    }
  }
}

std::optional<InputItem> InputReader::NextLine() {
  for (std::string line; std::getline(*lines_, line);) {
    ++line_;
    if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
    InputItem item;
    item.label = fmt::format("{}:{}", lines_path_, line_);
    auto record = ParseRecord(line, item.label);
    if (!record.ok()) {
      item.status = record.status();
    } else if (!record->has_text) {
      item.status = absl::InvalidArgumentError(
          item.label + ": no \"text\"; a record is {\"text\": …, \"date\": …, \"source\": …}");
    } else if (record->text.size() > kMaxItemBytes) {
      item.status = TooLarge(item.label, record->text.size());
    } else {
      item.id = record->id.empty() ? item.label : record->id;
      item.metadata = record->metadata;
      item.content = std::move(record->text);
      item.is_plain_text = true;
      item.date_status = TidyDate(item.metadata);
    }
    return item;
  }
  return std::nullopt;
}

InputItem InputReader::ReadWhole(const std::string& path) {
  InputItem item;
  item.label = path == "-" ? "stdin" : path;
  item.id = path == "-" ? "stdin" : fs::path(path).stem().string();
  item.metadata = manifest_.For(path);
  item.date_status = TidyDate(item.metadata);
  std::error_code error;
  if (path == "-") {
    item.content = std::move(stdin_);
  } else if (const auto bytes = fs::file_size(path, error); !error && bytes > kMaxItemBytes) {
    item.status = TooLarge(item.label, bytes);
  } else {
    std::ifstream file(path, std::ios::binary);
    if (file) item.content.assign(std::istreambuf_iterator<char>(file), {});
    if (!file || file.bad()) {
      item.status = absl::PermissionDeniedError(
          fmt::format("{}: cannot be read: {}", item.label, std::strerror(errno)));
    }
  }
  if (item.content.size() > kMaxItemBytes) item.status = TooLarge(item.label, item.content.size());
  if (item.status.ok()) TakePage(item);
  if (!item.status.ok()) item.content.clear();
  return item;
}

}  // namespace consilience::cli
