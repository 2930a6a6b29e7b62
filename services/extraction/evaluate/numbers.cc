#include "services/extraction/evaluate/numbers.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cmath>
#include <cstdlib>
#include <map>

#include "services/extraction/quantity/number_reader.h"
#include "services/extraction/text/text.h"
#include "services/extraction/text/tokenize.h"

namespace consilience::extraction {
namespace {

constexpr double kTolerance = 1e-9;  // relative

struct Reading {
  std::string text;
  double value = 0;
};

// What a specification wants to see of all numbers; nullopt when it is about something else.
std::optional<bool> WantsOrdinals(const std::string& spec) {
  if (spec.starts_with("NumberModel")) return false;
  if (spec.starts_with("OrdinalModelSuppress")) return true;
  return std::nullopt;
}

std::vector<Reading> Wanted(const nlohmann::json& results) {
  std::vector<Reading> wanted;
  for (const auto& result : results) {
    const auto& value = result["Resolution"]["value"];
    wanted.push_back({AsciiLower(result["Text"].get<std::string>()),
                      value.is_string() ? std::strtod(value.get<std::string>().c_str(), nullptr)
                                        : value.get<double>()});
  }
  return wanted;
}

std::vector<Reading> Found(const Text& text, const std::vector<Number>& numbers, bool ordinals) {
  std::vector<Reading> found;
  for (const Number& number : numbers) {
    const bool ordinal = number.role == NumberRole::kOrdinal;
    const bool out = number.role == NumberRole::kMeasure || number.role == NumberRole::kPronoun;
    if (ordinal != ordinals || out) continue;
    found.push_back({AsciiLower(number.span.In(text.stored())), number.value});
  }
  return found;
}

bool Same(const std::vector<Reading>& a, const std::vector<Reading>& b) {
  if (a.size() != b.size()) return false;
  for (size_t i = 0; i < a.size(); ++i) {
    const double scale = std::max(std::abs(a[i].value), std::abs(b[i].value));
    if (a[i].text != b[i].text || std::abs(a[i].value - b[i].value) > kTolerance * scale) {
      return false;
    }
  }
  return true;
}

std::string Show(const std::vector<Reading>& readings) {
  std::vector<std::string> shown;
  shown.reserve(readings.size());
  for (const Reading& reading : readings) {
    shown.push_back(fmt::format("\"{}\" = {}", reading.text, reading.value));
  }
  return fmt::format("{}", fmt::join(shown, ", "));
}

absl::StatusOr<Report> Run(const MeasureOptions& options) {
  const auto cases = ReadJsonLines(options.gold);
  if (!cases.ok()) return cases.status();
  Vocabulary vocabulary;
  const auto analyser = TextAnalyser::Load(options.rules, vocabulary);
  if (!analyser.ok()) return analyser.status();
  const auto reader = NumberReader::Load(options.rules, vocabulary);
  if (!reader.ok()) return reader.status();
  struct Counts {
    size_t right = 0;
    size_t cases = 0;
  };
  std::map<std::string, Counts> specs;
  Report report;
  for (const auto& one : *cases) {
    const auto spec = one["gold"]["spec"].get<std::string>();
    const std::optional<bool> ordinals = WantsOrdinals(spec);
    if (!ordinals) continue;
    const auto stored = one["text"].get<std::string>();
    const Text text = analyser->Analyse(stored);
    const std::vector<Reading> wanted = Wanted(one["gold"]["results"]);
    const std::vector<Reading> found = Found(text, reader->Read(text), *ordinals);
    Counts& counts = specs[spec];
    ++counts.cases;
    if (Same(wanted, found)) {
      ++counts.right;
    } else if (options.errors) {
      report.errors.push_back(
          fmt::format("{}: \"{}\": wanted {}; found {}", spec, stored, Show(wanted), Show(found)));
    }
  }
  report.columns = {"specification", "right", "cases", "percent"};
  for (const auto& [spec, counts] : specs) {
    report.rows.push_back(
        {spec, counts.right, counts.cases,
         100.0 * static_cast<double>(counts.right) / static_cast<double>(counts.cases)});
  }
  return report;
}

}  // namespace

Measure NumbersMeasure() {
  return {"numbers", "Numbers and ordinals against Recognizers-Text specifications", Run};
}

}  // namespace consilience::extraction
