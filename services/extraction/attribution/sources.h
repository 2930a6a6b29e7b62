// Whose word it is: the subject of a reporting verb, or the noun phrase after "according to".
#ifndef CONSILIENCE_SERVICES_EXTRACTION_ATTRIBUTION_SOURCES_H_
#define CONSILIENCE_SERVICES_EXTRACTION_ATTRIBUTION_SOURCES_H_

#include <cstddef>
#include <vector>

#include "services/extraction/attribution/syntax.h"

namespace consilience::extraction {

enum class SubjectKind {
  kNone,
  kPlain,          // directly before the verb
  kParenthetical,  // with an apposition or relative clause between: "X, the head of Y, said"
  kRelative,       // "who said"
  kShared,         // of an earlier verb: "laughed and said", ", saying"
  kInverted,       // after the verb: "said X"
};

struct Subject {
  TokenSpan span;  // with apposition and what follows the head
  TokenSpan core;  // the first noun phrase alone
  SubjectKind kind = SubjectKind::kNone;
};

// The noun phrase that starts at `begin` with what belongs to it: "of" and other prepositions with
// their phrases, coordination, and, if `appositions`, an apposition or relative clause after a
// comma.
TokenSpan GroupFrom(const Syntax& syntax, size_t begin, bool appositions);

// The noun phrase that ends at `end`, with the phrases before it that it is attached to.
TokenSpan GroupBefore(const Syntax& syntax, size_t end);

// The subjects before the verb groups of the text, one for each in order.
std::vector<Subject> SubjectsBefore(const Syntax& syntax);

// The subject after a verb group, if one stands there: "said Rami Abdel Rahman, the head of …".
Subject SubjectAfter(const Syntax& syntax, const VerbGroup& verb);

}  // namespace consilience::extraction

#endif  // CONSILIENCE_SERVICES_EXTRACTION_ATTRIBUTION_SOURCES_H_
