// Documents and passages as the API gives them.
#ifndef CONSILIENCE_SERVICES_INGEST_SERVICE_DOCUMENT_PROTO_H_
#define CONSILIENCE_SERVICES_INGEST_SERVICE_DOCUMENT_PROTO_H_

#include <string>
#include <vector>

#include "consilience/common/v1/text.pb.h"
#include "consilience/ingest/v1/document.pb.h"
#include "consilience/ingest/v1/ingest_service.pb.h"
#include "services/common/text/offset_map.h"
#include "services/common/text/span.h"
#include "services/ingest/ledger/ledger.h"
#include "services/ingest/model/document.h"
#include "services/ingest/wire/read_document_proto.h"

namespace consilience::ingest {

void ToProto(common::Span span, const common::OffsetMap& offsets,
             consilience::common::v1::TextSpan& proto);
// The BASIC view: neither text nor appearances.
v1::Document ToProto(const Document& document);
void ToProto(const Appearance& appearance, v1::Appearance& proto);
v1::IngestOutcome ToProto(Outcome outcome);
void ToProto(const PipelineCounts& counts, v1::PipelineStatus& proto);
void ToProto(const WorkFailure& failure, v1::PipelineFailure& proto);

}  // namespace consilience::ingest

#endif  // CONSILIENCE_SERVICES_INGEST_SERVICE_DOCUMENT_PROTO_H_
