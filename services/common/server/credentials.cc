#include "services/common/server/credentials.h"

#include <grpc/grpc.h>
#include <grpc/grpc_security.h>

#include <string>
#include <utility>

namespace consilience::common {
namespace {

// gRPC asks for the certificate at each handshake. (Its own file watcher takes certificate and key
// as it finds them, also when one of the two is still the old one; then handshakes fail.)
class TlsServerCredentials : public grpc::ServerCredentials {
 public:
  TlsServerCredentials(std::shared_ptr<TlsFiles> files, ClientCertificates certificates)
      : files_(std::move(files)),
        credentials_(grpc_ssl_server_credentials_create_with_options(
            grpc_ssl_server_credentials_create_options_using_config_fetcher(
                RequestFor(*files_, certificates), Fetch, this))) {}
  ~TlsServerCredentials() override { grpc_server_credentials_release(credentials_); }

  void SetAuthMetadataProcessor(const std::shared_ptr<grpc::AuthMetadataProcessor>&) override {}

 private:
  static grpc_ssl_client_certificate_request_type RequestFor(const TlsFiles& files,
                                                             ClientCertificates certificates) {
    if (!files.asks_for_certificates()) return GRPC_SSL_DONT_REQUEST_CLIENT_CERTIFICATE;
    return certificates == ClientCertificates::kRequired
               ? GRPC_SSL_REQUEST_AND_REQUIRE_CLIENT_CERTIFICATE_AND_VERIFY
               : GRPC_SSL_REQUEST_CLIENT_CERTIFICATE_AND_VERIFY;
  }

  static grpc_ssl_certificate_config_reload_status Fetch(
      void* self, grpc_ssl_server_certificate_config** config) {
    return static_cast<TlsServerCredentials*>(self)->Fetch(*config);
  }

  // gRPC calls this under a lock of its own.
  grpc_ssl_certificate_config_reload_status Fetch(grpc_ssl_server_certificate_config*& config) {
    auto current = files_->Current();
    if (current == given_) return GRPC_SSL_CERTIFICATE_CONFIG_RELOAD_UNCHANGED;
    const grpc_ssl_pem_key_cert_pair pair = {current->key.c_str(), current->certificate.c_str()};
    // gRPC wants some authority even when it asks for no certificate.
    const std::string& authorities =
        current->client_ca.empty() ? current->certificate : current->client_ca;
    config = grpc_ssl_server_certificate_config_create(authorities.c_str(), &pair, 1);
    given_ = std::move(current);
    return GRPC_SSL_CERTIFICATE_CONFIG_RELOAD_NEW;
  }

  int AddPortToServer(const std::string& address, grpc_server* server) override {
    return grpc_server_add_http2_port(server, address.c_str(), credentials_);
  }

  const std::shared_ptr<TlsFiles> files_;
  std::shared_ptr<const TlsMaterial> given_;
  grpc_server_credentials* const credentials_;
};

}  // namespace

std::shared_ptr<grpc::ServerCredentials> ServerCredentials(std::shared_ptr<TlsFiles> files,
                                                           ClientCertificates certificates) {
  if (files == nullptr) return grpc::InsecureServerCredentials();
  return std::make_shared<TlsServerCredentials>(std::move(files), certificates);
}

}  // namespace consilience::common
