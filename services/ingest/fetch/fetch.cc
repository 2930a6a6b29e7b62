#include "services/ingest/fetch/fetch.h"

#include <curl/curl.h>
#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <mutex>

#include "services/common/errors/error.h"
#include "services/ingest/fetch/public_address.h"

namespace consilience::ingest {
namespace {

using absl::StatusCode;
using common::MakeError;

// What libcurl takes and gives for a number.
using CurlLong = long;  // NOLINT(google-runtime-int)

constexpr CurlLong kStalledBytesPerSecond = 100;
constexpr char kAgent[] = "consilience (claim verification; reads feeds)";

struct FreeHandle {
  void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
};
struct FreeList {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};

// One transfer, as the callbacks see it.
struct Transfer {
  const FetchOptions& options;
  Fetched fetched;
  bool too_large = false;
  std::string private_address;
};

size_t TakeBody(char* bytes, size_t /*one*/, size_t count, void* user) {
  auto& transfer = *static_cast<Transfer*>(user);
  transfer.too_large = transfer.fetched.body.size() + count > transfer.options.bytes;
  if (transfer.too_large) return 0;
  transfer.fetched.body.append(bytes, count);
  return count;
}

std::string_view Trimmed(std::string_view text) {
  const size_t begin = text.find_first_not_of(" \t");
  const size_t end = text.find_last_not_of(" \t\r\n");
  return begin == std::string_view::npos || end < begin ? std::string_view()
                                                        : text.substr(begin, end - begin + 1);
}

bool IsNamed(std::string_view name, std::string_view expected) {
  return name.size() == expected.size() &&
         curl_strnequal(name.data(), expected.data(), name.size()) != 0;
}

size_t TakeHeader(char* bytes, size_t /*one*/, size_t count, void* user) {
  auto& validators = static_cast<Transfer*>(user)->fetched.validators;
  const std::string_view line(bytes, count);
  // The headers of a redirect come first; those of the answer replace them.
  if (line.starts_with("HTTP/")) validators = {};
  const size_t colon = line.find(':');
  if (colon == std::string_view::npos) return count;
  const std::string_view name = line.substr(0, colon);
  const std::string value(Trimmed(line.substr(colon + 1)));
  if (IsNamed(name, "ETag")) validators.etag = value;
  if (IsNamed(name, "Last-Modified")) validators.last_modified = value;
  return count;
}

curl_socket_t OpenSocket(void* user, curlsocktype /*purpose*/, curl_sockaddr* address) {
  auto& transfer = *static_cast<Transfer*>(user);
  if (!transfer.options.allow_private && !IsPublicAddress(address->addr)) {
    transfer.private_address = AddressText(address->addr);
    return CURL_SOCKET_BAD;
  }
  return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

// The address goes into the metadata only: it is the label of the item, which is printed beside.
absl::Status Failure(StatusCode code, std::string_view reason, const std::string& url,
                     std::string_view problem) {
  return MakeError(code, reason, problem, {{"url", url}});
}

absl::Status FailureOf(CURLcode result, const char* detail, const std::string& url,
                       const Transfer& transfer) {
  const FetchOptions& options = transfer.options;
  if (!transfer.private_address.empty()) {
    return Failure(StatusCode::kPermissionDenied, "FETCH_ADDRESS_PRIVATE", url,
                   fmt::format("leads to {}, which is no public address: --allow-private "
                               "fetches from it all the same",
                               transfer.private_address));
  }
  if (transfer.too_large || result == CURLE_FILESIZE_EXCEEDED) {
    return Failure(StatusCode::kResourceExhausted, "FETCH_TOO_LARGE", url,
                   fmt::format("has more than {} bytes: raise fetch_bytes", options.bytes));
  }
  switch (result) {
    case CURLE_OPERATION_TIMEDOUT:
      return Failure(
          StatusCode::kDeadlineExceeded, "FETCH_TOO_SLOW", url,
          fmt::format("did not come within {}, or stood still for {}: try later",
                      absl::FormatDuration(options.time), absl::FormatDuration(options.stall)));
    case CURLE_TOO_MANY_REDIRECTS:
      return Failure(StatusCode::kFailedPrecondition, "FETCH_REDIRECTS", url,
                     fmt::format("redirects more than {} times: give the address that it leads to",
                                 options.redirects));
    case CURLE_PARTIAL_FILE:
      return Failure(StatusCode::kDataLoss, "FETCH_TRUNCATED", url,
                     "ended before the length that its server announced: try again");
    default:
      return Failure(StatusCode::kUnavailable, "FETCH_FAILED", url,
                     *detail != '\0' ? detail : curl_easy_strerror(result));
  }
}

absl::Status FailureOfStatus(CurlLong status, const std::string& url) {
  const bool passes = status >= 500 || status == 429 || status == 408;
  const StatusCode code = passes                           ? StatusCode::kUnavailable
                          : status == 404 || status == 410 ? StatusCode::kNotFound
                                                           : StatusCode::kFailedPrecondition;
  return Failure(code, "FETCH_STATUS", url,
                 fmt::format("the server answered {}: {}", status,
                             passes ? "try again later" : "check the address"));
}

void SetOptions(CURL* handle, const std::string& url, Transfer& transfer, char* detail) {
  const FetchOptions& options = transfer.options;
  curl_easy_setopt(handle, CURLOPT_URL, url.c_str());
  curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(handle, CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(handle, CURLOPT_FOLLOWLOCATION, 1L);
  curl_easy_setopt(handle, CURLOPT_MAXREDIRS, static_cast<CurlLong>(options.redirects));
  curl_easy_setopt(handle, CURLOPT_NOPROXY, "*");
  curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(handle, CURLOPT_USERAGENT, kAgent);
  curl_easy_setopt(handle, CURLOPT_ACCEPT_ENCODING, "");
  curl_easy_setopt(handle, CURLOPT_TIMEOUT_MS,
                   static_cast<CurlLong>(absl::ToInt64Milliseconds(options.time)));
  curl_easy_setopt(handle, CURLOPT_LOW_SPEED_LIMIT, kStalledBytesPerSecond);
  curl_easy_setopt(
      handle, CURLOPT_LOW_SPEED_TIME,
      std::max<CurlLong>(1, static_cast<CurlLong>(absl::ToInt64Seconds(options.stall))));
  curl_easy_setopt(handle, CURLOPT_MAXFILESIZE_LARGE, static_cast<curl_off_t>(options.bytes));
  curl_easy_setopt(handle, CURLOPT_ERRORBUFFER, detail);
  curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, TakeBody);
  curl_easy_setopt(handle, CURLOPT_WRITEDATA, &transfer);
  curl_easy_setopt(handle, CURLOPT_HEADERFUNCTION, TakeHeader);
  curl_easy_setopt(handle, CURLOPT_HEADERDATA, &transfer);
  curl_easy_setopt(handle, CURLOPT_OPENSOCKETFUNCTION, OpenSocket);
  curl_easy_setopt(handle, CURLOPT_OPENSOCKETDATA, &transfer);
}

}  // namespace

bool IsHttpUrl(std::string_view text) {
  return text.starts_with("http://") || text.starts_with("https://");
}

absl::StatusOr<Fetched> Fetch(const std::string& url, const Validators& known,
                              const FetchOptions& options) {
  static std::once_flag once;
  std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
  const std::unique_ptr<CURL, FreeHandle> handle(curl_easy_init());
  Transfer transfer{options, {}, false, {}};
  char detail[CURL_ERROR_SIZE] = {};
  SetOptions(handle.get(), url, transfer, detail);
  std::unique_ptr<curl_slist, FreeList> headers;
  const auto add_header = [&](const char* name, const std::string& value) {
    if (value.empty()) return;
    headers.reset(curl_slist_append(headers.release(), fmt::format("{}: {}", name, value).c_str()));
  };
  add_header("If-None-Match", known.etag);
  add_header("If-Modified-Since", known.last_modified);
  curl_easy_setopt(handle.get(), CURLOPT_HTTPHEADER, headers.get());

  const CURLcode result = curl_easy_perform(handle.get());
  if (result != CURLE_OK) return FailureOf(result, detail, url, transfer);
  CurlLong status = 0;
  curl_easy_getinfo(handle.get(), CURLINFO_RESPONSE_CODE, &status);
  Fetched& fetched = transfer.fetched;
  fetched.not_modified = status == 304;
  if (status != 200 && !fetched.not_modified) return FailureOfStatus(status, url);
  const char* text = nullptr;
  curl_easy_getinfo(handle.get(), CURLINFO_CONTENT_TYPE, &text);
  if (text != nullptr) fetched.content_type = text;
  curl_easy_getinfo(handle.get(), CURLINFO_EFFECTIVE_URL, &text);
  fetched.url = text != nullptr ? text : url;
  return std::move(transfer.fetched);
}

}  // namespace consilience::ingest
