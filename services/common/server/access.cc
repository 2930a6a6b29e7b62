#include "services/common/server/access.h"

#include <grpc/grpc_security_constants.h>
#include <grpcpp/security/auth_context.h>
#include <openssl/crypto.h>

#include <string_view>
#include <utility>

#include "services/common/errors/catalogue.h"
#include "services/common/log/log.h"
#include "services/common/server/own_channel.h"
#include "services/common/time/clock.h"

namespace consilience::common {
namespace {

constexpr std::string_view kBearer = "Bearer ";

Identification Shown(const grpc::CallbackServerContext& context) {
  Identification shown;
  const auto header = context.client_metadata().find("authorization");
  if (header != context.client_metadata().end()) {
    const std::string_view value(header->second.data(), header->second.size());
    shown.token = std::string(value.starts_with(kBearer) ? value.substr(kBearer.size()) : value);
  }
  const auto peer = context.auth_context();
  if (peer == nullptr || !peer->IsPeerAuthenticated()) return shown;
  for (const char* property : {GRPC_X509_SAN_PROPERTY_NAME, GRPC_X509_CN_PROPERTY_NAME}) {
    for (const auto& name : peer->FindPropertyValues(property)) {
      shown.certificate_names.emplace_back(name.data(), name.size());
    }
  }
  return shown;
}

// The peer without its port, which is another for each connection.
std::string HostOf(const std::string& peer) { return peer.substr(0, peer.rfind(':')); }

}  // namespace

Access::Access(AccessOptions options, Callers callers)
    : options_(std::move(options)),
      own_secret_(NewSecret()),
      rate_(options_.calls_per_second),
      watch_({options_.callers}, absl::Seconds(1)),
      callers_(std::make_shared<const Callers>(std::move(callers))) {}

absl::StatusOr<std::unique_ptr<Access>> Access::Open(AccessOptions options) {
  Callers callers;
  if (!options.callers.empty()) {
    auto read = Callers::Read(options.callers);
    if (!read.ok()) return read.status();
    callers = *std::move(read);
  }
  return std::unique_ptr<Access>(new Access(std::move(options), std::move(callers)));
}

std::shared_ptr<const Callers> Access::Current() {
  const MutexLock lock(mutex_);
  if (!watch_.Changed(RealClock().Now())) return callers_;
  auto read = Callers::Read(options_.callers);
  if (read.ok()) {
    callers_ = std::make_shared<const Callers>(*std::move(read));
    log::Info("callers taken up", {{"file", options_.callers}});
  } else {
    log::Error("the changed callers are not taken up", {{"status", read.status()}});
  }
  return callers_;
}

bool Access::IsOwn(const Identification& shown) const {
  return shown.token.has_value() && shown.token->size() == own_secret_.size() &&
         CRYPTO_memcmp(shown.token->data(), own_secret_.data(), own_secret_.size()) == 0;
}

bool Access::has_tokens() { return Current()->has_tokens(); }

bool Access::Changes(const std::string& method) {
  return MethodRoles::Shipped().Of(method) > Role::kReader;
}

absl::StatusOr<Caller> Access::Authorise(const grpc::CallbackServerContext& context,
                                         const Identification& shown, const std::string& method) {
  if (!identifies()) return Caller{HostOf(context.peer()), Role::kAdmin};
  auto caller = Current()->Find(shown);
  if (!caller.has_value()) return CallerUnknown();
  const Role needed = MethodRoles::Shipped().Of(method);
  if (caller->role < needed) {
    return CallerForbidden(caller->name, RoleName(caller->role), method, RoleName(needed));
  }
  return *std::move(caller);
}

absl::StatusOr<Caller> Access::Admit(const grpc::CallbackServerContext& context,
                                     const std::string& method) {
  const Identification shown = Shown(context);
  if (IsOwn(shown)) return Caller{"self", Role::kAdmin};
  auto caller = Authorise(context, shown, method);
  // Strangers are counted by where they are, so that guessing tokens has its limit too.
  const std::string key = caller.ok() ? caller->name : HostOf(context.peer());
  const absl::Duration wait = rate_.Take(key, RealClock().Now());
  if (wait > absl::ZeroDuration()) return RateExceeded(key, rate_.per_second(), wait);
  return caller;
}

}  // namespace consilience::common
