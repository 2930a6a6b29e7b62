// How a thread takes the turn of a PostgreSQL store, and what it has at hand while it holds it.
#ifndef CONSILIENCE_SERVICES_CORROBORATION_STORE_POSTGRES_TURN_H_
#define CONSILIENCE_SERVICES_CORROBORATION_STORE_POSTGRES_TURN_H_

#include <map>
#include <string>

#include "services/common/store/postgres/connection.h"
#include "services/corroboration/store/postgres_learned.h"
#include "services/corroboration/store/postgres_store.h"
#include "services/corroboration/store/postgres_tables.h"

namespace consilience::corroboration {

// The turn that a thread holds, if any: what it reads meanwhile must come over the same connection.
struct HeldTurn {
  const PostgresStore* store = nullptr;
  common::postgres::Connection* connection = nullptr;
  LearnedInTurn* learned = nullptr;
  // As they stand, of those that were read.
  std::map<std::string, QuestionPtr>* questions = nullptr;
};
inline thread_local HeldTurn held_turn;

class TurnScope {
 public:
  TurnScope(const PostgresStore* store, common::postgres::Connection* connection,
            LearnedInTurn* learned) {
    held_turn = {store, connection, learned, &questions_};
  }
  ~TurnScope() { held_turn = {}; }
  TurnScope(const TurnScope&) = delete;
  TurnScope& operator=(const TurnScope&) = delete;

 private:
  std::map<std::string, QuestionPtr> questions_;
};

inline LearnedInTurn* LearnedOf(const PostgresStore* store) {
  return held_turn.store == store ? held_turn.learned : nullptr;
}

inline common::postgres::Connection* TurnOf(const PostgresStore* store) {
  return held_turn.store == store ? held_turn.connection : nullptr;
}

// The lock first: each statement sees what was committed before it began.
inline common::postgres::Batch TakeTurn() {
  common::postgres::Batch batch;
  batch.Add("SELECT sources_version FROM turn WHERE project = $1 FOR UPDATE", kProject);
  batch.Add(
      "SELECT sources_version, (SELECT coalesce(max(id), '') FROM revision WHERE project = $1), "
      "(SELECT coalesce(max(time_us), 0) FROM question_version WHERE project = $1), writes "
      "FROM turn WHERE project = $1",
      kProject);
  return batch;
}

}  // namespace consilience::corroboration

#endif  // CONSILIENCE_SERVICES_CORROBORATION_STORE_POSTGRES_TURN_H_
