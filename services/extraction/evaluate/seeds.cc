// The annotated sample articles: which of the annotated assertions are found with the right value,
// on whose word, and how many casualties, populations, controls and facilities nobody annotated.
//
// Gold: claims.jsonl with docs.jsonl (publication dates) beside it and the articles in ../../seeds
// or in the folder seeds/articles of the repository, by the three digits their names start with. An
// assertion is found when one overlaps its span, is of its kind where kinds are comparable, and has
// its bounds; its origin is right when the chain names it by one of the words of origin_id, or is
// empty for the outlet's own voice or an inferred origin.
#include "services/extraction/evaluate/seeds.h"

#include <algorithm>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "services/extraction/evaluate/counts.h"
#include "services/extraction/extractor.h"

namespace consilience::extraction {
namespace {

using nlohmann::json;

// Kinds of the gold that must come back as the same kind; the others are statements of many sorts.
const std::map<std::string, Kind>& ComparableKinds() {
  static const std::map<std::string, Kind> kinds = {{"casualty", Kind::kCasualty},
                                                    {"population", Kind::kPopulation},
                                                    {"displacement", Kind::kDisplacement},
                                                    {"control", Kind::kControl},
                                                    {"control-state", Kind::kControl},
                                                    {"control-negative", Kind::kControl},
                                                    {"siege", Kind::kControl},
                                                    {"status", Kind::kControl},
                                                    {"facility", Kind::kFacility}};
  return kinds;
}

bool IsCounted(Kind kind) {
  return kind == Kind::kCasualty || kind == Kind::kPopulation || kind == Kind::kControl ||
         kind == Kind::kFacility;
}

struct Article {
  std::string text;
  Analysis analysis;
};

absl::StatusOr<std::string> ReadArticle(const std::filesystem::path& gold, const std::string& id) {
  const std::filesystem::path folder = gold.parent_path();
  for (const auto& place : {folder / ".." / ".." / "seeds", folder / ".." / "articles", folder}) {
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator(place, error)) {
      const std::string name = entry.path().filename().string();
      if (!name.starts_with(id) || entry.path().extension() != ".txt") continue;
      std::ostringstream content;
      content << std::ifstream(entry.path(), std::ios::binary).rdbuf();
      return content.str();
    }
  }
  return absl::NotFoundError("no article " + id + " near " + gold.string());
}

bool HasValue(const json& gold, const Assertion& assertion) {
  if (!gold.contains("lo") || gold.contains("vague")) return true;
  if (!assertion.quantity || !assertion.quantity->lower) return false;
  const Quantity& quantity = *assertion.quantity;
  const double lower = *quantity.lower + (quantity.lower_open ? 1 : 0);
  if (lower != gold.at("lo").get<double>()) return false;
  return !gold.contains("hi") || quantity.approximate ||
         quantity.upper == gold.at("hi").get<double>();
}

bool Matches(const json& gold, const Assertion& assertion) {
  const size_t begin = gold.at("span").at("byte_start").get<size_t>();
  const size_t end = gold.at("span").at("byte_end").get<size_t>();
  if (assertion.span.begin >= end || begin >= assertion.span.end) return false;
  const auto kind = ComparableKinds().find(gold.at("type").get<std::string>());
  if (kind == ComparableKinds().end()) return true;
  return assertion.kind == kind->second && HasValue(gold, assertion);
}

std::string Simple(std::string_view name) {
  std::string simple;
  for (const char c : name) {
    if (std::isalnum(static_cast<unsigned char>(c)) != 0) {
      simple.push_back(static_cast<char>(std::tolower(static_cast<unsigned char>(c))));
    }
  }
  return simple;
}

// Words by which an origin of the gold may be called in a chain.
std::vector<std::string> NamesOf(const json& attribution) {
  std::vector<std::string> names;
  for (const char* field : {"speaker", "org", "wire"}) {
    if (!attribution.contains(field) || !attribution.at(field).is_string()) continue;
    std::istringstream words(attribution.at(field).get<std::string>());
    for (std::string word; words >> word;) {
      if (word.size() > 2) names.push_back(Simple(word));
    }
  }
  return names;
}

bool OriginRight(const json& gold, const Assertion& assertion) {
  const json& attribution = gold.at("attribution");
  const std::string origin = attribution.at("origin_id").get<std::string>();
  if (assertion.chain.empty()) {
    return origin == "outlet-voice" || attribution.at("origin_inferred").get<bool>() ||
           origin == "reuters";
  }
  if (origin == "outlet-voice") return false;
  std::string said;
  for (const Speaker& speaker : assertion.chain) {
    said += Simple(speaker.name + speaker.description + speaker.organisation);
  }
  std::vector<std::string> names = NamesOf(attribution);
  names.push_back(Simple(origin));
  return std::any_of(names.begin(), names.end(), [&](const std::string& name) {
    return !name.empty() && said.find(name) != std::string::npos;
  });
}

absl::StatusOr<std::map<std::string, Article>> Analyse(const MeasureOptions& options,
                                                       const Extractor& extractor) {
  const auto docs = ReadJsonLines(options.gold.parent_path() / "docs.jsonl");
  if (!docs.ok()) return docs.status();
  std::map<std::string, Article> articles;
  for (const json& doc : *docs) {
    const std::string id = doc.at("doc").get<std::string>();
    auto text = ReadArticle(options.gold, id);
    if (!text.ok()) return text.status();
    Article& article = articles[id];
    article.text = *std::move(text);
    article.analysis = extractor.Extract({article.text, TextOf(doc, "pub"), ""});
  }
  return articles;
}

absl::StatusOr<Report> Run(const MeasureOptions& options) {
  const auto gold = ReadJsonLines(options.gold);
  if (!gold.ok()) return gold.status();
  const auto extractor = Extractor::Load(options.rules);
  if (!extractor.ok()) return extractor.status();
  auto articles = Analyse(options, *extractor);
  if (!articles.ok()) return articles.status();
  Report report;
  report.columns = {"measure", "percent", "right", "of"};
  Score found;
  Score origin;
  std::set<const Assertion*> used;
  for (const json& claim : *gold) {
    const Article& article = articles->at(claim.at("doc").get<std::string>());
    bool is_found = false;
    bool right_origin = false;
    for (const Assertion& assertion : article.analysis.assertions) {
      if (!Matches(claim, assertion)) continue;
      used.insert(&assertion);
      is_found = true;
      right_origin = right_origin || OriginRight(claim, assertion);
    }
    ++found.wanted;
    found.right += is_found ? 1 : 0;
    origin.wanted += is_found ? 1 : 0;
    origin.right += right_origin ? 1 : 0;
    if (options.errors && !right_origin) {
      report.errors.push_back(TextOf(claim, "id") + (is_found ? " wrong origin: " : " missed: ") +
                              TextOf(claim, "quote"));
    }
  }
  Score spurious;
  for (const auto& [id, article] : *articles) {
    for (const Assertion& assertion : article.analysis.assertions) {
      if (!IsCounted(assertion.kind)) continue;
      ++spurious.wanted;
      if (used.count(&assertion) > 0) continue;
      ++spurious.right;
      if (options.errors) {
        report.errors.push_back(id + " spurious " + assertion.rule + ": " +
                                InContext(article.text, assertion.span.begin, assertion.span.end));
      }
    }
  }
  for (const auto& [name, score] :
       {std::pair<const char*, const Score&>{"found with the right value", found},
        {"origin right", origin},
        {"spurious", spurious}}) {
    report.rows.push_back({name, ScoreRow("", score)[2], score.right, score.wanted});
  }
  return report;
}

}  // namespace

Measure SeedsMeasure() { return {"seeds", "The annotated sample articles (claims.jsonl)", Run}; }

}  // namespace consilience::extraction
