// What a file of an installation holds, and how that is recognised.
#ifndef CONSILIENCE_SERVICES_COMMON_STORE_TRANSFER_MANIFEST_H_
#define CONSILIENCE_SERVICES_COMMON_STORE_TRANSFER_MANIFEST_H_

#include <openssl/evp.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "services/common/store/transfer/table.h"

namespace consilience::common::transfer {

struct TableSummary {
  std::string name;  // "ingest.document"
  int64_t rows = 0;
  std::string sha256;
  friend bool operator==(const TableSummary&, const TableSummary&) = default;
};

struct Manifest {
  std::vector<TableSummary> tables;

  // "sha256:" and the SHA-256 of a line for each table: its name, rows and SHA-256 with a blank
  // between them. Equal where the same is kept, whatever database keeps it.
  std::string Digest() const;
  friend bool operator==(const Manifest&, const Manifest&) = default;
};

// A row as bytes: a number has 8, most significant first; bytes have their length in 4 in front.
void AppendRow(const Row& row, std::string& out);
// Nothing when `bytes` is not a row of these columns.
std::optional<Row> ParseRow(const std::vector<Column>& columns, std::string_view bytes);

// The first line of a table, which its digest begins with.
std::string TableHead(std::string_view name, const std::vector<Column>& columns);

// Sums up one table, row by row.
class Summing {
 public:
  // `head` is its TableHead.
  Summing(std::string name, std::string_view head);
  void Add(std::string_view row);
  TableSummary Sum();

 private:
  struct Free {
    void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
  };
  TableSummary summary_;
  std::unique_ptr<EVP_MD_CTX, Free> context_;
};

}  // namespace consilience::common::transfer

#endif  // CONSILIENCE_SERVICES_COMMON_STORE_TRANSFER_MANIFEST_H_
