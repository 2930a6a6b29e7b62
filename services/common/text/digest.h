// Digests: SHA-256 where the result is an identity, XXH3 where it only has to spread.
#ifndef CONSILIENCE_SERVICES_COMMON_TEXT_DIGEST_H_
#define CONSILIENCE_SERVICES_COMMON_TEXT_DIGEST_H_

#include <cstdint>
#include <string>
#include <string_view>

namespace consilience::common {

// 64 lower-case hexadecimal digits.
std::string Sha256Hex(std::string_view bytes);

// XXH3, 64 bits. Never an identity, never shown to a caller.
uint64_t Hash64(std::string_view bytes);

}  // namespace consilience::common

#endif  // CONSILIENCE_SERVICES_COMMON_TEXT_DIGEST_H_
