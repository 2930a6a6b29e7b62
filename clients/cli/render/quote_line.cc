#include "clients/cli/render/quote_line.h"

#include "clients/cli/output/text_width.h"
#include "clients/cli/render/numbers.h"
#include "clients/cli/render/words.h"
#include "fmt/format.h"

namespace consilience::cli {

std::string WhereSaid(const corroboration::v1::ClaimAssertion& assertion) {
  std::string where = assertion.document();
  if (!assertion.outlet().empty()) where += ", " + assertion.outlet();
  if (!assertion.publication_date().empty()) where += ", " + Day(assertion.publication_date());
  return where + fmt::format(", bytes {}–{}", assertion.span().start(), assertion.span().end());
}

void WriteQuote(DetailWriter& detail, const corroboration::v1::ClaimAssertion& assertion,
                int indent) {
  using api = corroboration::v1::ClaimAssertion;
  std::string mark = "“";
  if (assertion.stance() == api::STANCE_CONTRADICTS) mark = "denies: “";
  if (assertion.stance() == api::STANCE_MENTIONS) mark = "mentions: “";
  if (assertion.set_aside()) mark = "set aside: " + mark;
  detail.Line(assertion.quote() + "”", indent, mark);
  std::string word = ChainOf(assertion.attribution());
  if (!assertion.attribution().mode().empty() && assertion.attribution().chain_size() > 0) {
    word += " (" + Plain(assertion.attribution().mode()) + ")";
  }
  if (!assertion.modality().empty() && assertion.modality() != "FACT") {
    word += ", " + Plain(assertion.modality());
  }
  detail.Line(word + " — " + WhereSaid(assertion), indent + 2, "", Style::kFaint);
}

}  // namespace consilience::cli
