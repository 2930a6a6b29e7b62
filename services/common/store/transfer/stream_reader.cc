#include <fmt/format.h>

#include <utility>

#include "services/common/errors/catalogue.h"
#include "services/common/store/transfer/stream.h"
#include "services/common/store/transfer/stream_format.h"

namespace consilience::common::transfer {
namespace {

constexpr size_t kHeadBytes = 5;            // of a record: its letter and its length
constexpr size_t kStep = size_t{1} << 18U;  // decompressed at a time

}  // namespace

StreamReader::StreamReader(std::string name, ReadBytes read)
    : name_(std::move(name)), read_(std::move(read)), context_(ZSTD_createDCtx()) {}

absl::Status StreamReader::Damaged(std::string_view what) const {
  return FileUnreadable(name_, fmt::format("{}; take another copy of it, or export again", what));
}

absl::Status StreamReader::Fill(size_t bytes) {
  if (at_ > kStep) {
    plain_.erase(0, at_);
    at_ = 0;
  }
  while (plain_.size() - at_ < bytes) {
    if (compressed_.empty()) {
      const auto more = read_();
      if (!more.ok()) return more.status();
      if (more->empty()) return Damaged("it ends too early");
      compressed_ = *more;
    }
    const size_t before = plain_.size();
    plain_.resize(before + kStep);
    ZSTD_inBuffer in{compressed_.data(), compressed_.size(), 0};
    ZSTD_outBuffer out{plain_.data() + before, kStep, 0};
    pending_ = ZSTD_decompressStream(context_.get(), &out, &in);
    plain_.resize(before + out.pos);
    if (ZSTD_isError(pending_) != 0) {
      return Damaged(begun_ ? fmt::format("it is damaged ({})", ZSTD_getErrorName(pending_))
                            : "it is no export of an installation");
    }
    compressed_.remove_prefix(in.pos);
  }
  return absl::OkStatus();
}

absl::StatusOr<std::string> StreamReader::Take(size_t bytes) {
  if (absl::Status status = Fill(bytes); !status.ok()) return status;
  std::string taken = plain_.substr(at_, bytes);
  at_ += bytes;
  return taken;
}

absl::StatusOr<StreamReader::Record> StreamReader::Next() {
  const auto head = Take(kHeadBytes);
  if (!head.ok()) return head.status();
  size_t length = 0;
  for (const char c : head->substr(1)) length = length << 8U | static_cast<unsigned char>(c);
  if (length > kLargestRecord) return Damaged("it is damaged (a record is too long)");
  auto bytes = Take(length);
  if (!bytes.ok()) return bytes.status();
  return Record{head->front(), *std::move(bytes)};
}

absl::Status StreamReader::ReadHead() {
  if (begun_) return absl::OkStatus();
  const auto head = Next();
  if (!head.ok()) return head.status();
  if (head->letter != kHeadLetter || !head->bytes.starts_with(kFileKind)) {
    return Damaged("it is no export of an installation");
  }
  if (head->bytes != kFileHead) {
    return FileUnreadable(
        name_, fmt::format("it is of another version than this program reads ({}); import it with "
                           "the release that wrote it",
                           head->bytes.substr(0, head->bytes.find('\n'))));
  }
  begun_ = true;
  return absl::OkStatus();
}

absl::Status StreamReader::ReadTable(std::string_view name, const std::vector<Column>& columns,
                                     const EachRow& each) {
  if (absl::Status status = ReadHead(); !status.ok()) return status;
  const auto begin = Next();
  if (!begin.ok()) return begin.status();
  const std::string head = TableHead(name, columns);
  if (begin->letter != kTableLetter || begin->bytes != head) {
    return Damaged(fmt::format("the table {} should begin where it has \"{}\"", name,
                               begin->bytes.substr(0, begin->bytes.find('('))));
  }
  Summing table{std::string(name), head};
  while (true) {
    const auto record = Next();
    if (!record.ok()) return record.status();
    if (record->letter == kEndLetter) {
      const TableSummary sum = table.Sum();
      if (record->bytes != EndOfTable(sum)) {
        return Damaged(fmt::format("the table {} does not have the digest that was written", name));
      }
      manifest_.tables.push_back(sum);
      return absl::OkStatus();
    }
    auto row = record->letter == kRowLetter ? ParseRow(columns, record->bytes) : std::nullopt;
    if (!row) return Damaged(fmt::format("a row of the table {} is damaged", name));
    table.Add(record->bytes);
    if (absl::Status status = each(*std::move(row)); !status.ok()) return status;
  }
}

absl::StatusOr<Manifest> StreamReader::Finish() {
  const auto record = Next();
  if (!record.ok()) return record.status();
  if (record->letter != kManifestLetter || record->bytes != manifest_.Digest()) {
    return Damaged("it does not have the digest that was written");
  }
  // The frame's own checksum comes last.
  while (pending_ != 0) {
    const auto rest = Fill(plain_.size() - at_ + 1);
    if (pending_ == 0) break;
    if (!rest.ok()) return rest;
  }
  if (at_ != plain_.size() || !compressed_.empty()) return Damaged("something follows its end");
  return manifest_;
}

}  // namespace consilience::common::transfer
