#include "clients/cli/input/page_text.h"

#include <utility>
#include <variant>

#include "services/ingest/readers/input.h"
#include "services/ingest/readers/reader.h"

namespace consilience::cli {

absl::StatusOr<std::optional<ingest::ReadDocument>> ReadPage(std::string_view bytes,
                                                             const std::string& label) {
  std::optional<ingest::ReadDocument> page;
  const auto reader =
      ingest::ChooseReader({.bytes = bytes.substr(0, ingest::kHeadBytes), .label = label}, "");
  if (!reader.ok() || (*reader)->short_name() != "html") return page;
  absl::Status status;
  ingest::Input input(bytes);
  ingest::ReadItems(input, {.label = label}, {}, [&](ingest::ReadItem&& item) {
    if (auto* const document = std::get_if<ingest::ReadDocument>(&item)) {
      page = std::move(*document);
    } else if (const auto* const error = std::get_if<ingest::ReadError>(&item)) {
      status = error->status;
    }
    return !page;
  });
  if (!status.ok()) return status;
  return page;
}

}  // namespace consilience::cli
