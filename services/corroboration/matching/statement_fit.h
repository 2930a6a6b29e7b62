// How near a sentence under test comes to something that is known. Looser than the identity of
// questions, which decides what is scored together: an editor who writes "last week" for a window
// that began a day later means the same toll, and must be told of it together with the difference.
#ifndef CONSILIENCE_SERVICES_CORROBORATION_MATCHING_STATEMENT_FIT_H_
#define CONSILIENCE_SERVICES_CORROBORATION_MATCHING_STATEMENT_FIT_H_

#include <string>

#include "services/corroboration/matching/entry.h"
#include "services/corroboration/matching/relation.h"

namespace consilience::corroboration {

struct StatementFit {
  // In [0, 1]: 0 another matter, 1 the same kind, people, place and time.
  double fit = 0.0;
  // How well the answers agree, in [0, 1]: "more than 950" with "more than 600" less than with
  // itself.
  double agreement = 0.0;
  // What differs, for a person: "for 2016-11-15 to 2016-11-22, not 2016-11-14 to 2016-11-20". Empty
  // when nothing does.
  std::string difference;
  Relation relation;  // how the statement stands to what is known

  bool supports() const {
    return relation.type == RelationType::kAgrees || relation.type == RelationType::kSame;
  }
  bool opposes() const {
    return relation.type == RelationType::kCompetes || relation.type == RelationType::kDenies;
  }
};

// `known` is the leading assertion of a claim. A statement that names no place or day is taken to
// mean any; then only an answer that agrees, or one for the whole of a long course of events, says
// something about it.
StatementFit FitStatement(const Entry& statement, const Entry& known, const Configuration& config,
                          const PlaceHierarchy& places);

}  // namespace consilience::corroboration

#endif  // CONSILIENCE_SERVICES_CORROBORATION_MATCHING_STATEMENT_FIT_H_
