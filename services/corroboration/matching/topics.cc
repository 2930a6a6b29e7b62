#include "services/corroboration/matching/topics.h"

#include <fmt/format.h>
#include <xxhash.h>

#include <algorithm>
#include <string>

namespace consilience::corroboration {
namespace {

constexpr int kStretchDays = 32;
constexpr int kMostStretches = 8;
// Around a statement: an event may have been dated a month off, a state holds for a season.
constexpr int kEventSlack = 31;
constexpr int kStateSlack = 90;
constexpr int kMostAround = 12;

struct Stretches {
  int first = 0;
  int last = 0;
  int count() const { return last - first + 1; }
};

int StretchOf(int day) {
  // Towards the past on both sides of 1970.
  return day >= 0 ? day / kStretchDays : -((kStretchDays - 1 - day) / kStretchDays);
}

Stretches Around(const Facet& facet, int slack) {
  const int from = facet.rule->state ? facet.as_of : facet.from;
  const int to = facet.rule->state ? facet.as_of : facet.to;
  return {StretchOf(from - slack), StretchOf(to + slack)};
}

bool IsSpeech(const Facet& facet) { return facet.rule->answer == AnswerType::kSpeech; }

bool IsPlaced(const Facet& facet) { return !facet.place.starts_with("document:"); }

uint64_t Key(const Facet& facet, std::string_view anchor, std::string_view when) {
  const std::string text = fmt::format("topic\n{}\n{}\n{}\n{}\n{}", facet.family, facet.crowd,
                                       facet.subject, anchor, when);
  return XXH3_64bits(text.data(), text.size());
}

uint64_t Key(const Facet& facet, std::string_view anchor, int stretch) {
  return Key(facet, anchor, fmt::format("{}", stretch));
}

std::vector<uint64_t> Sorted(std::vector<uint64_t> keys) {
  std::sort(keys.begin(), keys.end());
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
  return keys;
}

}  // namespace

std::vector<uint64_t> TopicKeys(const Facet& known) {
  if (IsSpeech(known)) return {Key(known, "", "speech")};
  if (!IsPlaced(known)) return {};
  if (!known.dated()) return {Key(known, known.anchor, "undated")};
  const Stretches stretches = Around(known, 0);
  if (stretches.count() > kMostStretches) return {Key(known, known.anchor, "long")};
  std::vector<uint64_t> keys;
  for (int at = stretches.first; at <= stretches.last; ++at) {
    keys.push_back(Key(known, known.anchor, at));
  }
  return Sorted(std::move(keys));
}

std::vector<uint64_t> TopicKeysAround(const Facet& statement, const PlaceHierarchy& places) {
  if (IsSpeech(statement)) return {Key(statement, "", "speech")};
  if (!IsPlaced(statement) || !statement.dated()) return {};
  Stretches around = Around(statement, statement.rule->state ? kStateSlack : kEventSlack);
  around.first = std::max(around.first, around.last - kMostAround + 1);
  std::vector<uint64_t> keys;
  for (const std::string& anchor : places.Around(statement.anchor)) {
    keys.push_back(Key(statement, anchor, "long"));
    keys.push_back(Key(statement, anchor, "undated"));
    for (int at = around.first; at <= around.last; ++at) keys.push_back(Key(statement, anchor, at));
  }
  return Sorted(std::move(keys));
}

}  // namespace consilience::corroboration
