#include "services/corroboration/truth/regroup.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numeric>
#include <tuple>

#include "services/corroboration/truth/buckets.h"

namespace consilience::corroboration {
namespace {

class Regrouper {
 public:
  Regrouper(const TruthTable& table, const std::vector<double>& belief,
            const std::vector<double>& independence)
      : table_(table), belief_(belief), independence_(independence) {}

  RegroupedTable Run() {
    TruthTable& out = result_.table;
    out.sources = table_.sources;
    out.objects = table_.objects;
    out.attributes = table_.attributes;
    out.texts = table_.texts;
    out.numbers = table_.numbers;
    out.mentions = table_.mentions;
    out.retired = table_.retired;
    out.claims.reserve(table_.claims.size());
    for (std::size_t i = 0; i < table_.items.size(); ++i) {
      Item item = table_.items[i];
      item.first_value = static_cast<std::uint32_t>(out.values.size());
      out.items.push_back(item);
      const ValueKind kind = table_.spec_of(i).kind;
      if (kind == ValueKind::kTime || kind == ValueKind::kNumber) {
        RegroupItem(i);
      } else {
        CopyItem(i);
      }
    }
    return std::move(result_);
  }

 private:
  void CopyItem(std::size_t item) {
    const auto base = static_cast<std::uint32_t>(result_.table.values.size());
    const std::size_t first = table_.first_value(item);
    for (std::size_t v = first; v < table_.end_value(item); ++v) {
      result_.table.values.push_back(table_.values[v]);
    }
    for (std::size_t c = table_.items[item].first_claim; c < table_.end_claim(item); ++c) {
      SourceClaim claim = table_.claims[c];
      claim.value = claim.value - static_cast<std::uint32_t>(first) + base;
      result_.table.claims.push_back(claim);
      result_.old_claim.push_back(c);
    }
  }

  // The claims of the item by number, then text, then source.
  void SortByNumber(std::size_t item) {
    order_.resize(table_.end_claim(item) - table_.items[item].first_claim);
    std::iota(order_.begin(), order_.end(), std::size_t{table_.items[item].first_claim});
    const auto key = [this](std::size_t c) {
      const SourceClaim& claim = table_.claims[c];
      return std::tuple(table_.numbers[claim.text], claim.text, claim.source);
    };
    std::sort(order_.begin(), order_.end(),
              [&](std::size_t a, std::size_t b) { return key(a) < key(b); });
  }

  void RegroupItem(std::size_t item) {
    SortByNumber(item);
    stated_.clear();
    std::vector<std::uint32_t> stated_of(order_.size());
    std::vector<double> witnesses;
    for (std::size_t k = 0; k < order_.size(); ++k) {
      const SourceClaim& claim = table_.claims[order_[k]];
      if (stated_.empty() || stated_.back().text != claim.text) {
        stated_.push_back({table_.numbers[claim.text], claim.text, 0, belief_[order_[k]]});
      }
      witnesses.resize(stated_.size(), 0.0);
      witnesses.back() += independence_[order_[k]];
      stated_of[k] = static_cast<std::uint32_t>(stated_.size() - 1);
    }
    // In hundredths, so that the crumbs that copies leave do not decide between equals.
    for (std::size_t s = 0; s < stated_.size(); ++s) {
      stated_[s].count = static_cast<std::uint32_t>(std::lround(100.0 * witnesses[s]));
    }
    const std::vector<std::uint32_t> representative =
        RepresentativesOf(table_.spec_of(item), stated_);
    // `stated_` is by number, and so are its representatives when taken in order.
    std::vector<std::uint32_t> value_of(stated_.size(), 0);
    TruthTable& out = result_.table;
    for (std::uint32_t s = 0; s < stated_.size(); ++s) {
      if (representative[s] != s) continue;
      value_of[s] = static_cast<std::uint32_t>(out.values.size());
      out.values.push_back({stated_[s].text, stated_[s].number});
    }
    const std::size_t begin = out.claims.size();
    for (std::size_t k = 0; k < order_.size(); ++k) {
      SourceClaim claim = table_.claims[order_[k]];
      claim.value = value_of[representative[stated_of[k]]];
      out.claims.push_back(claim);
    }
    SortClaims(begin);
  }

  void SortClaims(std::size_t begin) {
    std::vector<SourceClaim>& claims = result_.table.claims;
    std::vector<std::size_t> by(order_.size());
    std::iota(by.begin(), by.end(), std::size_t{0});
    const std::vector<SourceClaim> unsorted(claims.begin() + static_cast<std::ptrdiff_t>(begin),
                                            claims.end());
    std::sort(by.begin(), by.end(), [&](std::size_t a, std::size_t b) {
      const auto key = [&](std::size_t k) {
        return std::tuple(unsorted[k].value, unsorted[k].text, unsorted[k].source);
      };
      return key(a) < key(b);
    });
    for (std::size_t k = 0; k < by.size(); ++k) {
      claims[begin + k] = unsorted[by[k]];
      result_.old_claim.push_back(order_[by[k]]);
    }
  }

  const TruthTable& table_;
  const std::vector<double>& belief_;
  const std::vector<double>& independence_;
  RegroupedTable result_;
  std::vector<std::size_t> order_;
  std::vector<StatedNumber> stated_;
};

}  // namespace

RegroupedTable Regroup(const TruthTable& table, const std::vector<double>& claim_belief,
                       const std::vector<double>& claim_independence) {
  return Regrouper(table, claim_belief, claim_independence).Run();
}

}  // namespace consilience::corroboration
