#include "clients/cli/render/quote_line.h"

#include "clients/cli/render/words.h"
#include "fmt/format.h"

namespace consilience::cli {

void WriteQuote(DetailWriter& detail, const corroboration::v1::ClaimAssertion& assertion,
                DocumentNotes& notes, int indent, bool wide) {
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
  detail.Line(fmt::format("{} — {} bytes {}–{}", word, notes.Mark(assertion.document()),
                          assertion.span().start(), assertion.span().end()),
              indent + 2, "", Style::kFaint);
  if (wide) detail.Line(assertion.name(), indent + 2, "", Style::kFaint);
}

}  // namespace consilience::cli
