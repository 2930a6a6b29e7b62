// What exactly was said about each item, below the level of candidates.
//
// Sources that say 8:35 and 8:37 give one answer within ten minutes, but only those that say the
// same minute say the same thing; the engine weighs statements and sums them into the table's
// candidates at the very end.
#ifndef CONSILIENCE_SERVICES_CORROBORATION_TRUTH_ENGINE_STATEMENTS_H_
#define CONSILIENCE_SERVICES_CORROBORATION_TRUTH_ENGINE_STATEMENTS_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "services/corroboration/truth/table.h"

namespace consilience::corroboration {

struct Statement {
  std::uint32_t first_claim = 0;
  std::uint32_t end_claim = 0;
  std::uint32_t value = 0;  // the candidate it belongs to, into TruthTable::values
  double number = 0.0;      // for kTime and kNumber
};

// A statement that lends support to another of its item: a number within its tolerance, a set
// contained in its set.
struct StatementRelation {
  std::uint32_t from = 0;
  std::uint32_t to = 0;
};

class StatementIndex {
 public:
  explicit StatementIndex(const TruthTable& table);

  const std::vector<Statement>& all() const { return statements_; }
  const Statement& operator[](std::size_t statement) const { return statements_[statement]; }

  std::size_t first(std::size_t item) const { return first_[item]; }
  std::size_t end(std::size_t item) const { return first_[item + 1]; }
  std::size_t count(std::size_t item) const { return end(item) - first(item); }
  std::uint32_t of_claim(std::size_t claim) const { return of_claim_[claim]; }

  std::span<const StatementRelation> relations(std::size_t item) const {
    return {relations_.data() + first_relation_[item],
            first_relation_[item + 1] - first_relation_[item]};
  }

 private:
  void Relate(const TruthTable& table, std::size_t item, std::size_t begin);

  std::vector<Statement> statements_;
  std::vector<std::size_t> first_;
  std::vector<std::uint32_t> of_claim_;
  std::vector<StatementRelation> relations_;
  std::vector<std::size_t> first_relation_;
};

// Answers: the statements of an item, numbers within tolerance taken together. Like the table's
// candidates, but formed by the number of independent witnesses, so that republishing a number does
// not move the borders.
class AnswerIndex {
 public:
  // `independence` of each claim.
  AnswerIndex(const TruthTable& table, const StatementIndex& statements,
              const std::vector<double>& independence);

  std::size_t size() const { return first_.back(); }
  std::size_t first(std::size_t item) const { return first_[item]; }
  std::size_t end(std::size_t item) const { return first_[item + 1]; }
  std::uint32_t of_statement(std::size_t statement) const { return of_statement_[statement]; }

 private:
  std::vector<std::size_t> first_;
  std::vector<std::uint32_t> of_statement_;
};

}  // namespace consilience::corroboration

#endif  // CONSILIENCE_SERVICES_CORROBORATION_TRUTH_ENGINE_STATEMENTS_H_
