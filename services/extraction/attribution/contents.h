// What is said: the clause, quote or phrase that a cue introduces.
#ifndef CONSILIENCE_SERVICES_EXTRACTION_ATTRIBUTION_CONTENTS_H_
#define CONSILIENCE_SERVICES_EXTRACTION_ATTRIBUTION_CONTENTS_H_

#include <cstddef>

#include "absl/container/inlined_vector.h"
#include "services/extraction/attribution/syntax.h"

namespace consilience::extraction {

// How content stands to its cue.
enum class ContentKind {
  kNone,
  kQuoteBefore,   // "…," he said
  kClauseBefore,  // …, he said
  kQuoteAfter,    // he said: "…"
  kThat,          // said that …
  kClause,        // said the army had left
  kColon,         // said: …
  kWhether,       // asked whether …
  kInfinitive,    // urged rebels to leave
  kPreposition,   // warned of …
  kObject,        // condemned the attack
};

struct Content {
  ContentKind kind = ContentKind::kNone;
  absl::InlinedVector<TokenSpan, 2> parts;  // in the order of the text; mostly one
  bool quoted = false;                      // some of it stands in quotation marks
  bool adjunct = false;  // something stands between cue and content: "said on Friday that …"
};

// The content of a cue whose own clause, subject and verb, is `clause`; `hearer`: the verb takes
// the person told as its object ("told Reuters that …").
Content FindContent(const Syntax& syntax, TokenSpan clause, bool hearer,
                    bool behind_clause = false);

// Where the first sentence of a paragraph begins after its dateline, if it has one:
// "BEIRUT, Nov 3 (AFP) - | Two people …"; else where the sentence begins.
uint32_t AfterDateline(const Syntax& syntax, const Sentence& sentence);

// Where the clause that starts at `begin` ends: before what belongs to another attribution or to
// none.
uint32_t ClauseEnd(const Syntax& syntax, size_t begin);

}  // namespace consilience::extraction

#endif  // CONSILIENCE_SERVICES_EXTRACTION_ATTRIBUTION_CONTENTS_H_
