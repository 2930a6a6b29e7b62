#include "clients/cli/output/table.h"

#include <algorithm>
#include <utility>

#include "clients/cli/output/text_width.h"

namespace consilience::cli {
namespace {

constexpr size_t kRowsToMeasure = 256;
constexpr int kGap = 2;

int TotalWidth(const std::vector<int>& widths) {
  int total = -kGap;
  for (const int width : widths) {
    if (width >= 0) total += width + kGap;
  }
  return total;
}

// The least that the columns can be cut to; with `good`, before others leave.
std::vector<int> Floors(const std::vector<Column>& columns, const std::vector<int>& widths,
                        bool good) {
  std::vector<int> floors = widths;
  for (size_t i = 0; i < columns.size(); ++i) {
    const Column& column = columns[i];
    const int least = good ? std::max(column.min_width, column.good_width) : column.min_width;
    if (floors[i] >= 0 && column.min_width > 0) floors[i] = std::min(floors[i], least);
  }
  return floors;
}

void DropColumns(const std::vector<Column>& columns, int limit, std::vector<int>& widths) {
  while (TotalWidth(Floors(columns, widths, true)) > limit) {
    size_t victim = columns.size();
    for (size_t i = 0; i < columns.size(); ++i) {
      if (widths[i] < 0 || columns[i].leaves == 0) continue;
      if (victim == columns.size() || columns[i].leaves > columns[victim].leaves) victim = i;
    }
    if (victim == columns.size()) return;
    widths[victim] = -1;
  }
}

// Takes a column at a time from the one with most to give, so that they end up alike.
void CutColumns(const std::vector<Column>& columns, int limit, std::vector<int>& widths) {
  const std::vector<int> floors = Floors(columns, widths, false);
  for (int excess = TotalWidth(widths) - limit; excess > 0; --excess) {
    size_t widest = columns.size();
    for (size_t i = 0; i < columns.size(); ++i) {
      if (widths[i] <= floors[i]) continue;
      if (widest == columns.size() || widths[i] > widths[widest]) widest = i;
    }
    if (widest == columns.size()) return;
    --widths[widest];
  }
}

}  // namespace

TableWriter::TableWriter(std::vector<Column> columns, int width, Palette palette,
                         std::function<void(std::string_view)> write)
    : columns_(std::move(columns)), width_(width), palette_(palette), write_(std::move(write)) {}

void TableWriter::Add(Row row) {
  for (Cell& cell : row) cell.text = OneLine(cell.text);
  if (!widths_.empty()) {
    WriteRow(row, false);
    return;
  }
  held_back_.push_back(std::move(row));
  if (held_back_.size() == kRowsToMeasure) Layout();
}

void TableWriter::Finish() {
  if (widths_.empty() && !held_back_.empty()) Layout();
}

void TableWriter::Layout() {
  for (size_t i = 0; i < columns_.size(); ++i) {
    int width = DisplayWidth(columns_[i].header);
    for (const Row& row : held_back_) width = std::max(width, DisplayWidth(row[i].text));
    widths_.push_back(width);
  }
  if (width_ > 0) {
    DropColumns(columns_, width_, widths_);
    CutColumns(columns_, width_, widths_);
  }
  Row header;
  for (const Column& column : columns_) header.push_back({column.header, Style::kFaint});
  WriteRow(header, true);
  for (const Row& row : std::exchange(held_back_, {})) WriteRow(row, false);
}

void TableWriter::WriteRow(const Row& row, bool header) {
  std::string line;
  int owed = 0;  // spaces that are written only when something follows
  for (size_t i = 0; i < columns_.size(); ++i) {
    if (widths_[i] < 0) continue;
    // The last rows may be wider than the measured ones; without a limit they keep their text.
    const std::string text =
        width_ > 0 || header ? Truncated(row[i].text, widths_[i]) : row[i].text;
    const int padding = std::max(0, widths_[i] - DisplayWidth(text));
    if (columns_[i].right_aligned) owed += padding;
    if (!text.empty()) {
      line.append(static_cast<size_t>(owed), ' ');
      line += palette_.Paint(row[i].style, text);
      owed = 0;
    }
    owed += kGap + (columns_[i].right_aligned ? 0 : padding);
  }
  line += '\n';
  write_(line);
}

}  // namespace consilience::cli
