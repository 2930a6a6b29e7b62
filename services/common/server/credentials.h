// How callers are told apart from strangers. The one place where a server's credentials are made.
#ifndef CONSILIENCE_SERVICES_COMMON_SERVER_CREDENTIALS_H_
#define CONSILIENCE_SERVICES_COMMON_SERVER_CREDENTIALS_H_

#include <grpcpp/security/server_credentials.h>

#include <memory>

namespace consilience::common {

// Plaintext: meant for one machine, or for a network that does its own encryption.
inline std::shared_ptr<grpc::ServerCredentials> ServerCredentials() {
  return grpc::InsecureServerCredentials();
}

}  // namespace consilience::common

#endif  // CONSILIENCE_SERVICES_COMMON_SERVER_CREDENTIALS_H_
