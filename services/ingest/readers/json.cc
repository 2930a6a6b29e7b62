#include "services/ingest/readers/json.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <unordered_set>

#include "services/common/text/utf8.h"
#include "services/ingest/readers/errors.h"
#include "services/ingest/readers/utf8_append.h"

namespace consilience::ingest {
namespace {

using Type = JsonValue::Type;

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

int HexValue(char c) {
  if (IsDigit(c)) return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

char SimpleEscape(char c) {
  constexpr std::string_view kNames = "\"\\/bfnrt";
  constexpr std::string_view kValues = "\"\\/\b\f\n\r\t";
  const size_t at = kNames.find(c);
  return at == std::string_view::npos ? '\0' : kValues[at];
}

// One character of a string: how many bytes it took, and which it is. 0 bytes: not a character.
struct Unescaped {
  size_t bytes = 0;
  uint32_t code_point = 0;
};

// `at` is behind the backslash's "u".
int FourHexDigits(std::string_view bytes, size_t at) {
  if (at + 4 > bytes.size()) return -1;
  int value = 0;
  for (size_t i = at; i < at + 4; ++i) {
    const int digit = HexValue(bytes[i]);
    if (digit < 0) return -1;
    value = value * 16 + digit;
  }
  return value;
}

// `at` is at a backslash.
Unescaped Unescape(std::string_view bytes, size_t at) {
  if (at + 1 >= bytes.size()) return {};
  if (bytes[at + 1] != 'u') {
    const char simple = SimpleEscape(bytes[at + 1]);
    return simple == '\0' ? Unescaped{} : Unescaped{2, static_cast<uint32_t>(simple)};
  }
  const int first = FourHexDigits(bytes, at + 2);
  if (first < 0 || (first >= 0xDC00 && first <= 0xDFFF)) return {};
  if (first < 0xD800 || first > 0xDBFF) return {6, static_cast<uint32_t>(first)};
  if (bytes.substr(std::min(at + 6, bytes.size()), 2) != "\\u") return {};
  const int second = FourHexDigits(bytes, at + 8);
  if (second < 0xDC00 || second > 0xDFFF) return {};
  return {12, 0x10000U + (static_cast<uint32_t>(first - 0xD800) << 10U) +
                  static_cast<uint32_t>(second - 0xDC00)};
}

class Parser {
 public:
  Parser(std::string_view bytes, std::string_view format, const Limits& limits)
      : bytes_(bytes), format_(format), limits_(limits) {}

  absl::StatusOr<JsonValue> Parse() {
    JsonValue value;
    SkipSpace();
    if (absl::Status status = ParseValue(value, 0); !status.ok()) return status;
    SkipSpace();
    if (at_ != bytes_.size()) return Wrong("something follows the JSON value");
    return value;
  }

 private:
  Place Here() const { return {.format = format_, .offset = at_}; }
  absl::Status Wrong(std::string_view problem) const { return Malformed(Here(), problem); }

  void SkipSpace() {
    while (at_ < bytes_.size() && (bytes_[at_] == ' ' || bytes_[at_] == '\t' ||
                                   bytes_[at_] == '\n' || bytes_[at_] == '\r')) {
      ++at_;
    }
  }

  bool Take(char c) {
    if (at_ >= bytes_.size() || bytes_[at_] != c) return false;
    ++at_;
    return true;
  }

  // The recursion is bounded by limits.nesting_depth.
  absl::Status ParseValue(JsonValue& value, size_t depth) {
    if (depth > limits_.nesting_depth) return NestedTooDeep(Here(), limits_.nesting_depth);
    if (at_ >= bytes_.size()) return Truncated(Here(), "the JSON ends where a value should stand");
    const size_t begin = at_;
    absl::Status status;
    switch (bytes_[at_]) {
      case '{':
        status = ParseObject(value, depth);
        break;
      case '[':
        status = ParseArray(value, depth);
        break;
      case '"':
        value.type = Type::kString;
        status = ParseString(value.text);
        break;
      default:
        status = IsDigit(bytes_[at_]) || bytes_[at_] == '-' ? ParseNumber(value) : ParseWord(value);
    }
    value.raw = {begin, at_};
    return status;
  }

  absl::Status ParseObject(JsonValue& value, size_t depth) {
    value.type = Type::kObject;
    ++at_;
    SkipSpace();
    if (Take('}')) return absl::OkStatus();
    std::unordered_set<std::string> keys;
    for (;;) {
      SkipSpace();
      const size_t key_at = at_;
      if (at_ >= bytes_.size() || bytes_[at_] != '"') {
        return Wrong("a key in quotes should stand here");
      }
      std::string key;
      if (absl::Status status = ParseString(key); !status.ok()) return status;
      if (!keys.insert(key).second) return DuplicateKey({format_, key_at}, key);
      SkipSpace();
      if (!Take(':')) return Wrong("a colon should stand between key and value");
      SkipSpace();
      JsonValue member;
      if (absl::Status status = ParseValue(member, depth + 1); !status.ok()) return status;
      value.members.push_back({std::move(key), std::move(member)});
      SkipSpace();
      if (Take('}')) return absl::OkStatus();
      if (!Take(',')) return EndOr("a comma or } should stand here");
    }
  }

  absl::Status ParseArray(JsonValue& value, size_t depth) {
    value.type = Type::kArray;
    ++at_;
    SkipSpace();
    if (Take(']')) return absl::OkStatus();
    for (;;) {
      SkipSpace();
      value.items.emplace_back();
      if (absl::Status status = ParseValue(value.items.back(), depth + 1); !status.ok()) {
        return status;
      }
      SkipSpace();
      if (Take(']')) return absl::OkStatus();
      if (!Take(',')) return EndOr("a comma or ] should stand here");
    }
  }

  absl::Status EndOr(std::string_view problem) const {
    return at_ >= bytes_.size() ? Truncated(Here(), "the JSON ends within an object or array")
                                : Wrong(problem);
  }

  absl::Status ParseString(std::string& text) {
    ++at_;
    for (;;) {
      // What needs no thought is taken in one piece.
      size_t end = at_;
      while (end < bytes_.size() && bytes_[end] != '"' && bytes_[end] != '\\' &&
             static_cast<unsigned char>(bytes_[end]) >= 0x20U) {
        ++end;
      }
      text.append(bytes_.substr(at_, end - at_));
      at_ = end;
      if (at_ >= bytes_.size()) return Truncated(Here(), "the JSON ends within a string");
      if (Take('"')) return absl::OkStatus();
      if (bytes_[at_] != '\\') return Wrong("a control character must be escaped in a string");
      const Unescaped unescaped = Unescape(bytes_, at_);
      if (unescaped.bytes == 0) return Wrong("not an escape sequence");
      AppendUtf8(unescaped.code_point, text);
      at_ += unescaped.bytes;
    }
  }

  absl::Status ParseNumber(JsonValue& value) {
    value.type = Type::kNumber;
    const size_t begin = at_;
    const auto digits = [&] {
      const size_t from = at_;
      while (at_ < bytes_.size() && IsDigit(bytes_[at_])) ++at_;
      return at_ > from;
    };
    static_cast<void>(Take('-'));
    if (!Take('0') && !digits()) return Wrong("not a number");
    if (Take('.') && !digits()) return Wrong("a digit should follow the point");
    if (Take('e') || Take('E')) {
      if (!Take('+')) static_cast<void>(Take('-'));
      if (!digits()) return Wrong("a digit should stand in the exponent");
    }
    value.text = bytes_.substr(begin, at_ - begin);
    return absl::OkStatus();
  }

  absl::Status ParseWord(JsonValue& value) {
    const auto take = [&](std::string_view word) {
      if (bytes_.substr(at_, word.size()) != word) return false;
      at_ += word.size();
      return true;
    };
    if (take("null")) return absl::OkStatus();
    value.type = Type::kBool;
    value.boolean = take("true");
    return value.boolean || take("false") ? absl::OkStatus() : Wrong("not a JSON value");
  }

  std::string_view bytes_;
  std::string_view format_;
  const Limits& limits_;
  size_t at_ = 0;
};

}  // namespace

const JsonValue* JsonValue::Find(std::string_view key) const {
  const auto found = std::find_if(members.begin(), members.end(),
                                  [&](const JsonMember& member) { return member.key == key; });
  return found == members.end() ? nullptr : &found->value;
}

std::string_view JsonValue::TextOf(std::string_view key) const {
  const JsonValue* member = Find(key);
  return member != nullptr && member->is(Type::kString) ? std::string_view(member->text)
                                                        : std::string_view();
}

std::string_view JsonValue::TypeName() const {
  switch (type) {
    case Type::kNull:
      return "null";
    case Type::kBool:
      return "a boolean";
    case Type::kNumber:
      return "a number";
    case Type::kString:
      return "a string";
    case Type::kArray:
      return "an array";
    case Type::kObject:
      return "an object";
  }
  return "";
}

absl::StatusOr<JsonValue> ParseJson(std::string_view bytes, std::string_view format,
                                    const Limits& limits) {
  if (const auto broken = common::FindInvalidUtf8(bytes); broken.has_value()) {
    return BrokenEncoding({format, *broken}, "UTF-8", "which JSON has to be in");
  }
  return Parser(bytes, format, limits).Parse();
}

SourceMap MapOfString(std::string_view bytes, const JsonValue& string) {
  SourceMap map;
  size_t stored = 0;
  size_t at = string.raw.begin + 1;
  const size_t end = string.raw.end - 1;
  std::string character;
  map.Add(stored, at);
  while (at < end) {
    const size_t escape = std::min(bytes.find('\\', at), end);
    stored += escape - at;
    at = escape;
    if (at >= end) break;
    const Unescaped unescaped = Unescape(bytes, at);
    character.clear();
    AppendUtf8(unescaped.code_point, character);
    map.Add(stored, at, character.size(), unescaped.bytes);
    stored += character.size();
    at += unescaped.bytes;
    map.Add(stored, at);
  }
  return map;
}

}  // namespace consilience::ingest
