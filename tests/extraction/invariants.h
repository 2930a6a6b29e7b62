// What must hold of an analysis whatever the text.
#ifndef CONSILIENCE_TESTS_EXTRACTION_INVARIANTS_H_
#define CONSILIENCE_TESTS_EXTRACTION_INVARIANTS_H_

#include <fmt/format.h>

#include <string>
#include <string_view>

#include "services/extraction/model/assertion.h"

namespace consilience::extraction::testing {

// A span of `text`: not empty, within it, on code-point boundaries.
inline bool IsSpanOf(std::string_view text, Span span) {
  const auto starts = [&](size_t at) {
    return at == text.size() || (static_cast<unsigned char>(text[at]) & 0xC0U) != 0x80U;
  };
  return span.begin < span.end && span.end <= text.size() && starts(span.begin) && starts(span.end);
}

// What is wrong with `analysis`, or nothing. `text` is UTF-8.
inline std::string ProblemOf(std::string_view text, const Analysis& analysis) {
  const auto spans = [&](const auto& mentions, std::string_view what) -> std::string {
    for (const auto& mention : mentions) {
      if (IsSpanOf(text, mention.span)) continue;
      return fmt::format("{} [{}, {})", what, mention.span.begin, mention.span.end);
    }
    return "";
  };
  std::string problem = spans(analysis.times, "time") + spans(analysis.numbers, "number") +
                        spans(analysis.quantities, "quantity") + spans(analysis.places, "place") +
                        spans(analysis.assertions, "assertion");
  const auto attributions = static_cast<int>(analysis.attributions.size());
  for (const AttributionMention& mention : analysis.attributions) {
    for (const auto* part : {&mention.source, &mention.cue, &mention.content}) {
      for (const Span& span : *part) {
        if (!IsSpanOf(text, span))
          problem += fmt::format(" {} [{},{})", mention.rule, span.begin, span.end);
      }
    }
    if (mention.parent < -1 || mention.parent >= attributions) problem += " parent";
  }
  for (const Assertion& assertion : analysis.assertions) {
    if (assertion.attribution < -1 || assertion.attribution >= attributions)
      problem += " attribution";
    if (assertion.denies < -1 || assertion.denies >= static_cast<int>(analysis.assertions.size())) {
      problem += " denies";
    }
    if (!(assertion.confidence > 0 && assertion.confidence <= 1)) problem += " confidence";
    if (assertion.rule.empty()) problem += " rule";
  }
  return problem;
}

}  // namespace consilience::extraction::testing

#endif  // CONSILIENCE_TESTS_EXTRACTION_INVARIANTS_H_
