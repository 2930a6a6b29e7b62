#include "services/ingest/readers/input.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>

#include "services/ingest/readers/errors.h"

namespace consilience::ingest {
namespace {

constexpr size_t kChunk = size_t{64} << 10;

class FileSource final : public ByteSource {
 public:
  FileSource(std::FILE* file, std::string path) : file_(file), path_(std::move(path)) {}
  ~FileSource() override {
    if (file_ != stdin) static_cast<void>(std::fclose(file_));
  }
  FileSource(const FileSource&) = delete;
  FileSource& operator=(const FileSource&) = delete;

  absl::StatusOr<size_t> Read(char* into, size_t size) override {
    const size_t count = std::fread(into, 1, size, file_);
    if (count == 0 && std::ferror(file_) != 0) return UnreadableFile(path_, std::strerror(errno));
    return count;
  }

 private:
  std::FILE* file_;
  std::string path_;
};

}  // namespace

absl::Status Input::Fill(size_t size) {
  if (source_ == nullptr || window_.size() >= size) return absl::OkStatus();
  // What is left moves to the front once as much as that has been taken, so that each byte moves
  // about once, however small the steps.
  const size_t left = window_.size();
  size_t begin = left == 0 ? 0 : static_cast<size_t>(window_.data() - buffer_.data());
  if (begin > 0 && begin >= left) {
    std::memmove(buffer_.data(), window_.data(), left);
    begin = 0;
  }
  size_t filled = left;
  while (filled < size) {
    const size_t want = std::max(kChunk, std::min(size - filled, filled + kChunk));
    if (buffer_.size() < begin + filled + want) buffer_.resize(begin + filled + want);
    const absl::StatusOr<size_t> count = source_->Read(buffer_.data() + begin + filled, want);
    window_ = std::string_view(buffer_).substr(begin, filled);
    if (!count.ok()) return count.status();
    if (*count == 0) {
      source_ = nullptr;
      break;
    }
    filled += *count;
  }
  window_ = std::string_view(buffer_).substr(begin, filled);
  return absl::OkStatus();
}

absl::StatusOr<std::string_view> Input::Peek(size_t size) {
  const absl::Status filled = Fill(size);
  // What was read before the source failed is still there to be used.
  if (!filled.ok() && window_.size() < size) return filled;
  return window_.substr(0, size);
}

absl::StatusOr<std::string_view> Input::PeekWhole(std::string_view format, size_t limit) {
  const absl::StatusOr<std::string_view> bytes = Peek(limit + 1);
  if (bytes.ok() && bytes->size() > limit) {
    return DocumentTooLarge({format, offset_ + limit}, limit);
  }
  return bytes;
}

void Input::Consume(size_t size) {
  window_.remove_prefix(size);
  offset_ += size;
}

void Input::Unread(std::string_view bytes) {
  std::string joined(bytes);
  joined.append(window_);
  buffer_ = std::move(joined);
  window_ = buffer_;
  offset_ -= bytes.size();
}

absl::StatusOr<uint64_t> Input::Skip(uint64_t size) {
  uint64_t skipped = 0;
  while (skipped < size) {
    const auto want = static_cast<size_t>(std::min<uint64_t>(size - skipped, kChunk));
    const absl::StatusOr<std::string_view> chunk = Peek(want);
    if (!chunk.ok()) return chunk.status();
    if (chunk->empty()) break;
    skipped += chunk->size();
    Consume(chunk->size());
  }
  return skipped;
}

absl::StatusOr<std::optional<Input::Line>> Input::ReadLine(size_t max_bytes) {
  Line line{.bytes = {}, .offset = offset_, .too_long = false};
  size_t searched = 0;
  for (size_t want = std::max<size_t>(window_.size(), 4096);; want *= 2) {
    const absl::StatusOr<std::string_view> chunk = Peek(want);
    if (!chunk.ok()) return chunk.status();
    if (chunk->empty()) {
      if (line.too_long) return line;
      return std::nullopt;
    }
    const size_t end = chunk->find('\n', searched);
    const bool ended = end != std::string_view::npos || chunk->size() < want;
    const size_t length = std::min(end, chunk->size());
    if (length > max_bytes) line.too_long = true;
    if (ended) {
      if (!line.too_long) {
        line.bytes = chunk->substr(0, length);
        if (line.bytes.ends_with('\r')) line.bytes.remove_suffix(1);
      }
      Consume(end == std::string_view::npos ? length : length + 1);
      return line;
    }
    searched = chunk->size();
    if (line.too_long) {
      Consume(chunk->size());
      searched = 0;
      want = kChunk / 2;
    }
  }
}

absl::StatusOr<std::unique_ptr<ByteSource>> OpenFile(const std::filesystem::path& path) {
  if (path == "-") return std::make_unique<FileSource>(stdin, "standard input");
  std::FILE* file = std::fopen(path.c_str(), "rb");
  if (file == nullptr) return UnreadableFile(path.string(), std::strerror(errno));
  return std::make_unique<FileSource>(file, path.string());
}

}  // namespace consilience::ingest
