// An installation as one file: a Zstandard stream of records, each a letter, its length in 4 bytes,
// most significant first, and so many bytes.
//
//   H  "consilience-installation 1\n", the kind and version of the file
//   T  TableHead of a table, whose rows follow
//   R  a row (AppendRow)
//   E  the end of a table: "rows sha256\n" of its head and rows
//   M  the end of the file: Manifest::Digest
#ifndef CONSILIENCE_SERVICES_COMMON_STORE_TRANSFER_STREAM_H_
#define CONSILIENCE_SERVICES_COMMON_STORE_TRANSFER_STREAM_H_

#include <zstd.h>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/common/store/transfer/manifest.h"
#include "services/common/store/transfer/table.h"

namespace consilience::common::transfer {

// Takes the next bytes of the file.
using WriteBytes = std::function<absl::Status(std::string_view)>;
// Gives the next bytes of the file; empty at its end.
using ReadBytes = std::function<absl::StatusOr<std::string_view>()>;

// BeginTable, Row …, EndTable for each table; then Finish.
class StreamWriter {
 public:
  explicit StreamWriter(WriteBytes write);

  absl::Status BeginTable(std::string_view name, const std::vector<Column>& columns);
  absl::Status Add(const Row& row);
  absl::Status EndTable();
  absl::StatusOr<Manifest> Finish();

 private:
  struct Free {
    void operator()(ZSTD_CCtx* context) const { ZSTD_freeCCtx(context); }
  };
  absl::Status Record(char letter, std::string_view bytes);
  absl::Status Compress(std::string_view bytes, ZSTD_EndDirective how);

  const WriteBytes write_;
  const std::unique_ptr<ZSTD_CCtx, Free> context_;
  std::string out_;
  std::string row_;
  std::optional<Summing> table_;
  Manifest manifest_;
};

// Reads what StreamWriter wrote. Every error names the file and says what to do.
class StreamReader {
 public:
  // `name` of the file, for messages.
  StreamReader(std::string name, ReadBytes read);

  // The next table, which must be this one: every row to `each`. Fails at the end when the rows are
  // not those that were written.
  absl::Status ReadTable(std::string_view name, const std::vector<Column>& columns,
                         const EachRow& each);
  // After the last table.
  absl::StatusOr<Manifest> Finish();

 private:
  struct Free {
    void operator()(ZSTD_DCtx* context) const { ZSTD_freeDCtx(context); }
  };
  struct Record {
    char letter = 0;
    std::string bytes;
  };
  absl::Status ReadHead();
  absl::StatusOr<Record> Next();
  absl::StatusOr<std::string> Take(size_t bytes);
  absl::Status Fill(size_t bytes);
  absl::Status Damaged(std::string_view what) const;

  const std::string name_;
  const ReadBytes read_;
  const std::unique_ptr<ZSTD_DCtx, Free> context_;
  std::string_view compressed_;  // what is not decompressed yet of the last read
  std::string plain_;
  size_t at_ = 0;       // in plain_
  size_t pending_ = 0;  // as ZSTD_decompressStream said last: 0 at the end of a frame
  bool begun_ = false;
  Manifest manifest_;
};

}  // namespace consilience::common::transfer

#endif  // CONSILIENCE_SERVICES_COMMON_STORE_TRANSFER_STREAM_H_
