// The parser of patterns: a recursive descent that emits the program as it goes.
#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "services/extraction/pack/pattern.h"

namespace consilience::extraction {
namespace {

constexpr int kStarRepeats = 8;
constexpr int kMaxRepeats = 24;
constexpr int kMaxDepth = 24;
constexpr size_t kMaxProgram = 4096;

bool IsNameByte(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '.' || c == '\'' ||
         c == '-';
}

bool IsUpperName(std::string_view name) {
  return std::all_of(name.begin(), name.end(), [](char c) {
    return std::isupper(static_cast<unsigned char>(c)) != 0 || c == '_';
  });
}

}  // namespace

// What a part of a pattern must contain and may start with.
struct PartClasses {
  ClassSet required;
  ClassSet first;
  bool can_be_empty = true;

  // This part and then `next`.
  void Then(const PartClasses& next) {
    required |= next.required;
    if (can_be_empty) first |= next.first;
    can_be_empty = can_be_empty && next.can_be_empty;
  }
  // Either this part or `other`.
  void Or(const PartClasses& other) {
    required &= other.required;
    first |= other.first;
    can_be_empty = can_be_empty || other.can_be_empty;
  }
};

class PatternParser {
 public:
  PatternParser(ClassTable& classes, const MacroLookup& macros)
      : classes_(classes), macros_(macros) {}

  absl::StatusOr<Pattern> Parse(std::string_view source) {
    auto part = Alternatives(source, 0);
    if (!part.ok()) return part.status();
    Emit(Pattern::Op::kMatch);
    if (pattern_.program_.size() > kMaxProgram) {
      return absl::InvalidArgumentError("pattern too long");
    }
    if (part->can_be_empty) return absl::InvalidArgumentError("pattern may match nothing");
    // Word classes are rarer than phrase classes, and have the higher ids.
    for (size_t id = kMaxClasses; id-- > 0;) {
      if (part->required[id]) pattern_.required_.push_back(static_cast<ClassId>(id));
    }
    pattern_.first_ = part->first;
    return std::move(pattern_);
  }

 private:
  using Op = Pattern::Op;

  size_t Here() const { return pattern_.program_.size(); }
  size_t Emit(Op op, size_t a = 0, size_t b = 0) {
    pattern_.program_.push_back({op, static_cast<uint16_t>(a), static_cast<uint16_t>(b)});
    return Here() - 1;
  }
  void Patch(size_t at, size_t a, size_t b = 0) {
    pattern_.program_[at].a = static_cast<uint16_t>(a);
    pattern_.program_[at].b = static_cast<uint16_t>(b);
  }

  static absl::Status ErrorAt(std::string_view source, size_t at, std::string_view reason) {
    return absl::InvalidArgumentError(
        fmt::format("{} at character {} of \"{}\"", reason, at + 1, source));
  }

  // The end of the item that starts at `at`: up to white space or "|" outside parentheses.
  static size_t ItemEnd(std::string_view source, size_t at) {
    int depth = 0;
    for (; at < source.size(); ++at) {
      if (source[at] == '(' || source[at] == '{') ++depth;
      if (source[at] == ')' || source[at] == '}') --depth;
      if (depth == 0 && (source[at] == ' ' || source[at] == '|')) break;
    }
    return at;
  }

  absl::StatusOr<PartClasses> Alternatives(std::string_view source, int depth) {
    if (depth > kMaxDepth) return absl::InvalidArgumentError("macros or parentheses nest too deep");
    if (Here() > kMaxProgram) return absl::InvalidArgumentError("pattern too long");
    const size_t bar = TopLevelBar(source);
    if (bar == std::string_view::npos) return Sequence(source, depth);
    const size_t split = Emit(Op::kSplit);
    auto left = Sequence(source.substr(0, bar), depth);
    if (!left.ok()) return left;
    const size_t jump = Emit(Op::kJump);
    Patch(split, split + 1, Here());
    auto right = Alternatives(source.substr(bar + 1), depth + 1);
    if (!right.ok()) return right;
    Patch(jump, Here());
    left->Or(*right);
    return left;
  }

  static size_t TopLevelBar(std::string_view source) {
    int depth = 0;
    for (size_t i = 0; i < source.size(); ++i) {
      if (source[i] == '(') ++depth;
      if (source[i] == ')') --depth;
      if (source[i] == '|' && depth == 0) return i;
    }
    return std::string_view::npos;
  }

  absl::StatusOr<PartClasses> Sequence(std::string_view source, int depth) {
    PartClasses whole;
    for (size_t at = 0; at < source.size();) {
      if (source[at] == ' ') {
        ++at;
        continue;
      }
      const size_t end = ItemEnd(source, at);
      auto part = Labelled(source.substr(at, end - at), depth);
      if (!part.ok()) return part;
      whole.Then(*part);
      at = end;
    }
    return whole;
  }

  absl::StatusOr<PartClasses> Labelled(std::string_view item, int depth) {
    const size_t colon = item.find(':');
    if (colon == std::string_view::npos ||
        item.substr(0, colon).find('(') != std::string_view::npos) {
      return Repeated(item, depth);
    }
    const std::optional<Role> role = RoleNamed(item.substr(0, colon));
    if (!role) return ErrorAt(item, 0, "unknown label");
    Emit(Op::kSave, static_cast<size_t>(*role) * 2);
    auto part = Repeated(item.substr(colon + 1), depth);
    Emit(Op::kSave, static_cast<size_t>(*role) * 2 + 1);
    return part;
  }

  absl::StatusOr<PartClasses> Repeated(std::string_view item, int depth) {
    if (item.starts_with('!')) {
      const size_t at = Emit(Op::kNot);
      auto part = Atom(item.substr(1), depth);
      if (!part.ok()) return part;
      Emit(Op::kMatch);
      Patch(at, Here());
      return PartClasses{};
    }
    int least = 1;
    int most = 1;
    std::string_view atom = item;
    if (item.ends_with('?') || item.ends_with('*')) {
      least = 0;
      most = item.back() == '?' ? 1 : kStarRepeats;
      atom.remove_suffix(1);
    } else if (item.ends_with('}')) {
      const size_t brace = item.rfind('{');
      if (std::sscanf(std::string(item.substr(brace)).c_str(), "{%d,%d}", &least, &most) != 2 ||
          least < 0 || most < least || most > kMaxRepeats) {
        return ErrorAt(item, brace, "a repetition is {least,most}, most 24 at the most");
      }
      atom = item.substr(0, brace);
    }
    return Repeat(atom, least, most, depth);
  }

  absl::StatusOr<PartClasses> Repeat(std::string_view atom, int least, int most, int depth) {
    PartClasses whole;
    std::vector<size_t> splits;
    for (int i = 0; i < most; ++i) {
      if (i >= least) splits.push_back(Emit(Op::kSplit));
      auto part = Atom(atom, depth);
      if (!part.ok()) return part;
      if (i < least) whole.Then(*part);
      if (i == 0 && least == 0) whole = {{}, part->first, true};
    }
    for (const size_t split : splits) Patch(split, split + 1, Here());
    return whole;
  }

  absl::StatusOr<PartClasses> Atom(std::string_view atom, int depth) {
    if (atom.empty()) return ErrorAt(atom, 0, "nothing to match");
    if (atom.front() == '(') {
      if (atom.back() != ')') return ErrorAt(atom, atom.size() - 1, "expected \")\"");
      return Alternatives(atom.substr(1, atom.size() - 2), depth + 1);
    }
    if (atom == ".") {
      Emit(Op::kAny);
      PartClasses any;
      any.first.set();
      any.can_be_empty = false;
      return any;
    }
    if (atom == "BEGIN" || atom == "END") {
      Emit(atom == "BEGIN" ? Op::kBegin : Op::kEnd);
      return PartClasses{};
    }
    const bool word_class = atom.front() == '$';
    const std::string_view name = word_class ? atom.substr(1) : atom;
    if (name.empty() || !std::all_of(name.begin(), name.end(), IsNameByte)) {
      return ErrorAt(atom, 0, "not a name");
    }
    if (!word_class && IsUpperName(name)) return PhraseOrMacro(name, depth);
    if (word_class && classes_.Find(atom) == kMaxClasses) {
      return ErrorAt(atom, 0, "no words have this class");
    }
    return Class(fmt::format("{}{}", word_class ? "" : "'", atom));
  }

  absl::StatusOr<PartClasses> PhraseOrMacro(std::string_view name, int depth) {
    const std::vector<std::string_view> phrases = PhraseClassNames();
    if (std::find(phrases.begin(), phrases.end(), name) != phrases.end()) {
      return Class(std::string(name));
    }
    const std::optional<std::string> macro = macros_(name);
    if (!macro) return ErrorAt(name, 0, "neither a phrase class nor a macro");
    return Alternatives(*macro, depth + 1);
  }

  absl::StatusOr<PartClasses> Class(const std::string& name) {
    const ClassId id = classes_.Intern(name);
    if (id == kMaxClasses) {
      return absl::ResourceExhaustedError(
          fmt::format("the packs use more than {} classes of words", kMaxClasses));
    }
    Emit(Op::kClass, id);
    PartClasses part;
    part.required.set(id);
    part.first.set(id);
    part.can_be_empty = false;
    return part;
  }

  ClassTable& classes_;
  const MacroLookup& macros_;
  Pattern pattern_;
};

absl::StatusOr<Pattern> Pattern::Compile(std::string_view source, ClassTable& classes,
                                         const MacroLookup& macros) {
  return PatternParser(classes, macros).Parse(source);
}

}  // namespace consilience::extraction
