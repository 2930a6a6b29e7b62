// Reads bytes and keeps what comes of them.
#ifndef CONSILIENCE_TESTS_INGEST_READERS_READ_ALL_H_
#define CONSILIENCE_TESTS_INGEST_READERS_READ_ALL_H_

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "services/common/errors/error.h"
#include "services/ingest/readers/reader.h"

namespace consilience::ingest {

struct Everything {
  std::vector<ReadDocument> documents;
  std::vector<ReadRetraction> retractions;
  std::vector<ReadError> errors;

  // "REASON@offset" of every error, in order.
  std::vector<std::string> Reasons() const {
    std::vector<std::string> reasons;
    for (const ReadError& error : errors) {
      const std::string at = error.offset.has_value() ? std::to_string(*error.offset) : "?";
      reasons.push_back(common::ErrorReason(error.status) + "@" + at);
    }
    return reasons;
  }
};

inline Everything ReadAll(Input& input, const Request& request, const ReadOptions& options) {
  Everything all;
  ReadItems(input, request, options, [&](ReadItem&& item) {
    if (auto* document = std::get_if<ReadDocument>(&item)) {
      all.documents.push_back(std::move(*document));
    } else if (auto* retraction = std::get_if<ReadRetraction>(&item)) {
      all.retractions.push_back(std::move(*retraction));
    } else {
      all.errors.push_back(std::get<ReadError>(std::move(item)));
    }
    return true;
  });
  return all;
}

inline Everything ReadAll(std::string_view bytes, const std::string& label,
                          const ReadOptions& options = {}) {
  Input input(bytes);
  return ReadAll(input, {.label = label}, options);
}

}  // namespace consilience::ingest

#endif  // CONSILIENCE_TESTS_INGEST_READERS_READ_ALL_H_
