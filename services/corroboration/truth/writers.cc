#include "services/corroboration/truth/writers.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <span>
#include <string>
#include <vector>

#include "fmt/format.h"
#include "nlohmann/json.hpp"

namespace consilience::corroboration {
namespace {

constexpr std::size_t kBufferBytes = std::size_t{1} << 16;

// One line of output.
struct ValueRow {
  std::uint32_t text = 0;
  double probability = 0.0;
  double effective_origins = 0.0;
};

bool IsNumeric(const KindSpec& spec) {
  return spec.kind == ValueKind::kTime || spec.kind == ValueKind::kNumber;
}

// Gathers the rows of one item after the other, in the order in which they are written.
class ItemRows {
 public:
  ItemRows(const TruthTable& table, const TruthResult& result) : table_(table), result_(result) {}

  // Items must come in ascending order.
  const std::vector<ValueRow>& Of(std::size_t item) {
    rows_.clear();
    for (std::size_t v = table_.first_value(item); v < table_.end_value(item); ++v) {
      rows_.push_back({table_.values[v].text, result_.probability[v],
                       result_.effective_origins.empty() ? 0.0 : result_.effective_origins[v]});
    }
    // A stance item holds false before true and is written the other way round.
    if (table_.spec_of(item).kind == ValueKind::kStance) std::reverse(rows_.begin(), rows_.end());
    AddRetired(item);
    return rows_;
  }

 private:
  // What nobody stands by any more is a candidate without any weight, unless it lies within
  // tolerance of one that is there.
  void AddRetired(std::size_t item) {
    const std::size_t standing = rows_.size();
    for (; next_ < table_.retired.size() && table_.retired[next_].item == item; ++next_) {
      const std::uint32_t text = table_.retired[next_].text;
      if (!IsCovered(text, table_.spec_of(item))) rows_.push_back({text});
    }
    if (rows_.size() == standing) return;
    const bool numeric = IsNumeric(table_.spec_of(item));
    std::sort(rows_.begin(), rows_.end(), [&](const ValueRow& a, const ValueRow& b) {
      if (numeric && table_.numbers[a.text] != table_.numbers[b.text]) {
        return table_.numbers[a.text] < table_.numbers[b.text];
      }
      return a.text < b.text;
    });
  }

  bool IsCovered(std::uint32_t text, const KindSpec& spec) const {
    if (!IsNumeric(spec)) return false;
    return std::any_of(rows_.begin(), rows_.end(), [&](const ValueRow& row) {
      const double center = table_.numbers[row.text];
      return Distance(spec, table_.numbers[text], center) <= Tolerance(spec, center);
    });
  }

  const TruthTable& table_;
  const TruthResult& result_;
  std::vector<ValueRow> rows_;
  std::size_t next_ = 0;  // of table_.retired
};

std::string Quoted(const std::string& text) {
  return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

// Gathers rows and hands them to the stream in blocks.
class RowWriter {
 public:
  explicit RowWriter(std::ostream& out) : out_(out) {}
  ~RowWriter() { Flush(); }
  RowWriter(const RowWriter&) = delete;
  RowWriter& operator=(const RowWriter&) = delete;

  template <typename... Args>
  void Write(fmt::format_string<Args...> format, Args&&... args) {
    fmt::format_to(std::back_inserter(buffer_), format, std::forward<Args>(args)...);
    if (buffer_.size() >= kBufferBytes) Flush();
  }

 private:
  void Flush() {
    out_.write(buffer_.data(), static_cast<std::streamsize>(buffer_.size()));
    buffer_.clear();
  }

  std::ostream& out_;
  std::string buffer_;
};

std::string Rates(std::span<const double> rates) {
  return fmt::format("[{:.6f}]", fmt::join(rates, ", "));
}

void WriteLabels(const TruthTable& table, const LabelErrors& errors, RowWriter* out) {
  const std::size_t count = errors.labels.size();
  if (count == 0) return;
  std::vector<std::string> labels;
  for (const std::uint32_t text : errors.labels) labels.push_back(Quoted(table.texts[text]));
  out->Write(", \"labels\": [{}], \"prevalence\": {}, \"confusion\": [", fmt::join(labels, ", "),
             Rates(errors.prevalence));
  for (std::size_t s = 0; s < errors.sources.size(); ++s) {
    std::vector<std::string> rows;
    for (std::size_t v = 0; v < count; ++v) {
      rows.push_back(Rates(std::span(errors.confusion).subspan((s * count + v) * count, count)));
    }
    out->Write("{}\n      {{\"source\": {}, \"rows\": [{}]}}", s == 0 ? "" : ",",
               Quoted(table.sources[errors.sources[s]]), fmt::join(rows, ", "));
  }
  out->Write("\n    ]");
}

void WriteAttributes(const TruthTable& table, const TruthResult& result, RowWriter* out) {
  for (std::size_t a = 0; a < table.attributes.size(); ++a) {
    const Attribute& attribute = table.attributes[a];
    out->Write("{}\n    {{\"name\": {}, \"kind\": \"{}\", \"kind_fitted\": {}", a == 0 ? "" : ",",
               Quoted(attribute.name), KindText(attribute.spec), attribute.fitted);
    if (!result.errors.empty()) {
      const ErrorModel& errors = result.errors[a];
      out->Write(", \"false_values\": {:.6f}, \"exact_share\": {:.6f}, \"correlation\": {:.6f}",
                 errors.false_values, errors.exact_share, errors.correlation);
      WriteLabels(table, errors.labels, out);
    }
    out->Write("}}");
  }
}

void WriteSources(const TruthTable& table, const TruthResult& result, RowWriter* out) {
  std::vector<std::size_t> claims(table.sources.size(), 0);
  for (const SourceClaim& claim : table.claims) ++claims[claim.source];
  for (std::size_t s = 0; s < table.sources.size(); ++s) {
    out->Write("{}\n    {{\"source\": {}, \"accuracy\": {:.6f}, \"claims\": {}}}",
               s == 0 ? "" : ",", Quoted(table.sources[s]), result.accuracy[s], claims[s]);
  }
}

void WriteDependence(const TruthTable& table, const TruthResult& result, RowWriter* out) {
  const char* separator = "";
  for (const Dependence& pair : result.dependence) {
    out->Write(
        "{}\n    {{\"first\": {}, \"second\": {}, \"probability\": {:.6f}, \"same_true\": {:.3f}, "
        "\"same_false\": {:.3f}, \"different\": {:.3f}}}",
        separator, Quoted(table.sources[pair.first]), Quoted(table.sources[pair.second]),
        pair.probability, pair.same_true, pair.same_false, pair.different);
    separator = ",";
  }
}

void WriteValues(const TruthTable& table, const TruthResult& result, RowWriter* out) {
  const char* separator = "";
  ItemRows items(table, result);
  for (std::size_t i = 0; i < table.items.size(); ++i) {
    for (const ValueRow& row : items.Of(i)) {
      out->Write(
          "{}\n    {{\"object\": {}, \"attribute\": {}, \"value\": {}, \"probability\": {:.6f}",
          separator, Quoted(table.objects[table.items[i].object]),
          Quoted(table.attributes[table.items[i].attribute].name), Quoted(table.texts[row.text]),
          row.probability);
      if (!result.effective_origins.empty()) {
        out->Write(", \"effective_origins\": {:.6f}", row.effective_origins);
      }
      out->Write("}}");
      separator = ",";
    }
  }
}

}  // namespace

void WriteTsv(const TruthTable& given, const TruthResult& result, std::ostream& out) {
  const TruthTable& table = CandidateTable(given, result);
  RowWriter rows(out);
  ItemRows items(table, result);
  for (std::size_t i = 0; i < table.items.size(); ++i) {
    for (const ValueRow& row : items.Of(i)) {
      rows.Write("{}\t{}\t{}\t{:.6f}\n", table.objects[table.items[i].object],
                 table.attributes[table.items[i].attribute].name, table.texts[row.text],
                 row.probability);
    }
  }
}

void WriteJson(const TruthTable& given, const TruthResult& result, std::ostream& out) {
  const TruthTable& table = CandidateTable(given, result);
  RowWriter rows(out);
  rows.Write("{{\n  \"method\": {},\n  \"rounds\": {},\n  \"attributes\": [", Quoted(result.method),
             result.rounds);
  WriteAttributes(table, result, &rows);
  rows.Write("\n  ],\n  \"sources\": [");
  WriteSources(table, result, &rows);
  rows.Write("\n  ],\n  \"dependence\": [");
  WriteDependence(table, result, &rows);
  rows.Write("\n  ],\n  \"values\": [");
  WriteValues(table, result, &rows);
  rows.Write("\n  ]\n}}\n");
}

}  // namespace consilience::corroboration
