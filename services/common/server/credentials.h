// How callers are told apart from strangers. The one place where a server's credentials are made.
#ifndef CONSILIENCE_SERVICES_COMMON_SERVER_CREDENTIALS_H_
#define CONSILIENCE_SERVICES_COMMON_SERVER_CREDENTIALS_H_

#include <grpcpp/security/server_credentials.h>

#include <memory>

#include "services/common/server/tls_files.h"

namespace consilience::common {

enum class ClientCertificates {
  kRequired,  // who has none that an authority of --client-ca issued is not let in
  kAccepted,  // as above, but who has none may identify himself otherwise
};

// Credentials for one address; they must outlive the gRPC server that has it. `files` is null for
// plaintext, which is meant for one machine or for a network that does its own encryption. Each new
// connection gets the certificate that is then in force; those that stand keep theirs.
std::shared_ptr<grpc::ServerCredentials> ServerCredentials(std::shared_ptr<TlsFiles> files,
                                                           ClientCertificates certificates);

}  // namespace consilience::common

#endif  // CONSILIENCE_SERVICES_COMMON_SERVER_CREDENTIALS_H_
