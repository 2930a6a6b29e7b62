// Which addresses of the network anybody may be sent to.
#ifndef CONSILIENCE_SERVICES_INGEST_FETCH_PUBLIC_ADDRESS_H_
#define CONSILIENCE_SERVICES_INGEST_FETCH_PUBLIC_ADDRESS_H_

#include <sys/socket.h>

#include <string>

namespace consilience::ingest {

// False for loopback, private, link-local, shared, reserved and multicast addresses (the special
// purpose registries of RFC 6890), for IPv6 addresses that carry such an IPv4 address, and for
// families other than IPv4 and IPv6.
bool IsPublicAddress(const sockaddr& address);

// "192.168.0.1", "::1"; empty for other families.
std::string AddressText(const sockaddr& address);

}  // namespace consilience::ingest

#endif  // CONSILIENCE_SERVICES_INGEST_FETCH_PUBLIC_ADDRESS_H_
