#include "services/corroboration/service/filter.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <optional>
#include <utility>

#include "services/common/errors/catalogue.h"

namespace consilience::corroboration {

struct Filter::Node {
  enum class Type { kAnd, kOr, kNot, kCompare };
  Type type = Type::kCompare;
  std::vector<std::shared_ptr<const Node>> children;
  std::string field;
  std::string op;
  std::string value;
};

namespace {

using Node = Filter::Node;
using NodePtr = std::shared_ptr<const Node>;

// Deeper nesting than this is refused, so that no request can exhaust the stack.
constexpr int kDeepest = 64;

struct Token {
  enum class Type { kEnd, kWord, kText, kOperator, kOpen, kClose };
  Type type = Type::kEnd;
  std::string text;
  size_t at = 0;
};

bool IsWordByte(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return std::isalnum(byte) != 0 || byte >= 0x80 || c == '.' || c == '_' || c == '-' || c == '/' ||
         c == '+';
}

class Parser {
 public:
  Parser(std::string_view text, const std::vector<std::string>& known)
      : text_(text), known_(known) {}

  absl::StatusOr<NodePtr> Run() {
    Advance();
    NodePtr node = ParseAnd(0);
    if (error_.ok() && token_.type != Token::Type::kEnd) Fail("expected AND, OR or the end");
    if (!error_.ok()) return error_;
    return node;
  }

 private:
  void Fail(std::string_view problem) {
    if (error_.ok()) error_ = common::FilterInvalid(text_, token_.at, problem);
  }

  void Advance() {
    while (at_ < text_.size() && text_[at_] == ' ') ++at_;
    token_ = {Token::Type::kEnd, "", at_};
    if (at_ == text_.size()) return;
    const char c = text_[at_];
    if (c == '(' || c == ')') {
      token_.type = c == '(' ? Token::Type::kOpen : Token::Type::kClose;
      ++at_;
    } else if (c == '"') {
      ReadText();
    } else if (std::string_view("=!<>:").find(c) != std::string_view::npos) {
      ReadOperator();
    } else if (IsWordByte(c)) {
      token_.type = Token::Type::kWord;
      while (at_ < text_.size() && IsWordByte(text_[at_])) token_.text += text_[at_++];
    } else {
      Fail("unexpected character");
      at_ = text_.size();
    }
  }

  void ReadText() {
    token_.type = Token::Type::kText;
    for (++at_; at_ < text_.size() && text_[at_] != '"'; ++at_) {
      if (text_[at_] == '\\' && at_ + 1 < text_.size()) ++at_;
      token_.text += text_[at_];
    }
    if (at_ == text_.size()) return Fail("a quoted text has no end");
    ++at_;
  }

  void ReadOperator() {
    token_.type = Token::Type::kOperator;
    token_.text = text_[at_++];
    if (at_ < text_.size() && text_[at_] == '=' && token_.text != "=" && token_.text != ":") {
      token_.text += text_[at_++];
    }
    if (token_.text == "!") Fail("expected !=");
  }

  bool Word(std::string_view word) const {
    return token_.type == Token::Type::kWord && token_.text == word;
  }

  static NodePtr Join(Node::Type type, std::vector<NodePtr> children) {
    if (children.size() == 1) return children.front();
    auto node = std::make_shared<Node>();
    node->type = type;
    node->children = std::move(children);
    return node;
  }

  NodePtr ParseAnd(int depth) {
    std::vector<NodePtr> children = {ParseOr(depth)};
    while (error_.ok() && Word("AND")) {
      Advance();
      children.push_back(ParseOr(depth));
    }
    return Join(Node::Type::kAnd, std::move(children));
  }

  NodePtr ParseOr(int depth) {
    std::vector<NodePtr> children = {ParseTerm(depth)};
    while (error_.ok() && Word("OR")) {
      Advance();
      children.push_back(ParseTerm(depth));
    }
    return Join(Node::Type::kOr, std::move(children));
  }

  NodePtr ParseTerm(int depth) {
    if (depth > kDeepest) Fail("nested too deeply");
    if (!error_.ok()) return nullptr;
    if (Word("NOT")) {
      Advance();
      auto node = std::make_shared<Node>();
      node->type = Node::Type::kNot;
      node->children = {ParseTerm(depth + 1)};
      return node;
    }
    if (token_.type == Token::Type::kOpen) {
      Advance();
      NodePtr node = ParseAnd(depth + 1);
      if (error_.ok() && token_.type != Token::Type::kClose) Fail("expected )");
      Advance();
      return node;
    }
    return ParseComparison();
  }

  NodePtr ParseComparison() {
    auto node = std::make_shared<Node>();
    if (token_.type != Token::Type::kWord) Fail("expected a field");
    node->field = token_.text;
    if (error_.ok() && std::find(known_.begin(), known_.end(), node->field) == known_.end()) {
      error_ = common::FilterFieldUnknown(node->field, known_);
    }
    Advance();
    if (token_.type != Token::Type::kOperator) Fail("expected one of = != < <= > >= :");
    node->op = token_.text;
    Advance();
    if (token_.type != Token::Type::kWord && token_.type != Token::Type::kText) {
      Fail("expected a value");
    }
    node->value = token_.text;
    Advance();
    return node;
  }

  std::string_view text_;
  const std::vector<std::string>& known_;
  size_t at_ = 0;
  Token token_;
  absl::Status error_;
};

std::optional<double> Number(const std::string& text) {
  double value = 0.0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::string Folded(std::string text) {
  for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return text;
}

// Numbers compare as numbers, everything else bytewise; days in ISO 8601 sort that way.
template <typename Value>
bool Compare(const Value& a, const std::string& op, const Value& b) {
  if (op == "=") return a == b;
  if (op == "!=") return a != b;
  if (op == "<") return a < b;
  if (op == "<=") return a <= b;
  if (op == ">") return a > b;
  return a >= b;
}

bool HasValue(const Node& node, const std::string& value) {
  if (node.op == ":") {
    return node.value == "*" || Folded(value).find(Folded(node.value)) != std::string::npos;
  }
  const auto a = Number(value);
  const auto b = Number(node.value);
  return a && b ? Compare(*a, node.op, *b) : Compare(value, node.op, node.value);
}

bool Evaluate(const Node& node, const FieldValues& fields) {
  const auto holds = [&](const NodePtr& child) { return Evaluate(*child, fields); };
  switch (node.type) {
    case Node::Type::kAnd:
      return std::all_of(node.children.begin(), node.children.end(), holds);
    case Node::Type::kOr:
      return std::any_of(node.children.begin(), node.children.end(), holds);
    case Node::Type::kNot:
      return !holds(node.children.front());
    case Node::Type::kCompare:
      break;
  }
  const std::vector<std::string> values = fields(node.field);
  if (node.op == "!=") {
    return std::all_of(values.begin(), values.end(),
                       [&](const std::string& value) { return HasValue(node, value); });
  }
  return std::any_of(values.begin(), values.end(),
                     [&](const std::string& value) { return HasValue(node, value); });
}

}  // namespace

absl::StatusOr<Filter> Filter::Parse(std::string_view text, const std::vector<std::string>& known) {
  Filter filter;
  if (text.find_first_not_of(' ') == std::string_view::npos) return filter;
  auto root = Parser(text, known).Run();
  if (!root.ok()) return root.status();
  filter.root_ = *std::move(root);
  return filter;
}

bool Filter::Matches(const FieldValues& fields) const {
  return root_ == nullptr || Evaluate(*root_, fields);
}

}  // namespace consilience::corroboration
