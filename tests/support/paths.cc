#include "tests/support/paths.h"

namespace consilience::testing {

std::string Binary(std::string_view name) {
  return std::string(CONSILIENCE_BINARY_DIR "/bin/").append(name);
}

std::string SourceFile(std::string_view name) {
  return std::string(CONSILIENCE_SOURCE_DIR "/").append(name);
}

}  // namespace consilience::testing
