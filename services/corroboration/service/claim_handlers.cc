#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "services/common/errors/catalogue.h"
#include "services/corroboration/matching/search_words.h"
#include "services/corroboration/service/handlers.h"
#include "services/corroboration/service/lookup.h"
#include "services/corroboration/service/paging.h"
#include "services/corroboration/wire/assertion_wire.h"

namespace consilience::corroboration {
namespace {

constexpr int kLargestBatch = 1000;

// BASIC for lists, FULL for single reads, unless the request says.
Detail DetailOf(v1::ClaimView view, Detail otherwise) {
  if (view == v1::CLAIM_VIEW_BASIC) return Detail::kBasic;
  return view == v1::CLAIM_VIEW_FULL ? Detail::kFull : otherwise;
}

absl::StatusOr<ClaimOrder> OrderOf(const std::string& order_by) {
  if (order_by.empty() || order_by == "score desc") return ClaimOrder::kScoreDescending;
  if (order_by == "score") return ClaimOrder::kScore;
  if (order_by == "effective_origins desc") return ClaimOrder::kEffectiveDescending;
  if (order_by == "update_time desc") return ClaimOrder::kUpdateTimeDescending;
  if (order_by == "time.from") return ClaimOrder::kFrom;
  return common::FieldInvalid("order_by", order_by,
                              "one of: score desc, score, effective_origins desc, update_time "
                              "desc, time.from");
}

// What a page is made of.
struct Listing {
  const common::Filter& filter;
  ClaimOrder order;
  Detail detail;
  int page_size;
  const std::string& page_token;
  std::string query;  // everything else that the page token is bound to
  Past* past = nullptr;
  // The claims that it is made of, where they are known; else all.
  const std::vector<ClaimRow>* among = nullptr;
};

absl::Status Visit(Engine& engine, const Listing& listing, const Cursor& after,
                   const std::function<bool(const ClaimRow&)>& visit) {
  if (listing.past != nullptr) return listing.past->ScanClaims(listing.order, after, visit);
  if (listing.among != nullptr) {
    VisitRows(*listing.among, listing.order, after, visit);
    return absl::OkStatus();
  }
  return VisitClaims(engine, listing.filter, listing.order, after, visit);
}

// Nothing when the claim is no longer there.
absl::StatusOr<std::optional<v1::Claim>> MessageOf(Engine& engine, const Listing& listing,
                                                   const ClaimRow& row) {
  const bool listed =
      listing.past == nullptr && listing.detail == Detail::kBasic && row.leader != nullptr;
  if (listed) return ListedMessage(engine, row);
  const auto view =
      listing.past != nullptr ? listing.past->FindClaim(row.id) : engine.FindClaim(row.id);
  if (!view.ok()) return view.status();
  if (!*view) return std::nullopt;
  return ClaimMessage(engine, **view, listing.detail, listing.past);
}

// A page of the claims that `matches`, as messages.
template <typename Response>
absl::Status FillPage(Engine& engine, const Listing& listing,
                      const std::function<absl::StatusOr<bool>(const ClaimRow&)>& matches,
                      Response& response) {
  const auto size = PageSize(listing.page_size);
  if (!size.ok()) return size.status();
  const auto after = ReadPageToken(listing.page_token, listing.query);
  if (!after.ok()) return after.status();
  absl::Status error;
  std::optional<Cursor> last;
  const absl::Status status = Visit(engine, listing, *after, [&](const ClaimRow& row) {
    const auto matched = matches(row);
    if (!matched.ok()) error = matched.status();
    if (!matched.ok() || !*matched) return error.ok();
    if (static_cast<size_t>(response.claims_size()) == *size) {
      response.set_next_page_token(MakePageToken(*last, listing.query));
      return false;
    }
    auto message = MessageOf(engine, listing, row);
    if (!message.ok()) error = message.status();
    // A claim that went away since it was listed is passed over.
    if (!message.ok() || !*message) return error.ok();
    *response.add_claims() = **std::move(message);
    last = Cursor{SortValue(row, listing.order), row.id};
    return error.ok();
  });
  return status.ok() ? error : status;
}

// Documents that the index of words names at most before walking through the order, where claims
// that hold such common words are met soon, is the better way.
constexpr size_t kMostFound = 1000;

// The claims that rest on documents with these words, or nothing when they are too many.
absl::StatusOr<std::optional<std::vector<ClaimRow>>> ClaimsWith(
    Engine& engine, const std::vector<SearchTerm>& terms) {
  const auto documents = engine.store().DocumentsWith(terms, kMostFound);
  if (!documents.ok()) return documents.status();
  if (!*documents) return std::nullopt;
  std::map<std::string, ClaimRow> rows;
  for (const std::string& document : **documents) {
    const auto questions = engine.store().QuestionsOfDocument(document);
    if (!questions.ok()) return questions.status();
    for (const QuestionPtr& question : *questions) {
      for (const ClaimRow& row : question->claims) {
        const auto& of_claim = row.documents;
        if (std::binary_search(of_claim.begin(), of_claim.end(), document)) {
          rows.try_emplace(row.id, row);
        }
      }
    }
  }
  std::vector<ClaimRow> found;
  found.reserve(rows.size());
  for (auto& [id, row] : rows) found.push_back(std::move(row));
  return std::optional(std::move(found));
}

// Whether one assertion of the claim holds all the words.
absl::StatusOr<bool> Says(Engine& engine, const ClaimRow& row,
                          const std::vector<SearchTerm>& terms) {
  const auto question = engine.store().FindQuestion(row.question);
  if (!question.ok()) return question.status();
  if (*question == nullptr) return false;
  std::set<std::string> saying;
  for (const RecordedAssertion& member : (*question)->members) {
    if (HoldsAll(SearchWordsOf(member), terms)) saying.insert(member.id);
  }
  if (saying.empty()) return false;
  const auto view = engine.FindClaim(row.id);
  if (!view.ok()) return view.status();
  if (!*view) return false;
  const auto& members = (*view)->claim().members;
  return std::any_of(members.begin(), members.end(),
                     [&](const ClaimMember& member) { return saying.contains(member.assertion); });
}

bool HasOrigin(const Explanation& explanation, const std::string& id) {
  const auto is = [&](const WitnessTerm& term) { return term.id == id; };
  return std::any_of(explanation.origins.begin(), explanation.origins.end(), is) ||
         std::any_of(explanation.denials.begin(), explanation.denials.end(), is);
}

absl::Status CheckSource(Engine& engine, const std::string& id) {
  if (engine.directory()->Find(id) != nullptr) return absl::OkStatus();
  const auto met = engine.store().FindSource(id);
  if (!met.ok()) return met.status();
  return *met ? absl::OkStatus() : common::ResourceNotFound("source", "sources/" + id);
}

absl::StatusOr<Supposition> SuppositionOf(Engine& engine, const v1::SimulateClaimRequest& request) {
  Supposition supposition;
  for (const std::string& name : request.without_sources()) {
    const auto id = IdIn("sources", name, "without_sources");
    if (!id.ok()) return id.status();
    if (absl::Status status = CheckSource(engine, *id); !status.ok()) return status;
    supposition.without_sources.insert(*id);
  }
  for (const std::string& name : request.without_documents()) {
    const auto id = IdIn("documents", name, "without_documents");
    if (!id.ok()) return id.status();
    supposition.without_documents.insert(*id);
  }
  for (const auto& [source, owner] : request.owners()) {
    const auto id = IdIn("sources", source, "owners");
    if (!id.ok()) return id.status();
    const auto owner_id = IdIn("sources", owner, "owners");
    if (!owner_id.ok()) return owner_id.status();
    for (const auto& known : {*id, *owner_id}) {
      if (absl::Status status = CheckSource(engine, known); !status.ok()) return status;
    }
    supposition.owners.emplace_back(*id, *owner_id);
  }
  std::sort(supposition.owners.begin(), supposition.owners.end());
  supposition.without_interest = request.without_interest();
  supposition.without_merges_of.insert(request.without_merges_of().begin(),
                                       request.without_merges_of().end());
  return supposition;
}

}  // namespace

absl::Status GetClaim(Engine& engine, const v1::GetClaimRequest& request, v1::Claim& response) {
  auto past = PastOf(engine, request);
  if (!past.ok()) return past.status();
  Past* const then = *past ? &**past : nullptr;
  const auto view = LookUpClaim(engine, request.name(), "name", then);
  if (!view.ok()) return view.status();
  auto message = ClaimMessage(engine, *view, DetailOf(request.view(), Detail::kFull), then);
  if (!message.ok()) return message.status();
  response = *std::move(message);
  if (then == nullptr) return absl::OkStatus();
  const auto revision = RevisionAt(engine, view->claim().id, then->time_us());
  if (!revision.ok()) return revision.status();
  if (*revision) {
    response.mutable_corroboration()->set_revision(ToWire(**revision).name());
  }
  return absl::OkStatus();
}

absl::Status BatchGetClaims(Engine& engine, const v1::BatchGetClaimsRequest& request,
                            v1::BatchGetClaimsResponse& response) {
  if (request.names().empty()) return common::FieldMissing("names", "name at least one claim");
  if (request.names_size() > kLargestBatch) {
    return common::FieldInvalid("names", fmt::format("{} names", request.names_size()),
                                "ask for at most 1000 at a time");
  }
  for (const std::string& name : request.names()) {
    v1::GetClaimRequest one;
    one.set_name(name);
    one.set_view(request.view());
    if (request.has_read_time()) *one.mutable_read_time() = request.read_time();
    if (absl::Status status = GetClaim(engine, one, *response.add_claims()); !status.ok()) {
      return status;
    }
  }
  return absl::OkStatus();
}

absl::Status ListClaims(Engine& engine, const v1::ListClaimsRequest& request,
                        v1::ListClaimsResponse& response) {
  const auto filter = ParseClaimFilter(request.filter());
  if (!filter.ok()) return filter.status();
  const auto order = OrderOf(request.order_by());
  if (!order.ok()) return order.status();
  auto past = PastOf(engine, request);
  if (!past.ok()) return past.status();
  Past* const then = *past ? &**past : nullptr;
  const Listing listing{
      *filter,
      *order,
      DetailOf(request.view(), Detail::kBasic),
      request.page_size(),
      request.page_token(),
      fmt::format("claims\n{}\n{}\n{}", request.filter(), request.order_by(), InstantOf(*past)),
      then};
  return FillPage(
      engine, listing,
      [&](const ClaimRow& row) { return filter->Matches(FieldsOf(engine, row, then)); }, response);
}

absl::Status SearchClaims(Engine& engine, const v1::SearchClaimsRequest& request,
                          v1::SearchClaimsResponse& response) {
  const std::vector<SearchTerm> terms = SearchTermsOf(request.query());
  if (terms.empty()) return common::FieldMissing("query", "give the words to search for");
  const auto filter = ParseClaimFilter(request.filter());
  if (!filter.ok()) return filter.status();
  const auto among = ClaimsWith(engine, terms);
  if (!among.ok()) return among.status();
  const Listing listing{*filter,
                        ClaimOrder::kScoreDescending,
                        Detail::kBasic,
                        request.page_size(),
                        request.page_token(),
                        fmt::format("search\n{}\n{}", request.query(), request.filter()),
                        nullptr,
                        *among ? &**among : nullptr};
  return FillPage(
      engine, listing,
      [&](const ClaimRow& row) -> absl::StatusOr<bool> {
        if (!filter->Matches(FieldsOf(engine, row))) return false;
        return Says(engine, row, terms);
      },
      response);
}

absl::Status ExplainClaim(Engine& engine, const v1::ExplainClaimRequest& request,
                          v1::Explanation& response) {
  auto past = PastOf(engine, request);
  if (!past.ok()) return past.status();
  Past* const then = *past ? &**past : nullptr;
  const auto view = LookUpClaim(engine, request.name(), "name", then);
  if (!view.ok()) return view.status();
  const auto explanation = then != nullptr ? then->Explain(*view) : engine.Explain(*view);
  if (!explanation.ok()) return explanation.status();
  response = ToWire(*explanation, view->in, engine.parts().calibration);
  response.mutable_corroboration()->set_configuration_digest(engine.parts().config.digest);
  return absl::OkStatus();
}

absl::Status SimulateClaim(Engine& engine, const v1::SimulateClaimRequest& request,
                           v1::SimulateClaimResponse& response) {
  const auto view = LookUpClaim(engine, request.name(), "name");
  if (!view.ok()) return view.status();
  for (const std::string& origin : request.without_merges_of()) {
    if (!HasOrigin(view->explanation(), origin)) {
      return common::FieldInvalid("without_merges_of", origin,
                                  "give ids of origins or denials of the claim's explanation");
    }
  }
  const auto supposition = SuppositionOf(engine, request);
  if (!supposition.ok()) return supposition.status();
  const auto after = engine.Simulate(*view, *supposition);
  if (!after.ok()) return after.status();
  *response.mutable_before() = ToWire(view->claim().corroboration);
  if (!*after) {
    response.mutable_after()->set_state(v1::Corroboration::STATE_WITHDRAWN);
    response.mutable_explanation()->set_claim(request.name());
    return absl::OkStatus();
  }
  *response.mutable_after() = ToWire((*after)->claim().corroboration);
  *response.mutable_explanation() =
      ToWire(engine.Explain(**after), (*after)->in, engine.parts().calibration);
  return absl::OkStatus();
}

}  // namespace consilience::corroboration
