// The engine's last step for attributes whose answers are labels.
#include <algorithm>
#include <cstddef>
#include <map>
#include <utility>
#include <vector>

#include "services/corroboration/truth/engine/claim_engine.h"
#include "services/corroboration/truth/engine/label_model.h"

namespace consilience::corroboration {
namespace {

constexpr std::uint32_t kNone = UINT32_MAX;

// Numbers what it meets from 0, in the order in which it is met.
class Numbering {
 public:
  std::uint32_t Of(std::uint32_t id) {
    return numbers_.try_emplace(id, static_cast<std::uint32_t>(numbers_.size())).first->second;
  }
  std::size_t size() const { return numbers_.size(); }
  // What was met, in the order of its numbers.
  std::vector<std::uint32_t> All() const {
    std::vector<std::uint32_t> all(numbers_.size());
    for (const auto& [id, number] : numbers_) all[number] = id;
    return all;
  }

 private:
  std::map<std::uint32_t, std::uint32_t> numbers_;
};

}  // namespace

void ClaimEngine::RefineLabels(ClaimBeliefs* beliefs) const {
  const std::vector<bool> attributes = LabelAttributes(table_, statements_, options_);
  for (std::uint32_t a = 0; a < attributes.size(); ++a) {
    if (attributes[a]) RefineLabels(a, beliefs);
  }
  UpdateRight(beliefs);
}

void ClaimEngine::RefineLabels(std::uint32_t attribute, ClaimBeliefs* beliefs) const {
  std::vector<std::size_t> items;
  std::vector<LabelClaim> claims;
  Numbering slots;
  Numbering labels;
  std::vector<std::uint32_t> label_of(statements_.all().size(), kNone);
  for (std::size_t i = 0; i < table_.items.size(); ++i) {
    if (table_.items[i].attribute != attribute) continue;
    const auto item = static_cast<std::uint32_t>(items.size());
    items.push_back(i);
    for (std::size_t c = table_.items[i].first_claim; c < table_.end_claim(i); ++c) {
      const std::uint32_t statement = statements_.of_claim(c);
      label_of[statement] = labels.Of(table_.values[statements_[statement].value].text);
      claims.push_back({item, slots.Of(slot_[c]), label_of[statement], Share(c)});
    }
  }

  // What is not believed of the labels that are stated is spread over all.
  std::vector<double> belief(items.size() * labels.size());
  for (std::size_t item = 0; item < items.size(); ++item) {
    double* const mine = belief.data() + item * labels.size();
    double rest = 1.0;
    for (std::size_t s = statements_.first(items[item]); s < statements_.end(items[item]); ++s) {
      mine[label_of[s]] += beliefs->probability[s];
      rest -= beliefs->probability[s];
    }
    for (std::size_t v = 0; v < labels.size(); ++v) {
      mine[v] += std::max(0.0, rest) / static_cast<double>(labels.size());
    }
  }
  LabelModel model(std::move(claims), items.size(), slots.size(), labels.size(), options_);
  model.Fit(&belief);
  for (std::size_t item = 0; item < items.size(); ++item) {
    for (std::size_t s = statements_.first(items[item]); s < statements_.end(items[item]); ++s) {
      beliefs->probability[s] = belief[item * labels.size() + label_of[s]];
    }
  }
  ErrorModel& errors = beliefs->errors[attribute];
  errors.correlation = model.correlation();
  errors.labels = {labels.All(), model.prevalence(), {}, model.confusions()};
  for (const std::uint32_t slot : slots.All()) {
    beliefs->family[slot] = model.accuracy(slots.Of(slot));
    errors.labels.sources.push_back(families_[slot].source);
  }
}

}  // namespace consilience::corroboration
