// Records as the bytes that durable stores keep: the messages of
// consilience/corroboration/storage/v1.
#ifndef CONSILIENCE_SERVICES_CORROBORATION_STORE_CODEC_H_
#define CONSILIENCE_SERVICES_CORROBORATION_STORE_CODEC_H_

#include <optional>
#include <string>
#include <string_view>

#include "services/corroboration/store/records.h"

namespace consilience::corroboration {

// Encoding is deterministic. Decoding gives nothing when the bytes are not such a record.
std::string Encode(const QuestionRecord& record);
std::string Encode(const ClaimRow& row);
std::string Encode(const DocumentRow& row);
std::string Encode(const Source& source);
std::string Encode(const Revision& revision);
std::string Encode(const Review& review);
std::string Encode(const AssertionDecision& decision);
std::string Encode(const QuestionVersion& version);

std::optional<QuestionRecord> DecodeQuestion(std::string_view bytes);
std::optional<ClaimRow> DecodeClaimRow(std::string_view bytes);
std::optional<DocumentRow> DecodeDocument(std::string_view bytes);
std::optional<Source> DecodeSource(std::string_view bytes);
std::optional<Revision> DecodeRevision(std::string_view bytes);
std::optional<Review> DecodeReview(std::string_view bytes);
std::optional<AssertionDecision> DecodeDecision(std::string_view bytes);
std::optional<QuestionVersion> DecodeVersion(std::string_view bytes);

}  // namespace consilience::corroboration

#endif  // CONSILIENCE_SERVICES_CORROBORATION_STORE_CODEC_H_
