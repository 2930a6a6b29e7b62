#include "services/corroboration/truth/engine/statements.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string_view>

#include "services/corroboration/truth/similarity.h"

namespace consilience::corroboration {
namespace {

bool Numeric(const KindSpec& spec) {
  return spec.kind == ValueKind::kTime || spec.kind == ValueKind::kNumber;
}

}  // namespace

StatementIndex::StatementIndex(const TruthTable& table) : of_claim_(table.claims.size()) {
  first_.reserve(table.items.size() + 1);
  first_relation_.reserve(table.items.size() + 1);
  for (std::size_t i = 0; i < table.items.size(); ++i) {
    first_.push_back(statements_.size());
    const std::size_t begin = table.items[i].first_claim;
    for (std::size_t c = begin; c < table.end_claim(i); ++c) {
      const SourceClaim& claim = table.claims[c];
      const double number = table.numbers[claim.text];
      const bool next = c == begin || claim.value != table.claims[c - 1].value ||
                        (claim.text != table.claims[c - 1].text &&
                         !(number == table.numbers[table.claims[c - 1].text]));
      if (next) statements_.push_back({static_cast<std::uint32_t>(c), 0, claim.value, number});
      statements_.back().end_claim = static_cast<std::uint32_t>(c + 1);
      of_claim_[c] = static_cast<std::uint32_t>(statements_.size() - 1);
    }
    first_relation_.push_back(relations_.size());
    Relate(table, i, first_.back());
  }
  first_.push_back(statements_.size());
  first_relation_.push_back(relations_.size());
}

void StatementIndex::Relate(const TruthTable& table, std::size_t item, std::size_t begin) {
  const KindSpec& spec = table.spec_of(item);
  const std::size_t count = statements_.size() - begin;
  if (count < 2 || spec.kind == ValueKind::kStance) return;
  std::vector<std::vector<std::string_view>> sets;
  if (spec.kind == ValueKind::kCategory) {
    bool any_set = false;
    for (std::size_t s = begin; s < begin + count; ++s) {
      const std::string_view text = table.text_of(statements_[s].value);
      any_set = any_set || text.find('|') != std::string_view::npos;
    }
    if (!any_set) return;
    for (std::size_t s = begin; s < begin + count; ++s) {
      sets.push_back(SetElements(table.text_of(statements_[s].value)));
    }
  }
  const auto supports = [&](std::size_t from, std::size_t to) {
    if (!Numeric(spec)) {
      return std::includes(sets[to].begin(), sets[to].end(), sets[from].begin(), sets[from].end());
    }
    const double center = statements_[begin + to].number;
    return Distance(spec, statements_[begin + from].number, center) <= Tolerance(spec, center);
  };
  for (std::size_t to = 0; to < count; ++to) {
    for (std::size_t from = 0; from < count; ++from) {
      if (from != to && supports(from, to)) {
        relations_.push_back(
            {static_cast<std::uint32_t>(begin + from), static_cast<std::uint32_t>(begin + to)});
      }
    }
  }
}

AnswerIndex::AnswerIndex(const TruthTable& table, const StatementIndex& statements,
                         const std::vector<double>& independence)
    : of_statement_(statements.all().size()) {
  constexpr std::uint32_t kNone = UINT32_MAX;
  std::vector<double> witnesses(statements.all().size(), 0.0);
  for (std::size_t c = 0; c < independence.size(); ++c) {
    witnesses[statements.of_claim(c)] += independence[c];
  }
  // In hundredths, so that the crumbs that copies leave do not decide between equals.
  for (double& count : witnesses) count = std::round(100.0 * count);
  std::uint32_t next = 0;
  std::vector<std::uint32_t> order;
  for (std::size_t i = 0; i < table.items.size(); ++i) {
    first_.push_back(next);
    const std::size_t begin = statements.first(i);
    const KindSpec& spec = table.spec_of(i);
    if (!Numeric(spec)) {
      for (std::size_t s = begin; s < statements.end(i); ++s) of_statement_[s] = next++;
      continue;
    }
    order.resize(statements.count(i));
    std::iota(order.begin(), order.end(), static_cast<std::uint32_t>(begin));
    std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
      if (witnesses[a] != witnesses[b]) return witnesses[a] > witnesses[b];
      return statements[a].number < statements[b].number;
    });
    for (const std::uint32_t s : order) of_statement_[s] = kNone;
    for (const std::uint32_t center : order) {
      if (of_statement_[center] != kNone) continue;
      const double number = statements[center].number;
      for (const std::uint32_t s : order) {
        const bool near = Distance(spec, statements[s].number, number) <= Tolerance(spec, number);
        if (of_statement_[s] == kNone && (near || s == center)) of_statement_[s] = next;
      }
      ++next;
    }
  }
  first_.push_back(next);
}

}  // namespace consilience::corroboration
