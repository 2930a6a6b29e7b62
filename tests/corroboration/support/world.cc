#include "tests/corroboration/support/world.h"

#include <fmt/format.h>
#include <google/protobuf/util/json_util.h>
#include <gtest/gtest.h>

#include <fstream>

#include "consilience/corroboration/v1/corroboration_service.pb.h"
#include "services/corroboration/config/default_configuration.h"
#include "services/corroboration/model/names.h"
#include "services/corroboration/store/memory_store.h"
#include "services/corroboration/wire/assertion_wire.h"

namespace consilience::corroboration::testing {

const PlaceHierarchy& SomePlaces() {
  static const PlaceHierarchy places = *PlaceHierarchy::Parse(
      "SY\tcountry\t\tSyria\n"
      "SY02\tprovince\tSY\tAleppo\n"
      "C1007\tcity\tSY02\tAleppo\n"
      "N0129\tneighbourhood\tC1007\tMasaken Hanano\n"
      "N0130\tneighbourhood\tC1007\tBustan al-Basha\n"
      "N0139\tneighbourhood\tC1007\tSakhour\n"
      "N0227\tneighbourhood\tC1007\tHandarat\n"
      "C2987\tcity\tSY\tHama\n",
      "some places");
  return places;
}

World::World() : World(DefaultConfiguration()) {}

World::World(const Configuration& config)
    : World(std::make_unique<MemoryStore>(), nullptr, config) {}

World::World(std::unique_ptr<Store> store)
    : World(std::move(store), nullptr, DefaultConfiguration()) {}

World::World(Store& store) : World(nullptr, &store, DefaultConfiguration()) {}

World::World(std::unique_ptr<Store> owned, Store* store, const Configuration& config)
    : config_(config),
      owned_(std::move(owned)),
      store_(store != nullptr ? store : owned_.get()),
      clock_(absl::FromUnixSeconds(1'480'000'000)),
      ids_(common::RealClock()) {
  const Engine::Parts parts{*store_, config_, SomePlaces(), calibration_, clock_, ids_};
  engine_ = *Engine::Open(parts, *SourceDirectory::Parse(kDefaultSourcesTsv, "sources"));
}

ClaimView World::ClaimOf(const std::string& fragment) {
  std::optional<ClaimView> found;
  const auto visit = [&](const QuestionRecord& question) {
    const auto view = *engine_->FindQuestion(question.id);
    for (size_t c = 0; c < view->question.claims.size(); ++c) {
      for (const ClaimMember& member : view->question.claims[c].members) {
        for (const RecordedAssertion& assertion : question.members) {
          const bool it = assertion.id == member.assertion && assertion.part_of.empty() &&
                          member.stance == Stance::kSupports &&
                          assertion.quote.find(fragment) != std::string::npos;
          if (it) found = ClaimView{*view, c};
        }
      }
    }
    return !found.has_value();
  };
  // The engine reads the store while it visits, so the ids are taken first.
  std::vector<QuestionRecord> questions;
  EXPECT_TRUE(store_
                  ->ScanQuestions("",
                                  [&](const QuestionRecord& question) {
                                    questions.push_back(question);
                                    return true;
                                  })
                  .ok());
  for (const QuestionRecord& question : questions) {
    if (!visit(question)) break;
  }
  if (!found) {
    ADD_FAILURE() << "no claim is supported by words with \"" << fragment << '"';
    return {};
  }
  return *found;
}

std::string World::Snapshot() {
  std::vector<std::string> ids;
  EXPECT_TRUE(store_
                  ->ScanQuestions("",
                                  [&](const QuestionRecord& question) {
                                    ids.push_back(question.id);
                                    return true;
                                  })
                  .ok());
  std::string text;
  for (const std::string& id : ids) {
    const auto view = *engine_->FindQuestion(id);
    text += fmt::format("question {} {} {}\n", id, view->question.display_name,
                        NameOf(view->question.state));
    for (size_t c = 0; c < view->question.claims.size(); ++c) {
      const Claim& claim = view->question.claims[c];
      const Corroboration& corroboration = claim.corroboration;
      text += fmt::format(" claim {} {} {} {:a} {:a} {} {} {}\n", claim.id, claim.display_name,
                          NameOf(corroboration.state), corroboration.score,
                          corroboration.effective_origins, corroboration.origin_count,
                          corroboration.document_count, corroboration.origin_count_against);
      for (const ClaimMember& member : claim.members) {
        text += fmt::format("  {} {}\n", member.assertion, static_cast<int>(member.stance));
      }
      for (const WitnessTerm& term : view->explanations[c].origins) {
        text += fmt::format("  origin {} {} {:a} {:a}\n", term.id, term.display_name, term.accuracy,
                            term.weight);
      }
      for (const ClaimRelation& relation : claim.relations) {
        text += fmt::format("  {} {}\n", NameOf(relation.type), relation.claim);
      }
    }
  }
  return text;
}

std::vector<DocumentRecord> ReadRecords(const std::string& file) {
  std::ifstream in(file);
  EXPECT_TRUE(in.good()) << file;
  std::vector<DocumentRecord> records;
  for (std::string line; std::getline(in, line);) {
    v1::RecordAssertionsRequest request;
    const auto parsed = google::protobuf::util::JsonStringToMessage(line, &request);
    EXPECT_TRUE(parsed.ok()) << file << ": " << parsed.ToString();
    auto record = FromWire(request);
    EXPECT_TRUE(record.ok()) << record.status().ToString();
    if (record.ok()) records.push_back(*std::move(record));
  }
  return records;
}

}  // namespace consilience::corroboration::testing
