// A sentence in; what it claims, the matching claims and their corroboration out.
#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <iterator>
#include <set>
#include <tuple>

#include "services/common/errors/catalogue.h"
#include "services/common/time/clock.h"
#include "services/corroboration/engine/describe.h"
#include "services/corroboration/engine/intake.h"
#include "services/corroboration/matching/statement_fit.h"
#include "services/corroboration/matching/topics.h"
#include "services/corroboration/model/ids.h"
#include "services/corroboration/model/names.h"
#include "services/corroboration/service/handlers.h"
#include "services/corroboration/service/lookup.h"
#include "services/corroboration/wire/assertion_wire.h"
#include "services/extraction/extractor.h"

namespace consilience::corroboration {
namespace {

constexpr size_t kDefaultMatches = 5;
// The best corroborated questions are looked at; a sentence that fits more than these is too vague
// to be told apart by reading on.
constexpr size_t kMostQuestions = 400;
// Of claims in general, best first, so many are held against the statement beside those of its
// topic: one without a day or a place, or with another name for its place, has no topic.
constexpr size_t kMostWalked = 4000;
// Windows further apart than this are not of one matter, whatever their length.
constexpr int kFarDays = 31;
// Another answer with this score keeps the one that matches from being undisputed.
constexpr double kWeighty = 0.2;
// Support counts from this share of the best fit on.
constexpr double kFarShare = 0.7;

struct Match {
  ClaimView view;
  StatementFit fit;
};

// One thing that the statement asserts, and the questions that may know of it.
struct Asked {
  Entry entry;
  std::vector<std::string> questions;  // those of its topic, then others; each one time
};

bool IsSpeech(const Asked& asked) { return asked.entry.facet.rule->answer == AnswerType::kSpeech; }

// Cheap and generous; FitStatement decides.
bool MayConcern(const Asked& asked, const ClaimRow& row, const Configuration& config) {
  const auto kind = extraction::KindNamed(row.kind);
  if (!kind) return false;
  const Facet& facet = asked.entry.facet;
  const FamilyRule& rule = config.RuleFor(*kind, row.measure);
  if (rule.family != facet.rule->family) return false;
  const int from = DayNumber(row.from);
  const int to = DayNumber(row.to);
  if (facet.rule->state || facet.from == kNoDay || from == kNoDay || to == kNoDay) return true;
  return from <= facet.to + kFarDays && facet.from <= to + kFarDays;
}

double BestScore(const QuestionRecord& question) {
  double best = 0.0;
  for (const ClaimRow& row : question.claims) best = std::max(best, row.corroboration.score);
  return best;
}

absl::Status FindByTopic(Engine& engine, Asked& asked) {
  const auto keys = TopicKeysAround(asked.entry.facet, engine.parts().places);
  if (keys.empty()) return absl::OkStatus();
  const auto found = engine.store().QuestionsByKeys(keys);
  if (!found.ok()) return found.status();
  std::vector<std::pair<double, std::string>> best;
  for (const QuestionPtr& question : *found) best.emplace_back(-BestScore(*question), question->id);
  std::sort(best.begin(), best.end());
  if (best.size() > kMostQuestions) best.resize(kMostQuestions);
  for (auto& [score, id] : best) asked.questions.push_back(std::move(id));
  return absl::OkStatus();
}

absl::Status FindQuestions(Engine& engine, std::vector<Asked>& all) {
  const auto& config = engine.parts().config;
  std::vector<std::set<std::string>> seen(all.size());
  for (size_t i = 0; i < all.size(); ++i) {
    if (absl::Status status = FindByTopic(engine, all[i]); !status.ok()) return status;
    seen[i].insert(all[i].questions.begin(), all[i].questions.end());
  }
  size_t walked = 0;
  return VisitClaims(
      engine, common::Filter(), ClaimOrder::kScoreDescending, {}, [&](const ClaimRow& row) {
        bool full = true;
        for (size_t i = 0; i < all.size(); ++i) {
          if (all[i].questions.size() >= kMostQuestions) continue;
          full = false;
          if (MayConcern(all[i], row, config) && seen[i].insert(row.question).second) {
            all[i].questions.push_back(row.question);
          }
        }
        return !full && ++walked < kMostWalked;
      });
}

// The assertion from which the claim has its place and days.
const RecordedAssertion* LeaderOf(const ClaimView& view) {
  for (const RecordedAssertion& member : view.in.record->members) {
    if (member.id == view.claim().leader) return &member;
  }
  return view.in.record->members.empty() ? nullptr : &view.in.record->members.front();
}

bool IsSuperseded(const Match& match) {
  return match.view.claim().corroboration.state == ClaimState::kSuperseded;
}

// The other answers to the question of the best match are of weight, however loosely they fit on
// their own: they compete with it, but for those whose place a later count has taken.
void AddRivals(const Match& best, std::vector<Match>& others) {
  const bool overtaken = IsSuperseded(best);
  for (Match& other : others) {
    if (best.view.claim().question != other.view.claim().question) continue;
    other.fit.relation = IsSuperseded(other) || overtaken
                             ? Relation{RelationType::kUpdates, "another count of it", overtaken}
                             : Relation{RelationType::kCompetes, "another answer to it", false};
  }
}

bool IsBeside(const Match& match) {
  return match.fit.opposes() || match.fit.relation.type == RelationType::kUpdates;
}

// Best first: what supports, what opposes, what else is related; by fit and, of what supports, by
// how exactly it is the same answer; then by score.
void SortMatches(std::vector<Match>& matches) {
  std::stable_sort(matches.begin(), matches.end(), [](const Match& a, const Match& b) {
    const auto rank = [](const Match& m) {
      const double near = m.fit.supports() ? m.fit.fit * m.fit.agreement : m.fit.fit;
      return std::tuple(!m.fit.supports(), !m.fit.opposes(), -near,
                        -m.view.claim().corroboration.score);
    };
    return rank(a) < rank(b);
  });
}

// An answer that agrees about somewhere or sometime else is no support beside one that is about
// the matter itself.
void DropFarSupport(std::vector<Match>& matches) {
  if (matches.empty() || !matches.front().fit.supports()) return;
  const double least = kFarShare * matches.front().fit.fit;
  std::erase_if(matches, [&](const Match& m) { return m.fit.supports() && m.fit.fit < least; });
}

absl::StatusOr<std::vector<Match>> FindMatches(Engine& engine, const Asked& asked) {
  const auto& parts = engine.parts();
  std::vector<Match> matches;
  std::vector<Match> others;
  for (const std::string& id : asked.questions) {
    const auto question = engine.FindQuestion(id);
    if (!question.ok()) return question.status();
    for (size_t c = 0; *question && c < (*question)->question.claims.size(); ++c) {
      ClaimView view{**question, c};
      const RecordedAssertion* leader = LeaderOf(view);
      const bool withdrawn = view.claim().corroboration.state == ClaimState::kWithdrawn;
      if (leader == nullptr || withdrawn) continue;
      StatementFit fit = FitStatement(asked.entry, MakeEntry(*leader, parts.config, parts.places),
                                      parts.config, parts.places);
      const bool related = fit.relation.type != RelationType::kUnrelated;
      (related ? matches : others).push_back({std::move(view), std::move(fit)});
    }
  }
  SortMatches(matches);
  DropFarSupport(matches);
  if (!matches.empty() && matches.front().fit.supports()) AddRivals(matches.front(), others);
  std::copy_if(others.begin(), others.end(), std::back_inserter(matches), IsBeside);
  SortMatches(matches);
  return matches;
}

bool IsDisputed(const std::vector<Match>& matches) {
  return std::any_of(matches.begin(), matches.end(), [](const Match& match) {
    return match.fit.opposes() && match.view.claim().corroboration.score >= kWeighty;
  });
}

v1::StatementCheck::Verdict VerdictOf(const std::vector<Match>& matches) {
  if (matches.empty()) return v1::StatementCheck::VERDICT_UNKNOWN;
  const Match& best = matches.front();
  if (best.fit.opposes()) return v1::StatementCheck::VERDICT_CONTRADICTED;
  const bool later = best.fit.relation.type == RelationType::kUpdates && best.fit.relation.reversed;
  if (later) return v1::StatementCheck::VERDICT_SUPERSEDED;
  if (!best.fit.supports()) return v1::StatementCheck::VERDICT_UNKNOWN;
  switch (best.view.claim().corroboration.state) {
    case ClaimState::kContradicted:
      return v1::StatementCheck::VERDICT_CONTRADICTED;
    case ClaimState::kSuperseded:
      return v1::StatementCheck::VERDICT_SUPERSEDED;
    case ClaimState::kDisputed:
      return v1::StatementCheck::VERDICT_DISPUTED;
    case ClaimState::kCorroborated:
      return IsDisputed(matches) ? v1::StatementCheck::VERDICT_DISPUTED
                                 : v1::StatementCheck::VERDICT_CORROBORATED;
    case ClaimState::kSingleOrigin:
      return IsDisputed(matches) ? v1::StatementCheck::VERDICT_DISPUTED
                                 : v1::StatementCheck::VERDICT_SINGLE_ORIGIN;
    default:
      return v1::StatementCheck::VERDICT_UNKNOWN;
  }
}

std::string WitnessesOf(const ClaimView& view) {
  std::string names;
  for (const WitnessTerm& origin : view.explanation().origins) {
    names += fmt::format("{}{}", names.empty() ? "" : "; ", origin.display_name);
  }
  return names.empty() ? "nobody who still stands by it" : names;
}

std::string OthersOf(const std::vector<Match>& matches, const FamilyRule& rule) {
  for (const Match& match : matches) {
    if (!match.fit.opposes()) continue;
    return fmt::format("“{}” ({})", AnswerInWords(match.view.claim(), rule),
                       WitnessesOf(match.view));
  }
  return "another answer to the same question";
}

std::string LaterThan(const ClaimView& view) {
  for (const Claim& claim : view.in.question.claims) {
    if (claim.corroboration.state == ClaimState::kSuperseded) continue;
    return claim.time.to.empty() ? fmt::format("“{}”", claim.value)
                                 : fmt::format("“{}”, {}", claim.value, claim.time.to);
  }
  return "another answer to the same question";
}

// Several origins that probably are one are worth a little more than one.
std::string OneWitness(const ClaimView& view, const std::string& witnesses) {
  const Corroboration& result = view.claim().corroboration;
  const std::string documents =
      fmt::format("{} document{}", result.document_count, result.document_count == 1 ? "" : "s");
  if (view.explanation().origins.size() == 1) {
    return fmt::format("It all goes back to one witness, in {}: {}.", documents, witnesses);
  }
  return fmt::format("Hardly more than one witness, worth {:.1f} of {}, in {}: {}.",
                     result.effective_origins, view.explanation().origins.size(), documents,
                     witnesses);
}

std::string SummaryOf(v1::StatementCheck::Verdict verdict, const std::vector<Match>& matches,
                      const FamilyRule& rule) {
  using Check = v1::StatementCheck;
  if (verdict == Check::VERDICT_UNKNOWN) return "Nothing that is known says so or otherwise.";
  const ClaimView& best = matches.front().view;
  const std::string witnesses = WitnessesOf(best);
  switch (verdict) {
    case Check::VERDICT_CORROBORATED:
      return fmt::format("{:.1f} independent witnesses say so: {}.",
                         best.claim().corroboration.effective_origins, witnesses);
    case Check::VERDICT_SINGLE_ORIGIN:
      return OneWitness(best, witnesses);
    case Check::VERDICT_DISPUTED:
      return fmt::format("Said by {}; against it stands {}.", witnesses, OthersOf(matches, rule));
    case Check::VERDICT_SUPERSEDED:
      return fmt::format("A later report took its place: {}.", LaterThan(best));
    default:
      return matches.front().fit.opposes()
                 ? fmt::format("Nobody says so; known is {}.", OthersOf(matches, rule))
                 : fmt::format("Said by {}, and spoken against by more.", witnesses);
  }
}

absl::Status CheckOne(Engine& engine, const Asked& asked, const std::vector<Match>& matches,
                      size_t limit, v1::StatementCheck& check) {
  *check.mutable_assertion() = ToWire(*asked.entry.assertion);
  check.set_verdict(VerdictOf(matches));
  check.set_summary(SummaryOf(check.verdict(), matches, *asked.entry.facet.rule));
  if (!matches.empty() && matches.front().fit.supports()) {
    check.set_score(matches.front().view.claim().corroboration.score);
  }
  for (size_t i = 0; i < std::min(limit, matches.size()); ++i) {
    const Match& match = matches[i];
    const auto claim = ClaimMessage(engine, match.view, Detail::kBasic);
    if (!claim.ok()) return claim.status();
    v1::StatementMatch& out = *check.add_matches();
    *out.mutable_claim() = *claim;
    out.set_relation(ToWire(match.fit.relation.type));
    out.add_reasons(match.fit.relation.reason);
    if (!match.fit.difference.empty()) out.add_reasons(match.fit.difference);
  }
  return absl::OkStatus();
}

// What is asked about is a sentence, whether or not it was typed with its full stop; without one a
// short line reads as a headline.
std::string AsSentence(const std::string& statement) {
  const size_t last = statement.find_last_not_of(" \n\r\t");
  const bool bare =
      last != std::string::npos && std::isalnum(static_cast<unsigned char>(statement[last])) != 0;
  return bare ? statement.substr(0, last + 1) + "." : statement;
}

DocumentRecord RecordOf(const v1::CheckStatementRequest& request,
                        const extraction::Extractor& extractor) {
  const extraction::Analysis analysis =
      extractor.Extract({AsSentence(request.statement()), request.date(), ""});
  DocumentRecord record;
  record.document.id = ContentId("statement", {request.statement()});
  record.document.publication_date = request.date();
  for (extraction::Assertion said : analysis.assertions) {
    if (said.place.name.empty() && !request.place().empty()) said.place.name = request.place();
    said.span.end = std::min(said.span.end, request.statement().size());
    record.quotes.emplace_back(said.span.In(request.statement()));
    record.code_points.push_back(said.span);
    record.assertions.push_back(std::move(said));
  }
  return record;
}

}  // namespace

absl::Status CheckStatement(Engine& engine, const extraction::Extractor& extractor,
                            const v1::CheckStatementRequest& request,
                            v1::CheckStatementResponse& response) {
  if (request.statement().empty()) return common::FieldMissing("statement", "give a sentence");
  if (!request.date().empty() && !common::IsIsoDay(request.date())) {
    return common::FieldInvalid("date", request.date(),
                                "give a calendar day such as 2016-11-22, or leave it out");
  }
  if (request.match_limit() < 0) {
    return common::FieldInvalid("match_limit", fmt::format("{}", request.match_limit()),
                                fmt::format("must not be negative; 0 means {}", kDefaultMatches));
  }
  const auto directory = engine.directory();
  const auto& parts = engine.parts();
  const auto intake = TakeIn(RecordOf(request, extractor),
                             {parts.config, *directory, parts.places, parts.calibration});
  if (!intake.ok()) return intake.status();
  std::vector<Asked> all;
  for (const RecordedAssertion& assertion : intake->assertions) {
    if (assertion.part_of.empty()) {
      all.push_back({MakeEntry(assertion, parts.config, parts.places), {}});
    }
  }
  std::stable_sort(all.begin(), all.end(), [](const Asked& a, const Asked& b) {
    return a.entry.assertion->said.span.begin < b.entry.assertion->said.span.begin;
  });
  if (absl::Status status = FindQuestions(engine, all); !status.ok()) return status;
  // "He said that 12 were killed" is checked for the twelve; that he said so only where it is
  // known.
  const bool has_facts = !std::all_of(all.begin(), all.end(), IsSpeech);
  const size_t limit =
      request.match_limit() > 0 ? static_cast<size_t>(request.match_limit()) : kDefaultMatches;
  for (const Asked& asked : all) {
    const auto matches = FindMatches(engine, asked);
    if (!matches.ok()) return matches.status();
    if (has_facts && IsSpeech(asked) && matches->empty()) continue;
    if (absl::Status status = CheckOne(engine, asked, *matches, limit, *response.add_checks());
        !status.ok()) {
      return status;
    }
  }
  return absl::OkStatus();
}

}  // namespace consilience::corroboration
