#include "services/ingest/fetch/public_address.h"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace consilience::ingest {
namespace {

struct Block {
  uint32_t first;
  int bits;
};

constexpr uint32_t Ip(uint32_t a, uint32_t b, uint32_t c, uint32_t d) {
  return a << 24U | b << 16U | c << 8U | d;
}

constexpr std::array<Block, 15> kNotPublic = {{
    {Ip(0, 0, 0, 0), 8},        // this network
    {Ip(10, 0, 0, 0), 8},       // private
    {Ip(100, 64, 0, 0), 10},    // shared by carriers
    {Ip(127, 0, 0, 0), 8},      // loopback
    {Ip(169, 254, 0, 0), 16},   // link-local, metadata services of clouds among them
    {Ip(172, 16, 0, 0), 12},    // private
    {Ip(192, 0, 0, 0), 24},     // protocol assignments
    {Ip(192, 0, 2, 0), 24},     // documentation
    {Ip(192, 88, 99, 0), 24},   // 6to4 relays
    {Ip(192, 168, 0, 0), 16},   // private
    {Ip(198, 18, 0, 0), 15},    // benchmarks
    {Ip(198, 51, 100, 0), 24},  // documentation
    {Ip(203, 0, 113, 0), 24},   // documentation
    {Ip(224, 0, 0, 0), 4},      // multicast
    {Ip(240, 0, 0, 0), 4},      // reserved, broadcast
}};

bool IsPublicIpv4(uint32_t address) {
  return std::none_of(kNotPublic.begin(), kNotPublic.end(), [address](const Block& block) {
    return (address ^ block.first) >> (32 - block.bits) == 0;
  });
}

uint32_t Ipv4At(const uint8_t* bytes) { return Ip(bytes[0], bytes[1], bytes[2], bytes[3]); }

bool IsPublicIpv6(const in6_addr& address) {
  const uint8_t* const bytes = address.s6_addr;
  if (IN6_IS_ADDR_V4MAPPED(&address)) return IsPublicIpv4(Ipv4At(bytes + 12));
  // Only 2000::/3 is routed globally.
  if (bytes[0] >> 5U != 1) return false;
  const bool is_2001 = bytes[0] == 0x20 && bytes[1] == 0x01;
  const bool teredo = is_2001 && bytes[2] == 0 && bytes[3] == 0;
  const bool documentation = is_2001 && bytes[2] == 0x0D && bytes[3] == 0xB8;
  const bool six_to_four = bytes[0] == 0x20 && bytes[1] == 0x02;
  if (six_to_four) return IsPublicIpv4(Ipv4At(bytes + 2));
  return !teredo && !documentation;
}

}  // namespace

bool IsPublicAddress(const sockaddr& address) {
  if (address.sa_family == AF_INET) {
    sockaddr_in ipv4{};
    std::memcpy(&ipv4, &address, sizeof ipv4);
    return IsPublicIpv4(ntohl(ipv4.sin_addr.s_addr));
  }
  if (address.sa_family == AF_INET6) {
    sockaddr_in6 ipv6{};
    std::memcpy(&ipv6, &address, sizeof ipv6);
    return IsPublicIpv6(ipv6.sin6_addr);
  }
  return false;
}

std::string AddressText(const sockaddr& address) {
  std::array<char, INET6_ADDRSTRLEN> text{};
  const char* const bytes = reinterpret_cast<const char*>(&address);
  const size_t offset = address.sa_family == AF_INET ? offsetof(sockaddr_in, sin_addr)
                                                     : offsetof(sockaddr_in6, sin6_addr);
  if (address.sa_family != AF_INET && address.sa_family != AF_INET6) return "";
  const char* const written =
      inet_ntop(address.sa_family, bytes + offset, text.data(), text.size());
  return written == nullptr ? "" : written;
}

}  // namespace consilience::ingest
