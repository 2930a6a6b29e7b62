// The answers to one question: which of its assertions give the same one.
//
// The sharpest answers found the claims; bounds, vague numbers and answers that leave something
// open join the claim that they fit best; a count without a number is a mention of whatever number
// there is, and supports none. In a question over time the days that the answers
// describe are told apart first; a figure that is only repeated later stays with its claim.
#ifndef CONSILIENCE_SERVICES_CORROBORATION_MATCHING_CLAIMS_H_
#define CONSILIENCE_SERVICES_CORROBORATION_MATCHING_CLAIMS_H_

#include <cstddef>
#include <string>
#include <vector>

#include "services/corroboration/matching/entry.h"

namespace consilience::corroboration {

struct ClaimSupport {
  size_t entry = 0;
  double agreement = 1.0;  // with the claim's leading answer, in (0, 1]
};

struct ClaimGroup {
  size_t leader = 0;                   // the entry whose answer stands for the claim
  int as_of = kNoDay;                  // the first day that it describes
  std::vector<ClaimSupport> supports;  // ascending by entry
  std::vector<size_t> denials;         // entries that deny this answer
  std::vector<size_t> mentions;        // entries that suppose or plan it
  std::string key;                     // of the answer and its day; unique within the question
};

// "Held by the rebels until Friday" is over when they "recaptured it on Saturday": a state that had
// lasted, and a change after its end, are two answers even of one side.
bool EndedBefore(const Entry& state, const Entry& change);

// What happens once, or on the days of its question, is one answer however late it is told.
bool IsOfOneTime(const Facet& facet);

// A toll, which later reports may find higher.
bool MayRise(const Entry& entry);

// From this agreement on a higher number is no news beside a bound: "more than 140" and 141.
inline constexpr double kCloseAgreement = 0.5;

struct PublicationDays {
  int first = kNoDay;
  int last = kNoDay;
};

// When these entries were published; unknown when one of them does not say.
PublicationDays PublishedBy(const std::vector<size_t>& members, const std::vector<Entry>& entries);

// `members` are indices into `entries`, sorted; `entries` are sorted by assertion id. Every member
// is in one group: a denial of an answer that nobody gives founds a claim without support.
std::vector<ClaimGroup> GroupIntoClaims(const std::vector<Entry>& entries,
                                        const std::vector<size_t>& members);

}  // namespace consilience::corroboration

#endif  // CONSILIENCE_SERVICES_CORROBORATION_MATCHING_CLAIMS_H_
