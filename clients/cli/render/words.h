// The words of the API as a person reads them.
#ifndef CONSILIENCE_CLIENTS_CLI_RENDER_WORDS_H_
#define CONSILIENCE_CLIENTS_CLI_RENDER_WORDS_H_

#include <string>
#include <string_view>

#include "clients/cli/output/style.h"
#include "clients/cli/output/table.h"
#include "consilience/corroboration/v1/claim.pb.h"
#include "consilience/corroboration/v1/corroboration_service.pb.h"
#include "consilience/corroboration/v1/explanation.pb.h"
#include "consilience/corroboration/v1/source.pb.h"
#include "consilience/ingest/v1/ingest_service.pb.h"

namespace consilience::cli {

// "OUT_OF_SERVICE" → "out of service".
std::string Plain(std::string_view upper_snake);

// An enum's value without the prefix of its type: "STATE_SINGLE_ORIGIN" → "single origin"; "" for
// UNSPECIFIED.
Cell StateOf(corroboration::v1::Corroboration::State state);
Cell StateOf(corroboration::v1::Question::State state);
Cell StateOf(ingest::v1::Document::State state);
Cell VerdictOf(corroboration::v1::StatementCheck::Verdict verdict);
std::string WordFor(ingest::v1::IngestOutcome outcome);
std::string WordFor(ingest::v1::Segment::Kind kind);
std::string WordFor(corroboration::v1::SourceKind kind);
std::string WordFor(corroboration::v1::ClaimRelation::Type relation);
std::string WordFor(corroboration::v1::Review::Decision decision);
std::string WordFor(corroboration::v1::Merge::Basis basis);

// "a senior rebel official → Reuters": the chain from the deepest speaker outwards; "the outlet
// itself" when empty.
std::string ChainOf(const common::v1::Attribution& attribution);

// The answer of a claim: its quantity, else its value.
std::string AnswerOf(const corroboration::v1::Claim& claim);

// "1.2 of 3": effective and plain origins.
std::string OriginsOf(const corroboration::v1::Corroboration& corroboration);

// "140–200, best 141"; empty when nothing is known. Answers of some kinds are shares: "33.3%".
std::string RangeOf(const corroboration::v1::ValueRange& range, std::string_view kind);

// "claims/7f3a" → "7f3a".
std::string IdOf(std::string_view resource_name);

// "7f3a" → "claims/7f3a"; a full name stays as it is. `collection`: "claims".
std::string NameIn(std::string_view collection, std::string_view id_or_name);

// Green from .8, red under .2, yellow between.
Style ScoreStyle(double score);

}  // namespace consilience::cli

#endif  // CONSILIENCE_CLIENTS_CLI_RENDER_WORDS_H_
