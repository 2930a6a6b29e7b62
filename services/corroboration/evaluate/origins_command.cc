#include "services/corroboration/evaluate/origins_command.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <random>
#include <utility>

#include "absl/status/statusor.h"
#include "services/common/time/ids.h"
#include "services/corroboration/config/default_configuration.h"
#include "services/corroboration/engine/engine.h"
#include "services/corroboration/store/memory_store.h"
#include "services/extraction/extractor.h"

namespace consilience::corroboration {
namespace {

using Json = nlohmann::json;

constexpr int kSamples = 1000;
constexpr uint64_t kSeed = 20161122;

absl::StatusOr<std::vector<DocumentRecord>> Extract(const OriginsOptions& options) {
  const auto extractor = extraction::Extractor::Load(options.rules);
  if (!extractor.ok()) return extractor.status();
  std::ifstream in(options.articles);
  if (!in) return absl::NotFoundError(fmt::format("{}: cannot be read", options.articles));
  std::vector<DocumentRecord> records;
  int number = 0;
  for (std::string line; std::getline(in, line);) {
    ++number;
    const Json article = Json::parse(line, nullptr, false);
    if (!article.is_object() || !article.contains("id") || !article.contains("text")) {
      return absl::InvalidArgumentError(
          fmt::format("{}:{}: is not an object with id and text", options.articles, number));
    }
    DocumentRecord record;
    record.document.id = article.value("id", "");
    record.document.outlet = article.value("source", "");
    record.document.title = article.value("title", "");
    record.document.publication_date = article.value("date", "");
    const std::string text = article.value("text", "");
    for (extraction::Assertion& said :
         extractor->Extract({text, record.document.publication_date, ""}).assertions) {
      record.quotes.emplace_back(said.span.In(text));
      record.code_points.push_back(said.span);
      record.assertions.push_back(std::move(said));
    }
    records.push_back(std::move(record));
  }
  return records;
}

absl::StatusOr<std::vector<ClaimRow>> Score(const OriginsOptions& options) {
  const auto records = Extract(options);
  if (!records.ok()) return records.status();
  const auto places = PlaceHierarchy::Load(options.rules + "/places/places.tsv");
  if (!places.ok()) return places.status();
  auto known = SourceDirectory::Parse(kDefaultSourcesTsv, "rules/sources.tsv");
  if (!known.ok()) return known.status();
  MemoryStore store;
  CalibrationMap calibration;
  common::UuidV7Generator ids(common::RealClock());
  const Engine::Parts parts{store,       DefaultConfiguration(), *places,
                            calibration, common::RealClock(),    ids};
  const auto engine = Engine::Open(parts, *std::move(known));
  if (!engine.ok()) return engine.status();
  for (const DocumentRecord& record : *records) {
    const auto result = (*engine)->Record(record);
    if (!result.ok()) return result.status();
  }
  if (const auto refreshed = (*engine)->Refresh(); !refreshed.ok()) return refreshed.status();
  std::vector<ClaimRow> rows;
  const absl::Status status =
      store.ScanClaims(ClaimOrder::kEffectiveDescending, {}, [&](const ClaimRow& row) {
        rows.push_back(row);
        return true;
      });
  if (!status.ok()) return status;
  return rows;
}

double ShareOfOne(const std::vector<CountedClaim>& claims) {
  const auto one = std::count_if(claims.begin(), claims.end(),
                                 [](const CountedClaim& claim) { return claim.origins == 1; });
  return claims.empty() ? 0.0 : static_cast<double>(one) / static_cast<double>(claims.size());
}

}  // namespace

OriginsReport CountOrigins(const std::vector<CountedClaim>& claims) {
  OriginsReport report;
  std::vector<CountedClaim> several;
  for (const CountedClaim& claim : claims) {
    if (claim.origins == 0) continue;
    ++report.claims;
    if (claim.outlets < 2) continue;
    several.push_back(claim);
    if (claim.origins == 1) ++report.one_origin;
    if (claim.effective < 2.0) ++report.below_two;
  }
  report.several_outlets = static_cast<int>(several.size());
  if (several.empty()) return report;
  std::mt19937_64 random(kSeed);
  std::vector<double> shares;
  for (int s = 0; s < kSamples; ++s) {
    std::vector<CountedClaim> sample;
    for (size_t i = 0; i < several.size(); ++i) {
      sample.push_back(several[random() % several.size()]);
    }
    shares.push_back(ShareOfOne(sample));
  }
  std::sort(shares.begin(), shares.end());
  report.low = shares[kSamples * 25 / 1000];
  report.high = shares[kSamples * 975 / 1000];
  return report;
}

OriginsCommand::OriginsCommand(CLI::App* app, std::string rules)
    : options_{"", std::move(rules), false},
      command_(app->add_subcommand("origins",
                                   "How many claims of several outlets go back to one origin")) {
  command_->add_option("--articles", options_.articles, "JSONL: {id, source, date, title, text}")
      ->required()
      ->check(CLI::ExistingFile);
  command_->add_option("--rules", options_.rules, "The directory of rule packs")
      ->check(CLI::ExistingDirectory);
  command_->add_flag("--examples", options_.examples, "List the claims that have one origin");
}

absl::Status OriginsCommand::Run(std::ostream& out) const {
  const auto rows = Score(options_);
  if (!rows.ok()) return rows.status();
  std::vector<CountedClaim> claims;
  for (const ClaimRow& row : *rows) {
    const Corroboration& c = row.corroboration;
    claims.push_back({c.outlet_count, c.origin_count, c.effective_origins});
    if (options_.examples && c.outlet_count > 1 && c.origin_count == 1) {
      out << fmt::format("{}: {} outlets, {} documents\n", row.display_name, c.outlet_count,
                         c.document_count);
    }
  }
  const OriginsReport report = CountOrigins(claims);
  const auto share = [&](int part) {
    return report.several_outlets == 0 ? 0.0 : 100.0 * part / report.several_outlets;
  };
  out << fmt::format("claims                               {:>6}\n", report.claims);
  out << fmt::format("printed by two outlets or more       {:>6}\n", report.several_outlets);
  out << fmt::format("  of these with one origin           {:>6}  {:.1f}% ({:.1f} to {:.1f})\n",
                     report.one_origin, share(report.one_origin), 100.0 * report.low,
                     100.0 * report.high);
  out << fmt::format("  of these worth less than two       {:>6}  {:.1f}%\n", report.below_two,
                     share(report.below_two));
  return absl::OkStatus();
}

}  // namespace consilience::corroboration
