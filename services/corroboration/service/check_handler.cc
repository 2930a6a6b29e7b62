// A sentence in; what it claims, the matching claims and their corroboration out.
#include <fmt/format.h>

#include <algorithm>

#include "services/common/errors/catalogue.h"
#include "services/corroboration/engine/intake.h"
#include "services/corroboration/matching/relation.h"
#include "services/corroboration/model/ids.h"
#include "services/corroboration/service/handlers.h"
#include "services/corroboration/service/lookup.h"
#include "services/corroboration/wire/assertion_wire.h"
#include "services/extraction/extractor.h"

namespace consilience::corroboration {
namespace {

constexpr int kDefaultMatches = 5;

struct Match {
  ClaimView view;
  Relation relation;
};

const RecordedAssertion* LeaderOf(const ClaimView& view) {
  for (const WitnessTerm& term : view.explanation().origins) {
    for (const RecordedAssertion& member : view.in.record->members) {
      if (member.id == term.assertions.front()) return &member;
    }
  }
  return view.in.record->members.empty() ? nullptr : &view.in.record->members.front();
}

bool Supports(RelationType type) {
  return type == RelationType::kAgrees || type == RelationType::kSame;
}

v1::StatementCheck::Verdict VerdictOf(const std::vector<Match>& matches) {
  if (matches.empty()) return v1::StatementCheck::VERDICT_UNKNOWN;
  const Match& best = matches.front();
  const ClaimState state = best.view.claim().corroboration.state;
  if (!Supports(best.relation.type)) {
    return best.relation.type == RelationType::kCompetes ||
                   best.relation.type == RelationType::kDenies
               ? v1::StatementCheck::VERDICT_CONTRADICTED
               : v1::StatementCheck::VERDICT_UNKNOWN;
  }
  switch (state) {
    case ClaimState::kCorroborated:
      return v1::StatementCheck::VERDICT_CORROBORATED;
    case ClaimState::kSingleOrigin:
      return v1::StatementCheck::VERDICT_SINGLE_ORIGIN;
    case ClaimState::kDisputed:
      return v1::StatementCheck::VERDICT_DISPUTED;
    case ClaimState::kContradicted:
      return v1::StatementCheck::VERDICT_CONTRADICTED;
    case ClaimState::kSuperseded:
      return v1::StatementCheck::VERDICT_SUPERSEDED;
    default:
      return v1::StatementCheck::VERDICT_UNKNOWN;
  }
}

std::string SummaryOf(const std::vector<Match>& matches) {
  if (matches.empty()) return "Nothing is known of it.";
  const Corroboration& c = matches.front().view.claim().corroboration;
  return fmt::format("{} “{}”: score {:.2f}, {:.2f} independent witnesses in {} documents.",
                     Supports(matches.front().relation.type) ? "Matches" : "Against it stands",
                     matches.front().view.claim().display_name, c.score, c.effective_origins,
                     c.document_count);
}

absl::StatusOr<std::vector<Match>> FindMatches(Engine& engine, const RecordedAssertion& assertion) {
  const auto questions = engine.Match(assertion);
  if (!questions.ok()) return questions.status();
  const auto& parts = engine.parts();
  const Entry entry = MakeEntry(assertion, parts.config, parts.places);
  std::vector<Match> matches;
  for (const QuestionView& question : *questions) {
    for (size_t c = 0; c < question.question.claims.size(); ++c) {
      ClaimView view{question, c};
      const RecordedAssertion* leader = LeaderOf(view);
      if (leader == nullptr) continue;
      Relation relation = RelateAssertions(entry, MakeEntry(*leader, parts.config, parts.places),
                                           true, parts.config, parts.places);
      matches.push_back({std::move(view), std::move(relation)});
    }
  }
  std::stable_sort(matches.begin(), matches.end(), [](const Match& a, const Match& b) {
    const auto rank = [](const Match& m) {
      return std::pair(!Supports(m.relation.type), -m.view.claim().corroboration.score);
    };
    return rank(a) < rank(b);
  });
  return matches;
}

absl::Status CheckOne(Engine& engine, const RecordedAssertion& assertion, size_t limit,
                      v1::StatementCheck& check) {
  auto matches = FindMatches(engine, assertion);
  if (!matches.ok()) return matches.status();
  *check.mutable_assertion() = ToWire(assertion);
  check.set_verdict(VerdictOf(*matches));
  check.set_summary(SummaryOf(*matches));
  if (!matches->empty() && Supports(matches->front().relation.type)) {
    check.set_score(matches->front().view.claim().corroboration.score);
  }
  for (size_t i = 0; i < std::min(limit, matches->size()); ++i) {
    const Match& match = (*matches)[i];
    const auto claim = ClaimMessage(engine, match.view, Detail::kBasic);
    if (!claim.ok()) return claim.status();
    v1::StatementMatch& out = *check.add_matches();
    *out.mutable_claim() = *claim;
    out.set_relation(ToWire(match.relation.type));
    out.add_reasons(match.relation.reason);
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status CheckStatement(Engine& engine, const extraction::Extractor& extractor,
                            const v1::CheckStatementRequest& request,
                            v1::CheckStatementResponse& response) {
  if (request.statement().empty()) return common::FieldMissing("statement", "give a sentence");
  const extraction::Analysis analysis =
      extractor.Extract({request.statement(), request.date(), ""});
  DocumentRecord record;
  record.document.id = ContentId("statement", {request.statement()});
  record.document.publication_date = request.date();
  for (extraction::Assertion said : analysis.assertions) {
    if (said.place.name.empty() && !request.place().empty()) said.place.name = request.place();
    record.quotes.emplace_back(said.span.In(request.statement()));
    record.code_points.push_back(said.span);
    record.assertions.push_back(std::move(said));
  }
  const auto directory = engine.directory();
  const auto& parts = engine.parts();
  const auto intake = TakeIn(record, {parts.config, *directory, parts.places, parts.calibration});
  if (!intake.ok()) return intake.status();
  const auto limit =
      static_cast<size_t>(request.match_limit() > 0 ? request.match_limit() : kDefaultMatches);
  for (const RecordedAssertion& assertion : intake->assertions) {
    if (!assertion.part_of.empty()) continue;
    if (absl::Status status = CheckOne(engine, assertion, limit, *response.add_checks());
        !status.ok()) {
      return status;
    }
  }
  return absl::OkStatus();
}

}  // namespace consilience::corroboration
