// gzip (RFC 1952) as a stream of members, with a way on when one of them is damaged.
#ifndef CONSILIENCE_SERVICES_INGEST_READERS_GZIP_H_
#define CONSILIENCE_SERVICES_INGEST_READERS_GZIP_H_

#include <zlib.h>

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "services/ingest/readers/input.h"
#include "services/ingest/readers/limits.h"

namespace consilience::ingest {

bool IsGzip(std::string_view bytes);

// One member after another. Not thread-safe; holds no more than zlib's window.
class GzipMembers {
 public:
  // `raw` must outlive it.
  GzipMembers(Input& raw, const Limits& limits);
  ~GzipMembers();
  GzipMembers(const GzipMembers&) = delete;
  GzipMembers& operator=(const GzipMembers&) = delete;

  // Moves to the next member; false when there is none. What is left of the one before is skipped.
  absl::StatusOr<bool> Next();
  // Bytes of the member; 0 at its end. Errors: damaged, cut off, over the limits on what a
  // compressed file may become. After an error there is only Resync.
  absl::StatusOr<size_t> Read(char* into, size_t size);
  // After an error: looks for the next place that can begin a member. False when there is none.
  absl::StatusOr<bool> Resync();

 private:
  absl::Status CheckLimits() const;
  void Take(std::string_view bytes);

  Input& raw_;
  const Limits& limits_;
  z_stream stream_{};
  bool in_member_ = false;
  uint64_t member_begin_ = 0;
  std::string taken_;     // the last of the member's bytes, among which the next may begin
  uint64_t written_ = 0;  // altogether
};

// All members as one stream.
class GzipSource final : public ByteSource {
 public:
  explicit GzipSource(GzipMembers& members) : members_(members) {}
  absl::StatusOr<size_t> Read(char* into, size_t size) override;

 private:
  GzipMembers& members_;
};

// The current member alone; after an error it has ended.
class GzipMemberSource final : public ByteSource {
 public:
  explicit GzipMemberSource(GzipMembers& members) : members_(members) {}
  absl::StatusOr<size_t> Read(char* into, size_t size) override;
  const absl::Status& status() const { return status_; }

 private:
  GzipMembers& members_;
  absl::Status status_;
};

// A body that HTTP compressed: gzip, zlib or raw deflate, told by its bytes. Errors as above.
absl::StatusOr<std::string> Inflate(std::string_view bytes, const Limits& limits);

}  // namespace consilience::ingest

#endif  // CONSILIENCE_SERVICES_INGEST_READERS_GZIP_H_
