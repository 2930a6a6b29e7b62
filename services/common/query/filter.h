// The filter of list methods (AIP-160), as far as our resources need it.
//
//   filter     = [ sequence ]
//   sequence   = factor { "AND" factor }          AND binds looser than OR
//   factor     = term { "OR" term }
//   term       = [ "NOT" | "-" ] ( "(" sequence ")" | restriction )
//   restriction = field ( "=" | "!=" | "<" | "<=" | ">" | ">=" | ":" ) value
//   value      = word | "\"" characters "\""
//
// ":" asks whether the field holds the value, ignoring case; ":*" whether the field has any value.
// Values that are numbers on both sides compare as numbers, all others as text.
#ifndef CONSILIENCE_SERVICES_COMMON_QUERY_FILTER_H_
#define CONSILIENCE_SERVICES_COMMON_QUERY_FILTER_H_

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"

namespace consilience::common {

// A field that may be filtered by, and its values where there are but a few.
struct FilterField {
  // kWord: an upper-snake word of the API, which may be written in any case and with dashes. kDay:
  // a day, month or year (2016-11-22, 2016-11, 2016), or nothing where none is known.
  enum class Type { kText, kWord, kNumber, kDay };

  // NOLINTNEXTLINE(google-explicit-constructor): lists of fields are lists of names.
  FilterField(const char* field_name, Type field_type = Type::kText)
      : name(field_name), type(field_type) {}
  FilterField(const char* field_name, std::vector<std::string> field_values)
      : name(field_name), type(Type::kWord), values(std::move(field_values)) {}

  std::string name;
  Type type = Type::kText;
  std::vector<std::string> values;  // empty: any
};

// Immutable, so safe to share between threads. Copies are cheap.
class Filter {
 public:
  // FILTER_INVALID names the byte, and what a field may be compared with when it is compared with
  // something else; FILTER_FIELD_UNKNOWN names the field and those there are.
  static absl::StatusOr<Filter> Parse(std::string_view text,
                                      const std::vector<FilterField>& fields);

  // `value` gives the value of a field of one resource; empty where it has none.
  using Values = std::function<std::string(std::string_view field)>;
  bool Matches(const Values& value) const;
  // The same where fields may repeat: a restriction holds when one of the values satisfies it, `!=`
  // when all do. No values at all are one empty value.
  using RepeatedValues = std::function<std::vector<std::string>(std::string_view field)>;
  bool Matches(const RepeatedValues& values) const;

  // field = value restrictions that every match satisfies, in the order of the text: what an index
  // may be asked.
  struct Equality {
    std::string field;
    std::string value;
  };
  std::vector<Equality> Required() const;
  bool empty() const { return root_ == nullptr; }

  struct Node;

 private:
  std::shared_ptr<const Node> root_;  // null matches everything
};

}  // namespace consilience::common

#endif  // CONSILIENCE_SERVICES_COMMON_QUERY_FILTER_H_
