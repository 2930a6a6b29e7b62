// Patterns over the units of a sentence.
//
//   victims:PEOPLE ($have | $be | $modal)* $killed.pp !PEOPLE
//
// An upper-case name is a phrase class or a macro, `$name` a class of words, a lower-case word
// itself, "." any unit up to the next ";" or ":". `( a | b )` chooses, `?` `*` `{m,n}` repeat (`*`
// is {0,8}), `!x` says that x does not follow, `label:` captures what its item matched, `BEGIN` and
// `END` are the bounds of the sentence. Units of class SKIP are passed over where nothing in the
// pattern takes them.
//
// A pattern is a small program for a backtracking machine whose steps are bounded for each start,
// so the time of matching is linear in the text whatever the pattern.
#ifndef CONSILIENCE_SERVICES_EXTRACTION_PACK_PATTERN_H_
#define CONSILIENCE_SERVICES_EXTRACTION_PACK_PATTERN_H_

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "services/extraction/pack/class_set.h"

namespace consilience::extraction {

// Roles that a capture may play in an assertion.
enum class Role : uint8_t {
  kVictims,  // the people counted
  kWhole,    // the greater number that `victims` are part of
  kPop,      // names the people where `victims` is a bare number
  kActor,
  kTarget,
  kPlace,
  kAmount,   // a number that does not count people: the share of the target, a sum
  kTrigger,  // the word that makes the assertion; the first $class item if it is not labelled
  kRoles,
};
std::optional<Role> RoleNamed(std::string_view name);

struct UnitRange {
  int32_t begin = -1;  // units; -1 when the role was not captured
  int32_t end = -1;

  bool captured() const { return begin >= 0; }
};

struct PatternMatch {
  uint32_t begin = 0;  // units
  uint32_t end = 0;
  std::array<UnitRange, static_cast<size_t>(Role::kRoles)> roles;

  const UnitRange& operator[](Role role) const { return roles[static_cast<size_t>(role)]; }
  UnitRange& operator[](Role role) { return roles[static_cast<size_t>(role)]; }
};

using MacroLookup = std::function<std::optional<std::string>(std::string_view)>;

// Thread-safe once compiled.
class Pattern {
 public:
  // Errors say what is wrong and at which character of the pattern.
  static absl::StatusOr<Pattern> Compile(std::string_view source, ClassTable& classes,
                                         const MacroLookup& macros);

  // Matches at units[start] exactly. Longer alternatives first, as written.
  std::optional<PatternMatch> MatchAt(const std::vector<ClassSet>& units, size_t start) const;

  // Classes of which every match contains at least one unit each, the rarest kinds first.
  const std::vector<ClassId>& required() const { return required_; }
  // Classes one of which the first unit of a match has.
  const ClassSet& first() const { return first_; }

 private:
  friend class PatternParser;

  enum class Op : uint8_t { kClass, kAny, kSplit, kJump, kSave, kNot, kBegin, kEnd, kMatch };
  struct Instruction {
    Op op = Op::kMatch;
    uint16_t a = 0;  // class; first target; slot; end of a negated part
    uint16_t b = 0;  // second target
  };
  struct Run;

  bool MayStep(const Run& run, size_t at, size_t unit) const;
  bool Step(Run& run, size_t at, size_t unit) const;

  std::vector<Instruction> program_;
  std::vector<ClassId> required_;
  ClassSet first_;
};

}  // namespace consilience::extraction

#endif  // CONSILIENCE_SERVICES_EXTRACTION_PACK_PATTERN_H_
