#include "services/common/store/transfer/manifest.h"

#include <fmt/format.h>

#include <array>
#include <utility>

#include "services/common/text/digest.h"

namespace consilience::common::transfer {
namespace {

constexpr size_t kNumberBytes = 8;
constexpr size_t kLengthBytes = 4;

void AppendBigEndian(uint64_t value, size_t bytes, std::string& out) {
  for (size_t i = bytes; i > 0; --i) {
    out.push_back(static_cast<char>((value >> ((i - 1) * 8)) & 0xFFU));
  }
}

std::optional<uint64_t> TakeBigEndian(std::string_view& bytes, size_t count) {
  if (bytes.size() < count) return std::nullopt;
  uint64_t value = 0;
  for (const char c : bytes.substr(0, count)) value = value << 8U | static_cast<unsigned char>(c);
  bytes.remove_prefix(count);
  return value;
}

std::optional<Value> TakeValue(Kind kind, std::string_view& bytes) {
  if (kind == Kind::kNumber) {
    const auto number = TakeBigEndian(bytes, kNumberBytes);
    if (!number) return std::nullopt;
    return static_cast<int64_t>(*number);
  }
  const auto length = TakeBigEndian(bytes, kLengthBytes);
  if (!length || bytes.size() < *length) return std::nullopt;
  std::string text(bytes.substr(0, *length));
  bytes.remove_prefix(*length);
  return text;
}

}  // namespace

std::string Manifest::Digest() const {
  std::string lines;
  for (const TableSummary& table : tables) {
    lines += fmt::format("{} {} {}\n", table.name, table.rows, table.sha256);
  }
  return "sha256:" + Sha256Hex(lines);
}

void AppendRow(const Row& row, std::string& out) {
  for (const Value& value : row) {
    if (const auto* number = std::get_if<int64_t>(&value)) {
      AppendBigEndian(static_cast<uint64_t>(*number), kNumberBytes, out);
    } else {
      const auto& text = std::get<std::string>(value);
      AppendBigEndian(text.size(), kLengthBytes, out);
      out += text;
    }
  }
}

std::optional<Row> ParseRow(const std::vector<Column>& columns, std::string_view bytes) {
  Row row;
  row.reserve(columns.size());
  for (const Column& column : columns) {
    auto value = TakeValue(column.kind, bytes);
    if (!value) return std::nullopt;
    row.push_back(*std::move(value));
  }
  if (!bytes.empty()) return std::nullopt;
  return row;
}

std::string TableHead(std::string_view name, const std::vector<Column>& columns) {
  std::string head = fmt::format("{}(", name);
  for (const Column& column : columns) {
    if (&column != &columns.front()) head += ", ";
    head += fmt::format("{} {}", column.name, column.kind == Kind::kNumber ? "number" : "bytes");
  }
  return head + ")\n";
}

Summing::Summing(std::string name, std::string_view head)
    : summary_{std::move(name), 0, ""}, context_(EVP_MD_CTX_new()) {
  EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr);
  EVP_DigestUpdate(context_.get(), head.data(), head.size());
}

void Summing::Add(std::string_view row) {
  ++summary_.rows;
  EVP_DigestUpdate(context_.get(), row.data(), row.size());
}

TableSummary Summing::Sum() {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int size = 0;
  EVP_DigestFinal_ex(context_.get(), digest.data(), &size);
  for (unsigned int i = 0; i < size; ++i) summary_.sha256 += fmt::format("{:02x}", digest.at(i));
  return summary_;
}

}  // namespace consilience::common::transfer
