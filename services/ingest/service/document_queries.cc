#include "services/ingest/service/document_queries.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>
#include <vector>

#include "services/common/errors/catalogue.h"
#include "services/common/query/filter.h"
#include "services/common/query/page_token.h"
#include "services/ingest/errors.h"
#include "services/ingest/ledger/ledger.h"
#include "services/ingest/pipeline/reuse.h"
#include "services/ingest/service/document_proto.h"

namespace consilience::ingest {
namespace {

// Names that FindDocuments takes.
constexpr int kMostFound = 1000;

// Rows looked at in one go when a filter leaves most of them out.
constexpr size_t kScan = 500;
// And with one call; a page may then have fewer documents than asked for, or none, and a token.
constexpr size_t kMostScanned = 20'000;

std::vector<std::string> StateNames() {
  std::vector<std::string> names;
  for (const State state : {State::kPending, State::kRecorded, State::kFailed, State::kSuperseded,
                            State::kRetracted, State::kErased}) {
    names.emplace_back(NameOf(state));
  }
  return names;
}

const std::vector<common::FilterField>& FilterFields() {
  using Type = common::FilterField::Type;
  static const auto* const fields =
      new std::vector<common::FilterField>{{"state", StateNames()},          "outlet",   "url",
                                           {"publication_date", Type::kDay}, "language", "title"};
  return *fields;
}

std::string FieldOf(const Document& document, std::string_view field) {
  if (field == "state") return std::string(NameOf(document.state));
  if (field == "outlet") return document.metadata.outlet.value;
  if (field == "url") return document.metadata.url.value;
  if (field == "publication_date") return document.metadata.publication_date.value;
  if (field == "language") return document.language;
  return document.metadata.title.value;
}

absl::StatusOr<Order> ParseOrder(const std::string& order_by) {
  if (order_by.empty() || order_by == "create_time desc") return Order::kNewestFirst;
  if (order_by == "create_time") return Order::kOldestFirst;
  if (order_by == "publication_date") return Order::kDateAscending;
  if (order_by == "publication_date desc") return Order::kDateDescending;
  return common::FieldInvalid("order_by", order_by,
                              "must be create_time or publication_date, with or without \" desc\"");
}

// "{number} {date}"
std::string Position(const Cursor& cursor) {
  return fmt::format("{} {}", cursor.number, cursor.date);
}

std::optional<Cursor> ReadPosition(std::string_view position) {
  Cursor cursor;
  const auto [end, error] =
      std::from_chars(position.data(), position.data() + position.size(), cursor.number);
  const auto digits = static_cast<size_t>(end - position.data());
  if (error != std::errc() || digits >= position.size()) return std::nullopt;
  cursor.date = std::string(position.substr(digits + 1));
  return cursor;
}

absl::Status AddFullView(Records& records, v1::Document& proto, std::string_view id) {
  auto text = records.Text(id);
  if (!text.ok()) return text.status();
  proto.set_text(*std::move(text));
  const auto reading = records.ReadingOf(id);
  if (!reading.ok()) return reading.status();
  ToProto(*reading, proto);
  const common::OffsetMap offsets(proto.text());
  for (v1::Segment& segment : *proto.mutable_segments()) {
    consilience::common::v1::TextSpan& span = *segment.mutable_span();
    ToProto(common::Span{span.start(), span.end()}, offsets, span);
  }
  const auto appearances = records.Appearances(id);
  if (!appearances.ok()) return appearances.status();
  for (const Appearance& appearance : *appearances) {
    ToProto(appearance, *proto.add_appearances());
  }
  return absl::OkStatus();
}

v1::Passage::Direction DirectionToProto(Direction direction) {
  switch (direction) {
    case Direction::kFromOther:
      return v1::Passage::DIRECTION_FROM_OTHER;
    case Direction::kToOther:
      return v1::Passage::DIRECTION_TO_OTHER;
    case Direction::kUnknown:
      break;
  }
  return v1::Passage::DIRECTION_UNKNOWN;
}

v1::Passage PassageToProto(const Passage& passage, const Reuse& reuse, const std::string& text,
                           const std::string& name) {
  v1::Passage proto;
  proto.set_document(name);
  ToProto(passage.span, common::OffsetMap(text), *proto.mutable_span());
  proto.set_other_document(NameOf(reuse.ids.at(passage.other)));
  const common::OffsetMap other(reuse.others.at(passage.other).text);
  ToProto(passage.other_span, other, *proto.mutable_other_span());
  proto.set_words(passage.words);
  proto.set_similarity(passage.similarity);
  proto.set_direction(DirectionToProto(passage.direction));
  proto.set_boilerplate(passage.boilerplate);
  proto.set_text(std::string(passage.span.In(text)));
  return proto;
}

}  // namespace

absl::StatusOr<std::string> ParseName(std::string_view field, std::string_view name) {
  if (name.empty()) return common::FieldMissing(field, "name the document, as documents/{id}");
  auto id = IdOf(name);
  if (!id.has_value()) return DocumentNameInvalid(field, name);
  return *std::move(id);
}

absl::StatusOr<std::function<bool(const Document&)>> ParseDocumentFilter(std::string_view text) {
  auto filter = common::Filter::Parse(text, FilterFields());
  if (!filter.ok()) return filter.status();
  return std::function<bool(const Document&)>(
      [filter = *std::move(filter)](const Document& document) {
        return filter.Matches([&](std::string_view field) { return FieldOf(document, field); });
      });
}

absl::Status GetDocument(Store& store, const v1::GetDocumentRequest& request,
                         v1::Document& response) {
  const auto id = ParseName("name", request.name());
  if (!id.ok()) return id.status();
  return store.Read([&](Records& records) -> absl::Status {
    const auto document = records.Get(*id);
    if (!document.ok()) return document.status();
    response = ToProto(*document);
    if (request.view() == v1::DOCUMENT_VIEW_BASIC) return absl::OkStatus();
    return AddFullView(records, response, *id);
  });
}

absl::Status FindDocuments(Store& store, const v1::FindDocumentsRequest& request,
                           v1::FindDocumentsResponse& response) {
  if (request.names().empty()) return common::FieldMissing("names", "name at least one document");
  if (request.names_size() > kMostFound) {
    return common::FieldInvalid("names", fmt::format("{} names", request.names_size()),
                                fmt::format("ask for at most {} at a time", kMostFound));
  }
  return store.Read([&](Records& records) -> absl::Status {
    for (const std::string& name : request.names()) {
      const auto id = ParseName("names", name);
      if (!id.ok()) return id.status();
      const auto found = records.Find(*id);
      if (!found.ok()) return found.status();
      if (found->has_value()) *response.add_documents() = ToProto(**found);
    }
    return absl::OkStatus();
  });
}

absl::Status ListDocuments(Store& store, const v1::ListDocumentsRequest& request,
                           v1::ListDocumentsResponse& response) {
  const auto size = common::PageSize(request.page_size());
  if (!size.ok()) return size.status();
  const auto order = ParseOrder(request.order_by());
  if (!order.ok()) return order.status();
  const auto wanted = ParseDocumentFilter(request.filter());
  if (!wanted.ok()) return wanted.status();
  const std::string query = request.filter() + "\n" + request.order_by();
  std::optional<Cursor> after;
  if (!request.page_token().empty()) {
    const auto position = common::ReadPageToken(request.page_token(), query);
    if (!position.ok()) return position.status();
    after = ReadPosition(*position);
    if (!after.has_value()) return common::PageTokenInvalid(request.page_token());
  }
  // Some rows a transaction: others read in between.
  bool more = true;
  for (size_t scanned = 0; more; scanned += kScan) {
    if (scanned >= kMostScanned) {
      response.set_next_page_token(common::MakePageToken(query, Position(*after)));
      return absl::OkStatus();
    }
    const auto status = store.Read([&](Records& records) -> absl::Status {
      const auto rows = records.List(*order, after, kScan);
      if (!rows.ok()) return rows.status();
      more = rows->size() == kScan;
      for (const Document& document : *rows) {
        if ((*wanted)(document)) {
          if (static_cast<size_t>(response.documents_size()) == *size) {
            response.set_next_page_token(common::MakePageToken(query, Position(*after)));
            more = false;
            return absl::OkStatus();
          }
          v1::Document proto = ToProto(document);
          if (request.view() == v1::DOCUMENT_VIEW_FULL) {
            auto filled = AddFullView(records, proto, document.id);
            if (!filled.ok()) return filled;
          }
          *response.add_documents() = std::move(proto);
        }
        after = Cursor{document.metadata.publication_date.value, document.number};
      }
      return absl::OkStatus();
    });
    if (!status.ok()) return status;
  }
  return absl::OkStatus();
}

absl::Status ListPassages(Store& store, const v1::ListPassagesRequest& request,
                          v1::ListPassagesResponse& response) {
  const auto id = ParseName("parent", request.parent());
  if (!id.ok()) return id.status();
  std::string other;
  if (!request.other_document().empty()) {
    const auto parsed = ParseName("other_document", request.other_document());
    if (!parsed.ok()) return parsed.status();
    other = *parsed;
  }
  const auto size = common::PageSize(request.page_size());
  if (!size.ok()) return size.status();
  const std::string query = request.parent() + "\n" + request.other_document();
  size_t first = 0;
  if (!request.page_token().empty()) {
    const auto position = common::ReadPageToken(request.page_token(), query);
    if (!position.ok()) return position.status();
    std::from_chars(position->data(), position->data() + position->size(), first);
  }
  Document document;
  std::string text;
  const auto status = store.Read([&](Records& records) -> absl::Status {
    auto found = records.Get(*id);
    if (!found.ok()) return found.status();
    document = *std::move(found);
    auto stored = records.Text(*id);
    if (!stored.ok()) return stored.status();
    text = *std::move(stored);
    return absl::OkStatus();
  });
  if (!status.ok()) return status;
  auto reuse = FindReuse(store, document, text, other);
  if (!reuse.ok()) return reuse.status();
  std::erase_if(reuse->passages, [&](const Passage& passage) {
    return !request.other_document().empty() &&
           NameOf(reuse->ids.at(passage.other)) != request.other_document();
  });
  const size_t end = std::min(first + *size, reuse->passages.size());
  for (size_t i = first; i < end; ++i) {
    *response.add_passages() = PassageToProto(reuse->passages[i], *reuse, text, request.parent());
  }
  if (end < reuse->passages.size()) {
    response.set_next_page_token(common::MakePageToken(query, std::to_string(end)));
  }
  return absl::OkStatus();
}

}  // namespace consilience::ingest
