// Reviewers' decisions about what is one claim and what is not.
#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "services/common/errors/catalogue.h"
#include "services/corroboration/model/names.h"
#include "services/corroboration/service/handlers.h"
#include "services/corroboration/service/lookup.h"
#include "services/corroboration/wire/assertion_wire.h"

namespace consilience::corroboration {
namespace {

constexpr int kMostMerged = 100;

// The claim that a request names, as it is now; ABORTED when its etag is stale.
template <typename Request>
absl::StatusOr<ClaimView> ClaimToChange(Engine& engine, const Request& request) {
  auto view = LookUpClaim(engine, request.name(), "name");
  if (!view.ok()) return view.status();
  if (!request.etag().empty()) {
    const auto current = ClaimMessage(engine, *view, Detail::kBasic);
    if (!current.ok()) return current.status();
    if (request.etag() != current->etag()) {
      return common::EtagMismatch("claim", request.name(), request.etag(), current->etag());
    }
  }
  return view;
}

absl::Status FillClaim(Engine& engine, const std::string& id, v1::Claim& response) {
  const auto view = LookUpClaim(engine, "claims/" + id, "name");
  if (!view.ok()) return view.status();
  auto message = ClaimMessage(engine, *view, Detail::kFull);
  if (!message.ok()) return message.status();
  response = *std::move(message);
  return absl::OkStatus();
}

}  // namespace

absl::Status SplitClaim(Engine& engine, const v1::SplitClaimRequest& request,
                        v1::SplitClaimResponse& response) {
  const auto by = DeciderOf(request);
  if (!by.ok()) return by.status();
  const auto claim = ClaimToChange(engine, request);
  if (!claim.ok()) return claim.status();
  std::set<std::string> assertions;
  for (const std::string& name : request.assertions()) {
    const auto parsed = AssertionIn(name, "assertions");
    if (!parsed.ok()) return parsed.status();
    assertions.insert(parsed->assertion);
  }
  const auto result = engine.SplitClaim(claim->claim().id, assertions, *by);
  if (!result.ok()) return result.status();
  if (absl::Status status = FillClaim(engine, result->remaining, *response.mutable_remaining());
      !status.ok()) {
    return status;
  }
  return FillClaim(engine, result->split_off, *response.mutable_split_off());
}

absl::Status MergeClaims(Engine& engine, const v1::MergeClaimsRequest& request,
                         v1::Claim& response) {
  const auto by = DeciderOf(request);
  if (!by.ok()) return by.status();
  const auto kept = ClaimToChange(engine, request);
  if (!kept.ok()) return kept.status();
  if (request.others().empty()) return common::FieldMissing("others", "name what is joined to it");
  if (request.others_size() > kMostMerged) {
    return common::FieldInvalid("others", fmt::format("{} names", request.others_size()),
                                "join at most 100 claims at a time");
  }
  const extraction::Kind kind = kept->in.question.kind;
  std::vector<std::string> others;
  for (const std::string& name : request.others()) {
    const auto view = LookUpClaim(engine, name, "others");
    if (!view.ok()) return view.status();
    if (view->in.question.kind != kind) {
      return common::FieldInvalid(
          "others", name,
          fmt::format("its kind is {}, and {} is {}: only claims of one kind "
                      "can be one",
                      NameOf(view->in.question.kind), request.name(), NameOf(kind)));
    }
    if (view->claim().id == kept->claim().id) {
      return common::FieldInvalid("others", name, "name claims other than the one that stays");
    }
    others.push_back(view->claim().id);
  }
  const auto merged = engine.MergeClaims(kept->claim().id, others, *by);
  if (!merged.ok()) return merged.status();
  return FillClaim(engine, *merged, response);
}

}  // namespace consilience::corroboration
