// Writes compact JSON.
#ifndef CONSILIENCE_SERVICES_EXTRACTION_JSON_JSON_WRITER_H_
#define CONSILIENCE_SERVICES_EXTRACTION_JSON_JSON_WRITER_H_

#include <cstdint>
#include <string>
#include <string_view>

namespace consilience::extraction {

// Keys and values in the order in which they are given. Bytes that are not UTF-8 become U+FFFD, so
// the result is always JSON. Numbers are written shortest: 141, 0.93.
class JsonWriter {
 public:
  JsonWriter& BeginObject() { return Open('{'); }
  JsonWriter& EndObject() { return Close('}'); }
  JsonWriter& BeginArray() { return Open('['); }
  JsonWriter& EndArray() { return Close(']'); }
  // A key of plain ASCII, without quotation marks or backslashes.
  JsonWriter& Key(std::string_view key);

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
