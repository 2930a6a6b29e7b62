// Random documents about a few places, days and sources, so that everything meets everything.
#ifndef CONSILIENCE_TESTS_CORROBORATION_SUPPORT_RANDOM_WORLD_H_
#define CONSILIENCE_TESTS_CORROBORATION_SUPPORT_RANDOM_WORLD_H_

#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "services/corroboration/model/assertion.h"

namespace consilience::corroboration::testing {

class RandomDocuments {
 public:
  explicit RandomDocuments(uint64_t seed) : random_(seed) {}

  // One to four assertions: tolls, control of a place, denials; with and without window, place,
  // speaker, outlet.
  DocumentRecord Next();
  std::vector<DocumentRecord> Take(int count);

  int Below(int bound) { return static_cast<int>(random_() % static_cast<uint64_t>(bound)); }
  template <typename T>
  void Shuffle(std::vector<T>& items) {
    for (size_t i = items.size(); i > 1; --i) {
      std::swap(items[i - 1], items[static_cast<size_t>(Below(static_cast<int>(i)))]);
    }
  }

 private:
  extraction::Assertion Toll();
  extraction::Assertion Control();
  void Add(extraction::Assertion said, std::string quote, DocumentRecord& record);

  std::mt19937_64 random_;
  int documents_ = 0;
};

// A toll of `killed` in east Aleppo on 2016-11-20, said by `source` (nobody when empty), printed by
// `outlet` in a document of that id, in the given words.
DocumentRecord OneToll(const std::string& document, const std::string& outlet,
                       const std::string& source, double killed, const std::string& words);

}  // namespace consilience::corroboration::testing

#endif  // CONSILIENCE_TESTS_CORROBORATION_SUPPORT_RANDOM_WORLD_H_
