#include <fmt/format.h>

#include "services/common/errors/catalogue.h"
#include "services/corroboration/service/handlers.h"
#include "services/corroboration/service/lookup.h"
#include "services/corroboration/wire/assertion_wire.h"

namespace consilience::corroboration {

absl::Status RecordAssertions(Engine& engine, const v1::RecordAssertionsRequest& request,
                              v1::RecordAssertionsResponse& response) {
  const auto record = FromWire(request);
  if (!record.ok()) return record.status();
  if (request.validate_only()) return engine.Validate(*record);
  const auto result = engine.Record(*record);
  if (!result.ok()) return result.status();
  for (const std::string& id : result->assertions) {
    response.add_assertions(fmt::format("{}/assertions/{}", request.document().name(), id));
  }
  for (const std::string& id : result->changed_claims) response.add_changed_claims("claims/" + id);
  response.set_unchanged(result->unchanged);
  return absl::OkStatus();
}

absl::Status WithdrawDocument(Engine& engine, const v1::WithdrawDocumentRequest& request,
                              v1::WithdrawDocumentResponse& response) {
  const auto id = IdIn("documents", request.name(), "name");
  if (!id.ok()) return id.status();
  const auto changed = engine.Withdraw(*id, request.cause(), request.reason());
  if (!changed.ok()) return changed.status();
  for (const std::string& claim : *changed) response.add_changed_claims("claims/" + claim);
  return absl::OkStatus();
}

absl::Status GetScoringStatus(Engine& engine, const v1::GetScoringStatusRequest&,
                              v1::ScoringStatus& response) {
  constexpr size_t kCountedUpTo = 1000;
  const auto unsettled = engine.CountUnsettled(kCountedUpTo);
  if (!unsettled.ok()) return unsettled.status();
  response.set_unsettled_source_count(static_cast<int64_t>(*unsettled));
  response.set_configuration_digest(engine.parts().config.digest);
  return absl::OkStatus();
}

absl::Status ReviewAssertion(Engine& engine, const v1::ReviewAssertionRequest& request,
                             v1::ClaimAssertion& response) {
  const auto name = AssertionIn(request.name(), "name");
  if (!name.ok()) return name.status();
  const auto by = DeciderOf(request);
  if (!by.ok()) return by.status();
  const auto assertion = engine.SetAside(name->document, name->assertion, request.set_aside(), *by);
  if (!assertion.ok()) return assertion.status();
  if (!*assertion) return common::ResourceNotFound("assertion", request.name());
  const Stance stance = request.set_aside() ? Stance::kMentions : Stance::kSupports;
  response = ToWire(**assertion, {(*assertion)->id, stance, {}});
  return absl::OkStatus();
}

}  // namespace consilience::corroboration
