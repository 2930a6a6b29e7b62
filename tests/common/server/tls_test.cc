// A server with TLS, called over real connections with certificates that openssl made.
#include <gmock/gmock.h>
#include <grpcpp/create_channel.h>
#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "services/common/errors/error.h"
#include "services/common/errors/grpc_status.h"
#include "services/common/server/server.h"
#include "services/common/text/digest.h"
#include "tests/common/server/scripted_api.h"
#include "tests/support/certificates.h"
#include "tests/support/http.h"
#include "tests/support/process.h"

namespace consilience::common {
namespace {

namespace pb = consilience::extraction::v1;
using consilience::testing::Authority;
using consilience::testing::IssuedFiles;
using consilience::testing::ReadFile;
using consilience::testing::WriteFile;
using ::testing::HasSubstr;

// How a client of the tests connects.
struct ClientOptions {
  std::string ca;
  std::optional<IssuedFiles> certificate;
  std::string token;
};

// One connection of its own.
class Client {
 public:
  Client(const std::string& address, const ClientOptions& options) : token_(options.token) {
    grpc::ChannelArguments alone;
    alone.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
    stub_ = pb::ExtractionService::NewStub(
        grpc::CreateCustomChannel(address, CredentialsOf(options), alone));
  }

  absl::Status Ask(const std::string& text) {
    grpc::ClientContext context;
    context.set_deadline(absl::ToChronoTime(absl::Now() + absl::Seconds(20)));
    if (!token_.empty()) context.AddMetadata("authorization", "Bearer " + token_);
    pb::ExtractAssertionsRequest request;
    request.set_text(text);
    pb::ExtractAssertionsResponse response;
    const auto status = stub_->ExtractAssertions(&context, request, &response);
    const auto shown = context.auth_context();
    if (shown != nullptr) {
      for (const auto& pem : shown->FindPropertyValues("x509_pem_cert")) {
        server_certificate_ = std::string(pem.data(), pem.size());
      }
    }
    return FromGrpcStatus(status);
  }
  const std::string& server_certificate() const { return server_certificate_; }

 private:
  static std::shared_ptr<grpc::ChannelCredentials> CredentialsOf(const ClientOptions& options) {
    if (options.ca.empty()) return grpc::InsecureChannelCredentials();
    grpc::SslCredentialsOptions ssl;
    ssl.pem_root_certs = ReadFile(options.ca);
    if (options.certificate.has_value()) {
      ssl.pem_cert_chain = ReadFile(options.certificate->certificate);
      ssl.pem_private_key = ReadFile(options.certificate->key);
    }
    return grpc::SslCredentials(ssl);
  }

  const std::string token_;
  std::unique_ptr<pb::ExtractionService::Stub> stub_;
  std::string server_certificate_;
};

class TlsTest : public ::testing::Test {
 protected:
  TlsTest() : authority_(dir_.path(), "authority"), issued_(authority_.Issue("server")) {
    options_.listen = "127.0.0.1:0";
    options_.drain_delay = absl::ZeroDuration();
    options_.log_level = "error";
    options_.tls = {issued_.certificate, issued_.key, ""};
  }

  absl::Status Start() {
    server_ = std::make_unique<Server>("test-server", options_);
    api_ = std::make_unique<ScriptedApi>(server_->calls());
    server_->Add(*api_, "consilience.extraction.v1.ExtractionService");
    return server_->Start();
  }

  std::string StartMessage() { return std::string(Start().message()); }

  Client Connect(const ClientOptions& options) { return {server_->addresses()[0], options}; }
  ClientOptions Trusting() const { return {authority_.certificate(), {}, ""}; }
  ClientOptions WithToken(const std::string& token) const {
    return {authority_.certificate(), {}, token};
  }

  void WriteCallers(const std::string& rows) {
    options_.access.callers = (dir_ / "callers.tsv").string();
    WriteFile(options_.access.callers, "# callers 1: test\n" + rows);
  }

  consilience::testing::TempDir dir_;
  Authority authority_;
  IssuedFiles issued_;
  ServerOptions options_;
  std::unique_ptr<ScriptedApi> api_;
  std::unique_ptr<Server> server_;  // ends before the service that it serves
};

TEST_F(TlsTest, OnlyTlsIsSpoken) {
  ASSERT_EQ(Start(), absl::OkStatus());
  EXPECT_EQ(Connect(Trusting()).Ask("hello"), absl::OkStatus());
  EXPECT_EQ(Connect({}).Ask("hello").code(), absl::StatusCode::kUnavailable);
}

TEST_F(TlsTest, WithoutAFileOfCallersACertificateIsAsked) {
  options_.tls.client_ca = authority_.certificate();
  ASSERT_EQ(Start(), absl::OkStatus());
  ClientOptions client = Trusting();
  EXPECT_EQ(Connect(client).Ask("hello").code(), absl::StatusCode::kUnavailable);
  client.certificate = authority_.Issue("client");
  EXPECT_EQ(Connect(client).Ask("hello"), absl::OkStatus());
  const Authority other(dir_.path(), "other");
  client.certificate = other.Issue("stranger");
  EXPECT_EQ(Connect(client).Ask("hello").code(), absl::StatusCode::kUnavailable);
}

TEST_F(TlsTest, CallersAreKnownByTokenOrCertificateAndStrangersLearnNothing) {
  options_.tls.client_ca = authority_.certificate();
  WriteCallers("desk\treader\ttoken\t" + Sha256Hex("s3cret") +
               "\ningest\treviewer\tcertificate\tclient\n");
  ASSERT_EQ(Start(), absl::OkStatus());
  EXPECT_EQ(Connect(WithToken("s3cret")).Ask("hello"), absl::OkStatus());
  ClientOptions certified = Trusting();
  certified.certificate = authority_.Issue("client");
  EXPECT_EQ(Connect(certified).Ask("hello"), absl::OkStatus());
  for (const char* token : {"", "guess"}) {
    // The request is bad too, but a stranger is not told.
    const absl::Status refused = Connect(WithToken(token)).Ask("refuse");
    EXPECT_EQ(refused.code(), absl::StatusCode::kUnauthenticated);
    EXPECT_EQ(ErrorReason(refused), "CALLER_UNKNOWN");
  }
  certified.certificate = authority_.Issue("unknown-client");
  EXPECT_EQ(Connect(certified).Ask("hello").code(), absl::StatusCode::kUnauthenticated);
}

TEST_F(TlsTest, AChangedFileOfCallersIsTakenUp) {
  WriteCallers("desk\treader\ttoken\t" + Sha256Hex("old") + "\n");
  ASSERT_EQ(Start(), absl::OkStatus());
  EXPECT_EQ(Connect(WithToken("old")).Ask("hello"), absl::OkStatus());
  WriteCallers("desk\treader\ttoken\t" + Sha256Hex("newer") + "\n");
  const absl::Time deadline = absl::Now() + absl::Seconds(20);
  while (Connect(WithToken("old")).Ask("hello").ok() && absl::Now() < deadline) {
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  EXPECT_EQ(Connect(WithToken("old")).Ask("hello").code(), absl::StatusCode::kUnauthenticated);
  EXPECT_EQ(Connect(WithToken("newer")).Ask("hello"), absl::OkStatus());
}

TEST_F(TlsTest, WhoCallsTooOftenIsToldWhenToComeBack) {
  options_.access.calls_per_second = 1;
  ASSERT_EQ(Start(), absl::OkStatus());
  Client client = Connect(Trusting());
  EXPECT_EQ(client.Ask("hello"), absl::OkStatus());
  const absl::Status refused = client.Ask("hello");
  EXPECT_EQ(refused.code(), absl::StatusCode::kResourceExhausted);
  EXPECT_EQ(ErrorReason(refused), "RATE_EXCEEDED");
  ASSERT_TRUE(RetryAfter(refused).has_value());
  EXPECT_LE(*RetryAfter(refused), absl::Seconds(1));
}

TEST_F(TlsTest, TheProgramItselfNeedsNoCertificate) {
  options_.tls.client_ca = authority_.certificate();
  WriteCallers("desk\treader\ttoken\t" + Sha256Hex("s3cret") + "\n");
  ASSERT_EQ(Start(), absl::OkStatus());
  auto stub = pb::ExtractionService::NewStub(server_->ChannelWithin());
  grpc::ClientContext context;
  pb::ExtractAssertionsResponse response;
  EXPECT_TRUE(stub->ExtractAssertions(&context, {}, &response).ok());
}

TEST_F(TlsTest, CertificatesAreReplacedUnderLoadWithoutAFailedCall) {
  ASSERT_EQ(Start(), absl::OkStatus());
  std::atomic<bool> stop = false;
  std::atomic<int> calls = 0;
  std::atomic<int> failed = 0;
  std::vector<std::thread> load;
  for (int i = 0; i < 4; ++i) {
    load.emplace_back([&, fresh = i % 2 == 0] {
      Client lasting = Connect(Trusting());
      while (!stop) {
        // Half of them open a connection for each call, and so see every certificate.
        const absl::Status status = fresh ? Connect(Trusting()).Ask("hello") : lasting.Ask("hello");
        ++calls;
        if (!status.ok()) ++failed;
      }
    });
  }
  for (int round = 0; round < 3; ++round) {
    authority_.Issue("server");
    const std::string now = ReadFile(issued_.certificate);
    const absl::Time deadline = absl::Now() + absl::Seconds(20);
    std::string served;
    while (served != now && absl::Now() < deadline) {
      Client client = Connect(Trusting());
      EXPECT_EQ(client.Ask("hello"), absl::OkStatus());
      served = client.server_certificate();
    }
    EXPECT_EQ(served, now) << "round " << round;
  }
  stop = true;
  for (std::thread& thread : load) thread.join();
  EXPECT_EQ(failed, 0) << "of " << calls << " calls";
  EXPECT_GT(calls, 20);
}

TEST_F(TlsTest, APairThatDoesNotMatchIsNotTakenUpAndTheServerGoesOn) {
  ASSERT_EQ(Start(), absl::OkStatus());
  const std::string before = ReadFile(issued_.certificate);
  WriteFile(issued_.certificate, ReadFile(authority_.Issue("another").certificate));
  std::this_thread::sleep_for(std::chrono::milliseconds(1200));
  Client client = Connect(Trusting());
  EXPECT_EQ(client.Ask("hello"), absl::OkStatus());
  EXPECT_EQ(client.server_certificate(), before);
}

TEST_F(TlsTest, WhenTheCertificateEndsIsAMetric) {
  options_.metrics_listen = "127.0.0.1:0";
  ASSERT_EQ(Start(), absl::OkStatus());
  const std::string metrics =
      consilience::testing::HttpGet(server_->metrics_address(), "/metrics").body;
  const std::string name = "\nconsilience_tls_certificate_not_after_seconds ";
  const size_t found = metrics.find(name);
  ASSERT_NE(found, std::string::npos);
  const double left = std::stod(metrics.substr(found + name.size())) -
                      absl::ToDoubleSeconds(absl::Now() - absl::UnixEpoch());
  EXPECT_GT(left, 86400);
  EXPECT_LT(left, 3 * 86400);
}

TEST_F(TlsTest, AMissingCertificateIsRefused) {
  options_.tls.certificate = (dir_ / "nowhere.crt").string();
  const std::string message = StartMessage();
  EXPECT_THAT(message, HasSubstr("--tls-certificate"));
  EXPECT_THAT(message, HasSubstr("nowhere.crt"));
}

TEST_F(TlsTest, ACertificateWithoutItsKeyIsRefused) {
  options_.tls.key = "";
  EXPECT_THAT(StartMessage(), HasSubstr("--tls-key"));
}

TEST_F(TlsTest, AuthoritiesWithoutACertificateOfTheServersOwnAreRefused) {
  options_.tls = {"", "", authority_.certificate()};
  EXPECT_THAT(StartMessage(), HasSubstr("--tls-certificate"));
}

TEST_F(TlsTest, AKeyOfAnotherCertificateIsRefused) {
  options_.tls.key = authority_.Issue("another").key;
  const std::string message = StartMessage();
  EXPECT_THAT(message, HasSubstr("is not the key of the certificate"));
  EXPECT_THAT(message, HasSubstr(issued_.certificate));
}

TEST_F(TlsTest, AKeyThatEverybodyMayReadIsRefused) {
  std::filesystem::permissions(issued_.key, std::filesystem::perms::others_read,
                               std::filesystem::perm_options::add);
  const std::string message = StartMessage();
  EXPECT_THAT(message, HasSubstr("everybody on this machine may use it (mode 0404)"));
  EXPECT_THAT(message, HasSubstr("chmod 0600"));
}

TEST_F(TlsTest, WhatIsNoCertificateOrKeyIsRefused) {
  const std::string junk = (dir_ / "junk").string();
  WriteFile(junk, "-----BEGIN NOTHING-----\n");
  std::filesystem::permissions(junk, std::filesystem::perms::owner_read);
  options_.tls.key = junk;
  EXPECT_THAT(StartMessage(), HasSubstr("holds no private key in PEM"));
  options_.tls = {issued_.certificate, issued_.key, junk};
  EXPECT_THAT(StartMessage(), HasSubstr("--client-ca"));
  options_.tls = {junk, issued_.key, ""};
  EXPECT_THAT(StartMessage(), HasSubstr("holds no certificate in PEM"));
}

TEST_F(TlsTest, ACertificateOutOfItsTimeIsRefused) {
  const auto message = [&](absl::Duration later) {
    return std::string(ReadTlsMaterial(options_.tls, absl::Now() + later).status().message());
  };
  EXPECT_THAT(message(absl::Hours(24 * 3)), HasSubstr("ended at"));
  EXPECT_THAT(message(-absl::Hours(1)), HasSubstr("is valid only from"));
  EXPECT_EQ(message(absl::Hours(1)), "");
}

TEST_F(TlsTest, TokensInTheClearStayOnTheMachine) {
  options_.tls = {};
  WriteCallers("desk\treader\ttoken\t" + Sha256Hex("s3cret") + "\n");
  EXPECT_EQ(Start(), absl::OkStatus()) << "on the loopback";
  server_.reset();
  options_.listen = "0.0.0.0:0";
  const std::string message = StartMessage();
  EXPECT_THAT(message, HasSubstr("in the clear"));
  EXPECT_THAT(message, HasSubstr("--tls-certificate"));
}

}  // namespace
}  // namespace consilience::common
