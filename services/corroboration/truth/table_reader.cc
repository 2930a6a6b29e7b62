#include "services/corroboration/truth/table_reader.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <iostream>
#include <span>
#include <utility>

#include "fmt/format.h"
#include "fmt/ranges.h"
#include "services/corroboration/truth/tsv.h"

namespace consilience::corroboration {
namespace {

constexpr std::size_t kProgressBytes = std::size_t{1} << 20;

absl::Status CannotOpen(const std::string& path) {
  return absl::NotFoundError(
      fmt::format("{}: cannot be opened for reading: {}", path, std::strerror(errno)));
}

constexpr std::array<std::string_view, 5> kClaimColumns = {"object", "attribute", "source", "value",
                                                           "time"};
constexpr std::array<std::string_view, 2> kKindColumns = {"attribute", "kind"};

bool SameWord(std::string_view field, std::string_view name) {
  return std::equal(field.begin(), field.end(), name.begin(), name.end(), [](char a, char b) {
    return std::tolower(static_cast<unsigned char>(a)) == b;
  });
}

// Whether the first line names the columns. InvalidArgument when it names them otherwise: what
// follows would then be read wrongly.
absl::StatusOr<bool> IsHeader(const TsvLine& line, std::span<const std::string_view> columns) {
  if (line.number != 1) return false;
  std::size_t named = 0;
  std::size_t in_place = 0;
  for (std::size_t i = 0; i < line.fields.size(); ++i) {
    for (std::size_t c = 0; c < columns.size(); ++c) {
      if (!SameWord(line.fields[i], columns[c])) continue;
      ++named;
      if (c == i) ++in_place;
    }
  }
  if (in_place == line.fields.size()) return true;
  if (named < 2) return false;
  return absl::InvalidArgumentError(fmt::format(
      "this looks like a header, but the columns are {}, in this order; put them so, or "
      "leave the header out",
      fmt::join(columns, ", ")));
}

absl::Status CheckNames(std::span<const std::string_view> fields) {
  for (std::size_t i = 0; i < 3; ++i) {
    if (fields[i].empty()) {
      return absl::InvalidArgumentError(
          fmt::format("field {} ({}) is empty", i + 1, kClaimColumns[i]));
    }
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<Kinds> ReadKinds(std::istream& in, const std::string& name) {
  Kinds kinds;
  const absl::Status status =
      ForEachTsvLine(in, name, 2, 2, "attribute, kind", [&](const TsvLine& line) {
        const absl::StatusOr<bool> header = IsHeader(line, kKindColumns);
        if (!header.ok() || *header) return header.status();
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
        const absl::StatusOr<bool> header = IsHeader(line, kClaimColumns);
        if (!header.ok() || *header) return header.status();
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
