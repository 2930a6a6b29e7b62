// Bytes that are kept for ever, one after another in large pieces: an allocation of its own for
// each would cost as much again as the short ones are long.
#ifndef CONSILIENCE_SERVICES_CORROBORATION_STORE_KEPT_BYTES_H_
#define CONSILIENCE_SERVICES_CORROBORATION_STORE_KEPT_BYTES_H_

#include <algorithm>
#include <cstddef>
#include <deque>
#include <string>
#include <string_view>

namespace consilience::corroboration {

// Not thread-safe.
class KeptBytes {
 public:
  // Where they are from now on, for as long as the object lives.
  std::string_view Keep(std::string_view bytes) {
    if (pieces_.empty() || pieces_.back().capacity() - pieces_.back().size() < bytes.size()) {
      pieces_.emplace_back().reserve(std::max(kPiece, bytes.size()));
    }
    std::string& piece = pieces_.back();
    const size_t begin = piece.size();
    piece.append(bytes);
    return std::string_view(piece).substr(begin);
  }

 private:
  static constexpr size_t kPiece = size_t{1} << 20;

  std::deque<std::string> pieces_;
};

}  // namespace consilience::corroboration

#endif  // CONSILIENCE_SERVICES_CORROBORATION_STORE_KEPT_BYTES_H_
