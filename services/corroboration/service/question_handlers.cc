#include <fmt/format.h>

#include <algorithm>

#include "services/common/errors/catalogue.h"
#include "services/common/query/filter.h"
#include "services/corroboration/model/names.h"
#include "services/corroboration/service/handlers.h"
#include "services/corroboration/service/lookup.h"
#include "services/corroboration/service/paging.h"
#include "services/corroboration/wire/assertion_wire.h"
#include "services/corroboration/wire/claim_wire.h"

namespace consilience::corroboration {
namespace {

const std::vector<common::FilterField>& QuestionFields() {
  using Type = common::FilterField::Type;
  static const std::vector<common::FilterField> fields = {{"state", QuestionStateNames()},
                                                          {"kind", Type::kWord},
                                                          {"measure", Type::kWord},
                                                          "place",
                                                          "population",
                                                          "window.from",
                                                          "window.to"};
  return fields;
}

// A question as lists see it: enough to filter and to sort.
struct Listed {
  std::string id;
  std::string sort;
};

std::vector<std::string> FieldOf(const QuestionRecord& record, std::string_view field) {
  if (field == "state") return {std::string(NameOf(record.state))};
  std::vector<std::string> values;
  for (const ClaimRow& row : record.claims) {
    if (field == "kind") values.push_back(row.kind);
    if (field == "measure") values.push_back(row.measure);
    if (field == "place") values.push_back(row.place);
    if (field == "population") values.push_back(row.population);
    if (field == "window.from") values.push_back(row.from);
    if (field == "window.to") values.push_back(row.to);
  }
  return values;
}

absl::StatusOr<std::string> SortOf(const QuestionRecord& record, const std::string& order_by) {
  if (order_by.empty() || order_by == "update_time desc") {
    return fmt::format("{:020}", INT64_MAX - record.update_time_us);
  }
  if (order_by == "display_name") return record.display_name;
  if (order_by == "window.from") return record.claims.empty() ? "" : record.claims.front().from;
  return common::FieldInvalid("order_by", order_by,
                              "one of: update_time desc, window.from, display_name");
}

}  // namespace

absl::Status GetQuestion(Engine& engine, const v1::GetQuestionRequest& request,
                         v1::Question& response) {
  const auto id = IdIn("questions", request.name(), "name");
  if (!id.ok()) return id.status();
  auto past = PastOf(engine, request);
  if (!past.ok()) return past.status();
  const auto view = *past ? (*past)->FindQuestion(*id) : engine.FindQuestion(*id);
  if (!view.ok()) return view.status();
  if (!*view) return common::ResourceNotFound("question", request.name());
  response = ToWire(**view);
  return absl::OkStatus();
}

absl::Status ListQuestions(Engine& engine, const v1::ListQuestionsRequest& request,
                           v1::ListQuestionsResponse& response) {
  const auto filter = common::Filter::Parse(request.filter(), QuestionFields());
  if (!filter.ok()) return filter.status();
  const auto size = PageSize(request.page_size());
  if (!size.ok()) return size.status();
  auto past = PastOf(engine, request);
  if (!past.ok()) return past.status();
  const std::string query =
      fmt::format("questions\n{}\n{}\n{}", request.filter(), request.order_by(), InstantOf(*past));
  const auto after = ReadPageToken(request.page_token(), query);
  if (!after.ok()) return after.status();
  std::vector<Listed> listed;
  absl::Status error;
  const auto visit = [&](const QuestionRecord& record) {
    const auto sort = SortOf(record, request.order_by());
    if (!sort.ok()) error = sort.status();
    if (!sort.ok()) return false;
    const auto fields = [&](std::string_view field) { return FieldOf(record, field); };
    const bool later =
        after->id.empty() || std::pair(*sort, record.id) > std::pair(after->value, after->id);
    if (later && filter->Matches(fields)) listed.push_back({record.id, *sort});
    return true;
  };
  const absl::Status status =
      *past ? (*past)->ScanQuestions(visit) : engine.store().ScanQuestions("", visit);
  if (!status.ok()) return status;
  if (!error.ok()) return error;
  std::sort(listed.begin(), listed.end(), [](const Listed& a, const Listed& b) {
    return std::pair(a.sort, a.id) < std::pair(b.sort, b.id);
  });
  for (size_t i = 0; i < std::min(*size, listed.size()); ++i) {
    const auto view =
        *past ? (*past)->FindQuestion(listed[i].id) : engine.FindQuestion(listed[i].id);
    if (!view.ok()) return view.status();
    if (*view) *response.add_questions() = ToWire(**view);
  }
  if (listed.size() > *size) {
    const Listed& last = listed[*size - 1];
    response.set_next_page_token(MakePageToken({last.sort, last.id}, query));
  }
  return absl::OkStatus();
}

}  // namespace consilience::corroboration
