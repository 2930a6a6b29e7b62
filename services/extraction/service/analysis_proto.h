// An analysis as the API gives it.
#ifndef CONSILIENCE_SERVICES_EXTRACTION_SERVICE_ANALYSIS_PROTO_H_
#define CONSILIENCE_SERVICES_EXTRACTION_SERVICE_ANALYSIS_PROTO_H_

#include <string_view>

#include "consilience/extraction/v1/extraction_service.pb.h"
#include "services/extraction/model/assertion.h"

namespace consilience::extraction {

// Fills everything but `id`. `text` is what was analysed.
void ToProto(const Analysis& analysis, std::string_view text,
             v1::ExtractAssertionsResponse& response);

}  // namespace consilience::extraction

#endif  // CONSILIENCE_SERVICES_EXTRACTION_SERVICE_ANALYSIS_PROTO_H_
