#include "services/ingest/readers/reader.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <array>
#include <optional>
#include <vector>

#include "services/ingest/readers/assemble.h"
#include "services/ingest/readers/container_readers.h"
#include "services/ingest/readers/errors.h"
#include "services/ingest/readers/feed_reader.h"
#include "services/ingest/readers/html_reader.h"
#include "services/ingest/readers/json_lines_reader.h"
#include "services/ingest/readers/plain_text_reader.h"
#include "services/ingest/readers/warc_reader.h"

namespace consilience::ingest {
namespace {

std::string KnownFormats() {
  std::vector<std::string_view> names;
  for (const Reader* reader : Readers()) names.push_back(reader->short_name());
  return fmt::format("{}", fmt::join(names, ", "));
}

// "text/html; charset=utf-8" names text/html.
std::string_view WithoutParameters(std::string_view media_type) {
  media_type = media_type.substr(0, media_type.find(';'));
  while (media_type.ends_with(' ')) media_type.remove_suffix(1);
  return media_type;
}

}  // namespace

std::span<const Reader* const> Readers() {
  static const JsonLinesReader* const json_lines = new JsonLinesReader;
  static const JsonReader* const json = new JsonReader;
  static const GzipReader* const gzip = new GzipReader;
  static const ArchiveReader* const archive = new ArchiveReader;
  static const WarcReader* const warc = new WarcReader;
  static const FeedReader* const feed = new FeedReader;
  static const HtmlReader* const html = new HtmlReader;
  static const PlainTextReader* const plain_text = new PlainTextReader;
  static const std::array<const Reader*, 8> readers = {gzip, archive,    warc, feed,
                                                       html, json_lines, json, plain_text};
  return readers;
}

absl::StatusOr<const Reader*> ChooseReader(const Head& head, std::string_view format) {
  const std::string_view wanted = WithoutParameters(format);
  const Reader* best = nullptr;
  Match best_match = Match::kNo;
  for (const Reader* reader : Readers()) {
    if (!wanted.empty() && (wanted == reader->format() || wanted == reader->short_name())) {
      return reader;
    }
    const Match match = wanted.empty() ? reader->Recognise(head) : Match::kNo;
    if (match > best_match) {
      best = reader;
      best_match = match;
    }
  }
  if (best == nullptr) return UnknownFormat(wanted.empty() ? "xml" : format, KnownFormats());
  return best;
}

bool ReadItems(Input& input, const Request& request, const ReadOptions& options,
               const ItemCallback& callback) {
  const absl::StatusOr<std::string_view> bytes = input.Peek(kHeadBytes);
  if (!bytes.ok()) return Deliver(bytes.status(), request.label, "unknown", callback);
  const absl::StatusOr<const Reader*> reader =
      ChooseReader({.bytes = *bytes, .label = request.label}, request.given.format);
  if (!reader.ok()) return Deliver(reader.status(), request.label, "unknown", callback);
  if (request.depth > 0) return (*reader)->Read(input, request, options, callback);

  uint64_t items = 0;
  bool too_many = false;
  const bool go_on = (*reader)->Read(input, request, options, [&](ReadItem&& item) {
    too_many = ++items > options.limits.items;
    return !too_many && callback(std::move(item));
  });
  if (!too_many) return go_on;
  const Place place{(*reader)->format(), input.offset()};
  return Deliver(TooManyItems(place, options.limits.items), request.label, place.format, callback);
}

absl::StatusOr<ReadDocument> ReadDocumentFrom(std::string_view bytes, const Request& request,
                                              const ReadOptions& options) {
  Input input(bytes);
  std::vector<ReadItem> items;
  ReadItems(input, request, options, [&](ReadItem&& item) {
    items.push_back(std::move(item));
    return items.size() < 2;
  });
  if (items.empty()) return EmptyDocument({.format = "unknown", .offset = 0});
  if (const auto* error = std::get_if<ReadError>(&items.front())) return error->status;
  if (items.size() > 1 || !std::holds_alternative<ReadDocument>(items.front())) {
    return Malformed({.format = "unknown"},
                     "holds several items or a retraction where one document is expected: send "
                     "each item by itself");
  }
  return std::get<ReadDocument>(std::move(items.front()));
}

}  // namespace consilience::ingest
