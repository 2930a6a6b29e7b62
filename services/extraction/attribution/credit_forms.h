// The forms in which a paragraph credits a news agency. Each asks of one paragraph, and of one list
// of agencies in it, whether the credit is there.
#ifndef CONSILIENCE_SERVICES_EXTRACTION_ATTRIBUTION_CREDIT_FORMS_H_
#define CONSILIENCE_SERVICES_EXTRACTION_ATTRIBUTION_CREDIT_FORMS_H_

#include "services/extraction/attribution/agencies.h"
#include "services/extraction/attribution/credit_text.h"
#include "services/extraction/text/text.h"

namespace consilience::extraction {

// Where a paragraph stands in its text.
struct CreditPlace {
  bool first = false;    // the first paragraph
  bool top = false;      // one of the first, where datelines and bylines stand
  bool at_edge = false;  // one of the first or of the last
  bool last = false;     // the last paragraph
};

// "BEIRUT (Reuters) -", "Cairo, 3 November (dpa):", "MOSCOW. /TASS/.", "Homs, SANA –", "(AP) Two"
bool IsDateline(const CreditText& text, const Paragraph& paragraph, const AgencyList& agencies);

// "By Jane Doe, Reuters", "Jane Doe | AFP", "Jane Doe, The Associated Press", "Reuters in Beirut",
// "AFP | London"
bool IsByline(const CreditText& text, const Paragraph& paragraph, const AgencyList& agencies,
              const CreditPlace& place);

// "By Reuters", "Source: AFP", "(With inputs from Reuters)", "AFP/ab/cd", "© 2016 AFP"
bool IsCreditLine(const CreditText& text, const Paragraph& paragraph, const AgencyList& agencies,
                  const CreditPlace& place);

// "(FRANCE 24 with AFP)" on a line of its own.
bool IsLineWith(const CreditText& text, const Paragraph& paragraph, const AgencyList& agencies);

// "AFP contributed to this report", "Associated Press writer Jill Colvin contributed", "this
// Reuters article", "with reporting by Reuters".
bool IsContribution(const CreditText& text, const Paragraph& paragraph, const AgencyList& agencies);

// "… in the city. (AFP)", "… in the city. - Reuters", "© 2016 AFP"
bool IsSignature(const CreditText& text, const Paragraph& paragraph, const AgencyList& agencies,
                 const CreditPlace& place);

}  // namespace consilience::extraction

#endif  // CONSILIENCE_SERVICES_EXTRACTION_ATTRIBUTION_CREDIT_FORMS_H_
