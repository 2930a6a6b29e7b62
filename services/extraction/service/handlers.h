// What the extraction service answers, as plain functions from request to response.
#ifndef CONSILIENCE_SERVICES_EXTRACTION_SERVICE_HANDLERS_H_
#define CONSILIENCE_SERVICES_EXTRACTION_SERVICE_HANDLERS_H_

#include <prometheus/counter.h>
#include <prometheus/family.h>
#include <prometheus/registry.h>

#include <cstddef>

#include "absl/status/status.h"
#include "consilience/extraction/v1/extraction_service.pb.h"
#include "services/extraction/service/live_extractor.h"

namespace consilience::extraction {

struct ExtractionLimits {
  size_t text_bytes = size_t{10} << 20U;  // of one document
};

// Thread-safe. `live` and `registry` must outlive it.
class Handlers {
 public:
  Handlers(const LiveExtractor& live, const ExtractionLimits& limits,
           prometheus::Registry& registry);

  absl::Status Extract(const v1::ExtractAssertionsRequest& request,
                       v1::ExtractAssertionsResponse& response) const;
  // Never fails as a whole: what is wrong with the item is said in the answer.
  void ExtractItem(const v1::ExtractAssertionsStreamRequest& request,
                   v1::ExtractAssertionsStreamResponse& response) const;
  absl::Status ListRulePacks(const v1::ListRulePacksRequest& request,
                             v1::ListRulePacksResponse& response) const;
  absl::Status GetRulePack(const v1::GetRulePackRequest& request, v1::RulePack& response) const;

 private:
  absl::Status Validate(const v1::ExtractAssertionsRequest& request) const;

  const LiveExtractor& live_;
  const ExtractionLimits limits_;
  prometheus::Family<prometheus::Counter>& assertions_;
  prometheus::Family<prometheus::Counter>& attributed_;
};

}  // namespace consilience::extraction

#endif  // CONSILIENCE_SERVICES_EXTRACTION_SERVICE_HANDLERS_H_
