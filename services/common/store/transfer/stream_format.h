// The parts of the file that its writer and its reader share.
#ifndef CONSILIENCE_SERVICES_COMMON_STORE_TRANSFER_STREAM_FORMAT_H_
#define CONSILIENCE_SERVICES_COMMON_STORE_TRANSFER_STREAM_FORMAT_H_

#include <fmt/format.h>

#include <cstddef>
#include <string>
#include <string_view>

#include "services/common/store/transfer/manifest.h"

namespace consilience::common::transfer {

inline constexpr char kHeadLetter = 'H';
inline constexpr char kTableLetter = 'T';
inline constexpr char kRowLetter = 'R';
inline constexpr char kEndLetter = 'E';
inline constexpr char kManifestLetter = 'M';

inline constexpr std::string_view kFileKind = "consilience-installation ";
// Rises when an earlier program would misread the file, and with every change of a table.
inline constexpr std::string_view kFileHead = "consilience-installation 1\n";

// Far above what a store holds in a row, and a bound on what a damaged file makes a reader take.
inline constexpr size_t kLargestRecord = size_t{1} << 30U;

inline std::string EndOfTable(const TableSummary& summary) {
  return fmt::format("{} {}\n", summary.rows, summary.sha256);
}

}  // namespace consilience::common::transfer

#endif  // CONSILIENCE_SERVICES_COMMON_STORE_TRANSFER_STREAM_FORMAT_H_
