// Who may call: the file that --callers names.
//
//   # callers 1: who may call this server, and as what.
//   # name, role, by, value; with tabs between
//   desk    contributor  token        4f8a… (64 digits: the SHA-256 of the token)
//   ingest  reviewer     certificate  consilience-ingest (a name that the certificate carries)
//
// A caller may stand there several times, so that a token can be replaced without a gap.
#ifndef CONSILIENCE_SERVICES_COMMON_SERVER_CALLERS_H_
#define CONSILIENCE_SERVICES_COMMON_SERVER_CALLERS_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "services/common/server/roles.h"

namespace consilience::common {

struct Caller {
  std::string name;
  Role role = Role::kReader;
};

// What a call shows of its caller.
struct Identification {
  std::optional<std::string> token;
  std::vector<std::string> certificate_names;  // of a certificate that was verified
};

class Callers {
 public:
  // Errors name the file, the line and the rule.
  static absl::StatusOr<Callers> Read(const std::string& path);
  static absl::StatusOr<Callers> Parse(std::string_view text, const std::string& origin);

  // A token is looked at before a certificate: a service may call on behalf of a person. Takes the
  // same time whether, and where, a token matches.
  std::optional<Caller> Find(const Identification& shown) const;
  bool has_tokens() const { return !tokens_.empty(); }

 private:
  struct Entry {
    std::string value;  // digest of a token, or name in a certificate
    Caller caller;
  };

  std::vector<Entry> tokens_;
  std::vector<Entry> certificates_;
};

}  // namespace consilience::common

#endif  // CONSILIENCE_SERVICES_COMMON_SERVER_CALLERS_H_
