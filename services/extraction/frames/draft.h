// An assertion while it is being made.
#ifndef CONSILIENCE_SERVICES_EXTRACTION_FRAMES_DRAFT_H_
#define CONSILIENCE_SERVICES_EXTRACTION_FRAMES_DRAFT_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "services/extraction/model/assertion.h"

namespace consilience::extraction {

// The measure of things counted, of the general pack.
inline constexpr char kAmountMeasure[] = "AMOUNT";

struct Draft {
  Assertion assertion;
  uint32_t begin = 0;  // tokens of the words that say it
  uint32_t end = 0;
  uint32_t trigger = 0;  // the token of the verb or noun that makes the assertion
  uint32_t sentence = 0;
  bool echo = false;    // refers to an assertion before it: "confirming the advance"
  bool aside = false;   // in a relative clause set off by commas: the reporter's own words
  bool placed = false;  // its sentence names the place, though its own words may not
};

// Indices of drafts in the order of their triggers.
std::vector<size_t> InOrderOfText(const std::vector<Draft>& drafts);

// Two counts of one measure of which the larger is more than `ratio` times the smaller: they are
// hardly of one event.
bool AreFarApart(const Assertion& a, const Assertion& b, double ratio);

}  // namespace consilience::extraction

#endif  // CONSILIENCE_SERVICES_EXTRACTION_FRAMES_DRAFT_H_
