#include "services/ingest/passages/passages.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "services/ingest/passages/words.h"

namespace consilience::ingest {
namespace {

// A passage while it is still words, with what house copy is told by.
struct Found {
  Alignment alignment;
  const IndexedDocument* other = nullptr;
  Passage passage;
  bool at_tail = false;
};

Direction DirectionOf(const std::string& date, const std::string& other_date) {
  if (date.empty() || other_date.empty() || date == other_date) return Direction::kUnknown;
  return other_date < date ? Direction::kFromOther : Direction::kToOther;
}

// Marks the passages that close the two texts, one behind the other. One of the texts may go on
// after a passage: with house copy that the other does not have.
void MarkTail(std::vector<Found>& found, uint32_t words, uint32_t other_words,
              const PassageOptions& options) {
  WordRange tail{words, words};
  uint32_t other_begin = other_words;
  for (auto each = found.rbegin(); each != found.rend(); ++each) {
    const Alignment& a = each->alignment;
    if (a.here.end > tail.begin || a.there.end > other_begin) continue;
    if (tail.begin - a.here.end > options.tail_slack &&
        other_begin - a.there.end > options.tail_slack) {
      break;
    }
    tail.begin = a.here.begin;
    other_begin = a.there.begin;
    const auto share = [](uint32_t part, uint32_t whole) {
      return static_cast<double>(part) / static_cast<double>(whole);
    };
    if (share(tail.size(), words) > options.max_tail_share ||
        share(other_words - other_begin, other_words) > options.max_tail_share) {
      break;
    }
    each->at_tail = true;
  }
}

std::vector<Found> CompareWith(const IndexedDocument& document, const std::vector<Word>& words,
                               const IndexedDocument& other, const PassageOptions& options) {
  const std::vector<Word> other_words = FindWords(other.text);
  std::vector<Found> found;
  for (const Alignment& alignment : Align(words, other_words, options.alignment)) {
    Found each{.alignment = alignment, .other = &other, .passage = {}, .at_tail = false};
    each.passage.other = other.number;
    each.passage.span = SpanOf(words, alignment.here.begin, alignment.here.end);
    each.passage.other_span = SpanOf(other_words, alignment.there.begin, alignment.there.end);
    each.passage.words = alignment.words;
    each.passage.similarity = alignment.similarity();
    each.passage.direction = DirectionOf(document.date, other.date);
    found.push_back(each);
  }
  MarkTail(found, static_cast<uint32_t>(words.size()), static_cast<uint32_t>(other_words.size()),
           options);
  return found;
}

bool OfDifferentDays(const IndexedDocument& a, const IndexedDocument& b) {
  return !a.date.empty() && !b.date.empty() && a.date != b.date;
}

bool MayBeOneHouse(const IndexedDocument& a, const IndexedDocument& b) {
  return a.outlet.empty() || b.outlet.empty() || a.outlet == b.outlet;
}

// The other documents of the house that hold most of the passage's words.
size_t HouseDocuments(const IndexedDocument& document, const Found& passage,
                      const std::vector<Found>& all) {
  std::set<DocumentNumber> documents;
  const WordRange here = passage.alignment.here;
  for (const Found& other : all) {
    const uint32_t begin = std::max(here.begin, other.alignment.here.begin);
    const uint32_t end = std::min(here.end, other.alignment.here.end);
    const bool most = begin < end && 2 * (end - begin) > here.size();
    if (most && !document.outlet.empty() && other.other->outlet == document.outlet) {
      documents.insert(other.other->number);
    }
  }
  return documents.size();
}

bool IsHouseCopy(const IndexedDocument& document, const Found& passage,
                 const std::vector<Found>& all, const PassageOptions& options) {
  const IndexedDocument& other = *passage.other;
  if (passage.at_tail && OfDifferentDays(document, other) && MayBeOneHouse(document, other)) {
    return true;
  }
  return HouseDocuments(document, passage, all) >= options.house_documents;
}

}  // namespace

absl::StatusOr<std::vector<DocumentNumber>> FindCandidates(
    DocumentNumber self, std::span<const Fingerprint> fingerprints, const PassageIndex& index,
    const PassageOptions& options) {
  const auto hits = index.Find(fingerprints, options.postings_per_hash);
  if (!hits.ok()) return hits.status();
  // A fingerprint that stands in few documents tells more than a stock phrase.
  std::map<uint32_t, double> postings;
  for (const PostingHit& hit : *hits) ++postings[hit.fingerprint];
  std::map<DocumentNumber, double> shared;
  for (const PostingHit& hit : *hits) {
    if (hit.posting.document != self) shared[hit.posting.document] += 1 / postings[hit.fingerprint];
  }
  std::vector<std::pair<DocumentNumber, double>> order(shared.begin(), shared.end());
  std::stable_sort(order.begin(), order.end(),
                   [](const auto& x, const auto& y) { return x.second > y.second; });
  if (order.size() > options.max_documents) order.resize(options.max_documents);
  std::vector<DocumentNumber> documents;
  documents.reserve(order.size());
  for (const auto& [document, weight] : order) documents.push_back(document);
  return documents;
}

absl::StatusOr<std::vector<Passage>> FindPassages(const IndexedDocument& document,
                                                  const PassageIndex& index,
                                                  const DocumentLookup& lookup,
                                                  const PassageOptions& options) {
  const auto candidates =
      FindCandidates(document.number, Winnow(FindWords(document.text)), index, options);
  if (!candidates.ok()) return candidates.status();
  std::vector<IndexedDocument> others;
  for (const DocumentNumber number : *candidates) {
    absl::StatusOr<IndexedDocument> other = lookup(number);
    if (other.ok()) {
      others.push_back(*std::move(other));
    } else if (!absl::IsNotFound(other.status())) {
      return other.status();
    }
  }
  return ComparePassages(document, others, options);
}

std::vector<Passage> ComparePassages(const IndexedDocument& document,
                                     const std::vector<IndexedDocument>& others,
                                     const PassageOptions& options) {
  const std::vector<Word> words = FindWords(document.text);
  std::vector<Found> all;
  for (const IndexedDocument& other : others) {
    if (other.number == document.number) continue;
    const std::vector<Found> found = CompareWith(document, words, other, options);
    all.insert(all.end(), found.begin(), found.end());
  }
  std::vector<Passage> passages;
  passages.reserve(all.size());
  for (const Found& found : all) {
    passages.push_back(found.passage);
    passages.back().boilerplate = IsHouseCopy(document, found, all, options);
  }
  std::sort(passages.begin(), passages.end(), [](const Passage& a, const Passage& b) {
    return std::tie(a.span, a.other, a.other_span) < std::tie(b.span, b.other, b.other_span);
  });
  return passages;
}

}  // namespace consilience::ingest
