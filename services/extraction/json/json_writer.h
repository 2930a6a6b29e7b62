// Writes compact JSON.
#ifndef CONSILIENCE_SERVICES_EXTRACTION_JSON_JSON_WRITER_H_
#define CONSILIENCE_SERVICES_EXTRACTION_JSON_JSON_WRITER_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace consilience::extraction {

// A key as it is written, with the comma before it: `,"start":`. Plain ASCII, without quotation
// marks or backslashes. Most of what is written is keys, so they are made when the program is
// compiled.
template <size_t N>
struct JsonKey {
  consteval JsonKey(const char (&key)[N]) {  // NOLINT(google-explicit-constructor): Key<"start">()
    text[0] = ',';
    text[1] = '"';
    std::copy_n(key, N - 1, text + 2);
    text[N + 1] = '"';
    text[N + 2] = ':';
  }

  char text[N + 3] = {};
};

// Keys and values in the order in which they are given. Bytes that are not UTF-8 become U+FFFD, so
// the result is always JSON. Numbers are written shortest: 141, 0.93.
class JsonWriter {
 public:
  JsonWriter& BeginObject() { return Open('{'); }
  JsonWriter& EndObject() { return Close('}'); }
  JsonWriter& BeginArray() { return Open('['); }
  JsonWriter& EndArray() { return Close(']'); }
  template <JsonKey kKey>
  JsonWriter& Key() {
    const std::string_view text(kKey.text, sizeof kKey.text);
    out_.append(first_ ? text.substr(1) : text);
    first_ = true;  // the value needs no comma
    return *this;
  }

  JsonWriter& String(std::string_view value);
  JsonWriter& Number(double value);
  JsonWriter& Number(uint32_t value);
  JsonWriter& Number(int32_t value);
  JsonWriter& Bool(bool value);

  std::string Take() { return std::move(out_); }

 private:
  JsonWriter& Open(char bracket);
  JsonWriter& Close(char bracket);
  void Separate();
  void Escape(std::string_view value);

  std::string out_;
  bool first_ = true;  // no value yet in the innermost object or array
};

}  // namespace consilience::extraction

#endif  // CONSILIENCE_SERVICES_EXTRACTION_JSON_JSON_WRITER_H_
