#include "services/ingest/readers/plain_text_reader.h"

#include "services/ingest/readers/assemble.h"
#include "services/ingest/readers/charset.h"

namespace consilience::ingest {

Match PlainTextReader::Recognise(const Head& head) const {
  // XML that no other reader knows is no prose.
  return head.bytes.starts_with("<?xml") ? Match::kNo : Match::kPossible;
}

bool PlainTextReader::Read(Input& input, const Request& request, const ReadOptions& options,
                           const ItemCallback& callback) const {
  const auto read = [&]() -> absl::StatusOr<ReadDocument> {
    const absl::StatusOr<std::string_view> bytes =
        input.PeekWhole(format(), options.limits.document_bytes);
    if (!bytes.ok()) return bytes.status();
    absl::StatusOr<Utf8Text> utf8 =
        DecodeToUtf8(*bytes, request.given.charset, format(), options.limits);
    if (!utf8.ok()) return utf8.status();
    Findings findings{.format = format(), .text = std::move(utf8->text)};
    findings.source_map = std::move(utf8->map);
    findings.title_in_text = true;
    return Assemble(std::move(findings), request, options);
  };
  return Deliver(read(), request.label, format(), callback);
}

}  // namespace consilience::ingest
