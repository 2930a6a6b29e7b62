// Whether a call goes ahead: who calls, whether he may, and whether not too often. All of it before
// the request is looked at, so that a stranger learns nothing from its validation.
#ifndef CONSILIENCE_SERVICES_COMMON_SERVER_ACCESS_H_
#define CONSILIENCE_SERVICES_COMMON_SERVER_ACCESS_H_

#include <grpcpp/server_context.h>

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "services/common/server/callers.h"
#include "services/common/server/file_watch.h"
#include "services/common/server/rate_limit.h"
#include "services/common/sync/mutex.h"

namespace consilience::common {

struct AccessOptions {
  std::string callers;       // file; empty: everybody who can connect may do everything
  int calls_per_second = 0;  // of each caller; 0 for no limit
};

// Thread-safe.
class Access {
 public:
  // Errors name the file, the line and the rule.
  static absl::StatusOr<std::unique_ptr<Access>> Open(AccessOptions options);

  // Unauthenticated (nobody known), PermissionDenied (a role too low) or ResourceExhausted with a
  // RetryInfo (too often). A changed file of callers is taken up within a second or two.
  absl::StatusOr<Caller> Admit(const grpc::CallbackServerContext& context,
                               const std::string& method);

  // Whether callers have to say who they are.
  bool identifies() const { return !options_.callers.empty(); }
  bool has_tokens();
  // The token of this process's calls to itself, which may do everything, as often as it likes.
  const std::string& own_secret() const { return own_secret_; }
  // Whether the method changes anything, and so belongs into the log with its caller.
  static bool Changes(const std::string& method);

 private:
  Access(AccessOptions options, Callers callers);

  absl::StatusOr<Caller> Authorise(const grpc::CallbackServerContext& context,
                                   const Identification& shown, const std::string& method);
  bool IsOwn(const Identification& shown) const;
  std::shared_ptr<const Callers> Current();

  const AccessOptions options_;
  const std::string own_secret_;
  RateLimit rate_;
  Mutex mutex_;
  FileWatch watch_ GUARDED_BY(mutex_);
  std::shared_ptr<const Callers> callers_ GUARDED_BY(mutex_);
};

}  // namespace consilience::common

#endif  // CONSILIENCE_SERVICES_COMMON_SERVER_ACCESS_H_
