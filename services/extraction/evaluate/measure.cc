#include "services/extraction/evaluate/measure.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <fstream>

namespace consilience::extraction {
namespace {

constexpr size_t kContext = 40;

double Percent(double share) { return std::round(share * 1000) / 10; }

std::string Cell(const nlohmann::json& value) {
  if (value.is_string()) return value.get<std::string>();
  if (value.is_number_float()) return fmt::format("{:.1f}", value.get<double>());
  return value.dump();
}

}  // namespace

absl::StatusOr<std::vector<nlohmann::json>> ReadJsonLines(const std::filesystem::path& file) {
  std::ifstream in(file);
  if (!in) return absl::NotFoundError(fmt::format("{}: cannot be read", file.string()));
  std::vector<nlohmann::json> lines;
  size_t number = 0;
  for (std::string line; std::getline(in, line);) {
    ++number;
    if (line.empty()) continue;
    auto parsed = nlohmann::json::parse(line, nullptr, /*allow_exceptions=*/false);
    if (parsed.is_discarded()) {
      return absl::InvalidArgumentError(fmt::format("{}:{}: not JSON", file.string(), number));
    }
    lines.push_back(std::move(parsed));
  }
  if (lines.empty()) return absl::InvalidArgumentError(fmt::format("{}: empty", file.string()));
  return lines;
}

std::vector<nlohmann::json> ScoreRow(std::string_view name, const Score& score) {
  return {std::string(name),
          Percent(score.precision()),
          Percent(score.recall()),
          Percent(score.f1()),
          score.right,
          score.found,
          score.wanted};
}

std::string InContext(std::string_view text, size_t begin, size_t end) {
  size_t from = begin - std::min(begin, kContext);
  while (from < begin && (static_cast<unsigned char>(text[from]) & 0xC0) == 0x80) ++from;
  size_t to = std::min(text.size(), end + kContext);
  while (to < text.size() && (static_cast<unsigned char>(text[to]) & 0xC0) == 0x80) ++to;
  std::string line = fmt::format("{}[{}]{}", text.substr(from, begin - from),
                                 text.substr(begin, end - begin), text.substr(end, to - end));
  std::replace(line.begin(), line.end(), '\n', ' ');
  return line;
}

std::string FormatTable(const Report& report) {
  std::vector<size_t> widths;
  for (const std::string& column : report.columns) widths.push_back(column.size());
  for (const auto& row : report.rows) {
    for (size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], Cell(row[i]).size());
  }
  std::string table;
  const auto add = [&](const auto& cells, const auto& text) {
    for (size_t i = 0; i < cells.size(); ++i) {
      table += i == 0 ? fmt::format("{:<{}}", text(cells[i]), widths[i])
                      : fmt::format("  {:>{}}", text(cells[i]), widths[i]);
    }
    table += '\n';
  };
  add(report.columns, [](const std::string& column) { return column; });
  for (const auto& row : report.rows) add(row, Cell);
  return table;
}

nlohmann::json ReportToJson(const Report& report) {
  nlohmann::json rows = nlohmann::json::array();
  for (const auto& row : report.rows) {
    nlohmann::json object;
    for (size_t i = 0; i < row.size(); ++i) object[report.columns[i]] = row[i];
    rows.push_back(std::move(object));
  }
  return {{"rows", rows}, {"errors", report.errors}};
}

}  // namespace consilience::extraction
