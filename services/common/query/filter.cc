#include "services/common/query/filter.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <charconv>
#include <optional>
#include <utility>

#include "services/common/errors/catalogue.h"
#include "services/common/errors/error.h"
#include "services/common/time/clock.h"

namespace consilience::common {

struct Filter::Node {
  enum class Kind { kAnd, kOr, kNot, kRestriction };
  Kind kind = Kind::kRestriction;
  std::vector<std::shared_ptr<const Node>> parts;  // of kAnd, kOr and kNot
  std::string field;
  std::string comparator;
  std::string value;
};

namespace {

using Node = Filter::Node;
using NodePtr = std::shared_ptr<const Node>;

constexpr size_t kMaxDepth = 32;

struct Token {
  enum class Kind { kEnd, kWord, kQuoted, kComparator, kOpen, kClose, kMinus };
  Kind kind = Kind::kEnd;
  std::string text;
  size_t at = 0;
};

bool IsWordByte(char c) {
  return std::isspace(static_cast<unsigned char>(c)) == 0 &&
         std::string_view("()=!<>:\"").find(c) == std::string_view::npos;
}

// A day, or the beginning of one; nothing is a day that is not known. Of an instant, its day.
bool IsDay(std::string_view value) {
  constexpr std::string_view kFirst = "0000-01-01";
  if (value.empty()) return true;
  const std::string day(value.substr(0, kFirst.size()));
  const bool whole = day.size() == 4 || day.size() == 7 || day.size() == kFirst.size();
  const bool instant = value.size() > kFirst.size() && value[kFirst.size()] == 'T';
  if (!whole || (value.size() > kFirst.size() && !instant)) return false;
  return IsIsoDay(day + std::string(kFirst.substr(day.size())));
}

std::optional<double> Number(std::string_view text) {
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

class Parser {
 public:
  Parser(std::string_view text, const std::vector<FilterField>& fields)
      : text_(text), fields_(fields) {}

  absl::StatusOr<NodePtr> Run() {
    if (auto status = Advance(); !status.ok()) return status;
    if (token_.kind == Token::Kind::kEnd) return NodePtr();
    auto root = Sequence(0);
    if (root.ok() && token_.kind != Token::Kind::kEnd) return Problem("AND or OR is missing");
    return root;
  }

 private:
  absl::Status Problem(std::string_view problem) const {
    return FilterInvalid(text_, token_.at, problem);
  }
  bool IsWord(std::string_view word) const {
    return token_.kind == Token::Kind::kWord && token_.text == word;
  }

  absl::Status Advance() {
    while (at_ < text_.size() && std::isspace(static_cast<unsigned char>(text_[at_])) != 0) ++at_;
    token_ = {Token::Kind::kEnd, "", at_};
    if (at_ == text_.size()) return absl::OkStatus();
    const char c = text_[at_];
    if (c == '(' || c == ')') return Take(c == '(' ? Token::Kind::kOpen : Token::Kind::kClose, 1);
    if (c == '"') return Quoted();
    for (const std::string_view comparator : {"!=", "<=", ">=", "=", "<", ">", ":"}) {
      if (text_.substr(at_).starts_with(comparator)) {
        return Take(Token::Kind::kComparator, comparator.size());
      }
    }
    if (c == '-' && at_ + 1 < text_.size() && std::isdigit(text_[at_ + 1]) == 0) {
      return Take(Token::Kind::kMinus, 1);
    }
    size_t end = at_;
    while (end < text_.size() && IsWordByte(text_[end])) ++end;
    if (end == at_) return Problem("this character has no meaning here");
    return Take(Token::Kind::kWord, end - at_);
  }

  absl::Status Take(Token::Kind kind, size_t size) {
    token_.kind = kind;
    token_.text = std::string(text_.substr(at_, size));
    at_ += size;
    return absl::OkStatus();
  }

  absl::Status Quoted() {
    token_.kind = Token::Kind::kQuoted;
    for (++at_; at_ < text_.size() && text_[at_] != '"'; ++at_) {
      if (text_[at_] == '\\' && at_ + 1 < text_.size()) ++at_;
      token_.text += text_[at_];
    }
    if (at_ == text_.size()) return Problem("the closing quotation mark is missing");
    ++at_;
    return absl::OkStatus();
  }

  absl::StatusOr<NodePtr> Sequence(size_t depth) {
    return Joined(Node::Kind::kAnd, "AND",
                  [&] { return Joined(Node::Kind::kOr, "OR", [&] { return Term(depth); }); });
  }

  template <typename Part>
  absl::StatusOr<NodePtr> Joined(Node::Kind kind, std::string_view word, Part part) {
    Node node;
    node.kind = kind;
    while (true) {
      absl::StatusOr<NodePtr> next = part();
      if (!next.ok()) return next;
      node.parts.push_back(*std::move(next));
      if (!IsWord(word)) break;
      if (auto status = Advance(); !status.ok()) return status;
    }
    if (node.parts.size() == 1) return node.parts.front();
    return std::make_shared<const Node>(std::move(node));
  }

  absl::StatusOr<NodePtr> Term(size_t depth) {
    if (depth > kMaxDepth)
      return Problem(
          fmt::format("more than {} parentheses or NOT stand within each other", kMaxDepth));
    if (IsWord("NOT") || token_.kind == Token::Kind::kMinus) {
      if (auto status = Advance(); !status.ok()) return status;
      auto inner = Term(depth + 1);
      if (!inner.ok()) return inner;
      Node node;
      node.kind = Node::Kind::kNot;
      node.parts = {*std::move(inner)};
      return std::make_shared<const Node>(std::move(node));
    }
    if (token_.kind != Token::Kind::kOpen) return Restriction();
    if (auto status = Advance(); !status.ok()) return status;
    auto inner = Sequence(depth + 1);
    if (!inner.ok()) return inner;
    if (token_.kind != Token::Kind::kClose) return Problem("a closing parenthesis is missing");
    if (auto status = Advance(); !status.ok()) return status;
    return inner;
  }

  absl::StatusOr<NodePtr> Restriction() {
    if (token_.kind != Token::Kind::kWord) return Problem("the name of a field is missing");
    Node node;
    node.field = token_.text;
    const auto field = std::find_if(fields_.begin(), fields_.end(),
                                    [&](const FilterField& f) { return f.name == node.field; });
    if (field == fields_.end()) return FilterFieldUnknown(node.field, Names());
    if (auto status = Advance(); !status.ok()) return status;
    if (token_.kind != Token::Kind::kComparator) {
      return Problem("one of = != < <= > >= : is missing");
    }
    node.comparator = token_.text;
    if (auto status = Advance(); !status.ok()) return status;
    if (token_.kind != Token::Kind::kWord && token_.kind != Token::Kind::kQuoted) {
      return Problem("a value is missing");
    }
    node.value = token_.text;
    if (auto status = Fit(*field, node); !status.ok()) return status;
    if (auto status = Advance(); !status.ok()) return status;
    return std::make_shared<const Node>(std::move(node));
  }

  // Brings the value into the form of the field's values.
  absl::Status Fit(const FilterField& field, Node& node) const {
    if (node.comparator == ":") return absl::OkStatus();  // a part of a value
    if (field.type == FilterField::Type::kNumber && !Number(node.value)) {
      return Problem(
          fmt::format("{} is a number, and {} is none", field.name, common::Quoted(node.value)));
    }
    if (field.type == FilterField::Type::kDay && !IsDay(node.value)) {
      return Problem(fmt::format("{} is a day, and {} is none; write one as 2016-11-22", field.name,
                                 common::Quoted(node.value)));
    }
    if (field.type != FilterField::Type::kWord) return absl::OkStatus();
    const std::string given = node.value;
    for (char& c : node.value) {
      c = c == '-' || c == ' ' ? '_'
                               : static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    }
    const std::vector<std::string>& values = field.values;
    if (values.empty() || std::find(values.begin(), values.end(), node.value) != values.end()) {
      return absl::OkStatus();
    }
    return Problem(fmt::format("{} is never {}; it is one of {}", field.name, common::Quoted(given),
                               fmt::join(values, ", ")));
  }

  std::vector<std::string> Names() const {
    std::vector<std::string> names;
    names.reserve(fields_.size());
    for (const FilterField& field : fields_) names.push_back(field.name);
    return names;
  }

  std::string_view text_;
  const std::vector<FilterField>& fields_;
  size_t at_ = 0;
  Token token_;
};

int Compare(std::string_view a, std::string_view b) {
  const auto x = Number(a);
  const auto y = Number(b);
  if (x.has_value() && y.has_value()) return *x < *y ? -1 : *x > *y ? 1 : 0;
  return a.compare(b);
}

bool Holds(std::string_view text, std::string_view part) {
  const auto same = [](char a, char b) {
    return std::tolower(static_cast<unsigned char>(a)) ==
           std::tolower(static_cast<unsigned char>(b));
  };
  return std::search(text.begin(), text.end(), part.begin(), part.end(), same) != text.end();
}

bool Satisfies(const std::string& value, const Node& node) {
  if (node.comparator == ":") return node.value == "*" ? !value.empty() : Holds(value, node.value);
  const int order = Compare(value, node.value);
  if (node.comparator == "=") return order == 0;
  if (node.comparator == "!=") return order != 0;
  if (value.empty()) return false;  // what is unknown is neither before nor after anything
  if (node.comparator == "<") return order < 0;
  if (node.comparator == "<=") return order <= 0;
  return node.comparator == ">" ? order > 0 : order >= 0;
}

bool Restricts(const Node& node, const std::vector<std::string>& values) {
  if (values.empty()) return Satisfies("", node);
  const auto satisfies = [&](const std::string& value) { return Satisfies(value, node); };
  return node.comparator == "!=" ? std::all_of(values.begin(), values.end(), satisfies)
                                 : std::any_of(values.begin(), values.end(), satisfies);
}

bool Evaluate(const Node& node, const Filter::RepeatedValues& values) {
  const auto holds = [&](const NodePtr& part) { return Evaluate(*part, values); };
  switch (node.kind) {
    case Node::Kind::kAnd:
      return std::all_of(node.parts.begin(), node.parts.end(), holds);
    case Node::Kind::kOr:
      return std::any_of(node.parts.begin(), node.parts.end(), holds);
    case Node::Kind::kNot:
      return !holds(node.parts.front());
    case Node::Kind::kRestriction:
      break;
  }
  return Restricts(node, values(node.field));
}

void AddRequired(const Node& node, std::vector<Filter::Equality>& required) {
  if (node.kind == Node::Kind::kAnd) {
    for (const NodePtr& part : node.parts) AddRequired(*part, required);
  } else if (node.kind == Node::Kind::kRestriction && node.comparator == "=") {
    required.push_back({node.field, node.value});
  }
}

}  // namespace

absl::StatusOr<Filter> Filter::Parse(std::string_view text,
                                     const std::vector<FilterField>& fields) {
  auto root = Parser(text, fields).Run();
  if (!root.ok()) return root.status();
  Filter filter;
  filter.root_ = *std::move(root);
  return filter;
}

bool Filter::Matches(const Values& value) const {
  return Matches(RepeatedValues(
      [&](std::string_view field) { return std::vector<std::string>{value(field)}; }));
}

bool Filter::Matches(const RepeatedValues& values) const {
  return root_ == nullptr || Evaluate(*root_, values);
}

std::vector<Filter::Equality> Filter::Required() const {
  std::vector<Equality> required;
  if (root_ != nullptr) AddRequired(*root_, required);
  return required;
}

}  // namespace consilience::common
