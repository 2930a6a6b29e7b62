// Servers that behave, that fail, and that mean harm.
#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <zlib.h>

#include <chrono>
#include <cstring>
#include <string>

#include "services/common/errors/error.h"
#include "services/ingest/fetch/fetch.h"
#include "services/ingest/fetch/public_address.h"
#include "tests/support/scripted_http.h"

namespace consilience::ingest {
namespace {

using consilience::testing::HttpOk;
using consilience::testing::ScriptedAnswer;
using consilience::testing::ScriptedHttp;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;

FetchOptions Local() {
  FetchOptions options;
  options.allow_private = true;
  options.time = absl::Seconds(10);
  return options;
}

// The reason of the refusal, "" when it was fetched.
std::string ReasonOf(const std::string& url, const FetchOptions& options) {
  return common::ErrorReason(Fetch(url, {}, options).status());
}

TEST(Fetch, BringsTheBodyAndWhatIsAskedByNextTime) {
  const ScriptedHttp server([](const std::string& request) -> ScriptedAnswer {
    if (request.find("If-None-Match: \"v1\"") != std::string::npos) {
      return {{"HTTP/1.1 304 Not Modified\r\n\r\n"}};
    }
    return {{HttpOk("<rss/>",
                    "ETag: \"v1\"\r\nContent-Type: application/rss+xml\r\n"
                    "Last-Modified: Tue, 22 Nov 2016 10:00:00 GMT\r\n")}};
  });
  const auto first = Fetch(server.Url("/feed"), {}, Local());
  ASSERT_TRUE(first.ok()) << first.status();
  EXPECT_EQ(first->body, "<rss/>");
  EXPECT_EQ(first->content_type, "application/rss+xml");
  EXPECT_EQ(first->url, server.Url("/feed"));
  const auto again = Fetch(server.Url("/feed"), first->validators, Local());
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_TRUE(again->not_modified);
  ASSERT_THAT(server.Requests(), SizeIs(2));
  EXPECT_THAT(server.Requests()[0], Not(HasSubstr("If-None-Match")));
  EXPECT_THAT(server.Requests()[1],
              HasSubstr("If-Modified-Since: Tue, 22 Nov 2016 10:00:00 GMT\r\n"));
}

TEST(Fetch, FollowsRedirectsUpToTheLimitAndOnlyToTheWeb) {
  const ScriptedHttp server([](const std::string& request) -> ScriptedAnswer {
    const auto to = [](const std::string& where) -> ScriptedAnswer {
      return {{"HTTP/1.1 302 Found\r\nContent-Length: 0\r\nConnection: close\r\nLocation: " +
               where + "\r\n\r\n"}};
    };
    if (request.starts_with("GET /once ")) return to("/there");
    if (request.starts_with("GET /loop ")) return to("/loop");
    if (request.starts_with("GET /disk ")) return to("file:///etc/passwd");
    return {{HttpOk("there")}};
  });
  const auto there = Fetch(server.Url("/once"), {}, Local());
  ASSERT_TRUE(there.ok()) << there.status();
  EXPECT_EQ(there->url, server.Url("/there"));
  EXPECT_EQ(ReasonOf(server.Url("/loop"), Local()), "FETCH_REDIRECTS");
  EXPECT_EQ(ReasonOf(server.Url("/disk"), Local()), "FETCH_FAILED");
  EXPECT_EQ(ReasonOf("file:///etc/passwd", Local()), "FETCH_FAILED");
}

TEST(Fetch, ReachesNoPrivateAddressUnlessAllowed) {
  const ScriptedHttp server([](const std::string&) -> ScriptedAnswer { return {{HttpOk("x")}}; });
  FetchOptions options = Local();
  options.allow_private = false;
  EXPECT_EQ(ReasonOf(server.Url("/"), options), "FETCH_ADDRESS_PRIVATE");
  // A name is looked up first: what counts is the address that would be connected to.
  EXPECT_EQ(ReasonOf(server.Url("/", "localhost"), options), "FETCH_ADDRESS_PRIVATE");
  EXPECT_EQ(ReasonOf(server.Url("/", "0177.0.0.1"), options), "FETCH_ADDRESS_PRIVATE");
  EXPECT_EQ(ReasonOf(server.Url("/", "2130706433"), options), "FETCH_ADDRESS_PRIVATE");
  EXPECT_THAT(server.Requests(), SizeIs(0));
}

TEST(Fetch, ALyingLengthIsNoticed) {
  const ScriptedHttp server([](const std::string& request) -> ScriptedAnswer {
    if (request.starts_with("GET /short ")) {
      return {{"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly this"}};
    }
    if (request.starts_with("GET /huge ")) {
      return {{"HTTP/1.1 200 OK\r\nContent-Length: 999999999999\r\n\r\nx"}};
    }
    return {{"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nfour and more"}};
  });
  EXPECT_EQ(ReasonOf(server.Url("/short"), Local()), "FETCH_TRUNCATED");
  EXPECT_EQ(ReasonOf(server.Url("/huge"), Local()), "FETCH_TOO_LARGE");
  EXPECT_EQ(Fetch(server.Url("/long"), {}, Local())->body, "four");
}

std::string Gzip(const std::string& bytes) {
  z_stream stream{};
  deflateInit2(&stream, 9, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
  std::string packed(deflateBound(&stream, bytes.size()) + 64, '\0');
  stream.next_in = const_cast<Bytef*>(reinterpret_cast<const Bytef*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  deflate(&stream, Z_FINISH);
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  return packed;
}

TEST(Fetch, HoldsNoMoreThanIsAllowedPackedOrNot) {
  const ScriptedHttp server([](const std::string& request) -> ScriptedAnswer {
    if (request.starts_with("GET /packed ")) {
      return {{HttpOk(Gzip(std::string(10'000'000, ' ')), "Content-Encoding: gzip\r\n")}};
    }
    // Without a length.
    return {{"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + std::string(200'000, 'x')}};
  });
  FetchOptions options = Local();
  options.bytes = 100'000;
  EXPECT_EQ(ReasonOf(server.Url("/packed"), options), "FETCH_TOO_LARGE");
  EXPECT_EQ(ReasonOf(server.Url("/plain"), options), "FETCH_TOO_LARGE");
}

TEST(Fetch, DoesNotWaitForThoseWhoDragItOut) {
  const ScriptedHttp server([](const std::string& request) -> ScriptedAnswer {
    const std::chrono::milliseconds pause(100);
    if (request.starts_with("GET /head ")) {
      return {std::vector<std::string>(100, "X-Slow: 1\r\n"), pause};
    }
    std::vector<std::string> drops(100, "x");
    drops.front() = "HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n";
    return {drops, pause};
  });
  FetchOptions options = Local();
  options.time = absl::Milliseconds(700);
  const auto begin = std::chrono::steady_clock::now();
  EXPECT_EQ(ReasonOf(server.Url("/body"), options), "FETCH_TOO_SLOW");
  EXPECT_NE(ReasonOf(server.Url("/head"), options), "");
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(8));
}

TEST(Fetch, SaysWhatTheServerAnswered) {
  const ScriptedHttp server([](const std::string& request) -> ScriptedAnswer {
    const std::string status = request.starts_with("GET /gone ") ? "410 Gone" : "503 Busy";
    return {{"HTTP/1.1 " + status + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"}};
  });
  const auto gone = Fetch(server.Url("/gone"), {}, Local()).status();
  EXPECT_EQ(gone.code(), absl::StatusCode::kNotFound);
  EXPECT_THAT(std::string(gone.message()), HasSubstr("410"));
  EXPECT_EQ(Fetch(server.Url("/busy"), {}, Local()).status().code(),
            absl::StatusCode::kUnavailable);
}

bool IsPublic(const char* text) {
  sockaddr_storage storage{};
  auto* const ipv4 = reinterpret_cast<sockaddr_in*>(&storage);
  auto* const ipv6 = reinterpret_cast<sockaddr_in6*>(&storage);
  if (inet_pton(AF_INET, text, &ipv4->sin_addr) == 1) {
    storage.ss_family = AF_INET;
  } else if (inet_pton(AF_INET6, text, &ipv6->sin6_addr) == 1) {
    storage.ss_family = AF_INET6;
  } else {
    ADD_FAILURE() << text;
  }
  return IsPublicAddress(reinterpret_cast<const sockaddr&>(storage));
}

TEST(PublicAddress, IsWhatAnybodyMayBeSentTo) {
  for (const char* text : {"8.8.8.8", "93.184.216.34", "172.32.0.1", "100.128.0.1", "192.0.1.1",
                           "2606:2800:220:1::1", "::ffff:8.8.8.8", "2002:808:808::1"}) {
    EXPECT_TRUE(IsPublic(text)) << text;
  }
  for (const char* text :
       {"0.0.0.0",         "10.1.2.3",      "100.64.0.1",      "127.0.0.1", "127.9.9.9",
        "169.254.169.254", "172.16.0.1",    "172.31.255.255",  "192.0.2.1", "192.168.1.1",
        "198.18.0.1",      "224.0.0.1",     "255.255.255.255", "::",        "::1",
        "fe80::1",         "fc00::1",       "fd12::1",         "ff02::1",   "::ffff:127.0.0.1",
        "::ffff:10.0.0.1", "2002:7f00:1::", "2001:db8::1",     "2001::1",   "64:ff9b::a00:1"}) {
    EXPECT_FALSE(IsPublic(text)) << text;
  }
}

}  // namespace
}  // namespace consilience::ingest
