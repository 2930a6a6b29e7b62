#include "services/extraction/service/extraction_api.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "services/common/errors/catalogue.h"
#include "services/common/text/strings.h"
#include "services/common/text/utf8.h"
#include "services/common/time/clock.h"
#include "services/extraction/model/names.h"
#include "services/extraction/service/analysis_proto.h"

namespace consilience::extraction {
namespace {

constexpr char kService[] = "consilience.extraction.v1.ExtractionService";
constexpr std::string_view kPackPrefix = "rulePacks/";
constexpr int kDefaultPageSize = 50;
constexpr int kMaxPageSize = 1000;
constexpr size_t kDayLength = 10;  // of "2016-11-22"

v1::RulePack ToProto(const PackInfo& pack, const Extractor& extractor) {
  v1::RulePack proto;
  proto.set_name(std::string(kPackPrefix) + pack.name);
  proto.set_version(pack.version);
  proto.set_digest(extractor.digest());
  proto.set_rule_count(static_cast<int32_t>(pack.rules));
  proto.set_description(pack.title);
  std::set<std::string> kinds;
  for (const Rule& rule : extractor.packs().rules()) {
    if (rule.id.starts_with(pack.name + "/")) kinds.insert(std::string(NameOf(rule.kind)));
  }
  proto.mutable_kinds()->Add(kinds.begin(), kinds.end());
  return proto;
}

std::vector<PackInfo> InOrderOfNames(const Extractor& extractor) {
  std::vector<PackInfo> packs = extractor.packs().packs();
  std::sort(packs.begin(), packs.end(),
            [](const PackInfo& a, const PackInfo& b) { return a.name < b.name; });
  return packs;
}

}  // namespace

ExtractionApi::ExtractionApi(common::CallRuntime& runtime, const Extractor& extractor,
                             ExtractionApiOptions options)
    : calls_(runtime, kService), extractor_(extractor), options_(options) {}

grpc::ServerUnaryReactor* ExtractionApi::ExtractAssertions(
    grpc::CallbackServerContext* context, const v1::ExtractAssertionsRequest* request,
    v1::ExtractAssertionsResponse* response) {
  return calls_.Unary(
      "ExtractAssertions", context, request, response,
      [this](const common::Call& /*call*/, const auto& in, auto& out) { return Extract(in, out); });
}

grpc::ServerBidiReactor<v1::ExtractAssertionsStreamRequest, v1::ExtractAssertionsStreamResponse>*
ExtractionApi::ExtractAssertionsStream(grpc::CallbackServerContext* context) {
  using Request = v1::ExtractAssertionsStreamRequest;
  using Response = v1::ExtractAssertionsStreamResponse;
  return calls_.Bidi<Request, Response>(
      "ExtractAssertionsStream", context,
      [this](const common::Call& /*call*/, common::Stream<Request, Response>& stream) {
        Request request;
        while (stream.Read(request)) {
          Response response;
          const absl::Status status = Extract(request.request(), *response.mutable_response());
          if (!status.ok()) {
            response.clear_response();
            response.set_error(std::string(common::ToStd(status.message())));
            response.set_error_code(static_cast<int>(status.code()));
          }
          if (!stream.Write(response)) break;
        }
        return absl::OkStatus();
      });
}

grpc::ServerUnaryReactor* ExtractionApi::ListRulePacks(grpc::CallbackServerContext* context,
                                                       const v1::ListRulePacksRequest* request,
                                                       v1::ListRulePacksResponse* response) {
  return calls_.Unary(
      "ListRulePacks", context, request, response,
      [this](const common::Call& /*call*/, const auto& in, auto& out) { return List(in, out); });
}

grpc::ServerUnaryReactor* ExtractionApi::GetRulePack(grpc::CallbackServerContext* context,
                                                     const v1::GetRulePackRequest* request,
                                                     v1::RulePack* response) {
  return calls_.Unary(
      "GetRulePack", context, request, response,
      [this](const common::Call& /*call*/, const auto& in, auto& out) -> absl::Status {
        for (const PackInfo& pack : extractor_.packs().packs()) {
          if (in.name() != std::string(kPackPrefix) + pack.name) continue;
          out = ToProto(pack, extractor_);
          return absl::OkStatus();
        }
        return common::ResourceNotFound("rule pack", in.name());
      });
}

absl::Status ExtractionApi::Extract(const v1::ExtractAssertionsRequest& request,
                                    v1::ExtractAssertionsResponse& response) const {
  if (auto status = Validate(request); !status.ok()) return status;
  // Relative times are resolved by the day; the hour of an instant says nothing more.
  const Document document{.text = request.text(),
                          .published = request.publication_date().substr(0, kDayLength),
                          .outlet = request.outlet()};
  ToProto(extractor_.Extract(document), request.text(), response);
  response.set_id(request.id());
  return absl::OkStatus();
}

absl::Status ExtractionApi::Validate(const v1::ExtractAssertionsRequest& request) const {
  const std::string& text = request.text();
  if (text.empty()) return common::FieldMissing("text", "send the text to be read");
  if (text.size() > options_.max_text_bytes) {
    return common::TooLarge("text", text.size(), options_.max_text_bytes, "--max-document-mib");
  }
  if (const auto broken = common::FindInvalidUtf8(text); broken.has_value()) {
    return common::FieldInvalid("text", std::string_view(text).substr(*broken, 4),
                                fmt::format("not UTF-8 at byte {}; convert it first", *broken));
  }
  const std::string& date = request.publication_date();
  if (!date.empty() && !common::IsIsoDay(date) && !common::ParseRfc3339(date).has_value()) {
    return common::FieldInvalid("publication_date", date,
                                "must be a day like 2016-11-22, or empty when it is not known");
  }
  return absl::OkStatus();
}

absl::Status ExtractionApi::List(const v1::ListRulePacksRequest& request,
                                 v1::ListRulePacksResponse& response) const {
  if (request.page_size() < 0) {
    return common::FieldInvalid("page_size", std::to_string(request.page_size()),
                                "must not be negative; 0 means 50");
  }
  const int asked = request.page_size() == 0 ? kDefaultPageSize : request.page_size();
  const auto size = static_cast<size_t>(std::min(asked, kMaxPageSize));
  const std::vector<PackInfo> packs = InOrderOfNames(extractor_);
  size_t at = 0;
  if (!request.page_token().empty()) {
    // The token is the name of the last pack of the page before.
    while (at < packs.size() && packs[at].name != request.page_token()) ++at;
    if (at == packs.size()) return common::PageTokenInvalid(request.page_token());
    ++at;
  }
  for (; at < packs.size() && static_cast<size_t>(response.rule_packs_size()) < size; ++at) {
    *response.add_rule_packs() = ToProto(packs[at], extractor_);
  }
  if (at < packs.size()) response.set_next_page_token(packs[at - 1].name);
  return absl::OkStatus();
}

}  // namespace consilience::extraction
