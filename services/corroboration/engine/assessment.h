// One question assessed: a pure function of its assertions, the configuration and what is known of
// sources. Same input, same answer, whatever the order.
#ifndef CONSILIENCE_SERVICES_CORROBORATION_ENGINE_ASSESSMENT_H_
#define CONSILIENCE_SERVICES_CORROBORATION_ENGINE_ASSESSMENT_H_

#include <memory>
#include <string>
#include <vector>

#include "services/corroboration/engine/context.h"
#include "services/corroboration/engine/terms.h"
#include "services/corroboration/model/claim.h"
#include "services/corroboration/model/explanation.h"
#include "services/corroboration/model/lessons.h"

namespace consilience::corroboration {

struct Assessment {
  Question question;
  std::vector<Explanation> explanations;  // one a claim, in the order of question.claims
};

// The id of a claim: that of its question and its answer.
std::string ClaimId(const std::string& question, const ClaimGroup& group);

// `entries` are the assertions of one question, sorted by id, at least one of them.
Assessment Assess(const ResolvedQuestion& question, const Beliefs& beliefs, const Context& context);

// How right each source proves to be by what the *other* origins of the question say, judged with
// the prior accuracies of its kind: no source is measured by itself, and no question by another.
// Whether they share errors is judged with the same.
Lessons LessonsOf(const ResolvedQuestion& question, const Context& context);

// Fills in what only a reader needs: for each origin the score without it, and the sentences.
// `question` is that of the claim.
void Elaborate(const Context& context, const Question& question, Explanation& explanation);

}  // namespace consilience::corroboration

#endif  // CONSILIENCE_SERVICES_CORROBORATION_ENGINE_ASSESSMENT_H_
