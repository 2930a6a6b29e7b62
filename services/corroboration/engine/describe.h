// Questions, claims and scores in words for a person.
#ifndef CONSILIENCE_SERVICES_CORROBORATION_ENGINE_DESCRIBE_H_
#define CONSILIENCE_SERVICES_CORROBORATION_ENGINE_DESCRIBE_H_

#include <string>
#include <vector>

#include "services/corroboration/engine/terms.h"
#include "services/corroboration/model/assertion.h"
#include "services/corroboration/model/explanation.h"

namespace consilience::corroboration {

// "killed, civilians, east Aleppo, 2016-11-15 to 2016-11-22"; with the facility that is asked
// after, "status of hospitals, east Aleppo".
std::string DescribeQuestion(const Question& question, const FamilyRule& rule,
                             const std::string& target);

// "Syrian Observatory for Human Rights: the regime had failed to advance"; "it is said: …" where
// the text names nobody. The question and the claim of what somebody said, for they are one.
std::string DescribeSpeech(const RecordedAssertion& assertion);

// "141 killed, civilians, east Aleppo, …"
std::string DescribeClaim(const Claim& claim, const std::string& question);

// "141"; of what happens once, where answers differ in the day, with its day: "besieged, rebels,
// 2016-08-31".
std::string AnswerInWords(const Claim& claim, const FamilyRule& rule);

// The sentences of an explanation of one of the question's claims, most important first.
std::vector<std::string> Summarise(const Explanation& explanation, const Question& question);

}  // namespace consilience::corroboration

#endif  // CONSILIENCE_SERVICES_CORROBORATION_ENGINE_DESCRIBE_H_
