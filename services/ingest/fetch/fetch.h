// Feeds and pages over HTTP.
#ifndef CONSILIENCE_SERVICES_INGEST_FETCH_FETCH_H_
#define CONSILIENCE_SERVICES_INGEST_FETCH_FETCH_H_

#include <cstddef>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace consilience::ingest {

struct FetchOptions {
  size_t bytes = size_t{64} << 20;           // of the body, after decompression
  absl::Duration time = absl::Seconds(60);   // from the first look-up to the last byte
  absl::Duration stall = absl::Seconds(20);  // with less than 100 bytes a second
  int redirects = 5;
  // Addresses that are not public (see public_address.h). They are checked when the connection is
  // opened, of each redirect as well, so that no name can be made to lead there.
  bool allow_private = false;
};

// What a server said of a body, to ask later whether it has changed.
struct Validators {
  std::string etag;
  std::string last_modified;
};

struct Fetched {
  bool not_modified = false;  // then there is no body
  std::string body;
  std::string content_type;
  std::string url;  // after redirects
  Validators validators;
};

bool IsHttpUrl(std::string_view text);

// Thread-safe. Proxies of the environment are not used: they would be connected to in place of the
// addresses that are checked. Errors say what to do, their metadata names the `url`:
// FETCH_ADDRESS_PRIVATE, FETCH_REDIRECTS, FETCH_TOO_LARGE, FETCH_TOO_SLOW, FETCH_TRUNCATED,
// FETCH_STATUS, FETCH_FAILED.
absl::StatusOr<Fetched> Fetch(const std::string& url, const Validators& known,
                              const FetchOptions& options);

}  // namespace consilience::ingest

#endif  // CONSILIENCE_SERVICES_INGEST_FETCH_FETCH_H_
