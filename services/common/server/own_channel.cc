#include "services/common/server/own_channel.h"

#include <fmt/format.h>
#include <grpcpp/support/channel_arguments.h>
#include <grpcpp/support/client_interceptor.h>
#include <openssl/rand.h>

#include <array>
#include <stdexcept>
#include <utility>
#include <vector>

namespace consilience::common {
namespace {

using grpc::experimental::ClientInterceptorFactoryInterface;
using grpc::experimental::ClientRpcInfo;
using grpc::experimental::InterceptionHookPoints;
using grpc::experimental::Interceptor;
using grpc::experimental::InterceptorBatchMethods;

class BearerInterceptor : public Interceptor {
 public:
  explicit BearerInterceptor(const std::string& secret) : secret_(secret) {}

  void Intercept(InterceptorBatchMethods* methods) override {
    if (methods->QueryInterceptionHookPoint(InterceptionHookPoints::PRE_SEND_INITIAL_METADATA)) {
      methods->GetSendInitialMetadata()->emplace("authorization", "Bearer " + secret_);
    }
    methods->Proceed();
  }

 private:
  const std::string& secret_;
};

class BearerInterceptorFactory : public ClientInterceptorFactoryInterface {
 public:
  explicit BearerInterceptorFactory(std::string secret) : secret_(std::move(secret)) {}

  Interceptor* CreateClientInterceptor(ClientRpcInfo*) override {
    return new BearerInterceptor(secret_);
  }

 private:
  const std::string secret_;
};

}  // namespace

std::string NewSecret() {
  std::array<unsigned char, 32> bytes{};
  if (RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1) {
    throw std::runtime_error("the machine has no randomness to give");
  }
  std::string digits;
  for (const unsigned char byte : bytes) digits += fmt::format("{:02x}", byte);
  return digits;
}

std::shared_ptr<grpc::Channel> OwnChannel(grpc::Server& server, const std::string& secret) {
  std::vector<std::unique_ptr<ClientInterceptorFactoryInterface>> interceptors;
  interceptors.push_back(std::make_unique<BearerInterceptorFactory>(secret));
  grpc::ChannelArguments arguments;
  arguments.SetMaxReceiveMessageSize(-1);  // the server bounds what it sends
  return server.experimental().InProcessChannelWithInterceptors(arguments, std::move(interceptors));
}

}  // namespace consilience::common
