#include "clients/cli/offline/annotate.h"

#include <algorithm>

#include "clients/cli/render/detail.h"
#include "clients/cli/render/numbers.h"
#include "clients/cli/render/words.h"
#include "fmt/format.h"
#include "services/extraction/model/names.h"

namespace consilience::cli {
namespace {

using extraction::Assertion;

std::string QuantityOf(const Assertion& assertion) {
  if (!assertion.quantity) return "";
  common::v1::Quantity quantity;
  if (assertion.quantity->lower) quantity.set_lower(*assertion.quantity->lower);
  if (assertion.quantity->upper) quantity.set_upper(*assertion.quantity->upper);
  quantity.set_lower_open(assertion.quantity->lower_open);
  quantity.set_upper_open(assertion.quantity->upper_open);
  quantity.set_approximate(assertion.quantity->approximate);
  quantity.set_fraction(assertion.quantity->fraction);
  quantity.set_percent(assertion.quantity->percent);
  quantity.set_unit(assertion.quantity->unit);
  return ShortQuantity(quantity);
}

std::string WindowOf(const Assertion& assertion) {
  common::v1::DayRange days;
  days.set_from(assertion.time.from);
  days.set_to(assertion.time.to);
  return Window(days);
}

std::string WordOf(const Assertion& assertion) {
  common::v1::Attribution attribution;
  for (const extraction::Speaker& speaker : assertion.chain) {
    auto* link = attribution.add_chain();
    link->set_name(speaker.name);
    link->set_description(speaker.description);
    link->set_organisation(speaker.organisation);
    link->set_role(speaker.role);
  }
  return ChainOf(attribution);
}

std::string KindOf(const Assertion& assertion) {
  return Plain(assertion.measure.empty() ? extraction::NameOf(assertion.kind) : assertion.measure);
}

void WriteUnderstood(DetailWriter& detail, size_t number, const Assertion& assertion) {
  std::string what = KindOf(assertion);
  if (const std::string quantity = QuantityOf(assertion); !quantity.empty()) what += " " + quantity;
  if (!assertion.population.label.empty()) what += " " + assertion.population.label;
  for (const auto& [label, value] :
       {std::pair<std::string, std::string>{"in", assertion.place.name},
        {"during", WindowOf(assertion)},
        {"by", assertion.actor},
        {"to", assertion.target}}) {
    if (!value.empty()) what += fmt::format(", {} {}", label, value);
  }
  if (assertion.polarity == extraction::Polarity::kDenied) what = "denied: " + what;
  if (assertion.modality != extraction::Modality::kFact) {
    what += ", " + Plain(extraction::NameOf(assertion.modality));
  }
  detail.Line(what, 2, fmt::format("[{}] ", number));
  detail.Line(fmt::format("on the word of {}; sure to {}, by {}", WordOf(assertion),
                          Score(assertion.confidence), assertion.rule),
              6, "", Style::kFaint);
}

}  // namespace

std::string Annotated(std::string_view id, std::string_view text,
                      const extraction::Analysis& analysis, Palette palette, int width) {
  DetailWriter detail(palette, width);
  detail.Title(id);
  std::string marked;
  size_t position = 0;
  for (size_t i = 0; i < analysis.assertions.size(); ++i) {
    const common::Span span = analysis.assertions[i].span;
    // What an earlier mark has covered already only gets its number.
    const size_t begin = std::max(position, span.begin);
    marked += text.substr(position, begin - position);
    if (span.end > begin) {
      const std::string_view words = text.substr(begin, span.end - begin);
      marked += palette.enabled() ? palette.Paint(Style::kGood, words) : fmt::format("⟦{}⟧", words);
    }
    marked += palette.Paint(Style::kStrong, fmt::format("[{}]", i + 1));
    position = std::max(begin, span.end);
  }
  marked += text.substr(position);
  detail.Text(marked);
  if (!analysis.assertions.empty()) detail.Section("Understood");
  for (size_t i = 0; i < analysis.assertions.size(); ++i) {
    WriteUnderstood(detail, i + 1, analysis.assertions[i]);
  }
  return detail.text() + "\n";
}

const std::vector<Column>& AssertionColumns() {
  static const auto* const kColumns = new std::vector<Column>{
      {.header = "DOCUMENT", .min_width = 8, .leaves = 4},
      {.header = "WHAT", .min_width = 8},
      {.header = "HOW MANY", .right_aligned = true},
      {.header = "OF WHOM", .min_width = 8, .leaves = 2},
      {.header = "PLACE", .min_width = 8, .leaves = 3},
      {.header = "WINDOW", .leaves = 1},
      {.header = "ON THE WORD OF", .min_width = 14},
      {.header = "QUOTE", .min_width = 20},
      {.header = "RULE", .leaves = 5, .wide_only = true},
  };
  return *kColumns;
}

Row AssertionRow(std::string_view id, std::string_view text, const Assertion& assertion) {
  const bool denied = assertion.polarity == extraction::Polarity::kDenied;
  return {{std::string(id), Style::kName},
          {(denied ? "denied: " : "") + KindOf(assertion), denied ? Style::kBad : Style::kPlain},
          {QuantityOf(assertion)},
          {assertion.population.label},
          {assertion.place.name},
          {WindowOf(assertion)},
          {WordOf(assertion)},
          {std::string(assertion.span.In(text))},
          {assertion.rule}};
}

}  // namespace consilience::cli
