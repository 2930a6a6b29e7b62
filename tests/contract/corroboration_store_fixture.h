// The corroboration stores under test, and records to put into them.
#ifndef CONSILIENCE_TESTS_CONTRACT_CORROBORATION_STORE_FIXTURE_H_
#define CONSILIENCE_TESTS_CONTRACT_CORROBORATION_STORE_FIXTURE_H_

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "services/corroboration/store/store.h"

namespace consilience::corroboration::testing {

class StoreFixture {
 public:
  virtual ~StoreFixture() = default;
  virtual Store& store() = 0;
  // Closes the store and opens it again, as a restart does. False when it keeps nothing.
  virtual bool Reopen() = 0;
};

// A kind of store. A new one joins the suite by a line in StoreKinds.
struct StoreKind {
  std::string name;
  std::function<std::unique_ptr<StoreFixture>()> make;
};

std::vector<StoreKind> StoreKinds();

// A claim of `question` with this score; everything else follows from the id.
ClaimRow MakeClaim(const std::string& id, const std::string& question, double score);

// A question with one member, said by document `document`, and these claims.
QuestionRecord MakeQuestion(const std::string& id, const std::string& document,
                            std::vector<ClaimRow> claims);

Revision MakeRevision(const std::string& id, const std::string& claim, int64_t time_us);

}  // namespace consilience::corroboration::testing

#endif  // CONSILIENCE_TESTS_CONTRACT_CORROBORATION_STORE_FIXTURE_H_
