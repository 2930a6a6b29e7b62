// consil rules lint | test: rule packs of one's own, looked over before a service loads them.
#include <algorithm>
#include <filesystem>
#include <system_error>

#include "clients/cli/commands/commands.h"
#include "clients/cli/commands/support.h"
#include "fmt/format.h"
#include "fmt/ranges.h"
#include "services/extraction/extractor.h"
#include "services/extraction/pack/pack_trial.h"
#include "services/extraction/pack/rule_pack.h"
#include "services/extraction/pack/rules_path.h"

namespace consilience::cli {
namespace {

struct RulesOptions {
  std::string folder;
  std::string rules;
};

// The folder itself if it is a pack, else the packs in it, by name.
absl::StatusOr<std::vector<std::filesystem::path>> PacksOf(const std::string& folder) {
  const auto is_pack = [](const std::filesystem::path& path) {
    return std::filesystem::exists(path / "pack.tsv");
  };
  if (is_pack(folder)) return std::vector<std::filesystem::path>{folder};
  std::vector<std::filesystem::path> packs;
  std::error_code error;
  for (std::filesystem::directory_iterator entry(folder, error), end; !error && entry != end;
       entry.increment(error)) {
    if (is_pack(entry->path())) packs.push_back(entry->path());
  }
  if (error) return absl::NotFoundError(fmt::format("{}: {}", folder, error.message()));
  if (packs.empty()) {
    return absl::InvalidArgumentError(
        fmt::format("{}: no rule pack; a pack is a folder with a pack.tsv", folder));
  }
  std::sort(packs.begin(), packs.end());
  return packs;
}

struct Loaded {
  std::vector<std::filesystem::path> packs;
  extraction::Extractor extractor;
};

// The packs beside the shipped rules, as a service loads them.
absl::StatusOr<Loaded> LoadPacks(const RulesOptions& options) {
  auto packs = PacksOf(options.folder);
  if (!packs.ok()) return packs.status();
  const auto rules = extraction::FindRules(options.rules);
  if (!rules.ok()) return rules.status();
  auto extractor = extraction::Extractor::Load(*rules, *packs);
  if (!extractor.ok()) return extractor.status();
  return Loaded{*std::move(packs), *std::move(extractor)};
}

std::string Count(size_t n, std::string_view what) {
  return fmt::format("{} {}{}", n, what, n == 1 ? "" : "s");
}

absl::StatusOr<int> Lint(Context& context, const RulesOptions& options) {
  const auto loaded = LoadPacks(options);
  if (!loaded.ok()) return loaded.status();
  auto sink = context.Output(false);
  if (!sink.ok()) return sink.status();
  const auto& all = loaded->extractor.packs().packs();
  for (const std::filesystem::path& folder : loaded->packs) {
    const std::string name = extraction::PackName(folder);
    const auto info =
        std::find_if(all.begin(), all.end(), [&](const auto& pack) { return pack.name == name; });
    (*sink)->Write(fmt::format("{}: version {}, {}, no errors\n", name, info->version,
                               Count(info->rules, "rule")));
  }
  return kSuccess;
}

std::string TrialLine(const extraction::Trial& trial, Palette palette) {
  const std::string_view wish = trial.silent ? "silent" : "speaks";
  if (trial.passed) {
    return fmt::format("{}  {} {}  {}\n", palette.Paint(Style::kGood, "ok  "), trial.rule, wish,
                       trial.sentence);
  }
  return fmt::format("{}  {} {}  {}\n      {}: {}\n", palette.Paint(Style::kBad, "FAIL"),
                     trial.rule, wish, trial.sentence, trial.origin,
                     trial.found.empty()
                         ? "no rule speaks for it"
                         : fmt::format("spoken for by {}", fmt::join(trial.found, ", ")));
}

absl::StatusOr<int> Test(Context& context, const RulesOptions& options) {
  const auto loaded = LoadPacks(options);
  if (!loaded.ok()) return loaded.status();
  auto sink = context.Output(false);
  if (!sink.ok()) return sink.status();
  size_t failed = 0;
  size_t tried = 0;
  for (const std::filesystem::path& folder : loaded->packs) {
    const auto trials = extraction::TryExamples(loaded->extractor, folder);
    if (!trials.ok()) return trials.status();
    for (const extraction::Trial& trial : *trials) {
      (*sink)->Write(TrialLine(trial, context.palette()));
      ++tried;
      failed += trial.passed ? 0 : 1;
    }
  }
  (*sink)->Write(fmt::format("{} tried, {} failed\n", Count(tried, "example"), failed));
  return failed == 0 ? kSuccess : kFailure;
}

}  // namespace

void AddRules(CLI::App& parent, Context& context) {
  CLI::App* rules = AddCommand(parent, "rules", "Rule packs of your own, without any server",
                               "  consil rules lint floods/\n"
                               "  consil rules test floods/\n");
  rules->require_subcommand(1);
  auto options = std::make_shared<RulesOptions>();
  const auto add = [&](const char* name, const char* description, const char* example, auto run) {
    CLI::App* command = AddCommand(*rules, name, description, example);
    command->add_option("folder", options->folder, "a pack, or a folder of packs")->required();
    command
        ->add_option("--rules", options->rules,
                     "folder of the shipped rules [those that came with consil]")
        ->option_text("DIR");
    Run(command, context, options, run);
  };
  add("lint", "Read packs beside the shipped rules; errors name file, line and rule",
      "  consil rules lint floods/\n", Lint);
  add("test", "Try the examples that packs carry", "  consil rules test floods/\n", Test);
}

}  // namespace consilience::cli
