// Just enough HTTP to read what a service shows beside its API.
#ifndef CONSILIENCE_TESTS_SUPPORT_HTTP_H_
#define CONSILIENCE_TESTS_SUPPORT_HTTP_H_

#include <string>

namespace consilience::testing {

struct HttpAnswer {
  int status = 0;  // 0 when nobody answered
  std::string body;
};

// GET http://ADDRESS/PATH, with `address` as "127.0.0.1:9401" and `path` as "/metrics".
HttpAnswer HttpGet(const std::string& address, const std::string& path);

// An address on the loopback whose port was free a moment ago, for programs that cannot choose one
// themselves.
std::string FreeAddress();

}  // namespace consilience::testing

#endif  // CONSILIENCE_TESTS_SUPPORT_HTTP_H_
