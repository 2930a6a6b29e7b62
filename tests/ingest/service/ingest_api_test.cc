// The whole service on a real port: what callers send, and what they are told.
#include <gmock/gmock.h>
#include <grpcpp/create_channel.h>
#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "consilience/ingest/v1/ingest_service.grpc.pb.h"
#include "services/common/errors/error.h"
#include "services/common/errors/grpc_status.h"
#include "services/common/log/log.h"
#include "services/common/server/server.h"
#include "services/ingest/service/assembly.h"
#include "tests/support/process.h"

namespace consilience::ingest {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr char kText[] =
    "Rescue workers said on Tuesday that at least twelve people had been killed when shells fell "
    "on the market of the old town shortly after noon.";

common::ServerOptions ServerOptionsForTest() {
  common::ServerOptions options;
  options.listen = "127.0.0.1:0";
  options.drain_delay = absl::ZeroDuration();
  options.shutdown_grace = absl::Seconds(5);
  options.max_message_mib = 64;
  options.log_level = "error";
  return options;
}

class IngestApiTest : public ::testing::Test {
 protected:
  IngestApiTest() : server_("ingest-test", ServerOptionsForTest()) {
    IngestOptions options;
    options.data_dir = dir_.path().string();
    ingest_ = *IngestAssembly::Make(options, server_);
    EXPECT_TRUE(server_.Start().ok());
    grpc::ChannelArguments arguments;
    arguments.SetMaxReceiveMessageSize(-1);
    stub_ = v1::IngestService::NewStub(grpc::CreateCustomChannel(
        server_.addresses().front(), grpc::InsecureChannelCredentials(), arguments));
  }
  ~IngestApiTest() override { server_.Drain(); }

  static v1::DocumentInput Input(const std::string& content, const std::string& label = "a.txt") {
    v1::DocumentInput input;
    input.set_content(content);
    input.set_label(label);
    return input;
  }
  v1::Document Ingest(const v1::DocumentInput& input) {
    v1::IngestDocumentRequest request;
    *request.mutable_document() = input;
    v1::IngestDocumentResponse response;
    grpc::ClientContext context;
    const auto status = stub_->IngestDocument(&context, request, &response);
    EXPECT_TRUE(status.ok()) << status.error_message();
    return response.document();
  }
  // The reason of the refusal, or "" when the call went well.
  template <typename Request, typename Response>
  std::string Call(grpc::Status (v1::IngestService::Stub::*method)(grpc::ClientContext*,
                                                                   const Request&, Response*),
                   const Request& request, Response& response) {
    grpc::ClientContext context;
    last_ = common::FromGrpcStatus((stub_.get()->*method)(&context, request, &response));
    return common::ErrorReason(last_);
  }

  consilience::testing::TempDir dir_;
  common::Server server_;
  std::unique_ptr<IngestAssembly> ingest_;
  std::unique_ptr<v1::IngestService::Stub> stub_;
  absl::Status last_;
};

TEST_F(IngestApiTest, AStreamAnswersEachItemInOrderAndGoesOnAfterABadOne) {
  const std::string fifty_mb(50'000'000, 'x');
  v1::DocumentInput bad_date = Input("Some words about a thing.", "bad-date");
  bad_date.set_publication_date("2016-13-45");
  const std::vector<v1::DocumentInput> inputs = {Input(kText, "good"),
                                                 Input("", "empty"),
                                                 Input(fifty_mb, "fifty"),
                                                 bad_date,
                                                 Input(kText, "duplicate"),
                                                 Input(std::string("\x7F"
                                                                   "ELF\x02\x01\0\0\0\0\0\0",
                                                                   12),
                                                       "binary")};
  grpc::ClientContext context;
  const auto stream = stub_->IngestDocuments(&context);
  for (const auto& input : inputs) {
    v1::IngestDocumentsRequest item;
    *item.mutable_document() = input;
    ASSERT_TRUE(stream->Write(item));
  }
  stream->WritesDone();
  std::vector<std::string> told;
  for (v1::IngestDocumentsResponse answer; stream->Read(&answer);) {
    told.push_back(answer.label() + " " + v1::IngestOutcome_Name(answer.outcome()) + " " +
                   answer.error_reason());
    EXPECT_EQ(answer.error().empty(), answer.has_document()) << answer.DebugString();
  }
  EXPECT_TRUE(stream->Finish().ok());
  EXPECT_THAT(told, ElementsAre("good INGEST_OUTCOME_ACCEPTED ",
                                "empty INGEST_OUTCOME_REFUSED DOCUMENT_EMPTY",
                                "fifty INGEST_OUTCOME_REFUSED DOCUMENT_TOO_LARGE",
                                "bad-date INGEST_OUTCOME_REFUSED ITEM_FIELD_INVALID",
                                "duplicate INGEST_OUTCOME_DUPLICATE ",
                                "binary INGEST_OUTCOME_REFUSED DOCUMENT_BINARY"));
}

TEST_F(IngestApiTest, ADocumentComesBackWithItsTextAndWhereItsValuesComeFrom) {
  v1::DocumentInput input = Input("been\xC2\xA0killed.\r\nCafe\xCC\x81 reopened near the square.");
  input.set_publication_date("2016-11-22");
  input.set_date_evidence("the text says so");
  input.set_outlet("Outlet");
  v1::GetDocumentRequest request;
  request.set_name(Ingest(input).name());
  v1::Document document;
  EXPECT_EQ(Call(&v1::IngestService::Stub::GetDocument, request, document), "");
  EXPECT_EQ(document.text(), "been\xC2\xA0killed.\nCaf\xC3\xA9 reopened near the square.");
  EXPECT_EQ(document.publication_date().provenance().basis(), v1::Provenance::BASIS_INFERRED);
  EXPECT_EQ(document.publication_date().provenance().evidence(), "the text says so");
  EXPECT_EQ(document.outlet().provenance().basis(), v1::Provenance::BASIS_GIVEN);
  EXPECT_FALSE(document.has_url());
  EXPECT_EQ(document.state(), v1::Document::STATE_PENDING);
  request.set_view(v1::DOCUMENT_VIEW_BASIC);
  EXPECT_EQ(Call(&v1::IngestService::Stub::GetDocument, request, document), "");
  EXPECT_EQ(document.text(), "");
}

TEST_F(IngestApiTest, WhatACallersReaderFoundIsKeptAndShown) {
  v1::IngestDocumentRequest request;
  v1::Document& read = *request.mutable_document()->mutable_read();
  read.set_text(kText);
  read.set_format("text/html");
  read.mutable_wire()->set_value("Reuters");
  read.mutable_wire()->mutable_provenance()->set_basis(v1::Provenance::BASIS_READ);
  read.mutable_wire()->mutable_provenance()->set_evidence("ninjs infosource");
  read.set_external_id("urn:x:1");
  read.set_version("3");
  auto& segment = *read.add_segments();
  segment.set_kind(v1::Segment::KIND_PARAGRAPH);
  segment.mutable_span()->set_end(6);
  auto& run = *read.add_source_runs();
  run.set_source(120);
  v1::IngestDocumentResponse response;
  ASSERT_EQ(Call(&v1::IngestService::Stub::IngestDocument, request, response), "") << last_;
  v1::GetDocumentRequest get;
  get.set_name(response.document().name());
  v1::Document document;
  ASSERT_EQ(Call(&v1::IngestService::Stub::GetDocument, get, document), "");
  EXPECT_EQ(document.text(), kText);
  EXPECT_EQ(document.format(), "text/html");
  EXPECT_EQ(document.wire().value(), "Reuters");
  EXPECT_EQ(document.wire().provenance().evidence(), "ninjs infosource");
  EXPECT_EQ(document.external_id() + document.version(), "urn:x:13");
  EXPECT_EQ(document.language(), "en");
  ASSERT_EQ(document.segments_size(), 1);
  EXPECT_EQ(document.segments(0).span().end_code_point(), 6U);
  ASSERT_EQ(document.source_runs_size(), 1);
  EXPECT_EQ(document.source_runs(0).source(), 120U);
}

TEST_F(IngestApiTest, WhatACallersReaderFoundIsChecked) {
  const auto reason = [&](const std::function<void(v1::DocumentInput&)>& spoil) {
    v1::IngestDocumentRequest request;
    request.mutable_document()->mutable_read()->set_text(kText);
    spoil(*request.mutable_document());
    v1::IngestDocumentResponse response;
    return Call(&v1::IngestService::Stub::IngestDocument, request, response);
  };
  EXPECT_EQ(reason([](auto& input) { input.mutable_read()->set_text(""); }), "DOCUMENT_EMPTY");
  EXPECT_EQ(reason([](auto& input) { input.mutable_read()->set_text("a\r\nb"); }), "FIELD_INVALID");
  EXPECT_EQ(reason([](auto& input) { input.set_content("both"); }), "FIELD_INVALID");
  EXPECT_EQ(reason([](auto& input) { input.mutable_read()->mutable_title()->set_value("T"); }),
            "FIELD_INVALID")
      << "a value without provenance";
  EXPECT_EQ(reason([](auto& input) {
              auto& date = *input.mutable_read()->mutable_publication_date();
              date.set_value("2999-01-01");
              date.mutable_provenance()->set_basis(v1::Provenance::BASIS_READ);
            }),
            "ITEM_FIELD_INVALID");
  EXPECT_EQ(reason([](auto& input) {
              auto& segment = *input.mutable_read()->add_segments();
              segment.set_kind(v1::Segment::KIND_CAPTION);
              segment.mutable_span()->set_end(100'000);
            }),
            "FIELD_INVALID");
}

TEST_F(IngestApiTest, AStreamTakesRetractionsToo) {
  grpc::ClientContext context;
  const auto stream = stub_->IngestDocuments(&context);
  v1::IngestDocumentsRequest item;
  v1::Document& read = *item.mutable_document()->mutable_read();
  read.set_text(kText);
  read.set_external_id("urn:x:1");
  ASSERT_TRUE(stream->Write(item));
  for (const char* id : {"urn:x:1", "urn:x:2", ""}) {
    v1::IngestDocumentsRequest retraction;
    retraction.mutable_retraction()->set_external_id(id);
    retraction.mutable_retraction()->set_reason("withdrawn");
    ASSERT_TRUE(stream->Write(retraction));
  }
  stream->WritesDone();
  std::vector<v1::IngestOutcome> outcomes;
  for (v1::IngestDocumentsResponse answer; stream->Read(&answer);) {
    outcomes.push_back(answer.outcome());
  }
  EXPECT_TRUE(stream->Finish().ok());
  EXPECT_THAT(outcomes, ElementsAre(v1::INGEST_OUTCOME_ACCEPTED, v1::INGEST_OUTCOME_RETRACTED,
                                    v1::INGEST_OUTCOME_NOT_HELD, v1::INGEST_OUTCOME_REFUSED));
}

TEST_F(IngestApiTest, ValidateOnlyStoresNothing) {
  v1::IngestDocumentRequest request;
  *request.mutable_document() = Input(kText);
  request.set_validate_only(true);
  v1::IngestDocumentResponse response;
  EXPECT_EQ(Call(&v1::IngestService::Stub::IngestDocument, request, response), "");
  EXPECT_EQ(response.outcome(), v1::INGEST_OUTCOME_VALIDATED);
  v1::PipelineStatus status;
  EXPECT_EQ(
      Call(&v1::IngestService::Stub::GetPipelineStatus, v1::GetPipelineStatusRequest(), status),
      "");
  EXPECT_EQ(status.document_count(), 0);
}

TEST_F(IngestApiTest, WhatIsHeldIsFoundByItsTextAndTheRestLeftOut) {
  const v1::Document held = Ingest(Input(kText));
  EXPECT_EQ(held.name(), NameOf(IdOfText(kText)));
  v1::FindDocumentsRequest request;
  request.add_names(NameOf(IdOfText("Something that nobody sent.")));
  request.add_names(held.name());
  v1::FindDocumentsResponse response;
  EXPECT_EQ(Call(&v1::IngestService::Stub::FindDocuments, request, response), "");
  ASSERT_EQ(response.documents_size(), 1);
  EXPECT_EQ(response.documents(0).name(), held.name());
  EXPECT_EQ(response.documents(0).text(), "");
  request.add_names("documents/17");
  EXPECT_EQ(Call(&v1::IngestService::Stub::FindDocuments, request, response), "FIELD_INVALID");
}

TEST_F(IngestApiTest, PagesGoThroughAllThatTheFilterTakes) {
  for (int i = 0; i < 7; ++i) {
    v1::DocumentInput input = Input("Text number " + std::to_string(i) + " of several.");
    input.set_outlet(i % 2 == 0 ? "Even" : "Odd");
    Ingest(input);
  }
  v1::ListDocumentsRequest request;
  request.set_filter("outlet = Even AND state = PENDING");
  request.set_order_by("create_time");
  request.set_page_size(3);
  v1::ListDocumentsResponse page;
  EXPECT_EQ(Call(&v1::IngestService::Stub::ListDocuments, request, page), "");
  EXPECT_EQ(page.documents_size(), 3);
  request.set_page_token(page.next_page_token());
  EXPECT_EQ(Call(&v1::IngestService::Stub::ListDocuments, request, page), "");
  EXPECT_EQ(page.documents_size(), 1);
  EXPECT_EQ(page.next_page_token(), "");
  request.set_filter("outlet = Odd");
  EXPECT_EQ(Call(&v1::IngestService::Stub::ListDocuments, request, page), "PAGE_TOKEN_INVALID");
}

TEST_F(IngestApiTest, EveryRefusalNamesWhatIsWrong) {
  v1::Document document;
  v1::ListDocumentsResponse documents;
  v1::GetDocumentRequest get;
  EXPECT_EQ(Call(&v1::IngestService::Stub::GetDocument, get, document), "FIELD_MISSING");
  get.set_name("documents/nonsense");
  EXPECT_EQ(Call(&v1::IngestService::Stub::GetDocument, get, document), "FIELD_INVALID");
  get.set_name("documents/0123456789abcdef0123456789abcdef");
  EXPECT_EQ(Call(&v1::IngestService::Stub::GetDocument, get, document), "RESOURCE_NOT_FOUND");
  v1::ListDocumentsRequest list;
  list.set_filter("colour = red");
  EXPECT_EQ(Call(&v1::IngestService::Stub::ListDocuments, list, documents), "FILTER_FIELD_UNKNOWN");
  list.Clear();
  list.set_page_size(-1);
  EXPECT_EQ(Call(&v1::IngestService::Stub::ListDocuments, list, documents), "FIELD_INVALID");
  list.Clear();
  list.set_order_by("colour");
  EXPECT_EQ(Call(&v1::IngestService::Stub::ListDocuments, list, documents), "FIELD_INVALID");
  EXPECT_THAT(std::string(last_.message()), HasSubstr("publication_date"));
}

TEST_F(IngestApiTest, MetadataIsUpdatedUnderItsEtag) {
  const v1::Document before = Ingest(Input(kText));
  v1::UpdateDocumentRequest request;
  request.mutable_document()->set_name(before.name());
  request.mutable_document()->set_etag("999");
  request.mutable_document()->mutable_outlet()->set_value("Outlet");
  v1::Document after;
  EXPECT_EQ(Call(&v1::IngestService::Stub::UpdateDocument, request, after), "FIELD_MISSING");
  request.mutable_update_mask()->add_paths("outlet");
  EXPECT_EQ(Call(&v1::IngestService::Stub::UpdateDocument, request, after), "ETAG_MISMATCH");
  request.mutable_document()->set_etag(before.etag());
  EXPECT_EQ(Call(&v1::IngestService::Stub::UpdateDocument, request, after), "");
  EXPECT_EQ(after.outlet().value(), "Outlet");
  EXPECT_NE(after.etag(), before.etag());
  request.mutable_update_mask()->set_paths(0, "text");
  EXPECT_EQ(Call(&v1::IngestService::Stub::UpdateDocument, request, after),
            "UPDATE_MASK_FIELD_UNKNOWN");
}

TEST_F(IngestApiTest, WithdrawalNeedsAReasonAndErasureRemovesTheText) {
  const std::string name = Ingest(Input(kText)).name();
  v1::Document document;
  v1::RetractDocumentRequest retract;
  retract.set_name(name);
  EXPECT_EQ(Call(&v1::IngestService::Stub::RetractDocument, retract, document), "FIELD_MISSING");
  retract.set_reason("withdrawn by its publisher");
  EXPECT_EQ(Call(&v1::IngestService::Stub::RetractDocument, retract, document), "");
  EXPECT_EQ(document.state(), v1::Document::STATE_RETRACTED);
  v1::EraseDocumentRequest erase;
  erase.set_name(name);
  erase.set_reason("court order");
  EXPECT_EQ(Call(&v1::IngestService::Stub::EraseDocument, erase, document), "");
  v1::GetDocumentRequest get;
  get.set_name(name);
  EXPECT_EQ(Call(&v1::IngestService::Stub::GetDocument, get, document), "");
  EXPECT_EQ(document.text(), "");
  EXPECT_EQ(document.state(), v1::Document::STATE_ERASED);
  EXPECT_EQ(document.failure(), "court order");
}

TEST_F(IngestApiTest, PassagesAreListedFromBothSides) {
  const std::string first = Ingest(Input(kText)).name();
  const std::string copy = Ingest(Input(std::string("As reported: ") + kText)).name();
  for (const auto& [from, to] : {std::pair(first, copy), std::pair(copy, first)}) {
    v1::ListPassagesRequest request;
    request.set_parent(from);
    v1::ListPassagesResponse response;
    EXPECT_EQ(Call(&v1::IngestService::Stub::ListPassages, request, response), "");
    ASSERT_EQ(response.passages_size(), 1);
    EXPECT_EQ(response.passages(0).other_document(), to);
    EXPECT_EQ(response.passages(0).similarity(), 1.0);
  }
}

}  // namespace
}  // namespace consilience::ingest
