#include <fmt/format.h>

#include <utility>

#include "services/common/errors/catalogue.h"
#include "services/common/store/transfer/stream.h"
#include "services/common/store/transfer/stream_format.h"

namespace consilience::common::transfer {

StreamWriter::StreamWriter(WriteBytes write)
    : write_(std::move(write)), context_(ZSTD_createCCtx()) {
  ZSTD_CCtx_setParameter(context_.get(), ZSTD_c_checksumFlag, 1);
  out_.resize(ZSTD_CStreamOutSize());
}

absl::Status StreamWriter::Compress(std::string_view bytes, ZSTD_EndDirective how) {
  ZSTD_inBuffer in{bytes.data(), bytes.size(), 0};
  while (true) {
    ZSTD_outBuffer out{out_.data(), out_.size(), 0};
    const size_t left = ZSTD_compressStream2(context_.get(), &out, &in, how);
    if (ZSTD_isError(left) != 0) return Internal(ZSTD_getErrorName(left));
    if (out.pos > 0) {
      if (absl::Status status = write_({out_.data(), out.pos}); !status.ok()) return status;
    }
    if (how == ZSTD_e_end ? left == 0 : in.pos == in.size) return absl::OkStatus();
  }
}

absl::Status StreamWriter::Record(char letter, std::string_view bytes) {
  std::string head(1, letter);
  for (int shift = 24; shift >= 0; shift -= 8) {
    head.push_back(static_cast<char>(bytes.size() >> static_cast<unsigned>(shift) & 0xFFU));
  }
  absl::Status status = Compress(head, ZSTD_e_continue);
  if (status.ok()) status = Compress(bytes, ZSTD_e_continue);
  return status;
}

absl::Status StreamWriter::BeginTable(std::string_view name, const std::vector<Column>& columns) {
  if (manifest_.tables.empty()) {
    if (absl::Status status = Record(kHeadLetter, kFileHead); !status.ok()) return status;
  }
  const std::string head = TableHead(name, columns);
  table_.emplace(std::string(name), head);
  return Record(kTableLetter, head);
}

absl::Status StreamWriter::Add(const Row& row) {
  row_.clear();
  AppendRow(row, row_);
  table_->Add(row_);
  return Record(kRowLetter, row_);
}

absl::Status StreamWriter::EndTable() {
  manifest_.tables.push_back(table_->Sum());
  const TableSummary& sum = manifest_.tables.back();
  return Record(kEndLetter, EndOfTable(sum));
}

absl::StatusOr<Manifest> StreamWriter::Finish() {
  absl::Status status = Record(kManifestLetter, manifest_.Digest());
  if (status.ok()) status = Compress("", ZSTD_e_end);
  if (!status.ok()) return status;
  return manifest_;
}

}  // namespace consilience::common::transfer
