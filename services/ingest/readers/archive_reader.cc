#include <archive.h>
#include <archive_entry.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <filesystem>
#include <memory>

#include "services/ingest/readers/assemble.h"
#include "services/ingest/readers/container_readers.h"
#include "services/ingest/readers/errors.h"
#include "services/ingest/readers/manifest.h"

namespace consilience::ingest {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kFormat = "application/x-archive";
constexpr size_t kChunk = size_t{64} << 10;
constexpr size_t kManifestBytes = size_t{64} << 20;

struct FreeArchive {
  void operator()(archive* a) const { archive_read_free(a); }
};

// What libarchive reads through: the window stays until it asks again.
struct Feed {
  Input& input;
  size_t taken = 0;
  absl::Status status = absl::OkStatus();

  static la_ssize_t Read(archive* a, void* self, const void** bytes) {
    auto& feed = *static_cast<Feed*>(self);
    feed.input.Consume(feed.taken);
    feed.taken = 0;
    const absl::StatusOr<std::string_view> window = feed.input.Peek(kChunk);
    if (!window.ok()) {
      feed.status = window.status();
      archive_set_error(a, EIO, "the input cannot be read");
      return -1;
    }
    feed.taken = window->size();
    *bytes = window->data();
    return static_cast<la_ssize_t>(window->size());
  }
};

// The bytes of one entry, held to the limits on what an archive may become.
class EntrySource final : public ByteSource {
 public:
  EntrySource(archive* a, const Input& raw, const Limits& limits, uint64_t& written)
      : archive_(a), raw_(raw), limits_(limits), written_(written) {}

  absl::StatusOr<size_t> Read(char* into, size_t size) override {
    const la_ssize_t count = archive_read_data(archive_, into, size);
    if (count < 0) {
      const char* const problem = archive_error_string(archive_);
      return Malformed({kFormat, raw_.offset()},
                       problem == nullptr ? "the entry is damaged" : problem);
    }
    written_ += static_cast<uint64_t>(count);
    if (written_ > limits_.decompressed_bytes) {
      return TooMuchDecompressed({kFormat, raw_.offset()}, limits_.decompressed_bytes);
    }
    if (written_ > limits_.ratio_free_bytes &&
        written_ / limits_.decompressed_ratio > raw_.offset() + kChunk) {
      return InflatesTooMuch({kFormat, raw_.offset()}, limits_.decompressed_ratio);
    }
    return static_cast<size_t>(count);
  }

 private:
  archive* archive_;
  const Input& raw_;
  const Limits& limits_;
  uint64_t& written_;
};

bool IsHidden(const fs::path& path) {
  return std::any_of(path.begin(), path.end(),
                     [](const fs::path& part) {
                       return part.string().starts_with('.') && part != "." && part != "..";
                     }) ||
         path.string().starts_with("__MACOSX");
}

class Unpacker {
 public:
  Unpacker(Input& input, const Request& request, const ReadOptions& options,
           const ItemCallback& callback)
      : input_(input), request_(request), options_(options), callback_(callback), feed_{input} {}

  bool Unpack() {
    archive_.reset(archive_read_new());
    archive* const a = archive_.get();
    archive_read_support_filter_all(a);
    archive_read_support_format_tar(a);
    archive_read_support_format_zip(a);
    archive_read_support_format_raw(a);
    if (archive_read_open(a, &feed_, nullptr, &Feed::Read, nullptr) != ARCHIVE_OK) return Failed();
    for (;;) {
      archive_entry* entry = nullptr;
      const int code = archive_read_next_header(a, &entry);
      if (code == ARCHIVE_EOF) return true;
      if (code == ARCHIVE_FATAL) return Failed();
      if (code == ARCHIVE_RETRY || archive_entry_filetype(entry) != AE_IFREG) continue;
      if (!ReadEntry(entry)) return false;
    }
  }

 private:
  bool Failed() {
    const char* const problem = archive_error_string(archive_.get());
    const absl::Status status =
        !feed_.status.ok()
            ? feed_.status
            : Malformed({kFormat, input_.offset()}, problem == nullptr ? "damaged" : problem);
    return Deliver(status, request_.label, kFormat, callback_);
  }

  bool ReadEntry(archive_entry* entry) {
    const char* const name = archive_entry_pathname_utf8(entry);
    // A single packed file has no name of its own.
    const bool raw = archive_format(archive_.get()) == ARCHIVE_FORMAT_RAW;
    const fs::path path = name == nullptr ? "unnamed" : name;
    if (!raw && IsHidden(path)) return true;
    EntrySource source(archive_.get(), input_, options_.limits, written_);
    Input bytes(source);
    if (path.filename() == kManifestName) return TakeManifest(path, bytes);
    Request inner = request_;
    if (!raw) inner.label = (fs::path(request_.label) / path).string();
    ++inner.depth;
    const Given listed = manifest_.Find(Inside(path));
    if (listed.evidence == "manifest") inner.given = listed;
    inner.given.format.clear();
    return ReadItems(bytes, inner, options_, callback_);
  }

  // Paths of an archive are relative to nothing on this machine.
  static fs::path Inside(const fs::path& path) { return fs::path("/") / path; }

  bool TakeManifest(const fs::path& path, Input& bytes) {
    const std::string label = (fs::path(request_.label) / path).string();
    const auto text = bytes.PeekWhole("manifest", kManifestBytes);
    if (!text.ok()) return Deliver(text.status(), label, "manifest", callback_);
    absl::StatusOr<Manifest> manifest = Manifest::Parse(*text, Inside(path).parent_path(), label);
    if (!manifest.ok()) return Deliver(manifest.status(), label, "manifest", callback_);
    manifest_.Add(*std::move(manifest));
    return true;
  }

  Input& input_;
  const Request& request_;
  const ReadOptions& options_;
  const ItemCallback& callback_;
  Feed feed_;
  std::unique_ptr<archive, FreeArchive> archive_;
  Manifest manifest_;
  uint64_t written_ = 0;
};

}  // namespace

Match ArchiveReader::Recognise(const Head& head) const {
  constexpr std::array<std::string_view, 4> kMagic = {"PK\x03\x04", "BZh",
                                                      "\xFD"
                                                      "7zXZ",
                                                      "\x28\xB5\x2F\xFD"};
  const bool packed = std::any_of(kMagic.begin(), kMagic.end(), [&](std::string_view magic) {
    return head.bytes.starts_with(magic);
  });
  constexpr size_t kUstarAt = 257;
  const bool tar = head.bytes.size() > kUstarAt + 5 && head.bytes.substr(kUstarAt, 5) == "ustar";
  return packed || tar ? Match::kCertain : Match::kNo;
}

bool ArchiveReader::Read(Input& input, const Request& request, const ReadOptions& options,
                         const ItemCallback& callback) const {
  if (request.depth >= options.limits.container_depth) {
    return Deliver(ContainersTooDeep({format(), 0}, options.limits.container_depth), request.label,
                   format(), callback);
  }
  return Unpacker(input, request, options, callback).Unpack();
}

}  // namespace consilience::ingest
