#include "services/common/store/transfer/transfer.h"

#include <fmt/format.h>

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "services/common/errors/catalogue.h"

namespace consilience::common::transfer {
namespace {

// What is gathered before it is written.
constexpr size_t kRowsAtOnce = 1000;
constexpr size_t kBytesAtOnce = size_t{1} << 20U;

std::string FullName(const Layout& layout, const Table& table) {
  return layout.name + "." + table.name;
}

size_t BytesOf(const Row& row) {
  size_t bytes = 0;
  for (const Value& value : row) {
    const auto* text = std::get_if<std::string>(&value);
    bytes += text == nullptr ? sizeof(int64_t) : text->size();
  }
  return bytes;
}

// Rows on their way into a table.
class Batch {
 public:
  Batch(StoreTables* store, const Table& table) : store_(store), table_(table) {}

  absl::Status Add(Row row) {
    if (store_ == nullptr) return absl::OkStatus();
    bytes_ += BytesOf(row);
    rows_.push_back(std::move(row));
    return rows_.size() < kRowsAtOnce && bytes_ < kBytesAtOnce ? absl::OkStatus() : Flush();
  }
  absl::Status Flush() {
    if (rows_.empty()) return absl::OkStatus();
    bytes_ = 0;
    const std::vector<Row> rows = std::exchange(rows_, {});
    return store_->Write(table_, rows);
  }

 private:
  StoreTables* const store_;
  const Table& table_;
  std::vector<Row> rows_;
  size_t bytes_ = 0;
};

// Calls `table` for each table of each part.
template <typename Each>
absl::Status ForEachTable(std::span<const Part> parts, Each each) {
  for (const Part& part : parts) {
    for (const Table& table : part.layout->tables) {
      if (absl::Status status = each(part, table); !status.ok()) return status;
    }
  }
  return absl::OkStatus();
}

// That the stores give back what they were given.
absl::Status CheckKept(std::span<const Part> parts, const Manifest& wanted) {
  Manifest kept;
  absl::Status status = ForEachTable(parts, [&](const Part& part, const Table& table) {
    const std::string name = FullName(*part.layout, table);
    Summing sum(name, TableHead(name, table.columns));
    std::string bytes;
    absl::Status read = part.store->Read(table, [&](const Row& row) {
      bytes.clear();
      AppendRow(row, bytes);
      sum.Add(bytes);
      return absl::OkStatus();
    });
    kept.tables.push_back(sum.Sum());
    if (!read.ok() || kept.tables.back() == wanted.tables[kept.tables.size() - 1]) return read;
    return Internal(
        fmt::format("{} gives back other rows of {} than it was given", part.store->name(), name));
  });
  return status;
}

absl::Status KeepAll(std::span<const Part> parts, const Manifest& manifest) {
  std::set<StoreTables*> stores;
  for (const Part& part : parts) {
    if (absl::Status status = part.store->Derive(*part.layout); !status.ok()) return status;
    stores.insert(part.store);
  }
  absl::Status status = CheckKept(parts, manifest);
  for (StoreTables* const store : stores) {
    if (status.ok()) status = store->Commit();
  }
  return status;
}

}  // namespace

absl::StatusOr<Manifest> Export(std::span<const Part> parts, StreamWriter& writer,
                                const Advance& advance) {
  int64_t rows = 0;
  const absl::Status status = ForEachTable(parts, [&](const Part& part, const Table& table) {
    absl::Status done = writer.BeginTable(FullName(*part.layout, table), table.columns);
    if (done.ok()) {
      done = part.store->Read(table, [&](const Row& row) {
        advance(++rows);
        return writer.Add(row);
      });
    }
    return done.ok() ? writer.EndTable() : done;
  });
  if (!status.ok()) return status;
  return writer.Finish();
}

absl::StatusOr<Manifest> Import(std::span<const Part> parts, StreamReader& reader,
                                const Advance& advance) {
  int64_t rows = 0;
  const absl::Status status = ForEachTable(parts, [&](const Part& part, const Table& table) {
    Batch batch(part.store, table);
    absl::Status done =
        reader.ReadTable(FullName(*part.layout, table), table.columns, [&](Row row) {
          advance(++rows);
          return batch.Add(std::move(row));
        });
    return done.ok() ? batch.Flush() : done;
  });
  if (!status.ok()) return status;
  auto manifest = reader.Finish();
  if (!manifest.ok() || parts.front().store == nullptr) return manifest;
  if (absl::Status kept = KeepAll(parts, *manifest); !kept.ok()) return kept;
  return manifest;
}

}  // namespace consilience::common::transfer
