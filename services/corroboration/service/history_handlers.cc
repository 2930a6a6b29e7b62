#include <fmt/format.h>

#include <algorithm>

#include "services/common/errors/catalogue.h"
#include "services/common/errors/error.h"
#include "services/common/errors/written.h"
#include "services/corroboration/service/handlers.h"
#include "services/corroboration/service/lookup.h"
#include "services/corroboration/service/paging.h"
#include "services/corroboration/wire/assertion_wire.h"

namespace consilience::corroboration {
namespace {

constexpr size_t kWatchChunk = 256;
constexpr int kLargestBatch = 1000;

// Ids of revisions are UUIDs of version 7, whose first 48 bits are the millisecond they were made.
std::string RevisionIdAt(int64_t time_us) {
  const auto ms = static_cast<uint64_t>(time_us / 1000);
  return fmt::format("{:08x}-{:04x}", ms >> 16, ms & 0xffffU);
}

std::string Shown(const google::protobuf::Timestamp& time) {
  return absl::FormatTime(absl::RFC3339_full, absl::FromUnixMicros(MicrosOf(time)),
                          absl::UTCTimeZone());
}

std::string WatchQuery(const v1::WatchClaimsRequest& request) {
  return "watch\n" + request.filter();
}

absl::Status AddChange(Engine& engine, const ClaimRow& row, int64_t from, int64_t to,
                       v1::CompareClaimsResponse& response) {
  const auto before = RevisionAt(engine, row.id, from);
  if (!before.ok()) return before.status();
  const auto after = RevisionAt(engine, row.id, to);
  if (!after.ok()) return after.status();
  const bool changed = *after && (!*before || (*before)->id != (*after)->id);
  if (!changed) return absl::OkStatus();
  v1::ClaimChange& change = *response.add_changes();
  change.set_claim("claims/" + row.id);
  change.set_display_name(row.display_name);
  if (*before) *change.mutable_before() = ToWire((*before)->corroboration);
  *change.mutable_after() = ToWire((*after)->corroboration);
  const auto revisions = engine.store().ListRevisions(row.id, "", SIZE_MAX / 2);
  if (!revisions.ok()) return revisions.status();
  for (auto at = revisions->rbegin(); at != revisions->rend(); ++at) {
    if (at->time_us > from && at->time_us <= to) *change.add_revisions() = ToWire(*at);
  }
  return absl::OkStatus();
}

absl::StatusOr<Review> ReviewOf(Engine& engine, const v1::ReviewClaimRequest& request,
                                const std::string& claim) {
  const v1::Review& given = request.review();
  if (given.decision() == v1::Review::DECISION_UNSPECIFIED) {
    return common::FieldMissing("review.decision", "say what was decided");
  }
  if (!v1::Review::Decision_IsValid(given.decision())) {
    return common::FieldInvalid("review.decision", fmt::format("{}", int{given.decision()}),
                                "one of CONFIRMED, REFUTED, NEEDS_WORK, NOT_A_CLAIM");
  }
  absl::Status written = common::RequireLine("review.actor", given.actor(), "say who decides");
  if (written.ok()) written = common::RequireNote("review.reason", given.reason(), "say why");
  if (!written.ok()) return written;
  return Review{engine.parts().ids.Next(),
                claim,
                static_cast<ReviewDecision>(static_cast<int>(given.decision())),
                given.actor(),
                given.reason(),
                absl::ToUnixMicros(engine.parts().clock.Now())};
}

}  // namespace

absl::Status ListClaimRevisions(Engine& engine, const v1::ListClaimRevisionsRequest& request,
                                v1::ListClaimRevisionsResponse& response) {
  const auto id = IdIn("claims", request.parent(), "parent");
  if (!id.ok()) return id.status();
  const auto size = PageSize(request.page_size());
  if (!size.ok()) return size.status();
  const std::string query = "revisions\n" + request.parent();
  const auto before = ReadPageToken(request.page_token(), query);
  if (!before.ok()) return before.status();
  // A claim that is gone keeps its history, so the id is tried as it is before it is resolved.
  auto revisions = engine.store().ListRevisions(*id, before->id, *size + 1);
  if (revisions.ok() && revisions->empty()) {
    const auto present = engine.store().ResolveAlias(*id);
    if (!present.ok()) return present.status();
    revisions = engine.store().ListRevisions(*present, before->id, *size + 1);
  }
  if (!revisions.ok()) return revisions.status();
  if (revisions->empty() && before->id.empty()) {
    return common::ResourceNotFound("claim", request.parent());
  }
  const size_t count = std::min(*size, revisions->size());
  for (size_t i = 0; i < count; ++i) *response.add_revisions() = ToWire((*revisions)[i]);
  if (revisions->size() > *size) {
    response.set_next_page_token(MakePageToken({"", (*revisions)[count - 1].id}, query));
  }
  return absl::OkStatus();
}

absl::Status CompareClaims(Engine& engine, const v1::CompareClaimsRequest& request,
                           v1::CompareClaimsResponse& response) {
  if (!request.has_from_time()) {
    return common::FieldMissing("from_time", "give the earlier instant");
  }
  const int64_t from = MicrosOf(request.from_time());
  const int64_t to = request.has_to_time() ? MicrosOf(request.to_time()) : INT64_MAX;
  if (to < from) {
    return common::FieldInvalid(
        "to_time", Shown(request.to_time()),
        fmt::format("must not lie before from_time, {}", Shown(request.from_time())));
  }
  const auto filter = ParseClaimFilter(request.filter());
  if (!filter.ok()) return filter.status();
  const auto size = PageSize(request.page_size());
  if (!size.ok()) return size.status();
  const std::string query = fmt::format("compare\n{}\n{}\n{}", request.filter(), from, to);
  const auto after = ReadPageToken(request.page_token(), query);
  if (!after.ok()) return after.status();
  absl::Status error;
  Cursor last;
  const absl::Status status = VisitClaims(
      engine, *filter, ClaimOrder::kUpdateTimeDescending, *after, [&](const ClaimRow& row) {
        if (row.update_time_us <= from) return false;
        if (static_cast<size_t>(response.changes_size()) == *size) {
          response.set_next_page_token(MakePageToken(last, query));
          return false;
        }
        if (filter->Matches(FieldsOf(engine, row))) {
          error = AddChange(engine, row, from, to, response);
        }
        last = {SortValue(row, ClaimOrder::kUpdateTimeDescending), row.id};
        return error.ok();
      });
  return status.ok() ? error : status;
}

absl::Status ReviewClaim(Engine& engine, const v1::ReviewClaimRequest& request,
                         v1::Claim& response) {
  const auto view = LookUpClaim(engine, request.name(), "name");
  if (!view.ok()) return view.status();
  const auto current = ClaimMessage(engine, *view, Detail::kBasic);
  if (!current.ok()) return current.status();
  if (!request.etag().empty() && request.etag() != current->etag()) {
    return common::EtagMismatch("claim", request.name(), request.etag(), current->etag());
  }
  const auto review = ReviewOf(engine, request, view->claim().id);
  if (!review.ok()) return review.status();
  if (absl::Status status = engine.AddReview(*review); !status.ok()) return status;
  auto after = ClaimMessage(engine, *view, Detail::kFull);
  if (!after.ok()) return after.status();
  response = *std::move(after);
  return absl::OkStatus();
}

absl::Status BatchReviewClaims(Engine& engine, const v1::BatchReviewClaimsRequest& request,
                               v1::BatchReviewClaimsResponse& response) {
  if (request.requests_size() > kLargestBatch) {
    return common::FieldInvalid("requests", fmt::format("{} requests", request.requests_size()),
                                "send at most 1000 at a time");
  }
  for (const v1::ReviewClaimRequest& one : request.requests()) {
    v1::BatchReviewClaimsResult& result = *response.add_results();
    const absl::Status status = ReviewClaim(engine, one, *result.mutable_claim());
    if (status.ok()) continue;
    result.clear_claim();
    result.set_error(std::string(status.message()));
    result.set_error_code(static_cast<int>(status.code()));
  }
  return absl::OkStatus();
}

absl::StatusOr<std::string> WatchStart(Engine& engine, const v1::WatchClaimsRequest& request) {
  const auto filter = ParseClaimFilter(request.filter());
  if (!filter.ok()) return filter.status();
  if (request.resume_token().empty()) {
    return RevisionIdAt(absl::ToUnixMicros(engine.parts().clock.Now()));
  }
  const auto cursor = ReadPageToken(request.resume_token(), WatchQuery(request));
  if (!cursor.ok()) {
    return common::FieldInvalid("resume_token", request.resume_token(),
                                "send the token of an earlier watch with the same filter, or none "
                                "to begin now");
  }
  return cursor->id;
}

absl::Status WatchOnce(Engine& engine, const v1::WatchClaimsRequest& request, std::string& token,
                       const std::function<bool(const v1::WatchClaimsResponse&)>& write) {
  const auto filter = ParseClaimFilter(request.filter());
  if (!filter.ok()) return filter.status();
  while (true) {
    const auto revisions = engine.store().RevisionsAfter(token, kWatchChunk);
    if (!revisions.ok()) return revisions.status();
    for (const Revision& revision : *revisions) {
      token = revision.id;
      const auto view = engine.FindClaim(revision.claim);
      if (!view.ok()) return view.status();
      const ClaimRow* const row = *view ? (*view)->row() : nullptr;
      if (row == nullptr || !filter->Matches(FieldsOf(engine, *row))) continue;
      v1::WatchClaimsResponse response;
      const auto claim = ClaimMessage(engine, **view, Detail::kBasic);
      if (!claim.ok()) return claim.status();
      *response.mutable_claim() = *claim;
      *response.mutable_revision() = ToWire(revision);
      response.set_resume_token(MakePageToken({"", token}, WatchQuery(request)));
      if (!write(response)) return absl::OkStatus();
    }
    if (revisions->size() < kWatchChunk) return absl::OkStatus();
  }
}

}  // namespace consilience::corroboration
