// One spelling for the addresses of one page.
#ifndef CONSILIENCE_SERVICES_INGEST_MODEL_CANONICAL_URL_H_
#define CONSILIENCE_SERVICES_INGEST_MODEL_CANONICAL_URL_H_

#include <string>
#include <string_view>

namespace consilience::ingest {

// Lower-case scheme and host, "http" as "https", no default port, no fragment, no closing slash,
// and without the query parameters that only say where a reader came from. Empty when `url` is not
// an absolute http or https address.
std::string CanonicalUrl(std::string_view url);

}  // namespace consilience::ingest

#endif  // CONSILIENCE_SERVICES_INGEST_MODEL_CANONICAL_URL_H_
