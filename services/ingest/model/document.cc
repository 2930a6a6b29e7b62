#include "services/ingest/model/document.h"

namespace consilience::ingest {

std::string_view NameOf(State state) {
  switch (state) {
    case State::kPending:
      return "PENDING";
    case State::kRecorded:
      return "RECORDED";
    case State::kFailed:
      return "FAILED";
    case State::kSuperseded:
      return "SUPERSEDED";
    case State::kRetracted:
      return "RETRACTED";
    case State::kErased:
      break;
  }
  return "ERASED";
}

}  // namespace consilience::ingest
