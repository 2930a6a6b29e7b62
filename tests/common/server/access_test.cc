// Who may call what, and how often: the parts, without a network.
#include "services/common/server/access.h"

#include <gmock/gmock.h>
#include <google/protobuf/descriptor.h>
#include <gtest/gtest.h>

#include <set>
#include <string>

#include "consilience/corroboration/v1/corroboration_service.pb.h"
#include "consilience/corroboration/v1/source_service.pb.h"
#include "consilience/extraction/v1/extraction_service.pb.h"
#include "consilience/ingest/v1/ingest_service.pb.h"
#include "services/common/text/digest.h"
#include "tests/support/process.h"

namespace consilience::common {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr char kHeader[] = "# callers 1: test\n";

std::string Message(const absl::Status& status) { return std::string(status.message()); }

Callers Book(const std::string& rows) {
  auto callers = Callers::Parse(kHeader + rows, "callers.tsv");
  EXPECT_EQ(callers.status(), absl::OkStatus());
  return *std::move(callers);
}

TEST(MethodRolesTest, EveryMethodOfEveryServiceHasItsRoleAndNoOtherStandsThere) {
  std::set<std::string> methods;
  for (const auto* file : {ingest::v1::GetDocumentRequest::descriptor()->file(),
                           extraction::v1::ExtractAssertionsRequest::descriptor()->file(),
                           corroboration::v1::GetClaimRequest::descriptor()->file(),
                           corroboration::v1::GetSourceRequest::descriptor()->file()}) {
    ASSERT_EQ(file->service_count(), 1) << file->name();
    const auto* service = file->service(0);
    for (int i = 0; i < service->method_count(); ++i) {
      methods.insert(service->full_name() + "/" + service->method(i)->name());
    }
  }
  std::set<std::string> listed;
  for (const auto& [method, role] : MethodRoles::Shipped().all()) listed.insert(method);
  EXPECT_EQ(listed, methods);
}

TEST(MethodRolesTest, WhatOnlyLooksIsForReadersAndNothingElseIs) {
  for (const auto& [method, role] : MethodRoles::Shipped().all()) {
    const std::string name = method.substr(method.find('/') + 1);
    bool looks = false;
    for (const char* verb : {"Find", "Get", "List", "BatchGet", "Search", "Explain", "Simulate",
                             "Check", "Watch", "Compare", "Extract"}) {
      looks = looks || name.starts_with(verb);
    }
    EXPECT_EQ(role == Role::kReader, looks) << method;
  }
}

TEST(MethodRolesTest, AnUnknownMethodAsksForTheHighestRole) {
  EXPECT_EQ(MethodRoles::Shipped().Of("consilience.ingest.v1.IngestService/New"), Role::kAdmin);
}

TEST(CallersTest, KnowsATokenByItsDigestOnly) {
  const Callers book = Book("desk\tcontributor\ttoken\t" + Sha256Hex("s3cret") + "\n");
  const auto caller = book.Find({.token = "s3cret", .certificate_names = {}});
  ASSERT_TRUE(caller.has_value());
  EXPECT_EQ(caller->name, "desk");
  EXPECT_EQ(caller->role, Role::kContributor);
  EXPECT_FALSE(book.Find({.token = "s3cre", .certificate_names = {}}).has_value());
  EXPECT_FALSE(book.Find({.token = "", .certificate_names = {}}).has_value());
  EXPECT_FALSE(book.Find({.token = Sha256Hex("s3cret"), .certificate_names = {}}).has_value());
}

TEST(CallersTest, ACallerMayHaveTwoTokensWhileOneReplacesTheOther) {
  const Callers book = Book("desk\treader\ttoken\t" + Sha256Hex("old") + "\ndesk\treader\ttoken\t" +
                            Sha256Hex("new") + "\n");
  EXPECT_TRUE(book.Find({.token = "old", .certificate_names = {}}).has_value());
  EXPECT_TRUE(book.Find({.token = "new", .certificate_names = {}}).has_value());
}

TEST(CallersTest, AWrongTokenIsNotMadeGoodByACertificate) {
  const Callers book = Book("ingest\treviewer\tcertificate\tingest.example\n");
  EXPECT_TRUE(book.Find({.token = {}, .certificate_names = {"ingest.example"}}).has_value());
  EXPECT_FALSE(book.Find({.token = {}, .certificate_names = {"other.example"}}).has_value());
  EXPECT_FALSE(book.Find({.token = "x", .certificate_names = {"ingest.example"}}).has_value());
}

TEST(CallersTest, ATokenInTheClearIsRefusedAndNotRepeated) {
  const auto callers =
      Callers::Parse(std::string(kHeader) + "desk\treader\ttoken\tmy-own-token\n", "callers.tsv");
  ASSERT_FALSE(callers.ok());
  EXPECT_THAT(Message(callers.status()), HasSubstr("sha256sum"));
  EXPECT_THAT(Message(callers.status()), HasSubstr("callers.tsv"));
  EXPECT_THAT(callers.status().ToString(), Not(HasSubstr("my-own-token")));
}

TEST(CallersTest, WhatCannotBeReadIsRefusedWithItsPlace) {
  const auto refusal = [](const std::string& text) {
    const auto callers = Callers::Parse(text, "callers.tsv");
    EXPECT_FALSE(callers.ok()) << text;
    return Message(callers.status());
  };
  EXPECT_THAT(refusal("desk\treader\ttoken\tx\n"), HasSubstr("callers.tsv:1"));
  EXPECT_THAT(refusal(std::string(kHeader) + "desk\treader\n"), HasSubstr("4 columns"));
  EXPECT_THAT(refusal(std::string(kHeader) + "desk\towner\tcertificate\tx\n"),
              HasSubstr("reader, contributor, reviewer or admin"));
  EXPECT_THAT(refusal(std::string(kHeader) + "desk\treader\tpassword\tx\n"),
              HasSubstr("token or certificate"));
  EXPECT_THAT(refusal(kHeader), HasSubstr("names nobody"));
}

TEST(RateLimitTest, ASecondsWorthGoesAheadAndTheRestIsToldWhenToComeBack) {
  RateLimit limit(10);
  const absl::Time start = absl::UnixEpoch();
  for (int i = 0; i < 10; ++i) EXPECT_EQ(limit.Take("a", start), absl::ZeroDuration());
  EXPECT_EQ(limit.Take("a", start), absl::Milliseconds(100));
  EXPECT_EQ(limit.Take("b", start), absl::ZeroDuration()) << "callers do not share";
  EXPECT_EQ(limit.Take("a", start + absl::Milliseconds(100)), absl::ZeroDuration());
  EXPECT_GT(limit.Take("a", start + absl::Milliseconds(100)), absl::ZeroDuration());
}

TEST(RateLimitTest, ManyCallersDoNotFillTheMemoryAndLoseNothing) {
  RateLimit limit(2, 3);
  const absl::Time start = absl::UnixEpoch();
  limit.Take("busy", start);
  limit.Take("busy", start);
  limit.Take("idle", start - absl::Minutes(1));
  limit.Take("gone", start - absl::Minutes(1));
  EXPECT_EQ(limit.Take("new", start), absl::ZeroDuration());
  EXPECT_GT(limit.Take("busy", start), absl::ZeroDuration()) << "what is owed is not forgotten";
}

TEST(RateLimitTest, ZeroIsNoLimit) {
  RateLimit limit(0);
  for (int i = 0; i < 1000; ++i) {
    ASSERT_EQ(limit.Take("a", absl::UnixEpoch()), absl::ZeroDuration());
  }
}

TEST(FileWatchTest, SeesReplacedAndChangedFilesOnceEach) {
  const consilience::testing::TempDir dir;
  const std::string file = (dir / "file").string();
  consilience::testing::WriteFile(file, "one");
  FileWatch watch({file}, absl::Seconds(1));
  absl::Time now = absl::UnixEpoch();
  EXPECT_FALSE(watch.Changed(now));
  consilience::testing::WriteFile(file, "three");
  EXPECT_FALSE(watch.Changed(now + absl::Milliseconds(500))) << "not yet time to look";
  EXPECT_TRUE(watch.Changed(now += absl::Seconds(2)));
  EXPECT_FALSE(watch.Changed(now += absl::Seconds(2)));
  std::filesystem::remove(file);
  EXPECT_TRUE(watch.Changed(now += absl::Seconds(2)));
}

}  // namespace
}  // namespace consilience::common
