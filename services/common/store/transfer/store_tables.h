// The tables of stores that no service uses while they are moved.
#ifndef CONSILIENCE_SERVICES_COMMON_STORE_TRANSFER_STORE_TABLES_H_
#define CONSILIENCE_SERVICES_COMMON_STORE_TRANSFER_STORE_TABLES_H_

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/common/store/postgres/target.h"
#include "services/common/store/transfer/table.h"

namespace consilience::common::transfer {

enum class Access {
  kRead,   // refuses a store whose schema is older or newer than the program's
  kWrite,  // makes the store, or brings it up to date; refuses one that holds something
};

// One transaction, undone at the end unless it is committed. Not thread-safe.
class StoreTables {
 public:
  virtual ~StoreTables() = default;

  // For messages, without secrets.
  virtual const std::string& name() const = 0;
  // All rows in their order, out of one snapshot.
  virtual absl::Status Read(const Table& table, const EachRow& each) = 0;
  virtual absl::Status Write(const Table& table, std::span<const Row> rows) = 0;
  // Makes what follows from the tables.
  virtual absl::Status Derive(const Layout& layout) = 0;
  virtual absl::Status Commit() = 0;
};

// The embedded store in this folder; refuses one that another process uses.
absl::StatusOr<std::unique_ptr<StoreTables>> OpenSqlite(const std::string& folder,
                                                        const Layout& layout, Access access);

// The stores of these services in one database; refuses one that services are connected to.
absl::StatusOr<std::unique_ptr<StoreTables>> OpenPostgres(const postgres::Target& target,
                                                          std::span<const Layout* const> layouts,
                                                          Access access);

}  // namespace consilience::common::transfer

#endif  // CONSILIENCE_SERVICES_COMMON_STORE_TRANSFER_STORE_TABLES_H_
