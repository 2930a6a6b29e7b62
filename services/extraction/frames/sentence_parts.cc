// Ties parts that a sentence states apart from their whole to it.
#include <algorithm>
#include <string_view>

#include "services/extraction/frames/sentence_drafts.h"
#include "services/extraction/text/one_of.h"

namespace consilience::extraction {

void SentenceDrafts::AddParts(size_t first, std::vector<Draft>& drafts) {
  for (const Frame* part : parts_) AttachPart(*part, first, drafts);
  for (size_t i = 0; i + 1 < row_.size(); ++i) {
    const int32_t index = row_.units[i].people;
    if (index >= 0) {
      const People& part = people_[static_cast<size_t>(index)];
      const bool trailing = IsAmongThem(i);
      if ((part.of_them && !part.bare) || trailing) AttachIncluded(i, i, first, drafts);
    }
    if (!row_.classes[i][b_.including_] && !OpensList(i)) continue;
    size_t next = i + 1;
    while (next < row_.size() && row_.classes[next][kSkip]) ++next;
    AttachIncluded(i, next, first, drafts);
  }
  DropJoined(first, drafts);
}

bool SentenceDrafts::IsAmongThem(size_t unit) const {
  return row_.classes[unit][kPeople] && unit > 0 && row_.classes[unit - 1][kComma] &&
         row_.classes[unit + 1][b_.including_] &&
         scene_.text().Lower(row_.units[unit + 1].begin) == "among";
}

bool SentenceDrafts::OpensList(size_t unit) const {
  if (scene_.text()[row_.units[unit].begin].mark != ':' || !row_.classes[unit + 1][kPeople]) {
    return false;
  }
  const int32_t index = row_.units[unit + 1].people;
  const People& part = people_[static_cast<size_t>(index)];
  return !part.bare && part.quantity.has_value();
}

void SentenceDrafts::DropJoined(size_t first, std::vector<Draft>& drafts) const {
  size_t kept = first;
  for (size_t i = first; i < drafts.size(); ++i) {
    const bool joined =
        std::find(joined_.begin(), joined_.end(), victims_[i - first]) != joined_.end();
    if ((joined && victims_[i - first] >= 0) || SaysNothingNew(i, first, drafts)) continue;
    if (kept != i) drafts[kept] = std::move(drafts[i]);
    ++kept;
  }
  drafts.resize(kept);
}

bool SentenceDrafts::SaysNothingNew(size_t at, size_t first, const std::vector<Draft>& drafts) {
  const Assertion& fact = drafts[at].assertion;
  if (fact.kind != Kind::kNumericFact || !fact.quantity) return false;
  return std::any_of(
      drafts.begin() + static_cast<std::ptrdiff_t>(first), drafts.end(), [&](const Draft& other) {
        return other.assertion.kind != Kind::kNumericFact && other.assertion.quantity &&
               other.assertion.quantity->span.begin == fact.quantity->span.begin;
      });
}

bool SentenceDrafts::IsClaimed(int32_t unit, size_t first, const std::vector<Draft>& drafts) const {
  for (size_t i = first; i < drafts.size(); ++i) {
    const bool number = drafts[i].assertion.kind == Kind::kNumericFact;
    if (!number && victims_[i - first] == unit) return true;
  }
  return false;
}

// "Six civilians were among at least 22 people killed": the six are part of the 22.
void SentenceDrafts::AttachPart(const Frame& part, size_t first, std::vector<Draft>& drafts) const {
  const People* people = PeopleAt(part.match[Role::kVictims].begin);
  if (people == nullptr || !people->quantity) return;
  for (size_t i = first; i < drafts.size(); ++i) {
    Assertion& whole = drafts[i].assertion;
    if (victims_[i - first] != part.match[Role::kWhole].begin ||
        whole.measure != part.rule->measure) {
      continue;
    }
    whole.rule = part.rule->id;
    whole.subgroups.push_back({*people->quantity, people->population});
    for (const Subgroup& nested : people->subgroups) whole.subgroups.push_back(nested);
    drafts[i].begin = std::min(drafts[i].begin, people->begin);
    whole.span = scene_.text().SpanOf(drafts[i].begin, drafts[i].end);
    return;
  }
}

// "At least 11 people were killed, including two children": the part follows the verb.
void SentenceDrafts::AttachIncluded(size_t including, size_t people, size_t first,
                                    std::vector<Draft>& drafts) {
  Draft* whole = nullptr;
  int32_t nearest = -1;
  for (size_t i = first; i < drafts.size(); ++i) {
    const int32_t victims = victims_[i - first];
    if (drafts[i].assertion.kind == Kind::kNumericFact) continue;
    if (victims < 0 || victims >= static_cast<int32_t>(including) || victims < nearest) continue;
    whole = &drafts[i];
    nearest = victims;
  }
  for (size_t at = people; whole != nullptr && at < row_.size(); ++at) {
    const ClassSet& classes = row_.classes[at];
    if (!classes[kPeople]) {
      const bool joins = classes[kComma] || classes[kSkip] ||
                         IsOneOf(scene_.text().Lower(row_.units[at].begin),
                                 {"and", "another", "her", "his", "their"});
      if (!joins) return;
      continue;
    }
    const People& part = *PeopleAt(static_cast<int32_t>(at));
    const auto& least = part.quantity->lower;
    const auto& most = whole->assertion.quantity ? whole->assertion.quantity->upper : std::nullopt;
    const bool claimed = IsClaimed(static_cast<int32_t>(at), first, drafts);
    if (part.bare || (least && most && *least > *most) || (claimed && at != people)) return;
    whole->assertion.subgroups.push_back({*part.quantity, part.population});
    joined_.push_back(static_cast<int32_t>(at));
    if (whole->end < part.end) whole->end = part.end;
    whole->assertion.span = scene_.text().SpanOf(whole->begin, whole->end);
  }
}

}  // namespace consilience::extraction
