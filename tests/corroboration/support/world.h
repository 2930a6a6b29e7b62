// An engine over a store of its own, with a small gazetteer and a clock that stands still.
#ifndef CONSILIENCE_TESTS_CORROBORATION_SUPPORT_WORLD_H_
#define CONSILIENCE_TESTS_CORROBORATION_SUPPORT_WORLD_H_

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "services/common/time/clock.h"
#include "services/common/time/ids.h"
#include "services/corroboration/engine/engine.h"

namespace consilience::corroboration::testing {

// A few places as the rule packs' gazetteer has them.
const PlaceHierarchy& SomePlaces();

class World {
 public:
  // Over a memory store.
  World();
  explicit World(std::unique_ptr<Store> store);
  // Over a store that somebody else keeps.
  explicit World(Store& store);
  // Over a memory store, with other tunables.
  explicit World(const Configuration& config);

  Engine& engine() { return *engine_; }
  Store& store() { return *store_; }
  common::FakeClock& clock() { return clock_; }

  // The claim that an assertion with `fragment` in its quote supports, or a test failure.
  ClaimView ClaimOf(const std::string& fragment);
  // Everything that a caller can see of the current state, as text: two worlds that saw the same
  // things give the same text.
  std::string Snapshot();

 private:
  // Over `store` where there is one, else over `owned`.
  World(std::unique_ptr<Store> owned, Store* store, const Configuration& config);

  const Configuration config_;
  std::unique_ptr<Store> owned_;
  Store* store_;
  common::FakeClock clock_;
  common::UuidV7Generator ids_;
  CalibrationMap calibration_;
  std::unique_ptr<Engine> engine_;
};

// One record a line, in the JSON of RecordAssertionsRequest.
std::vector<DocumentRecord> ReadRecords(const std::string& file);

}  // namespace consilience::corroboration::testing

#endif  // CONSILIENCE_TESTS_CORROBORATION_SUPPORT_WORLD_H_
