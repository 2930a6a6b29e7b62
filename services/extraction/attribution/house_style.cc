#include "services/extraction/attribution/house_style.h"

#include <algorithm>
#include <string>

#include "absl/status/status.h"
#include "fmt/format.h"
#include "services/extraction/lexicon/table.h"

namespace consilience::extraction {
namespace {

// Tokens that a sign-off may have before its "editing by".
constexpr uint32_t kSignOff = 80;
// Marks of a line that is a divider.
constexpr uint32_t kDivider = 3;

bool IsDivider(const CreditText& text, const Paragraph& paragraph) {
  uint32_t underscores = 0;
  for (uint32_t i = paragraph.begin; i < paragraph.end; ++i) {
    if (!text.IsMark(i)) return false;
    if (text.IsMark(i, '_')) underscores += text[i].end - text[i].begin;
  }
  return underscores >= kDivider;
}

}  // namespace

absl::StatusOr<HouseStyle> HouseStyle::Load(const std::filesystem::path& file,
                                            const Organisations& organisations,
                                            Vocabulary& vocabulary) {
  const absl::StatusOr<Table> table =
      Table::Load(file, {.name = "attribution.house", .columns = {"phrase", "agency"}});
  if (!table.ok()) return table.status();
  HouseStyle style;
  for (const Table::Row& row : table->rows()) {
    const std::optional<int32_t> agency = organisations.Find(row[1]);
    if (!agency.has_value() || !organisations[*agency].is_wire()) {
      return table->Error(
          row, fmt::format("agency \"{}\" is not a wire among the organisations", row[1]));
    }
    if (absl::Status status = style.phrases_.Add(vocabulary, row[0], *agency); !status.ok()) {
      return table->Error(row, std::string(status.message()));
    }
  }
  style.signs_off_ = organisations.Find("reuters").value_or(-1);
  style.divides_ = organisations.Find("ap").value_or(-1);
  return style;
}

std::optional<AgencyList> HouseStyle::CopyIn(const CreditText& text,
                                             const Paragraph& paragraph) const {
  const auto tokens = text.text().tokens();
  const uint32_t opening_marks = phrases_.mark() | text.phrase_mark();
  for (uint32_t i = paragraph.begin; i < paragraph.end; ++i) {
    if ((tokens[i].marks & opening_marks) == 0) continue;
    if (phrases_.Starts(tokens[i])) {
      const auto copy = phrases_.Longest(tokens, i, paragraph.end);
      if (copy.has_value()) return AgencyList{copy->payload, copy->begin, copy->end, copy->end};
    }
    if (text.Plays(i, CreditRole::kEdited)) {
      if (auto signs_off = SignOffBefore(text, paragraph, i); signs_off.has_value()) {
        return signs_off;
      }
    }
  }
  return std::nullopt;
}

// `edited` is where "editing by" stands.
std::optional<AgencyList> HouseStyle::SignOffBefore(const CreditText& text,
                                                    const Paragraph& paragraph,
                                                    uint32_t edited) const {
  if (signs_off_ < 0 || edited + 1 >= paragraph.end) return std::nullopt;
  const bool alone = edited == paragraph.begin + 1 && text.IsMark(paragraph.begin, '(');
  if (alone && text[edited].is(kCapitalised)) {
    const uint32_t end = text.PhraseAt(edited)->end;
    return AgencyList{signs_off_, edited, end, end};
  }
  const uint32_t lowest = edited > paragraph.begin + kSignOff ? edited - kSignOff : paragraph.begin;
  for (uint32_t i = edited; i > lowest; --i) {
    const auto phrase = text.PhraseAt(i - 1);
    if (!phrase.has_value() || phrase->end > edited || !text[i - 1].is(kCapitalised)) continue;
    if (phrase->role != CreditRole::kReport && phrase->role != CreditRole::kWritten) continue;
    return AgencyList{signs_off_, i - 1, phrase->end, phrase->end};
  }
  return std::nullopt;
}

std::optional<AgencyList> HouseStyle::DividerOf(const CreditText& text,
                                                std::span<const AgencyList> named) const {
  const auto agency = std::find_if(named.begin(), named.end(),
                                   [&](const AgencyList& one) { return one.wire == divides_; });
  if (agency == named.end()) return std::nullopt;
  const auto paragraphs = text.text().paragraphs();
  const bool divided =
      std::any_of(paragraphs.begin(), paragraphs.end(),
                  [&](const Paragraph& paragraph) { return IsDivider(text, paragraph); });
  return divided ? std::optional(*agency) : std::nullopt;
}

}  // namespace consilience::extraction
