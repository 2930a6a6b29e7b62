// Parameters and rows in PostgreSQL's binary format: nothing is quoted, escaped or parsed.
#ifndef CONSILIENCE_SERVICES_COMMON_STORE_POSTGRES_VALUES_H_
#define CONSILIENCE_SERVICES_COMMON_STORE_POSTGRES_VALUES_H_

#include <libpq-fe.h>

#include <concepts>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace consilience::common::postgres {

// Bytes that are no text.
using Blobs = std::vector<std::string>;
struct BlobArray {
  const Blobs& values;
};

// The parameters of one statement. Whole numbers are BIGINT, vectors are arrays; the type of a
// string follows from the statement, as TEXT or BYTEA.
class Parameters {
 public:
  template <typename... Values>
  explicit Parameters(const Values&... values) {
    bytes_.reserve(sizeof...(values));
    (Add(values), ...);
  }

  // Further ones, whose number is known at run time only.
  template <typename... Types>
  void AddEach(const std::vector<std::variant<Types...>>& values) {
    for (const auto& value : values) {
      std::visit([this](const auto& held) { Add(held); }, value);
    }
  }

  int count() const { return static_cast<int>(bytes_.size()); }
  const std::vector<Oid>& types() const { return types_; }
  const std::vector<std::string>& bytes() const { return bytes_; }

 private:
  void Add(bool value);
  template <std::integral Number>
  void Add(Number value) {
    AddInt(static_cast<int64_t>(value));
  }
  void Add(std::string_view value);
  void Add(const std::string& value) { Add(std::string_view(value)); }
  void Add(const char* value) { Add(std::string_view(value)); }
  void Add(const std::vector<std::string>& texts);
  void Add(const BlobArray& blobs);
  void Add(const std::vector<int64_t>& numbers);
  void AddInt(int64_t value);

  std::vector<Oid> types_;
  std::vector<std::string> bytes_;
};

// What a statement gave, columns and rows from 0. Views live as long as the rows.
class Rows {
 public:
  Rows() = default;
  explicit Rows(PGresult* result) : result_(result) {}

  int size() const { return result_ == nullptr ? 0 : PQntuples(result_.get()); }
  bool empty() const { return size() == 0; }
  // Rows that an INSERT, UPDATE or DELETE changed.
  int64_t changed() const;

  int64_t Int(int row, int column) const;
  std::string_view Text(int row, int column) const;
  std::string String(int row, int column) const { return std::string(Text(row, column)); }
  bool IsNull(int row, int column) const { return PQgetisnull(result_.get(), row, column) != 0; }

 private:
  struct Clear {
    void operator()(PGresult* result) const { PQclear(result); }
  };
  std::unique_ptr<PGresult, Clear> result_;
};

}  // namespace consilience::common::postgres

#endif  // CONSILIENCE_SERVICES_COMMON_STORE_POSTGRES_VALUES_H_
