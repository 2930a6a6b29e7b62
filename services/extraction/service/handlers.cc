#include "services/extraction/service/handlers.h"

#include <algorithm>
#include <charconv>
#include <string>
#include <vector>

#include "services/common/errors/catalogue.h"
#include "services/common/text/utf8.h"
#include "services/common/time/clock.h"
#include "services/extraction/model/names.h"
#include "services/extraction/service/to_proto.h"

namespace consilience::extraction {
namespace {

constexpr int kDefaultPage = 50;
constexpr int kLargestPage = 1000;
constexpr std::string_view kPackPrefix = "rulePacks/";

v1::RulePack ToProto(const PackInfo& pack, const Extractor& extractor) {
  v1::RulePack message;
  message.set_name(std::string(kPackPrefix) + pack.name);
  message.set_version(pack.version);
  message.set_digest(extractor.digest());
  message.set_rule_count(static_cast<int32_t>(pack.rules));
  message.set_description(pack.title);
  std::vector<std::string> kinds;
  for (const Rule& rule : extractor.packs().rules()) {
    if (!rule.id.starts_with(pack.name + "/")) continue;
    const std::string kind(NameOf(rule.kind));
    if (std::find(kinds.begin(), kinds.end(), kind) == kinds.end()) kinds.push_back(kind);
  }
  std::sort(kinds.begin(), kinds.end());
  for (const std::string& kind : kinds) message.add_kinds(kind);
  return message;
}

}  // namespace

Handlers::Handlers(const LiveExtractor& live, const ExtractionLimits& limits,
                   prometheus::Registry& registry)
    : live_(live),
      limits_(limits),
      assertions_(prometheus::BuildCounter()
                      .Name("consilience_extraction_assertions_total")
                      .Help("Assertions found, by kind.")
                      .Register(registry)),
      attributed_(prometheus::BuildCounter()
                      .Name("consilience_extraction_attributed_total")
                      .Help("Assertions found, by whether anybody but the outlet says so.")
                      .Register(registry)) {}

absl::Status Handlers::Validate(const v1::ExtractAssertionsRequest& request) const {
  const std::string& text = request.text();
  if (text.empty()) return common::FieldMissing("text", "send the text of the document");
  if (text.size() > limits_.text_bytes) {
    return common::TooLarge("text", text.size(), limits_.text_bytes, "--max-document-mib");
  }
  const std::string& date = request.publication_date();
  if (!date.empty() && !common::IsIsoDay(date)) {
    return common::FieldInvalid("publication_date", date,
                                "give a calendar day as YYYY-MM-DD, or leave it empty");
  }
  return absl::OkStatus();
}

absl::Status Handlers::Extract(const v1::ExtractAssertionsRequest& request,
                               v1::ExtractAssertionsResponse& response) const {
  if (absl::Status status = Validate(request); !status.ok()) return status;
  const auto extractor = live_.Current();
  const Analysis analysis = extractor->Extract({.text = request.text(),
                                                .published = request.publication_date(),
                                                .outlet = request.outlet(),
                                                .title = request.title()});
  for (const Assertion& assertion : analysis.assertions) {
    assertions_.Add({{"kind", std::string(NameOf(assertion.kind))}}).Increment();
    attributed_.Add({{"attributed", assertion.chain.empty() ? "false" : "true"}}).Increment();
  }
  response.set_id(request.id());
  ToProto(request.text(), analysis, response);
  return absl::OkStatus();
}

void Handlers::ExtractItem(const v1::ExtractAssertionsStreamRequest& request,
                           v1::ExtractAssertionsStreamResponse& response) const {
  const absl::Status status = Extract(request.request(), *response.mutable_response());
  if (status.ok()) return;
  response.mutable_response()->Clear();
  response.mutable_response()->set_id(request.request().id());
  response.set_error(std::string(status.message()));
  response.set_error_code(static_cast<int32_t>(status.code()));
}

absl::Status Handlers::ListRulePacks(const v1::ListRulePacksRequest& request,
                                     v1::ListRulePacksResponse& response) const {
  if (request.page_size() < 0) {
    return common::FieldInvalid("page_size", std::to_string(request.page_size()),
                                "give 0 for the default, or up to 1000");
  }
  const auto extractor = live_.Current();
  const std::vector<PackInfo>& packs = extractor->packs().packs();
  size_t next = 0;
  if (const std::string& token = request.page_token(); !token.empty()) {
    const auto [end, error] = std::from_chars(token.data(), token.data() + token.size(), next);
    if (error != std::errc() || end != token.data() + token.size() || next > packs.size()) {
      return common::PageTokenInvalid(token);
    }
  }
  const int wanted = request.page_size() == 0 ? kDefaultPage : request.page_size();
  const size_t size = static_cast<size_t>(std::min(wanted, kLargestPage));
  for (; next < packs.size() && static_cast<size_t>(response.rule_packs_size()) < size; ++next) {
    *response.add_rule_packs() = ToProto(packs[next], *extractor);
  }
  if (next < packs.size()) response.set_next_page_token(std::to_string(next));
  return absl::OkStatus();
}

absl::Status Handlers::GetRulePack(const v1::GetRulePackRequest& request,
                                   v1::RulePack& response) const {
  const auto extractor = live_.Current();
  for (const PackInfo& pack : extractor->packs().packs()) {
    if (request.name() != std::string(kPackPrefix) + pack.name) continue;
    response = ToProto(pack, *extractor);
    return absl::OkStatus();
  }
  return common::ResourceNotFound("rule pack", request.name());
}

}  // namespace consilience::extraction
