// What corroboration keeps, as it is moved between stores.
#ifndef CONSILIENCE_SERVICES_CORROBORATION_STORE_LAYOUT_H_
#define CONSILIENCE_SERVICES_CORROBORATION_STORE_LAYOUT_H_

#include "services/common/store/transfer/table.h"

namespace consilience::corroboration {

const common::transfer::Layout& StoreLayout();

}  // namespace consilience::corroboration

#endif  // CONSILIENCE_SERVICES_CORROBORATION_STORE_LAYOUT_H_
