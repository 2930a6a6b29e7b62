#include "services/extraction/frames/links.h"

#include <utility>

namespace consilience::extraction {
namespace {

// The move that a draft refers to, or -1.
int MoveBefore(const std::vector<Draft>& drafts, size_t at) {
  for (size_t i = at; i-- > 0 && at - i <= kLookBack;) {
    const Assertion& before = drafts[i].assertion;
    if (IsMove(before) && before.polarity == Polarity::kAsserted &&
        before.modality == Modality::kFact) {
      return static_cast<int>(i);
    }
  }
  return -1;
}

}  // namespace

bool IsMove(const Assertion& assertion) {
  return assertion.kind == Kind::kControl &&
         (assertion.measure == "CAPTURED" || assertion.measure == "RECAPTURED" ||
          assertion.measure == "LOST" || assertion.measure == "ADVANCE");
}

void LinkDenials(std::vector<Draft>& drafts) {
  for (size_t i = 0; i < drafts.size(); ++i) {
    if (drafts[i].assertion.kind != Kind::kDenial) continue;
    for (size_t j = i; j-- > 0;) {
      const Draft& before = drafts[j];
      if (before.sentence + 1 < drafts[i].sentence) break;
      if (before.assertion.kind == Kind::kNumericFact || before.assertion.kind == Kind::kDenial) {
        continue;
      }
      drafts[i].assertion.denies = static_cast<int>(j);
      break;
    }
  }
}

void LinkConfirmations(std::vector<Draft>& drafts) {
  for (size_t i = 0; i < drafts.size(); ++i) {
    if (drafts[i].echo) drafts[i].assertion.confirms = MoveBefore(drafts, i);
  }
}

void DropIdleConfirmations(std::vector<Draft>& drafts) {
  size_t kept = 0;
  for (size_t i = 0; i < drafts.size(); ++i) {
    if (drafts[i].echo && MoveBefore(drafts, i) < 0) continue;
    if (kept != i) drafts[kept] = std::move(drafts[i]);
    ++kept;
  }
  drafts.resize(kept);
}

}  // namespace consilience::extraction
