// ClaimReview, as https://schema.org/ClaimReview and the fact-check tools built on it read it.
#include <nlohmann/json.hpp>
#include <set>

#include "clients/cli/export/exporter.h"
#include "clients/cli/render/phrase.h"
#include "clients/cli/render/words.h"
#include "fmt/format.h"

namespace consilience::cli {
namespace {

namespace api = corroboration::v1;
using Json = nlohmann::ordered_json;

Json Organization(const std::string& name) { return {{"@type", "Organization"}, {"name", name}}; }

class ClaimReview : public Exporter {
 public:
  ClaimReview(ExportOptions options, Write write)
      : options_(std::move(options)), write_(std::move(write)) {}

  void Begin() override { write_("{\"@context\": \"https://schema.org\", \"@graph\": [\n"); }

  void Add(const api::Claim& claim, const api::Explanation& /*explanation*/,
           const Documents& documents) override {
    const api::Corroboration& result = claim.corroboration();
    Json review = {{"@type", "ClaimReview"}, {"@id", IdOf(claim)}};
    if (!options_.base_url.empty()) review["url"] = IdOf(claim);
    review["datePublished"] = IsoInstant(claim.update_time()).substr(0, 10);
    review["claimReviewed"] = SentenceOf(claim);
    review["author"] = Organization(options_.publisher);
    review["reviewRating"] = {{"@type", "Rating"},
                              {"ratingValue", result.score()},
                              {"worstRating", 0},
                              {"bestRating", 1},
                              {"alternateName", StateOf(result.state()).text},
                              {"ratingExplanation", StandingOf(result)}};
    review["itemReviewed"] = Reviewed(claim, documents);
    write_((first_ ? "" : ",\n") + review.dump());
    first_ = false;
  }

  void End() override { write_("\n]}\n"); }

 private:
  std::string IdOf(const api::Claim& claim) const {
    return options_.base_url.empty() ? "urn:consilience:" + claim.name()
                                     : options_.base_url + claim.name();
  }

  static Json Article(const std::string& name, const Documents& documents) {
    Json article = {{"@type", "NewsArticle"}, {"identifier", name}};
    const auto found = documents.find(name);
    if (found == documents.end()) return article;
    const DocumentInfo& document = found->second;
    if (!document.title.empty()) article["headline"] = document.title;
    if (!document.url.empty()) article["url"] = document.url;
    if (!document.published.empty()) article["datePublished"] = document.published;
    if (!document.outlet.empty()) article["publisher"] = Organization(document.outlet);
    return article;
  }

  static Json Reviewed(const api::Claim& claim, const Documents& documents) {
    Json item = {{"@type", "Claim"}, {"name", SentenceOf(claim)}};
    if (const std::string speaker = FirstSpeaker(claim); !speaker.empty()) {
      item["author"] = Organization(speaker);
    }
    // By day of publication; undated ones last, because nobody knows how early they were.
    std::set<std::pair<std::string, std::string>> dated;
    for (const auto& assertion : claim.assertions()) {
      if (assertion.stance() != api::ClaimAssertion::STANCE_SUPPORTS) continue;
      const std::string& day = assertion.publication_date();
      dated.emplace(day.empty() ? "9999" : day, assertion.document());
    }
    if (dated.empty()) return item;
    if (dated.begin()->first != "9999") {
      item["datePublished"] = dated.begin()->first;
      item["firstAppearance"] = Article(dated.begin()->second, documents);
    }
    for (const auto& [day, document] : dated) {
      item["appearance"].push_back(Article(document, documents));
    }
    return item;
  }

  const ExportOptions options_;
  const Write write_;
  bool first_ = true;
};

}  // namespace

std::unique_ptr<Exporter> ClaimReviewExporter(const ExportOptions& options, Write write) {
  return std::make_unique<ClaimReview>(options, std::move(write));
}

}  // namespace consilience::cli
