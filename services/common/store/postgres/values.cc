#include "services/common/store/postgres/values.h"

#include <charconv>

namespace consilience::common::postgres {
namespace {

// Numbers of the types in pg_type.dat; they are part of the wire protocol.
constexpr Oid kBool = 16;
constexpr Oid kBytea = 17;
constexpr Oid kInt8 = 20;
constexpr Oid kText = 25;
constexpr Oid kByteaArray = 1001;
constexpr Oid kTextArray = 1009;
constexpr Oid kInt8Array = 1016;
constexpr Oid kFromStatement = 0;

void AppendBigEndian(uint64_t value, size_t bytes, std::string& out) {
  for (size_t i = bytes; i > 0; --i) {
    out.push_back(static_cast<char>((value >> ((i - 1) * 8)) & 0xFFU));
  }
}

void AppendInt32(size_t value, std::string& out) { AppendBigEndian(value, 4, out); }

// array = dimensions (1, or 0 when empty), 0 for "no nulls", element type, length, lower bound 1;
// then each element with its length in front. All are 32 bits.
std::string ArrayHead(Oid element, size_t count) {
  std::string head;
  AppendInt32(count == 0 ? 0 : 1, head);
  AppendInt32(0, head);
  AppendInt32(element, head);
  if (count == 0) return head;
  AppendInt32(count, head);
  AppendInt32(1, head);
  return head;
}

std::string ArrayOf(Oid element, const std::vector<std::string>& values) {
  std::string array = ArrayHead(element, values.size());
  for (const std::string& value : values) {
    AppendInt32(value.size(), array);
    array += value;
  }
  return array;
}

}  // namespace

void Parameters::Add(bool value) {
  types_.push_back(kBool);
  bytes_.emplace_back(1, value ? '\1' : '\0');
}

void Parameters::AddInt(int64_t value) {
  types_.push_back(kInt8);
  AppendBigEndian(static_cast<uint64_t>(value), 8, bytes_.emplace_back());
}

void Parameters::Add(std::string_view value) {
  types_.push_back(kFromStatement);
  bytes_.emplace_back(value);
}

void Parameters::Add(const std::vector<std::string>& texts) {
  types_.push_back(kTextArray);
  bytes_.push_back(ArrayOf(kText, texts));
}

void Parameters::Add(const BlobArray& blobs) {
  types_.push_back(kByteaArray);
  bytes_.push_back(ArrayOf(kBytea, blobs.values));
}

void Parameters::Add(const std::vector<int64_t>& numbers) {
  types_.push_back(kInt8Array);
  std::string array = ArrayHead(kInt8, numbers.size());
  for (const int64_t number : numbers) {
    AppendInt32(8, array);
    AppendBigEndian(static_cast<uint64_t>(number), 8, array);
  }
  bytes_.push_back(std::move(array));
}

int64_t Rows::changed() const {
  if (result_ == nullptr) return 0;
  const std::string_view text = PQcmdTuples(result_.get());
  int64_t count = 0;
  std::from_chars(text.data(), text.data() + text.size(), count);
  return count;
}

int64_t Rows::Int(int row, int column) const {
  const std::string_view bytes = Text(row, column);
  if (bytes.empty()) return 0;
  // Sign-extended from however many bytes the column has: 1 (bool), 2, 4 or 8.
  uint64_t value = static_cast<unsigned char>(bytes[0]) < 0x80 || bytes.size() == 1 ? 0 : ~0ULL;
  for (const char c : bytes) value = value << 8U | static_cast<unsigned char>(c);
  return static_cast<int64_t>(value);
}

std::string_view Rows::Text(int row, int column) const {
  return {PQgetvalue(result_.get(), row, column),
          static_cast<size_t>(PQgetlength(result_.get(), row, column))};
}

}  // namespace consilience::common::postgres
