#include "services/ingest/readers/warc_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "services/ingest/readers/assemble.h"
#include "services/ingest/readers/errors.h"
#include "services/ingest/readers/http_message.h"

namespace consilience::ingest {
namespace {

constexpr std::string_view kFormat = "application/warc";
constexpr size_t kHeaderLineBytes = size_t{64} << 10;
constexpr size_t kHeaderLines = 1000;
// Room for HTTP's own headers beside a document of the largest size.
constexpr size_t kHttpHeaderBytes = size_t{64} << 10;
constexpr std::string_view kRecordMark = "\nWARC/1.";

bool HoldsText(std::string_view content_type) {
  constexpr std::array<std::string_view, 9> kTypes = {"text/html",
                                                      "application/xhtml+xml",
                                                      "text/plain",
                                                      "application/json",
                                                      "application/rss+xml",
                                                      "application/atom+xml",
                                                      "application/xml",
                                                      "text/xml",
                                                      "application/vnd.iptc.ninjs+json"};
  const std::string type = MediaTypeOf(content_type);
  return type.empty() || std::find(kTypes.begin(), kTypes.end(), type) != kTypes.end();
}

class WarcRecords {
 public:
  WarcRecords(Input& input, const Request& request, const ReadOptions& options,
              const ItemCallback& callback, uint64_t& records)
      : input_(input),
        request_(request),
        options_(options),
        callback_(callback),
        records_(records) {}

  bool Read() {
    for (;;) {
      const absl::StatusOr<bool> headers = ReadHeaders();
      if (!headers.ok()) {
        // Without its headers a record's end is not known either.
        if (!Report(headers.status()) || !SkipToMark()) return go_on_;
        continue;
      }
      if (!*headers) return true;
      const absl::Status block = ReadBlock();
      if (!go_on_) return false;
      if (!block.ok() && !Report(block)) return false;
    }
  }

 private:
  std::string Label() const { return fmt::format("{}#{}", request_.label, records_); }

  bool Report(const absl::Status& status) {
    go_on_ = Deliver(status, Label(), kFormat, callback_);
    return go_on_;
  }

  // False at the end of the input.
  absl::StatusOr<bool> ReadHeaders() {
    headers_.clear();
    std::optional<Input::Line> line;
    do {
      absl::StatusOr<std::optional<Input::Line>> next = input_.ReadLine(kHeaderLineBytes);
      if (!next.ok()) return next.status();
      line = *next;
      if (!line.has_value()) return false;
    } while (line->bytes.empty() && !line->too_long);
    record_begin_ = line->offset;
    ++records_;
    if (!line->bytes.starts_with("WARC/")) {
      return Malformed({kFormat, line->offset}, "a record (\"WARC/1.0\") should begin here");
    }
    std::string last;
    for (size_t i = 0; i < kHeaderLines; ++i) {
      absl::StatusOr<std::optional<Input::Line>> next = input_.ReadLine(kHeaderLineBytes);
      if (!next.ok()) return next.status();
      if (!next->has_value()) {
        return Truncated({kFormat, input_.offset()}, "the file ends within a record's headers");
      }
      line = *next;
      if (line->too_long) return LineTooLong({kFormat, line->offset}, kHeaderLineBytes);
      if (line->bytes.empty()) return true;
      if (!AddHeader(line->bytes, headers_, last)) {
        return Malformed({kFormat, line->offset}, "not a header of a record");
      }
    }
    return Malformed({kFormat, input_.offset()}, "a record of more than 1000 headers");
  }

  // Moves to the next line that begins a record; false at the end.
  bool SkipToMark() {
    for (;;) {
      const absl::StatusOr<std::string_view> head = input_.Peek(8);
      if (!head.ok() || head->empty()) return false;
      if (head->starts_with(kRecordMark.substr(1))) return true;
      const absl::StatusOr<std::optional<Input::Line>> line = input_.ReadLine(0);
      if (!line.ok() || !line->has_value()) return false;
    }
  }

  // Takes the record's block and reads what it holds.
  absl::Status ReadBlock() {
    const std::optional<uint64_t> length = ParseLength(HeaderOr(headers_, "content-length"));
    if (!length.has_value()) {
      SkipToMark();
      return Malformed({kFormat, record_begin_}, "the record's Content-Length is not a number");
    }
    const std::string_view type = HeaderOr(headers_, "warc-type");
    if (type != "response" && type != "resource") return SkipBlock(*length);
    const size_t most = options_.limits.document_bytes + kHttpHeaderBytes;
    if (*length > most) {
      const absl::Status skipped = SkipBlock(*length);
      return skipped.ok()
                 ? DocumentTooLarge({kFormat, record_begin_}, options_.limits.document_bytes)
                 : skipped;
    }
    const absl::StatusOr<std::string_view> window = input_.Peek(*length + 4);
    if (!window.ok()) return window.status();
    if (window->size() < *length) {
      Resume(*window);
      return Truncated({kFormat, record_begin_},
                       "the file ends before the record's Content-Length does");
    }
    const std::string_view after = window->substr(*length);
    if (!after.empty() && !after.starts_with("\r\n\r\n") && !after.starts_with("\n\n") &&
        after != "\r\n" && after != "\n") {
      Resume(*window);
      return Malformed({kFormat, record_begin_},
                       "the record's Content-Length does not lead to its end");
    }
    const std::string block(window->substr(0, *length));
    input_.Consume(*length);
    return type == "response" ? ReadResponse(block)
                              : ReadBody(block, HeaderOr(headers_, "content-type"));
  }

  // After a length that lies: goes on at the next record, which may stand within the bytes seen.
  void Resume(std::string_view window) {
    const size_t mark = window.find(kRecordMark);
    input_.Consume(mark == std::string_view::npos ? 0 : mark + 1);
    if (mark == std::string_view::npos) SkipToMark();
  }

  absl::Status SkipBlock(uint64_t length) {
    const absl::StatusOr<uint64_t> skipped = input_.Skip(length);
    if (!skipped.ok()) return skipped.status();
    if (*skipped == length) return absl::OkStatus();
    return Truncated({kFormat, record_begin_},
                     "the file ends before the record's Content-Length does");
  }

  absl::Status ReadResponse(std::string_view block) {
    if (!HeaderOr(headers_, "content-type").starts_with("application/http")) {
      return absl::OkStatus();
    }
    const absl::StatusOr<HttpAnswer> answer = ParseHttpAnswer(block, options_.limits);
    if (!answer.ok()) return MovedBy(answer.status(), input_.offset() - block.size());
    if (answer->code < 200 || answer->code > 299) return absl::OkStatus();
    return ReadBody(answer->body, HeaderOr(answer->headers, "content-type"));
  }

  absl::Status ReadBody(std::string_view body, std::string_view content_type) {
    if (!HoldsText(content_type) || body.empty()) return absl::OkStatus();
    Request inner = request_;
    inner.label = Label();
    inner.given.format.clear();
    inner.given.charset = CharsetOf(content_type);
    inner.fetched_from = HeaderOr(headers_, "warc-target-uri");
    ++inner.depth;
    ReadOptions options = options_;
    const std::string crawled(HeaderOr(headers_, "warc-date").substr(0, 10));
    std::string& today = options.dates.today;
    if (ParseIsoDay(crawled).has_value() && (today.empty() || crawled < today)) today = crawled;
    Input input(body);
    go_on_ = ReadItems(input, inner, options, callback_);
    return absl::OkStatus();
  }

  Input& input_;
  const Request& request_;
  const ReadOptions& options_;
  const ItemCallback& callback_;
  uint64_t& records_;
  Headers headers_;
  uint64_t record_begin_ = 0;
  bool go_on_ = true;
};

}  // namespace

Match WarcReader::Recognise(const Head& head) const {
  return head.bytes.starts_with("WARC/") ? Match::kCertain : Match::kNo;
}

bool WarcReader::Read(Input& input, const Request& request, const ReadOptions& options,
                      const ItemCallback& callback) const {
  uint64_t records = 0;
  return ReadWarcRecords(input, request, options, callback, records);
}

bool ReadWarcRecords(Input& input, const Request& request, const ReadOptions& options,
                     const ItemCallback& callback, uint64_t& records) {
  return WarcRecords(input, request, options, callback, records).Read();
}

}  // namespace consilience::ingest
