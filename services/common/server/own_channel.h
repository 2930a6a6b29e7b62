// A server's channel to itself, for a program that hosts services which call each other.
#ifndef CONSILIENCE_SERVICES_COMMON_SERVER_OWN_CHANNEL_H_
#define CONSILIENCE_SERVICES_COMMON_SERVER_OWN_CHANNEL_H_

#include <grpcpp/channel.h>
#include <grpcpp/server.h>

#include <memory>
#include <string>

namespace consilience::common {

// A secret of 256 random bits, in hexadecimal digits, by which a process knows its own calls.
std::string NewSecret();

// Calls stay in the process: no network, no TLS. Each carries `secret` as its bearer token.
std::shared_ptr<grpc::Channel> OwnChannel(grpc::Server& server, const std::string& secret);

}  // namespace consilience::common

#endif  // CONSILIENCE_SERVICES_COMMON_SERVER_OWN_CHANNEL_H_
