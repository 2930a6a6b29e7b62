#include "services/corroboration/truth/writers.h"

#include <cstddef>
#include <iterator>
#include <string>

#include "fmt/format.h"
#include "nlohmann/json.hpp"

namespace consilience::corroboration {
namespace {

constexpr std::size_t kBufferBytes = std::size_t{1} << 16;

// Visits the candidates in the order in which they are written. A stance item holds false before
// true and is written the other way round.
template <typename Visit>
void ForEachRow(const TruthTable& table, Visit visit) {
  for (std::size_t i = 0; i < table.items.size(); ++i) {
    const std::size_t first = table.first_value(i);
    const std::size_t count = table.end_value(i) - first;
    const bool stance = table.spec_of(i).kind == ValueKind::kStance;
    for (std::size_t v = 0; v < count; ++v) visit(i, stance ? first + count - 1 - v : first + v);
  }
}

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

void WriteAttributes(const TruthTable& table, const TruthResult& result, RowWriter* out) {
  for (std::size_t a = 0; a < table.attributes.size(); ++a) {
    const Attribute& attribute = table.attributes[a];
    out->Write("{}\n    {{\"name\": {}, \"kind\": \"{}\", \"kind_fitted\": {}", a == 0 ? "" : ",",
               Quoted(attribute.name), KindText(attribute.spec), attribute.fitted);
    if (!result.errors.empty()) {
      const ErrorModel& errors = result.errors[a];
      out->Write(", \"false_values\": {:.6f}, \"exact_share\": {:.6f}, \"correlation\": {:.6f}",
                 errors.false_values, errors.exact_share, errors.correlation);
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

}  // namespace

void WriteTsv(const TruthTable& given, const TruthResult& result, std::ostream& out) {
  const TruthTable& table = CandidateTable(given, result);
  RowWriter rows(out);
  ForEachRow(table, [&](std::size_t item, std::size_t value) {
    rows.Write("{}\t{}\t{}\t{:.6f}\n", table.objects[table.items[item].object],
               table.attributes[table.items[item].attribute].name, table.text_of(value),
               result.probability[value]);
  });
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
  const char* separator = "";
  ForEachRow(table, [&](std::size_t item, std::size_t value) {
    rows.Write(
        "{}\n    {{\"object\": {}, \"attribute\": {}, \"value\": {}, \"probability\": {:.6f}",
        separator, Quoted(table.objects[table.items[item].object]),
        Quoted(table.attributes[table.items[item].attribute].name), Quoted(table.text_of(value)),
        result.probability[value]);
    if (!result.effective_origins.empty()) {
      rows.Write(", \"effective_origins\": {:.6f}", result.effective_origins[value]);
    }
    rows.Write("}}");
    separator = ",";
  });
  rows.Write("\n  ]\n}}\n");
}

}  // namespace consilience::corroboration
