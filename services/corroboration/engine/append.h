#ifndef CONSILIENCE_SERVICES_CORROBORATION_ENGINE_APPEND_H_
#define CONSILIENCE_SERVICES_CORROBORATION_ENGINE_APPEND_H_

#include <iterator>
#include <vector>

namespace consilience::corroboration {

template <typename T>
void Append(std::vector<T> from, std::vector<T>& to) {
  to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
}

}  // namespace consilience::corroboration

#endif  // CONSILIENCE_SERVICES_CORROBORATION_ENGINE_APPEND_H_
