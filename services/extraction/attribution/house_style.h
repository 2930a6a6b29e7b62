// What tells whose text it is without a credit: the copy and the marks of one agency's house.
#ifndef CONSILIENCE_SERVICES_EXTRACTION_ATTRIBUTION_HOUSE_STYLE_H_
#define CONSILIENCE_SERVICES_EXTRACTION_ATTRIBUTION_HOUSE_STYLE_H_

#include <filesystem>
#include <optional>
#include <span>

#include "absl/status/statusor.h"
#include "services/extraction/attribution/agencies.h"
#include "services/extraction/attribution/credit_text.h"
#include "services/extraction/attribution/organisations.h"
#include "services/extraction/lexicon/lexicon.h"
#include "services/extraction/lexicon/vocabulary.h"

namespace consilience::extraction {

// Thread-safe once loaded.
class HouseStyle {
 public:
  // Reads a table of phrase, agency; an agency is the id of an organisation.
  static absl::StatusOr<HouseStyle> Load(const std::filesystem::path& file,
                                         const Organisations& organisations,
                                         Vocabulary& vocabulary);

  // The first in the paragraph that only one agency prints: a phrase, or the sign-off of Reuters,
  // "(Reporting by A; Editing by B)" or "(Editing by B)" on a line of its own.
  std::optional<AgencyList> CopyIn(const CreditText& text, const Paragraph& paragraph) const;

  // A line of underscores parts the sections of AP's reports. Others use it too, so AP must be
  // among the `named` agencies; the answer is where.
  std::optional<AgencyList> DividerOf(const CreditText& text,
                                      std::span<const AgencyList> named) const;

 private:
  std::optional<AgencyList> SignOffBefore(const CreditText& text, const Paragraph& paragraph,
                                          uint32_t edited) const;

  Lexicon phrases_;  // payload: an index into the organisations
  int32_t signs_off_ = -1;
  int32_t divides_ = -1;
};

}  // namespace consilience::extraction

#endif  // CONSILIENCE_SERVICES_EXTRACTION_ATTRIBUTION_HOUSE_STYLE_H_
