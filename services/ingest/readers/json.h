// RFC 8259 JSON, strictly, keeping where in the bytes each value stood so that a text inside JSON
// can be traced back to them.
#ifndef CONSILIENCE_SERVICES_INGEST_READERS_JSON_H_
#define CONSILIENCE_SERVICES_INGEST_READERS_JSON_H_

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "services/common/text/span.h"
#include "services/ingest/readers/limits.h"
#include "services/ingest/readers/source_map.h"

namespace consilience::ingest {

struct JsonMember;

struct JsonValue {
  enum class Type { kNull, kBool, kNumber, kString, kArray, kObject };

  Type type = Type::kNull;
  bool boolean = false;
  std::string text;  // a string's characters, a number's digits as written
  std::vector<JsonValue> items;
  std::vector<JsonMember> members;  // in the order written
  common::Span raw;                 // in the bytes parsed, quotes included

  bool is(Type other) const { return type == other; }
  // The member of that name of an object; nullptr when there is none.
  const JsonValue* Find(std::string_view key) const;
  // A member's text when it is a string, else empty.
  std::string_view TextOf(std::string_view key) const;
  // "a string", "an array", … for messages.
  std::string_view TypeName() const;
};

struct JsonMember {
  std::string key;
  JsonValue value;
};

// The one value that `bytes` is. Errors name `format` and the byte: not UTF-8, not JSON, a key
// twice in one object, nested deeper than limits.nesting_depth.
absl::StatusOr<JsonValue> ParseJson(std::string_view bytes, std::string_view format,
                                    const Limits& limits);

// From the characters of a string value to the bytes it was parsed from.
SourceMap MapOfString(std::string_view bytes, const JsonValue& string);

}  // namespace consilience::ingest

#endif  // CONSILIENCE_SERVICES_INGEST_READERS_JSON_H_
