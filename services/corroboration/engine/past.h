// Everything as it stood at one instant.
//
// Questions are taken back write by write (store/versions.h) and assessed with what was believed of
// sources and what people had corrected of them by then. What was told then stays as it was told:
// scores are those that were stored.
#ifndef CONSILIENCE_SERVICES_CORROBORATION_ENGINE_PAST_H_
#define CONSILIENCE_SERVICES_CORROBORATION_ENGINE_PAST_H_

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "services/corroboration/engine/engine.h"

namespace consilience::corroboration {

// Answers of one instant never change, so they agree with each other however much is written
// meanwhile. Not thread-safe; the engine must outlive it.
class Past {
 public:
  // InvalidArgument when the instant lies in the future, or before anything that is kept of the
  // past of this store.
  static absl::StatusOr<Past> At(Engine& engine, int64_t time_us);

  // By the id of then, or by one from before or after: nothing when there was none, or when what
  // has one id now was several.
  absl::StatusOr<std::optional<QuestionView>> FindQuestion(const std::string& id);
  absl::StatusOr<std::optional<ClaimView>> FindClaim(const std::string& id);
  // Ids that had led to this one by then, sorted.
  absl::StatusOr<std::vector<std::string>> AliasesOf(const std::string& id);
  // The explanation of then; FailedPrecondition when the rules in force now no longer give the
  // score that was told.
  absl::StatusOr<Explanation> Explain(const ClaimView& view) const;

  // Claims of then after the cursor, in order; `visit` returns false to stop. The work grows with
  // the questions that were written since.
  absl::Status ScanClaims(ClaimOrder order, Cursor after,
                          const std::function<bool(const ClaimRow&)>& visit);
  // Questions of then, without members, in no order.
  absl::Status ScanQuestions(const std::function<bool(const QuestionRecord&)>& visit);

  int64_t time_us() const { return time_us_; }
  const SourceDirectory& directory() const { return *directory_; }

 private:
  Past(Engine& engine, int64_t time_us) : engine_(&engine), time_us_(time_us) {}

  using Find = std::function<absl::StatusOr<QuestionPtr>(const std::string& id)>;
  // The id of then and its question.
  absl::StatusOr<std::pair<std::string, QuestionPtr>> FindByAnyId(const std::string& id,
                                                                  const Find& find);
  absl::StatusOr<std::pair<std::string, QuestionPtr>> FindEarlier(const std::string& id,
                                                                  const Find& find);
  absl::StatusOr<QuestionPtr> QuestionOfClaim(const std::string& id);
  absl::StatusOr<QuestionView> ViewOf(QuestionPtr record) const;
  Context MakeContext() const;
  // Takes the questions that were written since the last call back to how they were.
  absl::Status CatchUp();

  Engine* engine_;
  int64_t time_us_;
  std::shared_ptr<const SourceDirectory> directory_;
  // Questions written since, as they were, without members; null where there was none.
  std::map<std::string, QuestionPtr> rewritten_;
  QuestionWrite seen_;
};

}  // namespace consilience::corroboration

#endif  // CONSILIENCE_SERVICES_CORROBORATION_ENGINE_PAST_H_
