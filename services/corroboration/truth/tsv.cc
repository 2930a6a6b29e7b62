#include "services/corroboration/truth/tsv.h"

#include <array>

#include "fmt/format.h"

namespace consilience::corroboration {
namespace {

constexpr std::size_t kMaxFields = 8;
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

absl::Status At(const std::string& name, std::size_t line, const absl::Status& status) {
  return {status.code(), fmt::format("{}:{}: {}", name, line, std::string(status.message()))};
}

// Fills at most kMaxFields fields and returns how many the line has.
std::size_t SplitFields(std::string_view line, std::array<std::string_view, kMaxFields>* fields) {
  std::size_t count = 0;
  for (std::size_t at = 0;;) {
    const std::size_t end = line.find('\t', at);
    if (count < kMaxFields) (*fields)[count] = line.substr(at, end - at);
    ++count;
    if (end == std::string_view::npos) return count;
    at = end + 1;
  }
}

}  // namespace

absl::Status ForEachTsvLine(std::istream& in, const std::string& name, std::size_t min_fields,
                            std::size_t max_fields, std::string_view columns,
                            const std::function<absl::Status(const TsvLine&)>& handle) {
  std::string line;
  std::array<std::string_view, kMaxFields> fields;
  TsvLine current;
  while (std::getline(in, line)) {
    ++current.number;
    current.offset += line.size() + 1;
    std::string_view text = line;
    if (text.ends_with('\r')) text.remove_suffix(1);
    if (current.number == 1 && text.starts_with(kByteOrderMark)) {
      text.remove_prefix(kByteOrderMark.size());
    }
    if (text.empty()) continue;
    const std::size_t count = SplitFields(text, &fields);
    if (count < min_fields || count > max_fields) {
      return At(name, current.number,
                absl::InvalidArgumentError(fmt::format(
                    "{} tab-separated fields where the columns are {}", count, columns)));
    }
    current.fields = {fields.data(), count};
    if (const absl::Status status = handle(current); !status.ok()) {
      return At(name, current.number, status);
    }
  }
  if (in.bad()) return absl::DataLossError(fmt::format("{}: reading failed", name));
  return absl::OkStatus();
}

}  // namespace consilience::corroboration
