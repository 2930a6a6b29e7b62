#include "services/corroboration/truth/table_reader.h"

#include <fstream>
#include <iostream>
#include <utility>

#include "fmt/format.h"
#include "services/corroboration/truth/tsv.h"

namespace consilience::corroboration {
namespace {

constexpr std::size_t kProgressBytes = std::size_t{1} << 20;

absl::Status CannotOpen(const std::string& path) {
  return absl::NotFoundError(fmt::format("{}: cannot be opened for reading", path));
}

absl::Status CheckNames(std::span<const std::string_view> fields) {
  constexpr std::string_view kColumns[] = {"object", "attribute", "source"};
  for (std::size_t i = 0; i < std::size(kColumns); ++i) {
    if (fields[i].empty()) {
      return absl::InvalidArgumentError(fmt::format("field {} ({}) is empty", i + 1, kColumns[i]));
    }
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<Kinds> ReadKinds(std::istream& in, const std::string& name) {
  Kinds kinds;
  const absl::Status status =
      ForEachTsvLine(in, name, 2, 2, "attribute, kind", [&](const TsvLine& line) {
        absl::StatusOr<KindSpec> spec = ParseKind(line.fields[1]);
        if (!spec.ok()) return spec.status();
        if (!kinds.emplace(line.fields[0], *spec).second) {
          return absl::InvalidArgumentError(
              fmt::format("attribute '{}' has a kind already", line.fields[0]));
        }
        return absl::OkStatus();
      });
  if (!status.ok()) return status;
  return kinds;
}

absl::Status ReadClaims(std::istream& in, const std::string& name, const ClaimSink& sink,
                        const ProgressCallback& progress) {
  std::size_t told = 0;
  std::size_t claims = 0;
  return ForEachTsvLine(
      in, name, 4, 5, "object, attribute, source, value, time (optional)",
      [&](const TsvLine& line) {
        if (absl::Status status = CheckNames(line.fields); !status.ok()) return status;
        ++claims;
        if (progress && line.offset >= told + kProgressBytes) {
          told = line.offset;
          progress({line.offset, claims});
        }
        const std::string_view time = line.fields.size() == 5 ? line.fields[4] : "";
        return sink({line.fields[0], line.fields[1], line.fields[2], line.fields[3], time});
      });
}

absl::Status ReadClaims(std::istream& in, const std::string& name, TableBuilder* builder,
                        const ProgressCallback& progress) {
  const auto add = [builder](const ClaimLine& line) {
    return builder->Add(line.object, line.attribute, line.source, line.value, line.time);
  };
  return ReadClaims(in, name, add, progress);
}

absl::StatusOr<Kinds> ReadKindsFile(const std::string& path) {
  if (path.empty()) return Kinds();
  std::ifstream file(path);
  if (!file) return CannotOpen(path);
  return ReadKinds(file, path);
}

absl::StatusOr<TruthTable> ReadTable(const std::string& claims_path, const std::string& kinds_path,
                                     const ProgressCallback& progress) {
  absl::StatusOr<Kinds> kinds = ReadKindsFile(kinds_path);
  if (!kinds.ok()) return kinds.status();
  TableBuilder builder(*std::move(kinds));
  absl::Status status;
  if (claims_path == "-") {
    std::ios::sync_with_stdio(false);
    status = ReadClaims(std::cin, "standard input", &builder, progress);
  } else {
    std::ifstream file(claims_path);
    if (!file) return CannotOpen(claims_path);
    status = ReadClaims(file, claims_path, &builder, progress);
  }
  if (!status.ok()) return status;
  return std::move(builder).Build();
}

}  // namespace consilience::corroboration
