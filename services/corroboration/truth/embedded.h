// Data files that are built in, as text.
#ifndef CONSILIENCE_SERVICES_CORROBORATION_TRUTH_EMBEDDED_H_
#define CONSILIENCE_SERVICES_CORROBORATION_TRUTH_EMBEDDED_H_

#include <string_view>

namespace consilience::corroboration {

extern const std::string_view kStanceModelText;  // data/stance_model.tsv

}  // namespace consilience::corroboration

#endif  // CONSILIENCE_SERVICES_CORROBORATION_TRUTH_EMBEDDED_H_
