// Gold: JSONL of {id, text, gold: {wire, annotations: [{annotator, attributions: [{source, cue,
// content}]}]}}, each component a list of [begin, end) in code points.
//
// A component is right when all its spans are exactly those of a gold component that no other has
// taken, in the same document; components without spans are left out on both sides. A document of
// several annotators is scored against the first. Wires are compared by name, whatever the case;
// documents whose gold says "NA" are left out.
#include "services/extraction/evaluate/attribution.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "services/extraction/evaluate/attribution_gold.h"

namespace consilience::extraction {
namespace {

using nlohmann::json;

GoldSpans Sorted(GoldSpans spans) {
  std::sort(spans.begin(), spans.end());
  return spans;
}

std::string Shown(std::string_view text, const GoldSpans& spans) {
  std::string shown;
  for (const Span& span : spans) {
    if (!shown.empty()) shown += " … ";
    shown += span.In(text);
  }
  std::replace(shown.begin(), shown.end(), '\n', ' ');
  return shown;
}

// One component of all attributions of a document, as a multiset.
using Components = std::map<GoldSpans, int>;

void Compare(const Components& gold, const Components& found, Score& score) {
  for (const auto& [spans, count] : found) {
    score.found += static_cast<size_t>(count);
    const auto same = gold.find(spans);
    if (same != gold.end()) score.right += static_cast<size_t>(std::min(count, same->second));
  }
  for (const auto& [spans, count] : gold) score.wanted += static_cast<size_t>(count);
}

constexpr const char* kComponents[] = {"source", "cue", "content"};

const Spans& ComponentOf(const AttributionMention& mention, size_t component) {
  return component == 0 ? mention.source : component == 1 ? mention.cue : mention.content;
}

void ListErrors(const std::string& id, std::string_view text, const char* what,
                const Components& of, const Components& other, std::vector<std::string>& errors) {
  for (const auto& [spans, count] : of) {
    if (other.count(spans) == 0) errors.push_back(id + " " + what + ": " + Shown(text, spans));
  }
}

absl::StatusOr<Report> RunAttribution(const MeasureOptions& options) {
  const auto documents = ReadJsonLines(options.gold);
  if (!documents.ok()) return documents.status();
  const auto stages = AttributionStages::Load(options.rules);
  if (!stages.ok()) return stages.status();
  Report report;
  report.columns = kScoreColumns;
  Score scores[3];
  for (const json& document : *documents) {
    const std::string text = document.at("text").get<std::string>();
    const std::vector<size_t> offsets = CodePointOffsets(text);
    const Text analysed = stages->text->Analyse(text);
    const AttributionResult result = stages->finder->Find(analysed);
    const json& gold = document.at("gold").at("annotations").at(0).at("attributions");
    for (size_t i = 0; i < 3; ++i) {
      Components wanted;
      Components found;
      for (const json& attribution : gold) {
        GoldSpans spans = ReadSpans(attribution.at(kComponents[i]), offsets);
        if (!spans.empty()) ++wanted[std::move(spans)];
      }
      for (const AttributionMention& mention : result.attributions) {
        const Spans& component = ComponentOf(mention, i);
        GoldSpans spans = Sorted({component.begin(), component.end()});
        if (!spans.empty()) ++found[std::move(spans)];
      }
      Compare(wanted, found, scores[i]);
      if (!options.errors) continue;
      const std::string id = document.at("id").get<std::string>() + " " + kComponents[i];
      ListErrors(id, text, "missed", wanted, found, report.errors);
      ListErrors(id, text, "false", found, wanted, report.errors);
    }
  }
  for (size_t i = 0; i < 3; ++i) report.rows.push_back(ScoreRow(kComponents[i], scores[i]));
  return report;
}

std::string Lower(std::string text) {
  for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return text;
}

absl::StatusOr<Report> RunWire(const MeasureOptions& options) {
  const auto documents = ReadJsonLines(options.gold);
  if (!documents.ok()) return documents.status();
  const auto stages = AttributionStages::Load(options.rules);
  if (!stages.ok()) return stages.status();
  Report report;
  report.columns = kScoreColumns;
  Score score;
  for (const json& document : *documents) {
    const std::string gold = Lower(document.at("gold").at("wire").get<std::string>());
    if (gold == "na") continue;
    const std::string text = document.at("text").get<std::string>();
    const Text analysed = stages->text->Analyse(text);
    std::string found = "none";
    for (const WireCredit& credit : stages->finder->Find(analysed).credits) {
      if (credit.scope.size() != text.size()) continue;
      found = Lower(credit.wire.name);
      break;
    }
    score.wanted += gold != "none" ? 1 : 0;
    score.found += found != "none" ? 1 : 0;
    score.right += gold != "none" && gold == found ? 1 : 0;
    if (options.errors && gold != found) {
      report.errors.push_back(
          fmt::format("{} wanted {}, found {}", document.at("id").get<std::string>(), gold, found));
    }
  }
  report.rows.push_back(ScoreRow("wire", score));
  return report;
}

}  // namespace

Measure AttributionMeasure() {
  return {"attribution", "Sources, cues and contents of attributions (PolNeAR), exact spans",
          RunAttribution};
}

Measure WireMeasure() { return {"wire", "News agencies that texts are credited to", RunWire}; }

}  // namespace consilience::extraction
