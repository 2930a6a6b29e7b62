// From the domain's analysis to the messages of the API. Its JSON mapping is what
// json/analysis_json.h writes; a test holds the two together.
#ifndef CONSILIENCE_SERVICES_EXTRACTION_SERVICE_TO_PROTO_H_
#define CONSILIENCE_SERVICES_EXTRACTION_SERVICE_TO_PROTO_H_

#include <string_view>

#include "consilience/extraction/v1/extraction_service.pb.h"
#include "services/extraction/model/assertion.h"

namespace consilience::extraction {

// `text` is the one that `analysis` was made of.
void ToProto(std::string_view text, const Analysis& analysis,
             v1::ExtractAssertionsResponse& response);

}  // namespace consilience::extraction

#endif  // CONSILIENCE_SERVICES_EXTRACTION_SERVICE_TO_PROTO_H_
