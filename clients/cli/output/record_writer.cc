#include "clients/cli/output/record_writer.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

#include "clients/cli/output/json.h"
#include "fmt/format.h"

namespace consilience::cli {
namespace {

constexpr std::array<std::pair<std::string_view, Format>, 7> kFormats = {{
    {"table", Format::kTable},
    {"wide", Format::kWide},
    {"json", Format::kJson},
    {"jsonl", Format::kJsonLines},
    {"csv", Format::kCsv},
    {"tsv", Format::kTsv},
    {"name", Format::kName},
}};

std::vector<Column> ColumnsInUse(const std::vector<Column>& columns, Format format) {
  if (format == Format::kWide) return columns;
  std::vector<Column> used;
  for (const Column& column : columns) {
    if (!column.wide_only) used.push_back(column);
  }
  return used;
}

std::string Key(std::string_view header) {
  std::string key;
  for (const char c : header) {
    key += c == ' ' ? '_' : static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  return key;
}

// What OWASP lists under "CSV Injection", with the wide forms; numbers may have a sign.
bool IsRunBySpreadsheets(std::string_view text) {
  if (text.empty()) return false;
  const bool is_signed = text.front() == '+' || text.front() == '-';
  if (is_signed) return text.find_first_not_of("0123456789.,", 1) != std::string_view::npos;
  constexpr std::array<std::string_view, 9> kOpenings = {"=",  "@",  "\t", "\r", "\n",
                                                         "＝", "＋", "－", "＠"};
  return std::any_of(kOpenings.begin(), kOpenings.end(),
                     [&](std::string_view opening) { return text.starts_with(opening); });
}

}  // namespace

std::optional<Format> ParseFormat(std::string_view name) {
  for (const auto& [known, format] : kFormats) {
    if (known == name) return format;
  }
  return std::nullopt;
}

std::string CsvField(std::string_view text) {
  const std::string_view mark = IsRunBySpreadsheets(text) ? "'" : "";
  // Semicolons and tabs too: some take them for the separator, and a field would begin behind them.
  if (text.find_first_of(",;\"\t\r\n") == std::string_view::npos) {
    return fmt::format("{}{}", mark, text);
  }
  std::string field = fmt::format("\"{}", mark);
  for (const char c : text) {
    if (c == '"') field += '"';
    field += c;
  }
  return field + "\"";
}

std::string TsvField(std::string_view text) {
  std::string field(text);
  for (char& c : field) {
    if (c == '\t' || c == '\n' || c == '\r') c = ' ';
  }
  return field;
}

RecordWriter::RecordWriter(Sink& sink, Format format, const std::vector<Column>& columns, int width,
                           Palette palette)
    : sink_(sink),
      format_(format),
      columns_(columns),
      table_(ColumnsInUse(columns, format), width, palette,
             [&sink](std::string_view text) { sink.Write(text); }) {}

Row RecordWriter::CellsInUse(const Row& cells) const {
  if (format_ == Format::kWide) return cells;
  Row used;
  for (size_t i = 0; i < columns_.size(); ++i) {
    if (!columns_[i].wide_only) used.push_back(cells[i]);
  }
  return used;
}

void RecordWriter::WriteSeparated(const Row& cells) {
  const bool tabs = format_ == Format::kTsv;
  std::string line;
  for (const Cell& cell : cells) {
    if (&cell != &cells.front()) line += tabs ? '\t' : ',';
    line += tabs ? TsvField(cell.text) : CsvField(cell.text);
  }
  sink_.Write(line + (tabs ? "\n" : "\r\n"));
}

void RecordWriter::Write(const Record& record) {
  switch (format_) {
    case Format::kTable:
    case Format::kWide:
      table_.Add(CellsInUse(record.cells));
      break;
    case Format::kJson:
      sink_.Write(count_ == 0 ? "[\n" : ",\n");
      sink_.Write(ToJson(*record.message, true));
      break;
    case Format::kJsonLines:
      sink_.Write(ToJson(*record.message, false) + "\n");
      break;
    case Format::kCsv:
    case Format::kTsv:
      if (count_ == 0) {
        Row header;
        for (const Column& column : columns_) header.push_back({Key(column.header)});
        WriteSeparated(header);
      }
      WriteSeparated(record.cells);
      break;
    case Format::kName:
      sink_.Write(record.name + "\n");
      break;
  }
  ++count_;
}

void RecordWriter::Finish() {
  if (format_ == Format::kJson) sink_.Write(count_ == 0 ? "[]\n" : "\n]\n");
  table_.Finish();
}

}  // namespace consilience::cli
