// Parts of records as messages, for the files that encode records.
#ifndef CONSILIENCE_SERVICES_CORROBORATION_STORE_CODEC_PARTS_H_
#define CONSILIENCE_SERVICES_CORROBORATION_STORE_CODEC_PARTS_H_

#include <google/protobuf/message.h>

#include <optional>
#include <string>

#include "consilience/corroboration/storage/v1/record.pb.h"
#include "services/corroboration/store/records.h"

namespace consilience::corroboration {

std::string Bytes(const google::protobuf::Message& message);

// Without what the leader says.
storage::v1::StoredClaim ClaimTo(const ClaimRow& row);
// With it, for rows that stand alone.
storage::v1::StoredClaim ClaimAloneTo(const ClaimRow& row);
// Without a leader where the row does not hold what it says.
ClaimRow ClaimFrom(const storage::v1::StoredClaim& wire);

storage::v1::QuestionRecord RecordTo(const QuestionRecord& record);
std::optional<QuestionRecord> RecordFrom(const storage::v1::QuestionRecord& wire);

}  // namespace consilience::corroboration

#endif  // CONSILIENCE_SERVICES_CORROBORATION_STORE_CODEC_PARTS_H_
