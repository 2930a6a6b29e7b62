// A server's certificate and key, and whom it takes certificates from: read from disk, checked, and
// read again when they change.
#ifndef CONSILIENCE_SERVICES_COMMON_SERVER_TLS_FILES_H_
#define CONSILIENCE_SERVICES_COMMON_SERVER_TLS_FILES_H_

#include <functional>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/common/server/file_watch.h"
#include "services/common/sync/mutex.h"

namespace consilience::common {

// Paths of PEM files; all empty means plaintext.
struct TlsOptions {
  std::string certificate;  // the server's, followed by those that lead to its authority
  std::string key;
  std::string client_ca;  // authorities whose certificates identify callers; empty asks for none

  bool enabled() const { return !certificate.empty() || !key.empty() || !client_ca.empty(); }
};

// What the files hold, in PEM. A certificate always matches its key.
struct TlsMaterial {
  std::string certificate;
  std::string key;
  std::string client_ca;
  absl::Time not_after;  // when the certificate ends
};

// Reads and checks the files. An error names the setting, the file, what is wrong and what to do:
// a file that is missing or not PEM, a key that others may read, that is encrypted or that belongs
// to another certificate, a certificate that has ended or not begun.
absl::StatusOr<TlsMaterial> ReadTlsMaterial(const TlsOptions& options, absl::Time now);

// Thread-safe.
class TlsFiles {
 public:
  static absl::StatusOr<std::shared_ptr<TlsFiles>> Open(TlsOptions options);

  // What is in force. Takes up changed files; when they are not good, what was in force stays so,
  // and the log says why. (Files are replaced one by one, so a certificate may meet the key of its
  // predecessor for a moment.)
  std::shared_ptr<const TlsMaterial> Current();

  bool asks_for_certificates() const { return !options_.client_ca.empty(); }
  // Is told of everything that comes into force, from now on. Before the first handshake.
  void OnChange(std::function<void(const TlsMaterial&)> told);

 private:
  TlsFiles(TlsOptions options, TlsMaterial material);

  const TlsOptions options_;
  std::function<void(const TlsMaterial&)> told_;
  Mutex mutex_;
  FileWatch watch_ GUARDED_BY(mutex_);
  std::shared_ptr<const TlsMaterial> current_ GUARDED_BY(mutex_);
};

}  // namespace consilience::common

#endif  // CONSILIENCE_SERVICES_COMMON_SERVER_TLS_FILES_H_
