// A number as it is read from tokens.
#ifndef CONSILIENCE_SERVICES_EXTRACTION_QUANTITY_NUMBER_H_
#define CONSILIENCE_SERVICES_EXTRACTION_QUANTITY_NUMBER_H_

#include <cstdint>

#include "services/extraction/model/mention.h"

namespace consilience::extraction {

struct Number : NumberMention {
  uint32_t begin = 0;  // tokens, `end` not included
  uint32_t end = 0;
  bool digits = false;   // written in digits, at least in part
  bool bare = false;     // one token of digits alone, as years and designations are
  double numerator = 0;  // of "10 out of 12": 10; else 0
};

}  // namespace consilience::extraction

#endif  // CONSILIENCE_SERVICES_EXTRACTION_QUANTITY_NUMBER_H_
