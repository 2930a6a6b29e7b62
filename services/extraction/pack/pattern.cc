#include "services/extraction/pack/pattern.h"

#include <utility>

namespace consilience::extraction {
namespace {

// Steps of one attempt. The longest patterns of the shipped packs need under 200.
constexpr int kMaxSteps = 2000;
// Skippable units passed over before one item.
constexpr int kMaxSkips = 5;

constexpr std::string_view kRoleNames[] = {"victims", "whole", "pop",    "actor",
                                           "target",  "place", "amount", "trigger"};

}  // namespace

std::optional<Role> RoleNamed(std::string_view name) {
  for (size_t i = 0; i < std::size(kRoleNames); ++i) {
    if (kRoleNames[i] == name) return static_cast<Role>(i);
  }
  return std::nullopt;
}

struct Pattern::Run {
  const std::vector<ClassSet>& units;
  PatternMatch match;
  int steps = 0;
  bool negated = false;  // inside "!x": reaching kMatch means that x follows
};

// False where the first instruction from `at` on fails at once: told without a call of Step, which
// most alternatives need no more of.
bool Pattern::MayStep(const Run& run, size_t at, size_t unit) const {
  const Instruction& in = program_[at];
  if (in.op != Op::kClass) return true;
  if (unit >= run.units.size()) return false;
  return run.units[unit][in.a] || (run.units[unit][kSkip] && unit != run.match.begin);
}

// Runs the program from instruction `at` on units[unit…]; true when it reached kMatch.
bool Pattern::Step(Run& run, size_t at, size_t unit) const {
  while (++run.steps < kMaxSteps) {
    const Instruction& in = program_[at];
    switch (in.op) {
      case Op::kClass: {
        int skips = 0;
        while (unit < run.units.size() && !run.units[unit][in.a]) {
          if (!run.units[unit][kSkip] || ++skips > kMaxSkips || unit == run.match.begin) {
            return false;
          }
          ++unit;
        }
        if (unit >= run.units.size()) return false;
        ++unit;
        ++at;
        break;
      }
      case Op::kAny:
        if (unit >= run.units.size() || run.units[unit][kStrong]) return false;
        ++unit;
        ++at;
        break;
      case Op::kSplit:
        if (MayStep(run, in.a, unit) && Step(run, in.a, unit)) return true;
        at = in.b;
        break;
      case Op::kJump:
        at = in.a;
        break;
      case Op::kSave: {
        if (!MayStep(run, at + 1, unit)) return false;
        // Undone when the rest does not match, so that a failed alternative leaves no trace.
        UnitRange& role = run.match.roles[in.a / 2];
        int32_t& bound = in.a % 2 == 0 ? role.begin : role.end;
        const int32_t before = std::exchange(bound, static_cast<int32_t>(unit));
        if (Step(run, at + 1, unit)) return true;
        bound = before;
        return false;
      }
      case Op::kNot: {
        const PatternMatch saved = run.match;
        const bool follows = Step(run, at + 1, unit);
        run.match = saved;
        if (follows) return false;
        at = in.a;
        break;
      }
      case Op::kBegin:
        if (unit != 0) return false;
        ++at;
        break;
      case Op::kEnd:
        if (unit != run.units.size() && !run.units[unit][kStrong]) return false;
        ++at;
        break;
      case Op::kMatch:
        run.match.end = static_cast<uint32_t>(unit);
        return true;
    }
  }
  return false;
}

std::optional<PatternMatch> Pattern::MatchAt(const std::vector<ClassSet>& units,
                                             size_t start) const {
  Run run{units, {}};
  run.match.begin = static_cast<uint32_t>(start);
  if (!Step(run, 0, start)) return std::nullopt;
  // A captured range starts at the unit that matched, not at what was passed over before it.
  for (UnitRange& role : run.match.roles) {
    if (role.end <= role.begin) role = {};  // an optional item that was not there
    while (role.captured() && role.begin + 1 < role.end &&
           units[static_cast<size_t>(role.begin)][kSkip]) {
      ++role.begin;
    }
  }
  return run.match;
}

}  // namespace consilience::extraction
