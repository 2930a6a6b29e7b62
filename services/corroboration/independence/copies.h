// Which assertions are the same words: the same utterance, the same passage, the same house copy.
#ifndef CONSILIENCE_SERVICES_CORROBORATION_INDEPENDENCE_COPIES_H_
#define CONSILIENCE_SERVICES_CORROBORATION_INDEPENDENCE_COPIES_H_

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "services/corroboration/config/configuration.h"
#include "services/corroboration/matching/entry.h"
#include "services/corroboration/model/explanation.h"

namespace consilience::corroboration {

struct CopyEvidence {
  MergeBasis basis = MergeBasis::kSharedPassage;
  std::string words;  // what shows it
};

struct CopyPair {
  size_t first = 0;  // entries, first < second
  size_t second = 0;
  CopyEvidence evidence;
};

// Whether two assertions of different documents are one text: they stand at the same place of a
// passage that the documents share, or the words themselves are the same over enough of them to
// exclude chance.
std::optional<CopyEvidence> FindCopy(const Entry& a, const Entry& b, const QuoteOptions& options);

// Pairs that tie together every group of copies among `among` (ascending), in ascending order. Up
// to 256 differently worded assertions are compared pairwise; beyond that only equal words are
// found, so the work stays bounded whatever a claim attracts.
std::vector<CopyPair> FindCopies(const std::vector<Entry>& entries,
                                 const std::vector<size_t>& among, const QuoteOptions& options);

// Whether the documents of two assertions share house copy.
bool ShareHouseCopy(const Entry& a, const Entry& b);

}  // namespace consilience::corroboration

#endif  // CONSILIENCE_SERVICES_CORROBORATION_INDEPENDENCE_COPIES_H_
