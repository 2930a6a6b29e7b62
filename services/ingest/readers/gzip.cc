#include "services/ingest/readers/gzip.h"

#include <algorithm>
#include <new>

#include "services/ingest/readers/errors.h"

namespace consilience::ingest {
namespace {

constexpr std::string_view kFormat = "application/gzip";
constexpr size_t kChunk = size_t{64} << 10;
constexpr int kGzipWindow = 15 + 16;
constexpr int kZlibWindow = 15;
constexpr int kRawWindow = -15;

Bytef* AsInput(std::string_view bytes) {
  // zlib does not write to its input; its interface is older than const.
  return const_cast<Bytef*>(reinterpret_cast<const Bytef*>(bytes.data()));
}

}  // namespace

bool IsGzip(std::string_view bytes) {
  // Magic, deflate, and no flag that is reserved.
  return bytes.size() >= 4 && bytes.substr(0, 3) == "\x1f\x8b\x08" &&
         (static_cast<unsigned char>(bytes[3]) & 0xE0U) == 0;
}

GzipMembers::GzipMembers(Input& raw, const Limits& limits) : raw_(raw), limits_(limits) {
  if (inflateInit2(&stream_, kGzipWindow) != Z_OK) throw std::bad_alloc();
}

GzipMembers::~GzipMembers() { inflateEnd(&stream_); }

absl::StatusOr<bool> GzipMembers::Next() {
  char ignored[4096];
  while (in_member_) {
    const absl::StatusOr<size_t> count = Read(ignored, sizeof ignored);
    if (!count.ok()) return count.status();
    if (*count == 0) break;
  }
  const absl::StatusOr<std::string_view> head = raw_.Peek(4);
  if (!head.ok()) return head.status();
  // Tapes and some writers pad with zeros.
  if (head->find_first_not_of('\0') == std::string_view::npos) return false;
  if (!IsGzip(*head)) {
    return Malformed({kFormat, raw_.offset()}, "a gzip member should begin here");
  }
  inflateReset(&stream_);
  in_member_ = true;
  member_begin_ = raw_.offset();
  taken_.clear();
  return true;
}

absl::Status GzipMembers::CheckLimits() const {
  if (written_ > limits_.decompressed_bytes) {
    return TooMuchDecompressed({kFormat, raw_.offset()}, limits_.decompressed_bytes);
  }
  if (written_ > limits_.ratio_free_bytes &&
      written_ / limits_.decompressed_ratio > raw_.offset() + stream_.total_in) {
    return InflatesTooMuch({kFormat, raw_.offset()}, limits_.decompressed_ratio);
  }
  return absl::OkStatus();
}

void GzipMembers::Take(std::string_view bytes) {
  taken_.append(bytes);
  if (taken_.size() > 4 * kChunk) taken_.erase(0, taken_.size() - 2 * kChunk);
  raw_.Consume(bytes.size());
}

absl::StatusOr<size_t> GzipMembers::Read(char* into, size_t size) {
  while (in_member_) {
    const absl::StatusOr<std::string_view> raw = raw_.Peek(kChunk);
    if (!raw.ok()) return raw.status();
    stream_.next_in = AsInput(*raw);
    stream_.avail_in = static_cast<uInt>(raw->size());
    stream_.next_out = reinterpret_cast<Bytef*>(into);
    stream_.avail_out = static_cast<uInt>(std::min<size_t>(size, UINT32_MAX));
    const uInt room = stream_.avail_out;
    const int code = inflate(&stream_, Z_NO_FLUSH);
    const size_t count = room - stream_.avail_out;
    Take(raw->substr(0, raw->size() - stream_.avail_in));
    written_ += count;
    absl::Status limits = CheckLimits();
    if (code != Z_STREAM_END && code != Z_OK && code != Z_BUF_ERROR) {
      limits = Malformed({kFormat, raw_.offset()}, "the compressed data is damaged");
    } else if (code != Z_STREAM_END && count == 0 && raw->empty()) {
      limits = Truncated({kFormat, raw_.offset()}, "the file ends within a gzip member");
    }
    if (!limits.ok()) {
      in_member_ = false;
      return limits;
    }
    if (code == Z_STREAM_END) {
      in_member_ = false;
      taken_.clear();
    }
    if (count > 0) return count;
  }
  return size_t{0};
}

absl::StatusOr<bool> GzipMembers::Resync() {
  in_member_ = false;
  // Damage shows only some way behind it, often beyond where the next member begins.
  raw_.Unread(taken_);
  taken_.clear();
  for (;;) {
    const absl::StatusOr<std::string_view> raw = raw_.Peek(kChunk);
    if (!raw.ok()) return raw.status();
    const size_t own = raw_.offset() <= member_begin_ ? member_begin_ + 1 - raw_.offset() : 0;
    const size_t found = raw->find("\x1f\x8b\x08", own);
    if (found != std::string_view::npos && IsGzip(raw->substr(found))) {
      raw_.Consume(found);
      return true;
    }
    if (raw->size() < 4) return false;
    // The magic may lie across the end of the window.
    const size_t past = found == std::string_view::npos ? raw->size() - 3 : found + 1;
    raw_.Consume(past);
  }
}

absl::StatusOr<size_t> GzipSource::Read(char* into, size_t size) {
  for (;;) {
    const absl::StatusOr<size_t> count = members_.Read(into, size);
    if (!count.ok() || *count > 0) return count;
    const absl::StatusOr<bool> more = members_.Next();
    if (!more.ok()) return more.status();
    if (!*more) return size_t{0};
  }
}

absl::StatusOr<size_t> GzipMemberSource::Read(char* into, size_t size) {
  if (!status_.ok()) return size_t{0};
  absl::StatusOr<size_t> count = members_.Read(into, size);
  if (count.ok()) return count;
  status_ = count.status();
  return size_t{0};
}

absl::StatusOr<std::string> Inflate(std::string_view bytes, const Limits& limits) {
  const bool zlib_header =
      bytes.size() >= 2 && (bytes[0] & 0x0F) == 8 &&
      (static_cast<unsigned char>(bytes[0]) * 256U + static_cast<unsigned char>(bytes[1])) % 31U ==
          0;
  const int window = IsGzip(bytes) ? kGzipWindow : zlib_header ? kZlibWindow : kRawWindow;
  z_stream stream{};
  if (inflateInit2(&stream, window) != Z_OK) throw std::bad_alloc();
  stream.next_in = AsInput(bytes);
  stream.avail_in = static_cast<uInt>(bytes.size());
  std::string result;
  int code = Z_OK;
  while (code == Z_OK && result.size() <= limits.document_bytes) {
    const size_t filled = result.size();
    result.resize(filled + kChunk);
    stream.next_out = reinterpret_cast<Bytef*>(result.data() + filled);
    stream.avail_out = static_cast<uInt>(kChunk);
    code = inflate(&stream, Z_NO_FLUSH);
    result.resize(result.size() - stream.avail_out);
  }
  const size_t at = bytes.size() - stream.avail_in;
  inflateEnd(&stream);
  if (result.size() > limits.document_bytes) {
    return DocumentTooLarge({kFormat, at}, limits.document_bytes);
  }
  if (code == Z_BUF_ERROR || code == Z_OK) {
    return Truncated({kFormat, at}, "the body ends within its compressed data");
  }
  if (code != Z_STREAM_END) return Malformed({kFormat, at}, "the compressed body is damaged");
  return result;
}

}  // namespace consilience::ingest
