#include "services/corroboration/independence/copies.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "services/corroboration/matching/words.h"

namespace consilience::corroboration {
namespace {

constexpr size_t kPairwiseLimit = 256;

double Centre(common::Span span) {
  return (static_cast<double>(span.begin) + static_cast<double>(span.end)) / 2.0;
}

// Whether two spans stand at the same place of a passage that two documents share. A passage tells
// of several things and quotes several people; only what stands in for one another is one text.
// Words that were changed shift what follows them.
bool Correspond(const PassageLink& link, common::Span here, common::Span there) {
  const auto size = static_cast<double>(link.span.size());
  const auto other_size = static_cast<double>(link.other_span.size());
  const double scale = other_size / std::max(size, 1.0);
  const double mapped = static_cast<double>(link.other_span.begin) +
                        (Centre(here) - static_cast<double>(link.span.begin)) * scale;
  const double shift =
      std::max(std::abs(size - other_size), (1.0 - link.similarity) * std::max(size, other_size));
  const auto reach = static_cast<double>(std::max(here.size(), there.size())) / 2.0;
  return std::abs(mapped - Centre(there)) <= reach + shift;
}

// The link of `a` that covers both assertions.
const PassageLink* LinkBetween(const RecordedAssertion& a, const RecordedAssertion& b) {
  for (const PassageLink& link : a.passages) {
    if (link.other_document == b.document.id && link.span.Overlaps(a.said.span) &&
        link.other_span.Overlaps(b.said.span) && Correspond(link, a.said.span, b.said.span)) {
      return &link;
    }
  }
  return nullptr;
}

bool HasHouseLink(const RecordedAssertion& a, const RecordedAssertion& b) {
  return std::any_of(a.passages.begin(), a.passages.end(), [&](const PassageLink& link) {
    return link.boilerplate && link.other_document == b.document.id;
  });
}

}  // namespace

std::optional<CopyEvidence> FindCopy(const Entry& a, const Entry& b, const QuoteOptions& options) {
  if (a.assertion->document.id == b.assertion->document.id) return std::nullopt;
  const PassageLink* link = LinkBetween(*a.assertion, *b.assertion);
  if (link == nullptr) link = LinkBetween(*b.assertion, *a.assertion);
  if (link != nullptr) {
    return CopyEvidence{
        link->boilerplate ? MergeBasis::kHouseCopy : MergeBasis::kSharedPassage,
        fmt::format("both stand in a passage of {} bytes that the documents share, {:.0f}% alike",
                    link->span.size(), 100.0 * link->similarity)};
  }
  const auto enough = static_cast<size_t>(options.passage_min_words);
  if (a.words.size() < enough || b.words.size() < enough) return std::nullopt;
  const double similarity = WordSimilarity(a.words, b.words);
  if (similarity < options.passage_similarity) return std::nullopt;
  return CopyEvidence{MergeBasis::kSharedPassage,
                      fmt::format("the same {} words, {:.0f}% alike",
                                  std::min(a.words.size(), b.words.size()), 100.0 * similarity)};
}

std::vector<CopyPair> FindCopies(const std::vector<Entry>& entries,
                                 const std::vector<size_t>& among, const QuoteOptions& options) {
  std::vector<CopyPair> pairs;
  std::map<std::vector<std::string>, std::vector<size_t>> by_words;
  std::vector<size_t> different;
  const auto enough = static_cast<size_t>(options.passage_min_words);
  for (const size_t i : among) {
    std::vector<size_t>& same = by_words[entries[i].words];
    if (!same.empty() && entries[i].words.size() >= enough) {
      // Equal words of one document do not pair; a later document still finds the first.
      if (auto evidence = FindCopy(entries[same.front()], entries[i], options)) {
        pairs.push_back({same.front(), i, *std::move(evidence)});
      }
    } else if (different.size() < kPairwiseLimit) {
      different.push_back(i);
    }
    same.push_back(i);
  }
  for (size_t x = 0; x < different.size(); ++x) {
    for (size_t y = x + 1; y < different.size(); ++y) {
      auto evidence = FindCopy(entries[different[x]], entries[different[y]], options);
      if (evidence) pairs.push_back({different[x], different[y], *std::move(evidence)});
    }
  }
  std::sort(pairs.begin(), pairs.end(), [](const CopyPair& a, const CopyPair& b) {
    return std::pair(a.first, a.second) < std::pair(b.first, b.second);
  });
  return pairs;
}

bool ShareHouseCopy(const Entry& a, const Entry& b) {
  return HasHouseLink(*a.assertion, *b.assertion) || HasHouseLink(*b.assertion, *a.assertion);
}

}  // namespace consilience::corroboration
