#include "tests/support/scripted_http.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <stdexcept>
#include <string_view>
#include <utility>

namespace consilience::testing {
namespace {

constexpr int kPollMs = 50;

bool Readable(int file) {
  pollfd wanted{file, POLLIN, 0};
  return poll(&wanted, 1, kPollMs) == 1;
}

}  // namespace

ScriptedHttp::ScriptedHttp(std::function<ScriptedAnswer(const std::string&)> answer)
    : answer_(std::move(answer)), listener_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* const any = reinterpret_cast<sockaddr*>(&address);
  if (bind(listener_, any, size) != 0 || listen(listener_, 16) != 0 ||
      getsockname(listener_, any, &size) != 0) {
    throw std::runtime_error("no port for the scripted HTTP server");
  }
  port_ = ntohs(address.sin_port);
  thread_ = std::thread([this] { Run(); });
}

ScriptedHttp::~ScriptedHttp() {
  stopping_ = true;
  thread_.join();
  close(listener_);
}

std::string ScriptedHttp::Url(const std::string& path, const std::string& host) const {
  return "http://" + host + ":" + std::to_string(port_) + path;
}

std::vector<std::string> ScriptedHttp::Requests() const {
  const std::lock_guard lock(mutex_);
  return requests_;
}

void ScriptedHttp::Run() {
  while (!stopping_) {
    if (!Readable(listener_)) continue;
    const int connection = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (connection < 0) continue;
    Serve(connection);
    close(connection);
  }
}

void ScriptedHttp::Serve(int connection) {
  std::string request;
  std::array<char, 4096> buffer{};
  while (!stopping_ && request.find("\r\n\r\n") == std::string::npos) {
    if (!Readable(connection)) continue;
    const ssize_t got = recv(connection, buffer.data(), buffer.size(), 0);
    if (got <= 0) return;
    request.append(buffer.data(), static_cast<size_t>(got));
  }
  {
    const std::lock_guard lock(mutex_);
    requests_.push_back(request);
  }
  const ScriptedAnswer answer = answer_(request);
  for (size_t i = 0; i < answer.pieces.size() && !stopping_; ++i) {
    if (i > 0) std::this_thread::sleep_for(answer.pause);
    std::string_view rest = answer.pieces[i];
    while (!rest.empty()) {
      const ssize_t sent = send(connection, rest.data(), rest.size(), MSG_NOSIGNAL);
      if (sent <= 0) return;
      rest.remove_prefix(static_cast<size_t>(sent));
    }
  }
}

std::string HttpOk(const std::string& body, const std::string& headers) {
  return "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: " + std::to_string(body.size()) +
         "\r\n" + headers + "\r\n" + body;
}

}  // namespace consilience::testing
