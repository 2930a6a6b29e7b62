#include "services/corroboration/evaluate/relations_command.h"

#include <fmt/format.h>
#include <google/protobuf/util/json_util.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <sstream>
#include <utility>
#include <vector>

#include "services/common/time/ids.h"
#include "services/corroboration/config/default_configuration.h"
#include "services/corroboration/engine/engine.h"
#include "services/corroboration/independence/witness.h"
#include "services/corroboration/matching/relation.h"
#include "services/corroboration/model/names.h"
#include "services/corroboration/store/memory_store.h"
#include "services/corroboration/wire/assertion_wire.h"
#include "services/extraction/extractor.h"

namespace consilience::corroboration {
namespace {

using Json = nlohmann::json;

absl::StatusOr<std::vector<Json>> ReadLines(const std::string& file) {
  std::ifstream in(file);
  if (!in) return absl::NotFoundError(fmt::format("{}: cannot be read", file));
  std::vector<Json> lines;
  for (std::string line; std::getline(in, line);) {
    lines.push_back(Json::parse(line, nullptr, false));
    if (!lines.back().is_object()) {
      return absl::InvalidArgumentError(
          fmt::format("{}:{}: is not a JSON object", file, lines.size()));
    }
  }
  return lines;
}

absl::StatusOr<std::vector<DocumentRecord>> ReadRecords(const std::string& file) {
  std::ifstream in(file);
  if (!in) return absl::NotFoundError(fmt::format("{}: cannot be read", file));
  std::vector<DocumentRecord> records;
  for (std::string line; std::getline(in, line);) {
    v1::RecordAssertionsRequest request;
    if (!google::protobuf::util::JsonStringToMessage(line, &request).ok()) {
      return absl::InvalidArgumentError(
          fmt::format("{}:{}: is not a RecordAssertionsRequest", file, records.size() + 1));
    }
    auto record = FromWire(request);
    if (!record.ok()) return record.status();
    records.push_back(*std::move(record));
  }
  return records;
}

std::string TextOf(const std::string& folder, const std::string& document) {
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (!entry.path().filename().string().starts_with(document)) continue;
    std::ifstream in(entry.path(), std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
  }
  return "";
}

absl::StatusOr<std::vector<DocumentRecord>> Extract(const RelationsOptions& options) {
  const auto extractor = extraction::Extractor::Load(options.rules);
  if (!extractor.ok()) return extractor.status();
  const auto documents = ReadLines(options.documents);
  if (!documents.ok()) return documents.status();
  std::vector<DocumentRecord> records;
  for (const Json& line : *documents) {
    DocumentRecord record;
    record.document.id = line.value("doc", "");
    record.document.publication_date = line.value("pub", "");
    const std::string text = TextOf(options.articles, record.document.id);
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

// The kind under which the extractor reports what an annotator calls `type`.
extraction::Kind KindFor(const std::string& type) {
  static const std::vector<std::pair<std::string, extraction::Kind>> kinds = {
      {"casualty", extraction::Kind::kCasualty},
      {"population", extraction::Kind::kPopulation},
      {"control", extraction::Kind::kControl},
      {"siege", extraction::Kind::kControl},
      {"status", extraction::Kind::kControl},
      {"facility", extraction::Kind::kFacility},
      {"displacement", extraction::Kind::kDisplacement},
      {"chemical", extraction::Kind::kWeaponUse},
      {"attack", extraction::Kind::kAttack},
      {"clash", extraction::Kind::kControl},
      {"offensive", extraction::Kind::kAttack},
      {"ceasefire", extraction::Kind::kAgreement},
      {"proposal", extraction::Kind::kAgreement}};
  for (const auto& [prefix, kind] : kinds) {
    if (type.starts_with(prefix)) return kind;
  }
  return extraction::Kind::kStatement;
}

class Evaluation {
 public:
  Evaluation(const RelationsOptions& options, std::ostream& out)
      : options_(options), out_(out), ids_(common::RealClock()) {}

  absl::Status Run() {
    if (absl::Status status = Fill(); !status.ok()) return status;
    if (absl::Status status = FindClaims(); !status.ok()) return status;
    const auto gold = ReadLines(options_.gold);
    if (!gold.ok()) return gold.status();
    std::map<std::string, std::pair<int, int>> by_type;
    int right = 0;
    for (const Json& line : *gold) {
      const std::string wanted = line.value("type", "");
      const std::string found = Relate(line.value("a", ""), line.value("b", ""), wanted);
      auto& [good, all] = by_type[wanted];
      ++all;
      if (found == wanted) {
        ++good;
        ++right;
      } else if (options_.errors) {
        out_ << fmt::format("{} {}: {} instead of {} ({})\n", line.value("a", ""),
                            line.value("b", ""), found, wanted, line.value("why", ""));
      }
    }
    for (const auto& [type, count] : by_type) {
      out_ << fmt::format("{}\t{}/{}\n", type, count.first, count.second);
    }
    out_ << fmt::format("all\t{}/{}\n", right, gold->size());
    return absl::OkStatus();
  }

 private:
  absl::Status Fill() {
    const auto records =
        options_.records.empty() ? Extract(options_) : ReadRecords(options_.records);
    if (!records.ok()) return records.status();
    auto places = PlaceHierarchy::Load(std::filesystem::path(options_.rules) / "places/places.tsv");
    if (!places.ok()) return places.status();
    places_ = *std::move(places);
    auto known = SourceDirectory::Parse(kDefaultSourcesTsv, "rules/sources.tsv");
    if (!known.ok()) return known.status();
    auto engine = Engine::Open(
        {store_, DefaultConfiguration(), places_, calibration_, common::RealClock(), ids_},
        *std::move(known));
    if (!engine.ok()) return engine.status();
    engine_ = *std::move(engine);
    for (const DocumentRecord& record : *records) {
      if (const auto result = engine_->Record(record); !result.ok()) return result.status();
    }
    return store_.ScanQuestions("", [&](const QuestionRecord& question) {
      for (const RecordedAssertion& member : question.members) {
        if (!member.part_of.empty()) continue;
        assertions_.push_back(member);
        question_of_[member.id] = question.id;
      }
      return true;
    });
  }

  // For each annotated claim the assertions within it, the one that stands for it first: of its
  // kind rather than of another, and the one that covers it best.
  absl::Status FindClaims() {
    const auto claims = ReadLines(options_.claims);
    if (!claims.ok()) return claims.status();
    for (const Json& line : *claims) {
      const Json& span = line.at("span");
      const common::Span wanted{span.value("byte_start", size_t{0}),
                                span.value("byte_end", size_t{0})};
      const extraction::Kind kind = KindFor(line.value("type", ""));
      const std::string document = line.value("doc", "");
      std::vector<std::pair<std::pair<bool, double>, const RecordedAssertion*>> ranked;
      for (const RecordedAssertion& assertion : assertions_) {
        const common::Span here = assertion.said.span;
        if (assertion.document.id != document || !here.Overlaps(wanted)) continue;
        const auto shared = static_cast<double>(std::min(here.end, wanted.end) -
                                                std::max(here.begin, wanted.begin));
        const std::pair rank(assertion.said.kind == kind,
                             shared / static_cast<double>(std::max(here.size(), wanted.size())));
        ranked.emplace_back(rank, &assertion);
      }
      std::stable_sort(ranked.begin(), ranked.end(),
                       [](const auto& a, const auto& b) { return a.first > b.first; });
      for (const auto& [rank, assertion] : ranked) {
        claim_[line.value("id", "")].push_back(assertion);
      }
    }
    return absl::OkStatus();
  }

  using Assertions = std::vector<const RecordedAssertion*>;
  using Pair = std::pair<const RecordedAssertion*, const RecordedAssertion*>;

  // An annotated claim is a sentence that may say several things: "a bomb loaded with chlorine
  // killed six" tells of a death, a bomb and a gas. Two claims are compared by what stands for
  // them; where that is of different families, by the first thing of one family that both say.
  Pair Comparable(const Assertions& left, const Assertions& right) const {
    const auto family = [&](const RecordedAssertion* assertion) {
      return FacetOf(*assertion, DefaultConfiguration(), places_).family;
    };
    for (const RecordedAssertion* one : left) {
      for (const RecordedAssertion* other : right) {
        if (family(one) == family(other)) return {one, other};
      }
    }
    return {left.front(), right.front()};
  }

  std::string Relate(const std::string& a, const std::string& b, const std::string& wanted) const {
    const auto left = claim_.find(a);
    const auto right = claim_.find(b);
    if (left == claim_.end() || right == claim_.end()) {
      // What was not found joins nothing.
      return wanted == "unrelated" ? wanted : "not found";
    }
    const auto directory = engine_->directory();
    const Configuration& config = DefaultConfiguration();
    if (wanted == "same-source") {
      const std::string one = WitnessOf(*left->second.front(), config, *directory).source;
      const std::string other = WitnessOf(*right->second.front(), config, *directory).source;
      return !one.empty() && one == other ? wanted : "another source";
    }
    const auto [one, other] = Comparable(left->second, right->second);
    const bool same = question_of_.at(one->id) == question_of_.at(other->id);
    const Relation relation =
        RelateAssertions(MakeEntry(*one, config, places_), MakeEntry(*other, config, places_), same,
                         config, places_);
    std::string name(NameOf(relation.type));
    for (char& c : name) c = c == '_' ? '-' : static_cast<char>(c - 'A' + 'a');
    return name;
  }

  const RelationsOptions& options_;
  std::ostream& out_;
  MemoryStore store_;
  PlaceHierarchy places_;
  CalibrationMap calibration_;
  common::UuidV7Generator ids_;
  std::unique_ptr<Engine> engine_;
  std::vector<RecordedAssertion> assertions_;
  std::map<std::string, std::string> question_of_;  // by assertion
  std::map<std::string, Assertions> claim_;         // by annotated claim
};

}  // namespace

RelationsCommand::RelationsCommand(CLI::App* app, std::string rules)
    : command_(app->add_subcommand("relations", "Relations between pairs of assertions")) {
  options_.rules = std::move(rules);
  command_->add_option("--gold", options_.gold, "Annotated pairs, JSONL")->required();
  command_->add_option("--claims", options_.claims, "The annotated claims, JSONL")->required();
  command_->add_option("--documents", options_.documents, "Days of publication, JSONL");
  command_->add_option("--articles", options_.articles, "Folder of the texts");
  command_->add_option("--records", options_.records,
                       "Assertions to relate instead of extracted ones, JSONL");
  command_->add_option("--rules", options_.rules, "The directory of rule packs");
  command_->add_flag("--errors", options_.errors, "List what is wrong");
}

absl::Status RelationsCommand::Run(std::ostream& out) const {
  const bool texts = !options_.documents.empty() && !options_.articles.empty();
  if (texts == !options_.records.empty()) {
    return absl::InvalidArgumentError(
        "relations: give either --records, or --documents and --articles");
  }
  return EvaluateRelations(options_, out);
}

absl::Status EvaluateRelations(const RelationsOptions& options, std::ostream& out) {
  return Evaluation(options, out).Run();
}

}  // namespace consilience::corroboration
