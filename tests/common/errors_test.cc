// Walks the catalogue: every constructor declared in the header stands in the table, and every
// entry keeps the rules.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "services/common/errors/catalogue.h"
#include "services/common/errors/error.h"
#include "services/common/errors/grpc_status.h"
#include "tests/support/paths.h"

namespace consilience::common {
namespace {

struct Entry {
  std::string constructor;
  absl::Status sample;
};

std::vector<Entry> Catalogue() {
  const absl::Duration soon = absl::Milliseconds(250);
  return {
      {"FieldMissing", FieldMissing("document.content", "send the bytes")},
      {"FieldInvalid", FieldInvalid("page_size", "-1", "must not be negative")},
      {"PageTokenInvalid", PageTokenInvalid("xyz")},
      {"FilterInvalid", FilterInvalid("state = ", 8, "a value is missing")},
      {"FilterFieldUnknown", FilterFieldUnknown("colour", {"state", "url"})},
      {"UpdateMaskFieldUnknown", UpdateMaskFieldUnknown("colour", {"outlet", "url"})},
      {"ResourceNotFound", ResourceNotFound("document", "documents/1")},
      {"ResourceAlreadyExists", ResourceAlreadyExists("source", "sources/sana")},
      {"EtagMismatch", EtagMismatch("document", "documents/1", "a", "b")},
      {"StateForbids",
       StateForbids("document", "documents/1", "erased", "be superseded", "why not")},
      {"TooLarge", TooLarge("the text", 50, 10, "--max-document-bytes")},
      {"Overloaded", Overloaded("the work queue", 64, soon)},
      {"ShuttingDown", ShuttingDown(soon)},
      {"DeadlineExpired", DeadlineExpired("GetDocument")},
      {"Internal", Internal("a row without a document")},
      {"CallerUnknown", CallerUnknown()},
      {"CallerForbidden", CallerForbidden("desk", "reader", "IngestDocument", "editor")},
      {"RateExceeded", RateExceeded("desk", 100, soon)},
      {"StoreUnavailable", StoreUnavailable("/data/ingest.db", "read-only")},
      {"StoreBusy", StoreBusy("/data/ingest.db", soon)},
      {"StoreFull", StoreFull("/data/ingest.db")},
      {"StoreCorrupt", StoreCorrupt("/data/ingest.db", "malformed")},
      {"StoreTooNew", StoreTooNew("/data/ingest.db", 9, 4)},
      {"StoreForeign", StoreForeign("postgres://db/news", "its tables are not ours; use another")},
      {"SettingUnknown", SettingUnknown("prot", "--prot", "port")},
      {"SettingInvalid", SettingInvalid("port", "x", "CONSIL_PORT", "must be a number")},
      {"FileUnreadable", FileUnreadable("a.toml", "it does not exist")},
      {"AddressInUse", AddressInUse("0.0.0.0:80", "--port")},
  };
}

google::rpc::Status Wire(const absl::Status& status) {
  google::rpc::Status proto;
  EXPECT_TRUE(proto.ParseFromString(ToGrpcStatus(status).error_details()));
  return proto;
}

std::vector<google::rpc::ErrorInfo> Infos(const google::rpc::Status& proto) {
  std::vector<google::rpc::ErrorInfo> infos;
  for (const auto& detail : proto.details()) {
    google::rpc::ErrorInfo info;
    if (detail.UnpackTo(&info)) infos.push_back(info);
  }
  return infos;
}

TEST(Catalogue, TheTableNamesEveryConstructorOfTheHeader) {
  std::ifstream file(consilience::testing::SourceFile("services/common/errors/catalogue.h"));
  std::stringstream header;
  header << file.rdbuf();
  const std::string text = header.str();
  const std::regex declaration("absl::Status (\\w+)\\(");
  std::set<std::string> declared;
  for (auto it = std::sregex_iterator(text.begin(), text.end(), declaration);
       it != std::sregex_iterator(); ++it) {
    declared.insert((*it)[1]);
  }
  std::set<std::string> walked;
  for (const Entry& entry : Catalogue()) walked.insert(entry.constructor);
  EXPECT_EQ(declared, walked);
}

TEST(Catalogue, EveryErrorHasOneErrorInfoWithAReasonOfItsOwn) {
  std::set<std::string> reasons;
  for (const Entry& entry : Catalogue()) {
    SCOPED_TRACE(entry.constructor);
    const auto infos = Infos(Wire(entry.sample));
    ASSERT_EQ(infos.size(), 1U);
    EXPECT_EQ(infos[0].domain(), kErrorDomain);
    EXPECT_TRUE(std::regex_match(infos[0].reason(), std::regex("[A-Z][A-Z0-9_]{1,61}[A-Z0-9]")));
    EXPECT_TRUE(reasons.insert(infos[0].reason()).second) << "reason used twice";
    EXPECT_EQ(infos[0].reason(), ErrorReason(entry.sample));
  }
}

TEST(Catalogue, EveryValueInTheMetadataStandsInTheMessage) {
  for (const Entry& entry : Catalogue()) {
    SCOPED_TRACE(entry.constructor);
    EXPECT_GT(entry.sample.message().size(), 15U);
    for (const auto& [key, value] : ErrorMetadataOf(entry.sample)) {
      EXPECT_TRUE(std::regex_match(key, std::regex("[a-z][a-zA-Z0-9_-]{0,63}"))) << key;
      if (key == "resource_type") continue;
      EXPECT_THAT(std::string(entry.sample.message()), ::testing::HasSubstr(value)) << key;
    }
  }
}

TEST(Catalogue, SurvivesTheWire) {
  for (const Entry& entry : Catalogue()) {
    SCOPED_TRACE(entry.constructor);
    const absl::Status back = FromGrpcStatus(ToGrpcStatus(entry.sample));
    EXPECT_EQ(back.code(), entry.sample.code());
    EXPECT_EQ(back.message(), entry.sample.message());
    EXPECT_EQ(ErrorMetadataOf(back), ErrorMetadataOf(entry.sample));
    EXPECT_EQ(RetryAfter(back), RetryAfter(entry.sample));
  }
}

TEST(GrpcStatus, AForeignErrorGetsAnErrorInfo) {
  const auto infos = Infos(Wire(absl::NotFoundError("gone")));
  ASSERT_EQ(infos.size(), 1U);
  EXPECT_EQ(infos[0].reason(), "NOT_FOUND");
}

TEST(GrpcStatus, HugeAndForeignBytesStayWithinTheTrailer) {
  const std::string huge(1'000'000, 'x');
  const absl::Status status = WithFieldViolation(
      MakeError(absl::StatusCode::kInvalidArgument, "HUGE", huge + "\xFF", {{"value", huge}}),
      "field", huge);
  const grpc::Status wire = ToGrpcStatus(status);
  EXPECT_LT(wire.error_message().size() + wire.error_details().size(), 8'000U);
  EXPECT_EQ(ErrorReason(FromGrpcStatus(wire)), "HUGE");
}

TEST(GrpcStatus, NamesCodesAsLogsAndDashboardsExpect) {
  EXPECT_EQ(CodeName(absl::StatusCode::kCancelled), "CANCELLED");
  EXPECT_EQ(GoCodeName(grpc::StatusCode::CANCELLED), "Canceled");
  EXPECT_EQ(GoCodeName(grpc::StatusCode::UNAUTHENTICATED), "Unauthenticated");
  EXPECT_EQ(GoCodeName(grpc::StatusCode::OK), "OK");
}

TEST(Quoted, IsSafeToPrint) {
  EXPECT_EQ(Quoted("plain"), "\"plain\"");
  EXPECT_EQ(Quoted("a\"b\nc"), "\"a\\\"b\\x0ac\"");
  EXPECT_EQ(Quoted("\xFFz"), "\"\\xffz\"");
  EXPECT_EQ(Quoted("ééé", 3), "\"é…\"");
}

}  // namespace
}  // namespace consilience::common
