#include "tests/support/http.h"

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdlib>

namespace consilience::testing {

HttpAnswer HttpGet(const std::string& address, const std::string& path) {
  const size_t colon = address.rfind(':');
  sockaddr_in peer{};
  peer.sin_family = AF_INET;
  peer.sin_port = htons(static_cast<uint16_t>(std::atoi(address.c_str() + colon + 1)));
  inet_pton(AF_INET, address.substr(0, colon).c_str(), &peer.sin_addr);

  HttpAnswer answer;
  const int fd = socket(AF_INET, SOCK_STREAM, 0);
  if (fd < 0) return answer;
  const timeval timeout{10, 0};
  setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &timeout, sizeof timeout);
  const std::string request =
      "GET " + path + " HTTP/1.0\r\nHost: " + address + "\r\nConnection: close\r\n\r\n";
  std::string raw;
  if (connect(fd, reinterpret_cast<const sockaddr*>(&peer), sizeof peer) == 0 &&
      send(fd, request.data(), request.size(), MSG_NOSIGNAL) ==
          static_cast<ssize_t>(request.size())) {
    char buffer[65536];
    for (ssize_t n = 0; (n = recv(fd, buffer, sizeof buffer, 0)) > 0;) {
      raw.append(buffer, static_cast<size_t>(n));
    }
  }
  close(fd);
  if (raw.size() > 12 && raw.starts_with("HTTP/1.")) answer.status = std::atoi(raw.c_str() + 9);
  if (const size_t end = raw.find("\r\n\r\n"); end != std::string::npos) {
    answer.body = raw.substr(end + 4);
  }
  return answer;
}

std::string FreeAddress() {
  const int fd = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in self{};
  self.sin_family = AF_INET;
  self.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof self;
  bind(fd, reinterpret_cast<const sockaddr*>(&self), size);
  getsockname(fd, reinterpret_cast<sockaddr*>(&self), &size);
  close(fd);
  return "127.0.0.1:" + std::to_string(ntohs(self.sin_port));
}

}  // namespace consilience::testing
