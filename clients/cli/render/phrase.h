// What is claimed or asked, as a person would say it, from the parts of the message: an answer
// that reads "141 civilians killed in east Aleppo, 15–22 Nov 2016".
#ifndef CONSILIENCE_CLIENTS_CLI_RENDER_PHRASE_H_
#define CONSILIENCE_CLIENTS_CLI_RENDER_PHRASE_H_

#include <string>

#include "consilience/common/v1/place_time.pb.h"
#include "consilience/common/v1/quantity.pb.h"
#include "consilience/corroboration/v1/claim.pb.h"
#include "consilience/extraction/v1/assertion.pb.h"

namespace consilience::cli {

// "more than 140", "about 50%", "10 to 12"; empty when nothing was stated.
std::string QuantityInWords(const common::v1::Quantity& quantity);

// The answer without place and time: "141 civilians killed", "captured, 33%, syrian government",
// "“We have nobody but God.”".
std::string PhraseOf(const corroboration::v1::Claim& claim);

// With place and time. The claim's display name where it has no parts.
std::string SentenceOf(const corroboration::v1::Claim& claim);

// The same of something that was just understood and is no claim yet.
std::string SentenceOf(const extraction::v1::Assertion& assertion);

// How a quote stands to the figure under which it is listed, where it is not that figure: "only a
// bound: at least 64", "names no number, so any number fits it". Empty otherwise.
std::string FitOf(const corroboration::v1::ClaimAssertion& assertion,
                  const corroboration::v1::Claim& claim);

// What is asked: "civilians killed in east Aleppo, 15–22 Nov 2016", "control of Hanano, …".
std::string SentenceOf(const corroboration::v1::Question& question);

}  // namespace consilience::cli

#endif  // CONSILIENCE_CLIENTS_CLI_RENDER_PHRASE_H_
