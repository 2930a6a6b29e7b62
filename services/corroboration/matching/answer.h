// The answer that an assertion gives to its question, and how well two answers agree.
#ifndef CONSILIENCE_SERVICES_CORROBORATION_MATCHING_ANSWER_H_
#define CONSILIENCE_SERVICES_CORROBORATION_MATCHING_ANSWER_H_

#include <optional>
#include <string>
#include <vector>

#include "services/corroboration/matching/facet.h"
#include "services/corroboration/model/assertion.h"
#include "services/corroboration/scoring/quantity_kernel.h"

namespace consilience::corroboration {

// How much an answer pins down; the sharper ones found the claims, the others join them.
enum class Sharpness { kNothing, kLoose, kSharp };

struct Answer {
  AnswerType type = AnswerType::kStatus;
  Sharpness sharpness = Sharpness::kNothing;
  std::optional<QuantityKernel> kernel;  // of a count, or of the share of a place
  double value = 0.0;   // the stated number that speaks for it: a point, or the end of a bound
  bool bound = false;   // one-sided: "more than 100"
  std::string status;   // category
  std::string measure;  // the word for it: CAPTURED and RECAPTURED are of one category
  std::string side;     // who holds, or who did it; empty when not said
  int from = kNoDay;    // kOnce: when
  int to = kNoDay;
  std::vector<std::string> words;  // kSpeech: what was said, folded
  const FamilyRule* rule = nullptr;

  // Whether it answers the question at all: a count that names no number does not.
  bool tells() const { return type != AnswerType::kCount || kernel.has_value(); }

  // Total order and identity of answers: equal keys are equal answers.
  std::string key;
  // Categories that it implies: what is out of service is damaged. The answers that imply most
  // lead.
  int implies = 0;
};

Answer AnswerOf(const RecordedAssertion& assertion, const Facet& facet);

// How well a state of the world that fits one answer fits the other, in [0, 1]; symmetric, and 1
// for equal answers.
double Agreement(const Answer& a, const Answer& b);

// Agreement at or under this is competition.
double AgreementThreshold(const Answer& answer);

// The answer in words: "more than 140", "captured, about a third, by syrian-government".
std::string DescribeAnswer(const RecordedAssertion& assertion);

}  // namespace consilience::corroboration

#endif  // CONSILIENCE_SERVICES_CORROBORATION_MATCHING_ANSWER_H_
