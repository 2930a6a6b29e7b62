// The extraction service over the wire, with the shipped rules.
#include <gmock/gmock.h>
#include <google/protobuf/util/json_util.h>
#include <google/protobuf/util/message_differencer.h>
#include <grpcpp/create_channel.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "services/common/errors/error.h"
#include "services/common/errors/grpc_status.h"
#include "services/extraction/json/analysis_json.h"
#include "services/extraction/service/assembly.h"
#include "services/extraction/service/to_proto.h"
#include "tests/support/paths.h"

namespace consilience::extraction {
namespace {

using ::testing::HasSubstr;

constexpr char kText[] =
    "“Handarat has fallen,” an official with one of the main Aleppo rebel groups told Reuters. The "
    "Syrian Observatory for Human Rights said on Tuesday that 141 civilians, including 18 "
    "children, "
    "had been killed in Aleppo in the last week.";

class ExtractionServiceTest : public ::testing::Test {
 protected:
  ExtractionServiceTest() : server_("test", Options()) {
    ExtractionOptions options;
    options.rules = consilience::testing::SourceFile("services/extraction/rules");
    options.max_text_mib = 1;
    auto assembly = ExtractionAssembly::Make(options, server_);
    EXPECT_TRUE(assembly.ok()) << assembly.status();
    assembly_ = *std::move(assembly);
    EXPECT_EQ(server_.Start(), absl::OkStatus());
    stub_ = v1::ExtractionService::NewStub(
        grpc::CreateChannel(server_.addresses()[0], grpc::InsecureChannelCredentials()));
  }
  ~ExtractionServiceTest() override { server_.Drain(); }

  static common::ServerOptions Options() {
    common::ServerOptions options;
    options.listen = "127.0.0.1:0";
    options.drain_delay = absl::ZeroDuration();
    options.log_level = "error";
    return options;
  }

  absl::Status Ask(const v1::ExtractAssertionsRequest& request,
                   v1::ExtractAssertionsResponse& response) {
    grpc::ClientContext context;
    return common::FromGrpcStatus(stub_->ExtractAssertions(&context, request, &response));
  }

  common::Server server_;
  std::unique_ptr<ExtractionAssembly> assembly_;
  std::unique_ptr<v1::ExtractionService::Stub> stub_;
};

TEST_F(ExtractionServiceTest, AnswersWithAssertionsAndTheirExactQuotes) {
  v1::ExtractAssertionsRequest request;
  request.set_id("a");
  request.set_text(kText);
  request.set_publication_date("2016-11-22");
  v1::ExtractAssertionsResponse response;
  ASSERT_EQ(Ask(request, response), absl::OkStatus());
  EXPECT_EQ(response.id(), "a");
  EXPECT_FALSE(response.rules_digest().empty());
  ASSERT_GE(response.assertions_size(), 2);
  for (const auto& assertion : response.assertions()) {
    EXPECT_EQ(std::string(kText).substr(assertion.span().start(),
                                        assertion.span().end() - assertion.span().start()),
              assertion.quote());
  }
}

TEST_F(ExtractionServiceTest, ItsJsonMappingIsWhatTheCommandLineWrites) {
  const auto rules = Extractor::Load(consilience::testing::SourceFile("services/extraction/rules"));
  ASSERT_TRUE(rules.ok()) << rules.status();
  const Analysis analysis =
      rules->Extract({.text = kText, .published = "2016-11-22", .outlet = ""});
  v1::ExtractAssertionsResponse from_domain;
  from_domain.set_id("a");
  ToProto(kText, analysis, from_domain);
  v1::ExtractAssertionsResponse from_json;
  const auto parsed =
      google::protobuf::util::JsonStringToMessage(ToJson("a", kText, analysis), &from_json);
  ASSERT_TRUE(parsed.ok()) << parsed.ToString();
  EXPECT_TRUE(google::protobuf::util::MessageDifferencer::Equals(from_domain, from_json))
      << from_domain.DebugString() << from_json.DebugString();
}

TEST_F(ExtractionServiceTest, RefusesWhatItCannotReadAndSaysWhy) {
  v1::ExtractAssertionsRequest request;
  v1::ExtractAssertionsResponse response;
  EXPECT_EQ(Ask(request, response).code(), absl::StatusCode::kInvalidArgument);
  request.set_text(kText);
  request.set_publication_date("2016-13-45");
  const absl::Status date = Ask(request, response);
  EXPECT_EQ(date.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(std::string(date.message()), HasSubstr("2016-13-45"));
  request.clear_publication_date();
  request.set_text(std::string((size_t{1} << 20U) + 1, 'a'));
  EXPECT_EQ(Ask(request, response).code(), absl::StatusCode::kResourceExhausted);
}

TEST_F(ExtractionServiceTest, ABadItemDoesNotEndTheStream) {
  grpc::ClientContext context;
  auto stream = stub_->ExtractAssertionsStream(&context);
  v1::ExtractAssertionsStreamRequest empty;
  empty.mutable_request()->set_id("empty");
  v1::ExtractAssertionsStreamRequest good;
  good.mutable_request()->set_id("good");
  good.mutable_request()->set_text(kText);
  v1::ExtractAssertionsStreamResponse response;
  ASSERT_TRUE(stream->Write(empty) && stream->Read(&response));
  EXPECT_EQ(response.response().id(), "empty");
  EXPECT_EQ(response.error_code(), static_cast<int>(absl::StatusCode::kInvalidArgument));
  ASSERT_TRUE(stream->Write(good) && stream->Read(&response));
  EXPECT_EQ(response.error_code(), 0);
  EXPECT_GT(response.response().assertions_size(), 0);
  stream->WritesDone();
  EXPECT_TRUE(stream->Finish().ok());
}

TEST_F(ExtractionServiceTest, PacksAreListedPageByPage) {
  v1::ListRulePacksRequest request;
  request.set_page_size(1);
  std::vector<std::string> names;
  do {
    grpc::ClientContext context;
    v1::ListRulePacksResponse response;
    ASSERT_TRUE(stub_->ListRulePacks(&context, request, &response).ok());
    for (const auto& pack : response.rule_packs()) names.push_back(pack.name());
    request.set_page_token(response.next_page_token());
  } while (!request.page_token().empty());
  EXPECT_THAT(names, ::testing::Contains("rulePacks/conflict"));
  EXPECT_THAT(names, ::testing::Contains("rulePacks/general"));
  grpc::ClientContext context;
  v1::GetRulePackRequest get;
  get.set_name("rulePacks/none");
  v1::RulePack pack;
  EXPECT_EQ(stub_->GetRulePack(&context, get, &pack).error_code(), grpc::StatusCode::NOT_FOUND);
}

}  // namespace
}  // namespace consilience::extraction
