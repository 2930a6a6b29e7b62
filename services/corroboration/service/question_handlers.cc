#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <utility>

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
                                                          {"window.from", Type::kDay},
                                                          {"window.to", Type::kDay}};
  return fields;
}

// A question as lists see it: enough to filter and to sort.
struct Listed {
  std::string id;
  std::string sort;
};

std::string UpdateSort(int64_t update_time_us) {
  return fmt::format("{:020}", INT64_MAX - update_time_us);
}

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

// Nothing is the order of the last writes, newest first.
absl::StatusOr<std::optional<QuestionOrder>> OrderOf(const std::string& order_by) {
  if (order_by.empty() || order_by == "update_time desc") return std::nullopt;
  if (order_by == "window.from") return QuestionOrder::kFrom;
  if (order_by == "display_name") return QuestionOrder::kDisplayName;
  return common::FieldInvalid("order_by", order_by,
                              "one of: update_time desc, window.from, display_name");
}

// What a page is made of.
struct QuestionListing {
  const common::Filter& filter;
  std::optional<QuestionOrder> order;
  const Cursor& after;
  size_t size;

  bool Matches(const QuestionRecord& record) const {
    return filter.Matches([&](std::string_view field) { return FieldOf(record, field); });
  }
  std::string SortOf(const QuestionRecord& record) const {
    return order ? SortValue(record, *order) : UpdateSort(record.update_time_us);
  }
  bool IsLater(const std::string& sort, const std::string& id) const {
    return after.id.empty() || std::pair(sort, id) > std::pair(after.value, after.id);
  }
};

// Writes of questions that are looked at together, or questions.
constexpr size_t kWritesAtOnce = 128;
constexpr size_t kListedAtOnce = 64;
// Claims at a place from which on all questions are read instead.
constexpr size_t kMostAtPlace = 2000;

// Questions by their last write, newest first, out of the log of writes. Of all writes of a
// question the one that it has its time from is its last.
class LatestQuestions {
 public:
  LatestQuestions(Store& store, const QuestionListing& listing)
      : store_(store), listing_(listing) {}

  // A page, and the first that is no longer on it.
  absl::StatusOr<std::vector<Listed>> Run() {
    QuestionWrite before{INT64_MAX, "", ""};
    if (!listing_.after.id.empty()) {
      int64_t falling = 0;
      const std::string& value = listing_.after.value;
      std::from_chars(value.data(), value.data() + value.size(), falling);
      before.time_us = INT64_MAX - falling + 1;
    }
    while (found_.size() <= listing_.size) {
      const auto writes = store_.WritesBefore(before, kWritesAtOnce);
      if (!writes.ok()) return writes.status();
      if (absl::Status status = Look(*writes); !status.ok()) return status;
      if (writes->size() < kWritesAtOnce) {
        TakeTied();
        break;
      }
      before = writes->back();
    }
    return std::move(found_);
  }

 private:
  absl::Status Look(const std::vector<QuestionWrite>& writes) {
    std::vector<std::string> ids;
    std::vector<int64_t> times;
    for (const QuestionWrite& write : writes) {
      if (!seen_.insert(write.question).second) continue;
      ids.push_back(write.question);
      times.push_back(write.time_us);
    }
    const auto questions = store_.FindQuestions(ids);
    if (!questions.ok()) return questions.status();
    for (size_t i = 0; i < ids.size(); ++i) {
      const QuestionPtr& question = (*questions)[i];
      if (times[i] != tied_us_) TakeTied();
      tied_us_ = times[i];
      // What was written since the page before is on none, as an earlier page has passed it.
      const bool here = question != nullptr && question->id == ids[i] &&
                        question->update_time_us == times[i] && listing_.Matches(*question);
      if (here) tied_.push_back(ids[i]);
    }
    return absl::OkStatus();
  }

  // Those of one instant go by id.
  void TakeTied() {
    std::sort(tied_.begin(), tied_.end());
    const std::string sort = UpdateSort(tied_us_);
    for (std::string& id : tied_) {
      if (listing_.IsLater(sort, id)) found_.push_back({std::move(id), sort});
    }
    tied_.clear();
  }

  Store& store_;
  const QuestionListing& listing_;
  std::set<std::string> seen_;
  std::vector<std::string> tied_;
  int64_t tied_us_ = 0;
  std::vector<Listed> found_;
};

// Questions in an order that the store has an index of: a page, and the first that is no longer on
// it.
absl::StatusOr<std::vector<Listed>> QuestionsInOrder(Store& store, const QuestionListing& listing) {
  std::vector<Listed> listed;
  Cursor at = listing.after;
  while (listed.size() <= listing.size) {
    const auto places = store.QuestionsInOrder(*listing.order, at, kListedAtOnce);
    if (!places.ok()) return places.status();
    std::vector<std::string> ids;
    for (const Cursor& place : *places) ids.push_back(place.id);
    const auto questions = store.FindQuestions(ids);
    if (!questions.ok()) return questions.status();
    for (size_t i = 0; i < ids.size(); ++i) {
      const QuestionPtr& question = (*questions)[i];
      const bool here = question != nullptr && question->id == ids[i];
      if (here && listing.Matches(*question)) listed.push_back({ids[i], (*places)[i].value});
    }
    if (places->size() < kListedAtOnce) break;
    at = places->back();
  }
  return listed;
}

// The questions with a claim at a place; nothing when they are too many.
absl::StatusOr<std::optional<std::set<std::string>>> QuestionsAt(Store& store,
                                                                 const std::string& place) {
  std::set<std::string> ids;
  size_t claims = 0;
  const absl::Status status =
      store.ScanClaimsWith({ClaimFacet::kPlace, PlaceKey(place)}, ClaimOrder::kScoreDescending, {},
                           [&](const ClaimRow& row) {
                             ids.insert(row.question);
                             return ++claims <= kMostAtPlace;
                           });
  if (!status.ok()) return status;
  if (claims > kMostAtPlace) return std::nullopt;
  return std::optional(std::move(ids));
}

// Those that may match, by an index of places where the filter has one, else all.
absl::Status ScanFor(Engine& engine, const common::Filter& filter, Past* past,
                     const std::function<bool(const QuestionRecord&)>& visit) {
  if (past != nullptr) return past->ScanQuestions(visit);
  for (const common::Filter::Equality& equality : filter.Required()) {
    if (equality.field != "place" || IsNumber(equality.value)) continue;
    const auto ids = QuestionsAt(engine.store(), equality.value);
    if (!ids.ok()) return ids.status();
    if (!*ids) break;
    const auto questions = engine.store().FindQuestions({(*ids)->begin(), (*ids)->end()});
    if (!questions.ok()) return questions.status();
    for (const QuestionPtr& question : *questions) {
      if (question != nullptr && !visit(*question)) break;
    }
    return absl::OkStatus();
  }
  return engine.store().ScanQuestions("", visit);
}

absl::StatusOr<std::vector<Listed>> SortedQuestions(Engine& engine, const QuestionListing& listing,
                                                    Past* past) {
  std::vector<Listed> listed;
  const absl::Status status =
      ScanFor(engine, listing.filter, past, [&](const QuestionRecord& record) {
        std::string sort = listing.SortOf(record);
        if (listing.IsLater(sort, record.id) && listing.Matches(record)) {
          listed.push_back({record.id, std::move(sort)});
        }
        return true;
      });
  if (!status.ok()) return status;
  std::sort(listed.begin(), listed.end(), [](const Listed& a, const Listed& b) {
    return std::pair(a.sort, a.id) < std::pair(b.sort, b.id);
  });
  return listed;
}

bool NamesAPlace(const common::Filter& filter) {
  const auto required = filter.Required();
  return std::any_of(
      required.begin(), required.end(),
      [](const common::Filter::Equality& equality) { return equality.field == "place"; });
}

// At least a page and one more where there are so many, from the listing's cursor on.
absl::StatusOr<std::vector<Listed>> QuestionsFor(Engine& engine, const QuestionListing& listing,
                                                 Past* past) {
  if (past != nullptr || NamesAPlace(listing.filter)) return SortedQuestions(engine, listing, past);
  if (listing.order) return QuestionsInOrder(engine.store(), listing);
  // What an earlier version of the program wrote is not in the log.
  const auto begins = engine.store().HistoryBegins();
  if (!begins.ok()) return begins.status();
  if (*begins != 0) return SortedQuestions(engine, listing, past);
  return LatestQuestions(engine.store(), listing).Run();
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
  const auto order = OrderOf(request.order_by());
  if (!order.ok()) return order.status();
  const auto size = PageSize(request.page_size());
  if (!size.ok()) return size.status();
  auto past = PastOf(engine, request);
  if (!past.ok()) return past.status();
  const std::string query =
      fmt::format("questions\n{}\n{}\n{}", request.filter(), request.order_by(), InstantOf(*past));
  const auto after = ReadPageToken(request.page_token(), query);
  if (!after.ok()) return after.status();
  const auto found =
      QuestionsFor(engine, {*filter, *order, *after, *size}, *past ? &**past : nullptr);
  if (!found.ok()) return found.status();
  const std::vector<Listed>& listed = *found;
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
