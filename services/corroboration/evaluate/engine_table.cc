#include "services/corroboration/evaluate/engine_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <optional>
#include <utility>

#include "services/common/time/ids.h"
#include "services/corroboration/config/default_configuration.h"
#include "services/corroboration/engine/engine.h"
#include "services/corroboration/evaluate/truth_gold.h"
#include "services/corroboration/store/memory_store.h"
#include "services/corroboration/truth/table_reader.h"
#include "services/corroboration/truth/value_kind.h"

namespace consilience::corroboration {
namespace {

// All values of a table are of one day; any will do.
constexpr std::string_view kDay = "2011-12-01";

using Item = std::pair<std::string, std::string>;  // object, attribute

struct GoldItem {
  std::size_t number = 0;
  std::string value;
  KindSpec kind;
};

struct Stated {
  Item item;
  std::string value;
};

class SetJudge {
 public:
  explicit SetJudge(std::string set) : set_(std::move(set)), ids_(common::RealClock()) {}

  absl::StatusOr<std::vector<JudgedClaim>> Run() {
    if (absl::Status status = ReadGoldItems(); !status.ok()) return status;
    if (absl::Status status = ReadDocuments(); !status.ok()) return status;
    auto known = SourceDirectory::Parse(kDefaultSourcesTsv, "rules/sources.tsv");
    if (!known.ok()) return known.status();
    auto engine = Engine::Open(
        {store_, DefaultConfiguration(), places_, calibration_, common::RealClock(), ids_},
        *std::move(known));
    if (!engine.ok()) return engine.status();
    for (const auto& [id, record] : documents_) {
      if (const auto result = (*engine)->Record(record); !result.ok()) return result.status();
    }
    if (const auto refreshed = (*engine)->Refresh(); !refreshed.ok()) return refreshed.status();
    return Judge(**engine);
  }

 private:
  absl::Status ReadGoldItems() {
    const auto kinds = ReadKindsFile(set_ + ".kind.tsv");
    if (!kinds.ok()) return kinds.status();
    const std::string file = set_ + ".gold.tsv";
    std::ifstream in(file);
    if (!in) return absl::NotFoundError(fmt::format("{}: cannot be read", file));
    const auto gold = ReadGold(in, file);
    if (!gold.ok()) return gold.status();
    for (const GoldAnswer& answer : *gold) {
      const auto kind = kinds->find(answer.attribute);
      GoldItem item{gold_.size(), answer.value, kind == kinds->end() ? KindSpec() : kind->second};
      if (item.kind.kind == ValueKind::kStance) {
        return absl::InvalidArgumentError(
            fmt::format("{}: '{}' is a stance; give sets of values", file, answer.attribute));
      }
      gold_.emplace(Item(answer.object, answer.attribute), std::move(item));
    }
    return absl::OkStatus();
  }

  absl::Status ReadDocuments() {
    const std::string file = set_ + ".claims.tsv";
    std::ifstream in(file);
    if (!in) return absl::NotFoundError(fmt::format("{}: cannot be read", file));
    return ReadClaims(in, file, [&](const ClaimLine& line) {
      const Item item(line.object, line.attribute);
      if (const auto gold = gold_.find(item); gold != gold_.end()) {
        Add(item, gold->second.kind, std::string(line.source), std::string(line.value));
      }
      return absl::OkStatus();
    });
  }

  void Add(const Item& item, const KindSpec& kind, const std::string& source,
           const std::string& value) {
    extraction::Assertion said;
    said.place.name = item.first;
    said.target = item.second;
    said.time = {std::string(kDay), std::string(kDay)};
    said.confidence = 1.0;
    if (kind.kind == ValueKind::kCategory) {
      said.kind = extraction::Kind::kFacility;
      said.measure = value;
    } else {
      const auto number = ParseNumber(value);
      if (!number) return;
      said.kind = extraction::Kind::kNumericFact;
      said.measure = "AMOUNT";
      said.quantity.emplace();
      said.quantity->lower = said.quantity->upper = *number;
    }
    extraction::Speaker speaker;
    speaker.name = source;
    speaker.type = extraction::SpeakerType::kOrganisation;
    said.chain = {speaker};
    DocumentRecord& record = documents_[fmt::format("{} of {}", source, item.first)];
    record.document.id = fmt::format("{} of {}", source, item.first);
    record.document.publication_date = kDay;
    record.extractor = "table";
    std::string quote = fmt::format("{} of {}: {}", item.second, item.first, value);
    const size_t begin = record.assertions.empty() ? 0 : record.assertions.back().span.end + 1;
    said.span = {begin, begin + quote.size()};
    record.quotes.push_back(std::move(quote));
    record.code_points.push_back(said.span);
    record.assertions.push_back(std::move(said));
  }

  absl::StatusOr<std::vector<JudgedClaim>> Judge(Engine& engine) {
    std::vector<std::string> questions;
    absl::Status status = store_.ScanQuestions("", [&](const QuestionRecord& question) {
      questions.push_back(question.id);
      return true;
    });
    if (!status.ok()) return status;
    std::vector<JudgedClaim> judged;
    for (const std::string& id : questions) {
      const auto view = engine.FindQuestion(id);
      if (!view.ok()) return view.status();
      JudgeQuestion(**view, judged);
    }
    return judged;
  }

  void JudgeQuestion(const QuestionView& view, std::vector<JudgedClaim>& judged) const {
    std::map<std::string, const RecordedAssertion*> members;
    for (const RecordedAssertion& member : view.record->members) members[member.id] = &member;
    for (const Claim& claim : view.question.claims) {
      const auto supports = [](const ClaimMember& m) { return m.stance == Stance::kSupports; };
      const auto first = std::find_if(claim.members.begin(), claim.members.end(), supports);
      if (first == claim.members.end()) continue;
      const extraction::Assertion& said = members.at(first->assertion)->said;
      const auto gold = gold_.find(Item(said.place.name, said.target));
      if (gold == gold_.end()) continue;
      judged.push_back(
          {{claim.corroboration.score, IsRight(claim, said, gold->second)}, gold->second.number});
    }
  }

  static bool IsRight(const Claim& claim, const extraction::Assertion& said, const GoldItem& gold) {
    if (gold.kind.kind == ValueKind::kCategory) return said.measure == gold.value;
    const auto truth = ParseNumber(gold.value);
    if (!truth || !claim.quantity || !claim.quantity->lower) return false;
    return Distance(gold.kind, *claim.quantity->lower, *truth) <= Tolerance(gold.kind, *truth);
  }

  const std::string set_;
  std::map<Item, GoldItem> gold_;
  std::map<std::string, DocumentRecord> documents_;
  MemoryStore store_;
  const PlaceHierarchy places_;
  const CalibrationMap calibration_;
  common::UuidV7Generator ids_;
};

}  // namespace

absl::StatusOr<std::vector<JudgedClaim>> JudgeSet(const std::string& set) {
  return SetJudge(set).Run();
}

}  // namespace consilience::corroboration
