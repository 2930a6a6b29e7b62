// Where exceptions end: on a thread of our own, or where others wait for what the work gives.
#ifndef CONSILIENCE_SERVICES_COMMON_ERRORS_CAUGHT_H_
#define CONSILIENCE_SERVICES_COMMON_ERRORS_CAUGHT_H_

#include <exception>
#include <type_traits>

#include "absl/status/statusor.h"
#include "services/common/errors/catalogue.h"

namespace consilience::common {

// What `work` gives, an absl::Status or StatusOr; INTERNAL with the words of what it threw.
template <typename Work>
std::invoke_result_t<Work> Caught(const Work& work) {
  try {
    return work();
  } catch (const std::exception& error) {
    return Internal(error.what());
  }
}

}  // namespace consilience::common

#endif  // CONSILIENCE_SERVICES_COMMON_ERRORS_CAUGHT_H_
