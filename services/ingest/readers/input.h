// Outside bytes as readers see them: a stream with a window in front, so that a file of any size
// takes no more memory than the window a reader asks for.
#ifndef CONSILIENCE_SERVICES_INGEST_READERS_INPUT_H_
#define CONSILIENCE_SERVICES_INGEST_READERS_INPUT_H_

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace consilience::ingest {

// Where bytes come from. Not thread-safe.
class ByteSource {
 public:
  virtual ~ByteSource() = default;
  // Fills at most `size` bytes at `into`; 0 means the end.
  virtual absl::StatusOr<size_t> Read(char* into, size_t size) = 0;
};

// Not thread-safe. Views that it hands out hold until the next call.
class Input {
 public:
  // Bytes in memory; they must outlive the input.
  explicit Input(std::string_view bytes) : window_(bytes) {}
  // A stream; it must outlive the input.
  explicit Input(ByteSource& source) : source_(&source) {}
  Input(const Input&) = delete;
  Input& operator=(const Input&) = delete;

  // The next `size` bytes, without taking them; fewer only before the end.
  absl::StatusOr<std::string_view> Peek(size_t size);
  // All that is left, when it is at most `limit` bytes; else an error, having held no more than
  // that.
  absl::StatusOr<std::string_view> PeekWhole(std::string_view format, size_t limit);
  // Takes bytes that were peeked.
  void Consume(size_t size);
  // Gives back the last bytes that were taken.
  void Unread(std::string_view bytes);
  // Takes `size` bytes without holding them; fewer at the end. Returns how many.
  absl::StatusOr<uint64_t> Skip(uint64_t size);

  struct Line {
    std::string_view bytes;  // without its line end; empty when too long
    uint64_t offset = 0;
    bool too_long = false;  // more than was allowed: read past, not held
  };
  // The next line, up to \n or the end; a \r before the \n is dropped. Nothing at the end.
  absl::StatusOr<std::optional<Line>> ReadLine(size_t max_bytes);

  // How many bytes were taken.
  uint64_t offset() const { return offset_; }

 private:
  absl::Status Fill(size_t size);

  ByteSource* source_ = nullptr;
  std::string buffer_;
  std::string_view window_;
  uint64_t offset_ = 0;
};

// A file, or standard input for "-".
absl::StatusOr<std::unique_ptr<ByteSource>> OpenFile(const std::filesystem::path& path);

}  // namespace consilience::ingest

#endif  // CONSILIENCE_SERVICES_INGEST_READERS_INPUT_H_
