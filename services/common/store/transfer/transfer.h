// Moves what services keep into a file, and out of one into other stores.
#ifndef CONSILIENCE_SERVICES_COMMON_STORE_TRANSFER_TRANSFER_H_
#define CONSILIENCE_SERVICES_COMMON_STORE_TRANSFER_TRANSFER_H_

#include <cstdint>
#include <functional>
#include <span>

#include "absl/status/statusor.h"
#include "services/common/store/transfer/manifest.h"
#include "services/common/store/transfer/store_tables.h"
#include "services/common/store/transfer/stream.h"

namespace consilience::common::transfer {

// A service and where it keeps its tables; several may be in one store.
struct Part {
  const Layout* layout;
  StoreTables* store;  // null to read a file without keeping it
};

// Called with the number of rows that are done, now and then.
using Advance = std::function<void(int64_t)>;

absl::StatusOr<Manifest> Export(std::span<const Part> parts, StreamWriter& writer,
                                const Advance& advance);

// Commits once everything is in, the digests of the file are right, and reading it back out of the
// stores gives the same digests.
absl::StatusOr<Manifest> Import(std::span<const Part> parts, StreamReader& reader,
                                const Advance& advance);

}  // namespace consilience::common::transfer

#endif  // CONSILIENCE_SERVICES_COMMON_STORE_TRANSFER_TRANSFER_H_
