#include "services/corroboration/engine/past.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "absl/time/time.h"
#include "services/common/errors/catalogue.h"
#include "services/corroboration/engine/assessment.h"

namespace consilience::corroboration {
namespace {

constexpr size_t kChunk = 256;
constexpr int kLongestAliasChain = 64;
// A write that takes longer than this between its stamp and its end has run into its deadline.
constexpr int64_t kLongestWriteUs = 60'000'000;

std::string Written(int64_t time_us) {
  return absl::FormatTime(absl::RFC3339_full, absl::FromUnixMicros(time_us), absl::UTCTimeZone());
}

bool Holds(const QuestionRecord& record, const std::string& claim) {
  return std::any_of(record.claims.begin(), record.claims.end(),
                     [&](const ClaimRow& row) { return row.id == claim; });
}

const ClaimRow* RowOf(const QuestionRecord& record, const std::string& claim) {
  const auto found = std::find_if(record.claims.begin(), record.claims.end(),
                                  [&](const ClaimRow& row) { return row.id == claim; });
  return found == record.claims.end() ? nullptr : &*found;
}

absl::StatusOr<std::shared_ptr<const SourceDirectory>> DirectoryAt(Engine& engine,
                                                                   int64_t time_us) {
  const auto then = engine.store().CuratedSourcesAt(time_us);
  if (!then.ok()) return then.status();
  const auto now = engine.store().CuratedSources();
  if (!now.ok()) return now.status();
  if (*then == *now) return engine.directory();
  auto directory = std::make_shared<SourceDirectory>(engine.listed());
  for (const Source& source : *then) {
    if (absl::Status status = directory->Put(source); !status.ok()) return status;
  }
  return directory;
}

}  // namespace

absl::StatusOr<Past> Past::At(Engine& engine, int64_t time_us) {
  const int64_t now = absl::ToUnixMicros(engine.parts().clock.Now());
  if (time_us > now) {
    return common::FieldInvalid(
        "read_time", Written(time_us),
        fmt::format("must not lie in the future; it is {} here", Written(now)));
  }
  const auto begins = engine.store().HistoryBegins();
  if (!begins.ok()) return begins.status();
  if (time_us < *begins) {
    return common::FieldInvalid(
        "read_time", Written(time_us),
        fmt::format("the past of this store is kept from {} on", Written(*begins)));
  }
  if (time_us > now - kLongestWriteUs) {
    if (absl::Status status = engine.AwaitWrites(); !status.ok()) return status;
  }
  Past past(engine, time_us);
  auto directory = DirectoryAt(engine, time_us);
  if (!directory.ok()) return directory.status();
  past.directory_ = *std::move(directory);
  past.seen_.time_us = time_us;
  return past;
}

Context Past::MakeContext() const {
  const Engine::Parts& parts = engine_->parts();
  return {parts.config, *directory_, parts.places, parts.calibration};
}

absl::StatusOr<QuestionView> Past::ViewOf(QuestionPtr record) const {
  const Context context = MakeContext();
  Assessment assessment = Assess(Resolve(EntriesOf(*record, context), context),
                                 StoredBeliefs(*record, context.config), context);
  QuestionView view{std::move(record), std::move(assessment.question),
                    std::move(assessment.explanations)};
  for (Claim& claim : view.question.claims) {
    const ClaimRow* row = RowOf(*view.record, claim.id);
    if (row == nullptr) {
      return common::StateForbids("question", "questions/" + view.record->id,
                                  "made of claims by other rules then", "be told as of that time",
                                  "start a server with the rules of that time");
    }
    claim.corroboration = row->corroboration;
  }
  view.question.state = view.record->state;
  return view;
}

absl::StatusOr<std::optional<QuestionView>> Past::FindQuestion(const std::string& id) {
  const auto found = FindByAnyId(
      id, [this](const std::string& at) { return engine_->store().QuestionAt(at, time_us_); });
  if (!found.ok()) return found.status();
  if (found->second == nullptr) return std::nullopt;
  auto view = ViewOf(found->second);
  if (!view.ok()) return view.status();
  return *std::move(view);
}

absl::StatusOr<QuestionPtr> Past::QuestionOfClaim(const std::string& id) {
  const auto home = engine_->store().HomeOfClaim(id);
  if (!home.ok()) return home.status();
  if (home->empty()) return nullptr;
  auto record = engine_->store().QuestionAt(*home, time_us_);
  if (record.ok() && *record != nullptr && !Holds(**record, id)) return nullptr;
  return record;
}

absl::StatusOr<std::optional<ClaimView>> Past::FindClaim(const std::string& id) {
  const auto found = FindByAnyId(id, [this](const std::string& at) { return QuestionOfClaim(at); });
  if (!found.ok()) return found.status();
  if (found->second == nullptr) return std::nullopt;
  auto in = ViewOf(found->second);
  if (!in.ok()) return in.status();
  ClaimView view{*std::move(in), 0};
  const auto& claims = view.in.question.claims;
  const auto at = std::find_if(claims.begin(), claims.end(),
                               [&](const Claim& claim) { return claim.id == found->first; });
  if (at == claims.end()) return std::nullopt;
  view.index = static_cast<size_t>(at - claims.begin());
  return view;
}

absl::StatusOr<std::pair<std::string, QuestionPtr>> Past::FindByAnyId(const std::string& id,
                                                                      const Find& find) {
  std::string at = id;
  for (int i = 0; i < kLongestAliasChain; ++i) {
    auto question = find(at);
    if (!question.ok()) return question.status();
    if (*question != nullptr) return std::pair(at, *std::move(question));
    const auto history = engine_->store().AliasHistory(at);
    if (!history.ok()) return history.status();
    const auto last = std::find_if(history->rbegin(), history->rend(), [&](const Alias& alias) {
      return alias.old_id == at && alias.time_us <= time_us_;
    });
    if (last == history->rend()) return FindEarlier(id, find);
    at = last->new_id;
  }
  return std::pair(std::string(), QuestionPtr());
}

// By ids that came to lead here only later: what it went by then.
absl::StatusOr<std::pair<std::string, QuestionPtr>> Past::FindEarlier(const std::string& id,
                                                                      const Find& find) {
  std::set<std::string> seen = {id};
  std::vector<std::string> next = {id};
  std::pair<std::string, QuestionPtr> found;
  while (!next.empty()) {
    const std::string at = std::move(next.back());
    next.pop_back();
    const auto history = engine_->store().AliasHistory(at);
    if (!history.ok()) return history.status();
    for (const Alias& alias : *history) {
      if (alias.new_id != at || alias.time_us <= time_us_) continue;
      if (!seen.insert(alias.old_id).second) continue;
      auto question = find(alias.old_id);
      if (!question.ok()) return question.status();
      if (*question == nullptr) {
        next.push_back(alias.old_id);
        continue;
      }
      if (found.second != nullptr) return std::pair(std::string(), QuestionPtr());
      found = {alias.old_id, *std::move(question)};
    }
  }
  return found;
}

absl::StatusOr<std::vector<std::string>> Past::AliasesOf(const std::string& id) {
  std::set<std::string> aliases;
  std::vector<std::string> next = {id};
  while (!next.empty()) {
    const std::string at = std::move(next.back());
    next.pop_back();
    const auto history = engine_->store().AliasHistory(at);
    if (!history.ok()) return history.status();
    for (const Alias& alias : *history) {
      if (alias.new_id != at || alias.old_id == id || alias.time_us > time_us_) continue;
      if (aliases.contains(alias.old_id)) continue;
      const auto leads =
          FindByAnyId(alias.old_id, [this](const std::string& of) { return QuestionOfClaim(of); });
      if (!leads.ok()) return leads.status();
      if (leads->first != id) continue;
      aliases.insert(alias.old_id);
      next.push_back(alias.old_id);
    }
  }
  return std::vector<std::string>(aliases.begin(), aliases.end());
}

absl::StatusOr<Explanation> Past::Explain(const ClaimView& view) const {
  Explanation explanation = view.explanation();
  const ClaimRow* const row = view.row();
  if (row == nullptr || !(explanation.corroboration == row->corroboration)) {
    return common::StateForbids(
        "claim", "claims/" + view.claim().id, "scored by other rules then",
        "be explained as of that time",
        "GetClaim with read_time tells its score; a server with the rules of then explains it");
  }
  Elaborate(MakeContext(), view.in.question, explanation);
  return explanation;
}

absl::Status Past::CatchUp() {
  while (true) {
    const auto writes = engine_->store().WritesAfter(seen_, kChunk);
    if (!writes.ok()) return writes.status();
    for (const QuestionWrite& write : *writes) {
      const auto [at, is_new] = rewritten_.try_emplace(write.question, nullptr);
      if (!is_new) continue;
      const auto question = engine_->store().QuestionAt(write.question, time_us_);
      if (!question.ok()) return question.status();
      if (*question == nullptr) continue;
      QuestionRecord listed = **question;
      listed.members.clear();
      at->second = std::make_shared<const QuestionRecord>(std::move(listed));
    }
    if (!writes->empty()) seen_ = writes->back();
    if (writes->size() < kChunk) return absl::OkStatus();
  }
}

// Chunk by chunk: rows as they are now, then what was written since. A question that is not among
// the latter was not written when the chunk was read either, so its rows are those of then.
absl::Status Past::ScanClaims(ClaimOrder order, Cursor after,
                              const std::function<bool(const ClaimRow&)>& visit) {
  using Key = std::pair<std::string, std::string>;
  while (true) {
    std::vector<ClaimRow> rows;
    const auto collect = [&](const ClaimRow& row) {
      rows.push_back(row);
      return rows.size() < kChunk;
    };
    absl::Status status = engine_->store().ScanClaims(order, after, collect);
    if (status.ok()) status = CatchUp();
    if (!status.ok()) return status;
    const bool last = rows.size() < kChunk;
    const Key end = last ? Key() : Key(SortValue(rows.back(), order), rows.back().id);
    std::map<Key, const ClaimRow*> in_order;
    for (const ClaimRow& row : rows) {
      if (!rewritten_.contains(row.question)) in_order[{SortValue(row, order), row.id}] = &row;
    }
    for (const auto& [id, question] : rewritten_) {
      if (question == nullptr) continue;
      for (const ClaimRow& row : question->claims) {
        Key key(SortValue(row, order), row.id);
        const bool later = after.id.empty() || key > Key(after.value, after.id);
        if (later && (last || key <= end)) in_order[std::move(key)] = &row;
      }
    }
    for (const auto& [key, row] : in_order) {
      if (!visit(*row)) return absl::OkStatus();
    }
    if (last) return absl::OkStatus();
    after = {end.first, end.second};
  }
}

absl::Status Past::ScanQuestions(const std::function<bool(const QuestionRecord&)>& visit) {
  std::vector<QuestionRecord> present;
  absl::Status status = engine_->store().ScanQuestions("", [&](const QuestionRecord& question) {
    present.push_back(question);
    present.back().members.clear();
    return true;
  });
  if (status.ok()) status = CatchUp();
  if (!status.ok()) return status;
  for (const QuestionRecord& question : present) {
    if (!rewritten_.contains(question.id) && !visit(question)) return absl::OkStatus();
  }
  for (const auto& [id, question] : rewritten_) {
    if (question != nullptr && !visit(*question)) return absl::OkStatus();
  }
  return absl::OkStatus();
}

}  // namespace consilience::corroboration
