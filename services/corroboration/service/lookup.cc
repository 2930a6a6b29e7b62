#include "services/corroboration/service/lookup.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <system_error>
#include <utility>

#include "absl/time/time.h"
#include "services/common/errors/catalogue.h"
#include "services/corroboration/model/names.h"
#include "services/corroboration/wire/assertion_wire.h"

namespace consilience::corroboration {
namespace {

// Rows that are read together; fewer at first, because many who list look at a page.
constexpr size_t kChunk = 256;
constexpr size_t kFirstChunk = 64;

const std::vector<common::FilterField>& ClaimFields() {
  using Type = common::FilterField::Type;
  static const std::vector<common::FilterField> fields = {{"state", ClaimStateNames()},
                                                          {"kind", Type::kWord},
                                                          {"measure", Type::kWord},
                                                          "place",
                                                          "population",
                                                          "source",
                                                          "outlet",
                                                          "document",
                                                          "question",
                                                          {"score", Type::kNumber},
                                                          {"effective_origins", Type::kNumber},
                                                          {"origin_count", Type::kNumber},
                                                          {"document_count", Type::kNumber},
                                                          {"time.from", Type::kDay},
                                                          {"time.to", Type::kDay},
                                                          {"review", Type::kWord}};
  return fields;
}

std::vector<std::string> SourceValues(Engine& engine, const ClaimRow& row, Past* past) {
  std::vector<std::string> values;
  const auto present = engine.directory();
  const SourceDirectory& directory = past != nullptr ? past->directory() : *present;
  for (const std::string& id : row.sources) {
    values.push_back("sources/" + id);
    if (const Source* known = directory.Find(id); known != nullptr) {
      values.push_back(known->display_name);
    } else if (const auto met = engine.store().FindSource(id); met.ok() && *met) {
      values.push_back((*met)->display_name);
    }
  }
  return values;
}

absl::StatusOr<std::optional<Review>> ReviewOf(Engine& engine, const std::string& claim,
                                               Past* past) {
  if (past != nullptr) return engine.store().ReviewAt(claim, past->time_us());
  return engine.store().LatestReview(claim);
}

// What a message holds besides the claim itself.
absl::Status Complete(Engine& engine, const std::string& id, const ClaimRow* row, Past* past,
                      v1::Claim& message) {
  const auto review = ReviewOf(engine, id, past);
  if (!review.ok()) return review.status();
  if (*review) *message.mutable_review() = ToWire(**review);
  const auto aliases = past != nullptr ? past->AliasesOf(id) : engine.store().AliasesOf(id);
  if (!aliases.ok()) return aliases.status();
  for (const std::string& alias : *aliases) message.add_aliases("claims/" + alias);
  if (row != nullptr) message.set_etag(EtagOf(*row, *review ? (*review)->id : ""));
  message.mutable_corroboration()->set_configuration_digest(engine.parts().config.digest);
  return absl::OkStatus();
}

std::vector<std::string> ReviewValues(Engine& engine, const ClaimRow& row, Past* past) {
  const auto review = ReviewOf(engine, row.id, past);
  if (!review.ok() || !*review) return {};
  const std::string name =
      v1::Review::Decision_Name(static_cast<v1::Review::Decision>((*review)->decision));
  return {name.substr(std::string_view("DECISION_").size())};
}

// Questions that an index names at most before walking through the order is the better way.
constexpr size_t kMostNamed = 2000;

absl::Status AddRows(Engine& engine, const std::string& question, std::vector<ClaimRow>& rows) {
  const auto record = engine.store().FindQuestion(question);
  if (!record.ok()) return record.status();
  if (*record == nullptr) return absl::OkStatus();
  rows.insert(rows.end(), (*record)->claims.begin(), (*record)->claims.end());
  return absl::OkStatus();
}

// The questions that a restriction names; nothing when it names none, or too many.
absl::StatusOr<std::optional<std::vector<std::string>>> QuestionsNamed(
    Engine& engine, const common::Filter::Equality& equality) {
  const auto id_after = [&](std::string_view prefix) {
    return equality.value.starts_with(prefix) ? equality.value.substr(prefix.size()) : "";
  };
  if (equality.field == "question") {
    return std::optional<std::vector<std::string>>({id_after("questions/")});
  }
  std::vector<std::string> ids;
  if (equality.field == "document") {
    const auto questions = engine.store().QuestionsOfDocument(id_after("documents/"));
    if (!questions.ok()) return questions.status();
    for (const QuestionPtr& question : *questions) ids.push_back(question->id);
    return std::optional(std::move(ids));
  }
  const std::string source = equality.field == "source" ? id_after("sources/") : "";
  if (source.empty()) return std::nullopt;
  auto questions = engine.store().QuestionsOfSource(source);
  if (!questions.ok()) return questions.status();
  if (questions->size() > kMostNamed) return std::nullopt;
  return std::optional(*std::move(questions));
}

// The claims that a filter's match must be among, where an index knows few; nothing otherwise.
absl::StatusOr<std::optional<std::vector<ClaimRow>>> Candidates(Engine& engine,
                                                                const common::Filter& filter) {
  for (const common::Filter::Equality& equality : filter.Required()) {
    const auto questions = QuestionsNamed(engine, equality);
    if (!questions.ok()) return questions.status();
    if (!*questions) continue;
    std::vector<ClaimRow> rows;
    for (const std::string& id : **questions) {
      if (absl::Status status = AddRows(engine, id, rows); !status.ok()) return status;
    }
    return std::optional(std::move(rows));
  }
  return std::nullopt;
}

// A value that a filter's match must have and that claims are listed by.
std::optional<FacetValue> FacetIn(const common::Filter& filter) {
  std::optional<FacetValue> state;
  for (const common::Filter::Equality& equality : filter.Required()) {
    // Numbers are equal in more than one spelling.
    if (equality.field == "place" && !IsNumber(equality.value)) {
      return FacetValue{ClaimFacet::kPlace, PlaceKey(equality.value)};
    }
    if (equality.field == "state") state = FacetValue{ClaimFacet::kState, equality.value};
  }
  return state;
}

}  // namespace

absl::StatusOr<ClaimView> LookUpClaim(Engine& engine, const std::string& name,
                                      std::string_view field, Past* past) {
  const auto id = IdIn("claims", name, field);
  if (!id.ok()) return id.status();
  auto view = past != nullptr ? past->FindClaim(*id) : engine.FindClaim(*id);
  if (!view.ok()) return view.status();
  if (!*view) return common::ResourceNotFound("claim", name);
  return **std::move(view);
}

absl::StatusOr<AssertionRef> AssertionIn(const std::string& name, std::string_view field) {
  constexpr std::string_view kInfix = "/assertions/";
  const size_t infix = name.find(kInfix);
  if (infix == std::string::npos) {
    return common::FieldInvalid(field, name, "give a name of the form documents/ID/assertions/ID");
  }
  auto document = IdIn("documents", name.substr(0, infix), field);
  if (!document.ok()) return document.status();
  return AssertionRef{*std::move(document), name.substr(infix + kInfix.size())};
}

absl::StatusOr<v1::Claim> ClaimMessage(Engine& engine, const ClaimView& view, Detail detail,
                                       Past* past) {
  v1::Claim message = ToWire(view, detail);
  absl::Status status = Complete(engine, view.claim().id, view.row(), past, message);
  if (!status.ok()) return status;
  return message;
}

absl::StatusOr<v1::Claim> ListedMessage(Engine& engine, const ClaimRow& row) {
  v1::Claim message = ToWire(row);
  absl::Status status = Complete(engine, row.id, &row, nullptr, message);
  if (!status.ok()) return status;
  return message;
}

int64_t MicrosOf(const google::protobuf::Timestamp& time) {
  // Whatever a caller sends: what no clock shows ends at the nearest that can be told.
  return absl::ToUnixMicros(absl::FromUnixSeconds(time.seconds()) +
                            absl::Nanoseconds(time.nanos()));
}

std::string InstantOf(const std::optional<Past>& past) {
  return past ? fmt::format("{}", past->time_us()) : "now";
}

absl::StatusOr<std::optional<Revision>> RevisionAt(Engine& engine, const std::string& claim,
                                                   int64_t time_us) {
  std::string before;
  while (true) {
    const auto revisions = engine.store().ListRevisions(claim, before, kChunk);
    if (!revisions.ok()) return revisions.status();
    for (const Revision& revision : *revisions) {
      if (revision.time_us <= time_us) return revision;
    }
    if (revisions->size() < kChunk) return std::nullopt;
    before = revisions->back().id;
  }
}

absl::StatusOr<common::Filter> ParseClaimFilter(const std::string& text) {
  return common::Filter::Parse(text, ClaimFields());
}

common::Filter::RepeatedValues FieldsOf(Engine& engine, const ClaimRow& row, Past* past) {
  return [&engine, &row, past](std::string_view field) -> std::vector<std::string> {
    const Corroboration& c = row.corroboration;
    if (field == "state") return {std::string(NameOf(c.state))};
    if (field == "kind") return {row.kind};
    if (field == "measure") return {row.measure};
    if (field == "place") return {row.place};
    if (field == "population") return {row.population};
    if (field == "source") return SourceValues(engine, row, past);
    if (field == "outlet") return row.outlets;
    if (field == "question") return {"questions/" + row.question};
    if (field == "score") return {fmt::format("{}", c.score)};
    if (field == "effective_origins") return {fmt::format("{}", c.effective_origins)};
    if (field == "origin_count") return {fmt::format("{}", c.origin_count)};
    if (field == "document_count") return {fmt::format("{}", c.document_count)};
    if (field == "time.from") return {row.from};
    if (field == "time.to") return {row.to};
    if (field == "review") return ReviewValues(engine, row, past);
    std::vector<std::string> names;
    for (const std::string& id : row.documents) names.push_back("documents/" + id);
    return names;
  };
}

bool IsNumber(const std::string& text) {
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size();
}

void VisitRows(const std::vector<ClaimRow>& rows, ClaimOrder order, const Cursor& after,
               const std::function<bool(const ClaimRow&)>& visit) {
  std::vector<std::pair<std::pair<std::string, std::string>, const ClaimRow*>> sorted;
  for (const ClaimRow& row : rows) {
    std::pair key(SortValue(row, order), row.id);
    if (after.id.empty() || key > std::pair(after.value, after.id)) {
      sorted.emplace_back(std::move(key), &row);
    }
  }
  std::sort(sorted.begin(), sorted.end());
  for (const auto& [key, row] : sorted) {
    if (!visit(*row)) return;
  }
}

absl::Status VisitClaims(Engine& engine, const common::Filter& filter, ClaimOrder order,
                         Cursor after, const std::function<bool(const ClaimRow&)>& visit) {
  const auto candidates = Candidates(engine, filter);
  if (!candidates.ok()) return candidates.status();
  if (*candidates) {
    VisitRows(**candidates, order, after, visit);
    return absl::OkStatus();
  }
  const auto with = FacetIn(filter);
  for (size_t chunk = kFirstChunk;; chunk = kChunk) {
    std::vector<ClaimRow> rows;
    const auto collect = [&](const ClaimRow& row) {
      rows.push_back(row);
      return rows.size() < chunk;
    };
    const absl::Status status = with ? engine.store().ScanClaimsWith(*with, order, after, collect)
                                     : engine.store().ScanClaims(order, after, collect);
    if (!status.ok()) return status;
    for (const ClaimRow& row : rows) {
      if (!visit(row)) return absl::OkStatus();
    }
    if (rows.size() < chunk) return absl::OkStatus();
    after = {SortValue(rows.back(), order), rows.back().id};
  }
}

}  // namespace consilience::corroboration
