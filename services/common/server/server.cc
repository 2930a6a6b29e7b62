#include "services/common/server/server.h"

#include <grpcpp/ext/proto_server_reflection_plugin.h>
#include <grpcpp/server_builder.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <pthread.h>
#include <signal.h>

#include <fstream>
#include <thread>
#include <utility>

#include "services/common/errors/catalogue.h"
#include "services/common/log/log.h"
#include "services/common/server/credentials.h"
#include "services/common/server/own_channel.h"

namespace consilience::common {
namespace {

// The name under which clients watch a server. Unlike the others it does not turn when the store is
// away: a server that is called then says what is wrong, one that is not called cannot.
constexpr char kTakesCalls[] = "calls";

const prometheus::Histogram::BucketBoundaries kStoreSeconds = {.0005, .001, .0025, .005, .01, .025,
                                                               .05,   .1,   .25,   .5,   1,   5};

sigset_t HandledSignals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGHUP);
  return signals;
}

log::Level LevelNamed(const std::string& name) {
  if (name == "debug") return log::Level::kDebug;
  if (name == "warning") return log::Level::kWarning;
  return name == "error" ? log::Level::kError : log::Level::kInfo;
}

log::Format FormatNamed(const std::string& name) {
  if (name == "json") return log::Format::kJson;
  return name == "text" ? log::Format::kText : log::Format::kAuto;
}

// Connections are closed after a while, because clients that keep one for ever never see a new
// replica.
void SetTransport(grpc::ServerBuilder& builder, const ServerOptions& options) {
  builder.AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
  builder.AddChannelArgument(
      GRPC_ARG_MAX_CONNECTION_AGE_MS,
      static_cast<int>(absl::ToInt64Milliseconds(options.max_connection_age)));
  builder.AddChannelArgument(GRPC_ARG_MAX_CONNECTION_AGE_GRACE_MS, 30 * 1000);
  builder.AddChannelArgument(GRPC_ARG_MAX_CONCURRENT_STREAMS, options.streams_per_connection);
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_TIME_MS, 60 * 1000);
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_TIMEOUT_MS, 20 * 1000);
  builder.AddChannelArgument(GRPC_ARG_HTTP2_MIN_RECV_PING_INTERVAL_WITHOUT_DATA_MS, 30 * 1000);
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_PERMIT_WITHOUT_CALLS, 1);
  builder.SetMaxReceiveMessageSize(options.max_message_mib << 20);
  builder.SetMaxSendMessageSize(options.max_message_mib << 20);
  // A small compressed message can unfold to gigabytes before any limit is applied.
  builder.SetCompressionAlgorithmSupportStatus(GRPC_COMPRESS_DEFLATE, false);
  builder.SetCompressionAlgorithmSupportStatus(GRPC_COMPRESS_GZIP, false);
}

bool IsLoopback(const std::string& address) {
  if (address.starts_with("unix:")) return true;
  const std::string host = address.substr(0, address.rfind(':'));
  return host == "localhost" || host == "[::1]" || host.starts_with("127.");
}

std::string WithPort(const std::string& listen, int port) {
  return listen.substr(0, listen.rfind(':') + 1) + std::to_string(port);
}

absl::Status WriteLines(const std::string& path, const std::vector<std::string>& lines) {
  if (path.empty()) return absl::OkStatus();
  // Written aside and renamed: whoever waits for the file never reads half of it.
  const std::string aside = path + ".new";
  std::ofstream out(aside);
  for (const std::string& line : lines) out << line << '\n';
  out.close();
  if (!out || rename(aside.c_str(), path.c_str()) != 0) {
    return FileUnreadable(path, "it cannot be written");
  }
  return absl::OkStatus();
}

}  // namespace

Server::Server(std::string program, ServerOptions options)
    : program_(std::move(program)), options_(std::move(options)) {
  log::Configure({.level = LevelNamed(options_.log_level),
                  .format = FormatNamed(options_.log_format),
                  .service = program_});
  for (const absl::Status& slip : options_.passed_over) {
    log::Warning("passed over", {{"error", slip}});
  }
  const sigset_t signals = HandledSignals();
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  signal(SIGPIPE, SIG_IGN);
  calls_ = std::make_unique<CallRuntime>(options_.calls, registry_);
  prometheus::BuildGauge()
      .Name("consilience_build_info")
      .Help("Always 1; what runs is in the labels.")
      .Register(registry_)
      .Add({{"program", program_}, {"version", CONSILIENCE_VERSION}})
      .Set(1);
}

Server::~Server() { Drain(); }

void Server::Add(grpc::Service& service, const std::string& full_name) {
  services_.emplace_back(&service, full_name);
}

absl::Status Server::OpenTls() {
  if (!options_.tls.enabled()) return absl::OkStatus();
  auto files = TlsFiles::Open(options_.tls);
  if (!files.ok()) return files.status();
  tls_ = *std::move(files);
  auto& ends = prometheus::BuildGauge()
                   .Name("consilience_tls_certificate_not_after_seconds")
                   .Help("When the certificate in force ends, in seconds since 1970.")
                   .Register(registry_)
                   .Add({});
  tls_->OnChange([&ends](const TlsMaterial& material) {
    ends.Set(absl::ToDoubleSeconds(material.not_after - absl::UnixEpoch()));
  });
  return absl::OkStatus();
}

absl::Status Server::OpenAccess() {
  auto access = Access::Open(options_.access);
  if (!access.ok()) return access.status();
  access_ = *std::move(access);
  calls_->Guard(*access_);
  if (tls_ != nullptr || !access_->has_tokens()) return absl::OkStatus();
  for (const std::string& address : SplitAddresses(options_.listen)) {
    if (IsLoopback(address)) continue;
    return SettingInvalid("callers", options_.access.callers, "--callers",
                          "has tokens, which would cross the network in the clear to " + address +
                              ": give --tls-certificate and --tls-key, or listen on 127.0.0.1");
  }
  return absl::OkStatus();
}

absl::Status Server::StartApi() {
  if (options_.reflection) grpc::reflection::InitProtoReflectionServerBuilderPlugin();
  grpc::ServerBuilder builder;
  SetTransport(builder, options_);
  const std::vector<std::string> wanted = SplitAddresses(options_.listen);
  const auto certificates =
      access_->identifies() ? ClientCertificates::kAccepted : ClientCertificates::kRequired;
  std::vector<int> ports(wanted.size(), 0);
  for (size_t i = 0; i < wanted.size(); ++i) {
    credentials_.push_back(ServerCredentials(tls_, certificates));
    builder.AddListeningPort(wanted[i], credentials_.back(), &ports[i]);
  }
  for (const auto& [service, name] : services_) builder.RegisterService(service);
  builder.RegisterService(&health_);
  api_ = builder.BuildAndStart();
  for (size_t i = 0; i < wanted.size(); ++i) {
    if (api_ == nullptr || ports[i] == 0) return AddressInUse(wanted[i], "--listen");
    addresses_.push_back(WithPort(wanted[i], ports[i]));
  }
  return absl::OkStatus();
}

absl::Status Server::StartProbe() {
  if (options_.probe_listen.empty()) return absl::OkStatus();
  grpc::ServerBuilder builder;
  SetTransport(builder, options_);
  int port = 0;
  builder.AddListeningPort(options_.probe_listen, grpc::InsecureServerCredentials(), &port);
  builder.RegisterService(&health_);
  probe_ = builder.BuildAndStart();
  if (probe_ == nullptr || port == 0) {
    return AddressInUse(options_.probe_listen, "--probe-listen");
  }
  return absl::OkStatus();
}

absl::Status Server::StartAdmin() {
  if (options_.metrics_listen.empty()) return absl::OkStatus();
  auto admin = AdminServer::Start(options_.metrics_listen, registry_,
                                  {.live = [this] { return WhyNot("liveness"); },
                                   .ready = [this] { return WhyNot("readiness"); }});
  if (!admin.ok()) return admin.status();
  admin_ = std::move(*admin);
  return absl::OkStatus();
}

std::string Server::WhyNot(const std::string& service) const {
  if (health_.Serving(service)) return "";
  const std::string problem = readiness_.problem();
  return problem.empty() ? "not ready: starting or stopping" : "not ready: " + problem;
}

absl::Status Server::WritePortFiles() const {
  const absl::Status written = WriteLines(options_.metrics_port_file, {metrics_address()});
  if (!written.ok()) return written;
  return WriteLines(options_.port_file, addresses_);
}

absl::Status Server::Start() {
  const absl::Status status = StartAll();
  // What was added may be gone before this server is, so nothing may still call it.
  if (!status.ok()) End(absl::ZeroDuration());
  return status;
}

absl::Status Server::StartAll() {
  if (const absl::Status status = OpenTls(); !status.ok()) return status;
  if (const absl::Status status = OpenAccess(); !status.ok()) return status;
  health_.Set("liveness", true);
  SetReady(false);
  if (const absl::Status status = StartAdmin(); !status.ok()) return status;
  if (const absl::Status status = StartApi(); !status.ok()) return status;
  if (const absl::Status status = StartProbe(); !status.ok()) return status;
  SetReady(true);
  health_.Set(kTakesCalls, true);
  readiness_.Start();
  for (const std::string& address : addresses_) log::Info("serving", {{"address", address}});
  return WritePortFiles();
}

std::shared_ptr<grpc::Channel> Server::ChannelWithin() {
  return OwnChannel(*api_, access_->own_secret());
}

StoreObserver Server::Observe(const std::string& store) {
  prometheus::Family<prometheus::Histogram>& family =
      prometheus::BuildHistogram()
          .Name("consilience_store_seconds")
          .Help("Time of reads, writes and waits for the disk, as the store's user sees it.")
          .Register(registry_);
  std::map<std::string, prometheus::Histogram*, std::less<>> seconds;
  for (const char* const operation : {"read", "write", "sync"}) {
    seconds[operation] = &family.Add({{"store", store}, {"operation", operation}}, kStoreSeconds);
  }
  return [this, store, seconds = std::move(seconds)](std::string_view operation,
                                                     absl::Duration took, const absl::Status& end) {
    seconds.find(operation)->second->Observe(absl::ToDoubleSeconds(took));
    readiness_.Note(store, end);
  };
}

void Server::SetReady(bool ready) {
  for (const auto& [service, name] : services_) health_.Set(name, ready);
  health_.Set("", ready);
  health_.Set("readiness", ready);
}

void Server::ServeUntilSignal() {
  const sigset_t signals = HandledSignals();
  for (int received = 0; sigwait(&signals, &received) == 0;) {
    if (received != SIGHUP) {
      log::Info("draining", {{"signal", received == SIGTERM ? "SIGTERM" : "SIGINT"}});
      break;
    }
    log::Info("reloading", {{"signal", "SIGHUP"}});
    for (const auto& action : on_reload_) action();
  }
  Drain();
}

void Server::Drain() { End(options_.drain_delay); }

void Server::End(absl::Duration delay) {
  if (drained_) return;
  drained_ = true;
  readiness_.Stop();
  if (api_ != nullptr) {
    SetReady(false);
    health_.Set(kTakesCalls, false);
    std::this_thread::sleep_for(absl::ToChronoMilliseconds(delay));
  }
  for (const auto& action : on_drain_) action();
  health_.Shutdown();
  if (api_ != nullptr) api_->Shutdown(absl::ToChronoTime(absl::Now() + options_.shutdown_grace));
  if (probe_ != nullptr) probe_->Shutdown(absl::ToChronoTime(absl::Now()));
  calls_->Close();
  admin_.reset();
  log::Info("stopped");
}

}  // namespace consilience::common
