// consil claims watch | diff | history | review
#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "clients/cli/commands/claim_filter.h"
#include "clients/cli/commands/commands.h"
#include "clients/cli/commands/support.h"
#include "clients/cli/output/json.h"
#include "clients/cli/render/detail.h"
#include "clients/cli/render/numbers.h"
#include "clients/cli/render/phrase.h"
#include "clients/cli/render/words.h"
#include "clients/cpp/claims_client.h"
#include "fmt/format.h"

namespace consilience::cli {
namespace {

namespace api = corroboration::v1;

struct WatchOptions {
  ClaimFilterOptions pick;
  std::string filter;
  std::string resume;
  int count = 0;
};

std::string Line(const Context& context, const api::WatchClaimsResponse& change) {
  const api::Corroboration& now = change.claim().corroboration();
  const Cell state = StateOf(now.state());
  return fmt::format("{}  {}  {} {}  {}  {}\n", Instant(change.revision().create_time()),
                     IdOf(change.claim().name()), context.palette().Paint(state.style, state.text),
                     Score(now.score()), SentenceOf(change.claim()), change.revision().summary());
}

absl::StatusOr<int> Watch(Context& context, const WatchOptions& options) {
  auto claims = context.Claims();
  if (!claims.ok()) return claims.status();
  auto sink = context.Output(false);
  if (!sink.ok()) return sink.status();
  api::WatchClaimsRequest request;
  request.set_filter(ClaimFilter(options.pick, options.filter));
  request.set_resume_token(options.resume);
  int seen = 0;
  const absl::Status status =
      (*claims)->WatchClaims(request, [&](const api::WatchClaimsResponse& change) {
        if (!change.has_claim()) return true;
        if (context.format() == Format::kName) {
          (*sink)->Write(change.claim().name() + "\n");
        } else {
          (*sink)->Write(context.is_text() ? Line(context, change) : ToJson(change, false) + "\n");
        }
        (*sink)->Flush();
        return options.count == 0 || ++seen < options.count;
      });
  if (!status.ok()) return status;
  return kSuccess;
}

struct DiffOptions {
  ClaimFilterOptions pick;
  std::string since;
  std::string until;
  std::string filter;
  std::int64_t limit = 0;
};

std::string ScoreThen(const api::ClaimChange& change, bool before) {
  if (before && !change.has_before()) return "new";
  return Score(before ? change.before().score() : change.after().score());
}

// "document recorded, 2 times; refreshed": the columns before say what that came to.
std::string CausesOf(const api::ClaimChange& change) {
  std::vector<std::pair<std::string, int>> causes;
  for (const auto& revision : change.revisions()) {
    const std::string cause = Plain(revision.cause());
    const auto found = std::find_if(causes.begin(), causes.end(),
                                    [&](const auto& other) { return other.first == cause; });
    if (found == causes.end()) {
      causes.emplace_back(cause, 1);
    } else {
      ++found->second;
    }
  }
  std::string why;
  for (const auto& [cause, times] : causes) {
    why += (why.empty() ? "" : "; ") + cause;
    if (times > 1) why += fmt::format(", {} times", times);
  }
  return why;
}

const View<api::ClaimChange>& ChangesView() {
  using C = api::ClaimChange;
  static const auto* const kView = new View<C>{
      {
          {{.header = "CLAIM"},
           [](const C& c) {
             return Cell{IdOf(c.claim()), Style::kName};
           }},
          {{.header = "BEFORE", .right_aligned = true},
           [](const C& c) { return Cell{ScoreThen(c, true)}; }},
          {{.header = "AFTER", .right_aligned = true},
           [](const C& c) {
             return Cell{ScoreThen(c, false), ScoreStyle(c.after().score())};
           }},
          {{.header = "STATE"}, [](const C& c) { return StateOf(c.after().state()); }},
          {{.header = "CLAIMED", .min_width = 16},
           [](const C& c) { return Cell{c.display_name()}; }},
          {{.header = "WHY", .min_width = 16}, [](const C& c) { return Cell{CausesOf(c)}; }},
      },
      [](const C& c) { return c.claim(); },
      "Nothing has changed."};
  return *kView;
}

absl::StatusOr<int> Diff(Context& context, const DiffOptions& options) {
  auto claims = context.Claims();
  if (!claims.ok()) return claims.status();
  api::CompareClaimsRequest request;
  request.set_filter(ClaimFilter(options.pick, options.filter));
  auto from = ParseInstant(options.since, "--since");
  if (!from.ok()) return from.status();
  *request.mutable_from_time() = *from;
  if (!options.until.empty()) {
    auto to = ParseInstant(options.until, "--until");
    if (!to.ok()) return to.status();
    *request.mutable_to_time() = *to;
  }
  return WriteList(context, (*claims)->CompareClaims(request), ChangesView(), options.limit);
}

struct HistoryOptions {
  std::string claim;
};

absl::StatusOr<int> History(Context& context, const HistoryOptions& options) {
  auto claims = context.Claims();
  if (!claims.ok()) return claims.status();
  api::ListClaimRevisionsRequest request;
  request.set_parent(NameIn("claims", options.claim));
  return WriteList(context, (*claims)->ListClaimRevisions(request), RevisionsView(), 0);
}

struct ReviewOptions {
  std::string claim;
  std::string decision;
  std::string reason;
  std::string actor;
};

absl::StatusOr<int> Review(Context& context, const ReviewOptions& options) {
  auto claims = context.Claims();
  if (!claims.ok()) return claims.status();
  api::ReviewClaimRequest request;
  request.set_name(NameIn("claims", options.claim));
  api::Review::Decision decision = api::Review::DECISION_UNSPECIFIED;
  api::Review::Decision_Parse("DECISION_" + UpperSnake(options.decision), &decision);
  request.mutable_review()->set_decision(decision);
  request.mutable_review()->set_reason(options.reason);
  request.mutable_review()->set_actor(
      options.actor.empty() ? context.environment()("USER").value_or("") : options.actor);
  auto claim = (*claims)->ReviewClaim(request);
  if (!claim.ok()) return claim.status();
  const auto render = [&] {
    return fmt::format("{}: {} by {}\n", claim->name(), WordFor(claim->review().decision()),
                       claim->review().actor());
  };
  if (absl::Status status = context.WriteOne(*claim, claim->name(), render); !status.ok()) {
    return status;
  }
  return kSuccess;
}

}  // namespace

void AddClaimsWatch(CLI::App& parent, Context& context) {
  auto options = std::make_shared<WatchOptions>();
  CLI::App* command =
      AddCommand(parent, "watch", "Changes as they happen, one a line; Ctrl-C ends it",
                 "  consil claims watch\n"
                 "  consil claims watch --place Aleppo --state disputed\n"
                 "  consil claims watch --filter 'state = DISPUTED' -o jsonl\n");
  AddClaimFilterOptions(command, options->pick);
  command->add_option("--filter", options->filter, "as in claims list")->option_text("CONDITION");
  command
      ->add_option("--resume", options->resume,
                   "take up after this resumeToken of an earlier watch")
      ->option_text("TOKEN");
  command->add_option("--count", options->count, "end after so many changes; 0: never [0]")
      ->option_text("N")
      ->check(NotNegative());
  Run(command, context, options, Watch);
}

void AddClaimsDiff(CLI::App& parent, Context& context) {
  auto options = std::make_shared<DiffOptions>();
  CLI::App* command = AddCommand(parent, "diff", "What changed between two instants, and why",
                                 "  consil claims diff --since 24h\n"
                                 "  consil claims diff --since 2016-11-20 --until 2016-11-22\n");
  command->add_option("--since", options->since, "a day, an instant, or an age (2h, 7d)")
      ->required()
      ->option_text("TIME");
  command->add_option("--until", options->until, "the later instant [now]")->option_text("TIME");
  AddClaimFilterOptions(command, options->pick);
  command->add_option("--filter", options->filter, "as in claims list")->option_text("CONDITION");
  command->add_option("--limit", options->limit, "at most this many; 0, the default, means all")
      ->option_text("N")
      ->check(NotNegative());
  Run(command, context, options, Diff);
}

void AddClaimsHistory(CLI::App& parent, Context& context) {
  auto options = std::make_shared<HistoryOptions>();
  CLI::App* command =
      AddCommand(parent, "history", "Every revision of a claim's score, newest first",
                 "  consil claims history CLAIM\n");
  command->add_option("claim", options->claim, "id or name")->required();
  Run(command, context, options, History);
}

void AddClaimsReview(CLI::App& parent, Context& context) {
  auto options = std::make_shared<ReviewOptions>();
  CLI::App* command = AddCommand(
      parent, "review",
      "Record a person's decision about a claim; the machine's score stays as it is",
      "  consil claims review CLAIM confirmed --reason \"Names published by the hospital\"\n");
  command->add_option("claim", options->claim, "id or name")->required();
  command
      ->add_option("decision", options->decision, "confirmed, refuted, needs-work or not-a-claim")
      ->required()
      ->check(CLI::IsMember({"confirmed", "refuted", "needs-work", "not-a-claim"}));
  command->add_option("--reason", options->reason, "why, for the record")
      ->required()
      ->option_text("TEXT");
  command->add_option("--actor", options->actor, "who decided [$USER]")->option_text("NAME");
  Run(command, context, options, Review);
}

}  // namespace consilience::cli
