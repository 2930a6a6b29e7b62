#include "clients/cli/ingest/item_reader.h"

#include <algorithm>
#include <filesystem>
#include <functional>
#include <utility>

#include "services/ingest/readers/assemble.h"
#include "services/ingest/readers/input.h"

namespace consilience::cli {
namespace {

constexpr size_t kMostItems = 64;

// Tells how much of a source was read.
class CountingSource final : public ingest::ByteSource {
 public:
  CountingSource(ByteSource& source, std::function<void(uint64_t)> count)
      : source_(source), count_(std::move(count)) {}
  absl::StatusOr<size_t> Read(char* into, size_t size) override {
    auto read = source_.Read(into, size);
    if (read.ok()) count_(*read);
    return read;
  }

 private:
  ByteSource& source_;
  const std::function<void(uint64_t)> count_;
};

// The text of the file itself, not one of several in it, takes the file's address for its id.
void NameByFile(const std::string& file, ingest::ReadItem& item) {
  auto* const document = std::get_if<ingest::ReadDocument>(&item);
  if (document == nullptr || document->label != file || !document->external_id.empty()) return;
  if (document->format != "text/plain" && document->format != "text/html") return;
  std::error_code error;
  const std::filesystem::path path = std::filesystem::absolute(file, error);
  if (!error) document->external_id = "file://" + path.lexically_normal().string();
}

// The address is that of a single page; the items of a feed have their own.
bool IsPage(std::string_view body, const std::string& label) {
  const auto reader =
      ingest::ChooseReader({.bytes = body.substr(0, ingest::kHeadBytes), .label = label}, "");
  return reader.ok() && ((*reader)->short_name() == "html" || (*reader)->short_name() == "text");
}

}  // namespace

ItemReader::ItemReader(std::vector<PlannedSource> sources, ReadingOptions options,
                       KnownVersions known)
    : sources_(std::move(sources)), options_(std::move(options)), known_(std::move(known)) {
  const bool sized = std::all_of(sources_.begin(), sources_.end(),
                                 [](const PlannedSource& source) { return source.bytes > 0; });
  for (const PlannedSource& source : sources_) total_bytes_ += sized ? source.bytes : 0;
  thread_ = std::thread([this] { Run(); });
}

ItemReader::~ItemReader() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    changed_.notify_all();
  }
  thread_.join();
}

std::deque<ingest::ReadItem> ItemReader::NextBatch() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return ended_ || !items_.empty(); });
  changed_.notify_all();
  return std::exchange(items_, {});
}

std::optional<double> ItemReader::Fraction() {
  if (total_bytes_ == 0) return std::nullopt;
  const std::lock_guard lock(mutex_);
  return std::min(1.0, static_cast<double>(read_bytes_) / static_cast<double>(total_bytes_));
}

void ItemReader::Run() {
  std::all_of(sources_.begin(), sources_.end(), [this](const PlannedSource& source) {
    return ingest::IsHttpUrl(source.name) ? ReadUrl(source) : ReadFile(source);
  });
  const std::lock_guard lock(mutex_);
  ended_ = true;
  changed_.notify_all();
}

bool ItemReader::ReadFile(const PlannedSource& source) {
  const std::string label = source.name == "-" ? "stdin" : source.name;
  const auto put = [&](ingest::ReadItem&& item) {
    if (options_.files_are_items) NameByFile(source.name, item);
    return Put(std::move(item));
  };
  auto file = ingest::OpenFile(source.name);
  if (!file.ok()) return ingest::Deliver(file.status(), label, "unknown", put);
  CountingSource counted(**file, [this](uint64_t bytes) { Progressed(bytes); });
  ingest::Input input(counted);
  return ingest::ReadItems(input, {.label = label, .given = source.given}, options_.readers, put);
}

bool ItemReader::ReadUrl(const PlannedSource& source) {
  const std::string& url = source.name;
  const auto put = [this](ingest::ReadItem&& item) { return Put(std::move(item)); };
  const auto known = known_.find(url);
  const auto fetched = ingest::Fetch(
      url, known == known_.end() ? ingest::Validators() : known->second, options_.fetch);
  if (!fetched.ok()) return ingest::Deliver(fetched.status(), url, "unknown", put);
  if (fetched->not_modified) return true;
  versions_[url] = fetched->validators;
  ingest::Request request{.label = url, .given = source.given};
  const size_t charset = fetched->content_type.find("charset=");
  if (charset != std::string::npos) {
    std::string name = fetched->content_type.substr(charset + 8);
    std::erase(name, '"');
    request.given.charset = name.substr(0, name.find(';'));
  }
  if (IsPage(fetched->body, url)) request.fetched_from = fetched->url;
  ingest::Input input(fetched->body);
  return ingest::ReadItems(input, request, options_.readers, put);
}

bool ItemReader::Put(ingest::ReadItem&& item) {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return stopping_ || items_.size() < kMostItems; });
  if (stopping_) return false;
  items_.push_back(std::move(item));
  changed_.notify_all();
  return true;
}

void ItemReader::Progressed(uint64_t bytes) {
  const std::lock_guard lock(mutex_);
  read_bytes_ += bytes;
}

}  // namespace consilience::cli
