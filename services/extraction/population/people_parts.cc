// Ties parts to their wholes: "including 18 children", "13 of whom were women".
#include "services/extraction/population/people_scan.h"

namespace consilience::extraction {

bool PeopleScan::IsPartOf(const People& part, const People& whole) const {
  if (!whole.quantity || !whole.quantity->lower) return true;
  const auto least = part.quantity->lower;
  const auto most = whole.quantity->upper ? whole.quantity->upper : whole.quantity->lower;
  return !least || whole.quantity->vague || !whole.quantity->upper || *least <= *most;
}

// The token after "including" and its company, or 0.
size_t PeopleScan::AfterIncluding(size_t at) const {
  while (at < limit_ && (text_[at].mark == ',' || text_[at].mark == '(' || text_[at].mark == '-')) {
    ++at;
  }
  if (at < limit_ && scene_.classes(at)[finder_.and_] && at + 1 < limit_ &&
      scene_.classes(at + 1)[finder_.including_]) {
    ++at;
  }
  if (at + 1 < limit_ && text_.Lower(at) == "of" &&
      IsOneOf(text_.Lower(at + 1), {"whom", "which"})) {
    return at + 2;
  }
  if (at >= limit_ || !scene_.classes(at)[finder_.including_]) return 0;
  at = scene_.note(at).words_end;
  if (at < limit_ && text_[at].mark == ':') ++at;
  while (at < limit_ && scene_.classes(at)[finder_.adverb_] && scene_.note(at).quantity < 0) {
    at = scene_.note(at).words_end;
  }
  return at;
}

// "13 of whom were women", "one of them a child": the noun of a part that began as a bare number.
bool PeopleScan::ReadPartNoun(People& part) const {
  size_t at = part.end;
  while (at < limit_ &&
         (scene_.classes(at)[finder_.be_] || IsOneOf(text_.Lower(at), {"a", "an"}))) {
    ++at;
  }
  People noun;
  auto head = FindHead(at, true, noun);
  if (!head || head->begin > at + 2) head = FindHead(at, false, noun);
  if (!head || head->begin > at + 2) return false;
  Describe(part, at, *head);
  part.bare = false;
  return true;
}

// Ties "including 18 children" and "13 of whom were women" to the people before them, and appends
// what is left of `found` to `joined`.
void PeopleScan::JoinParts(std::vector<People>& found, std::vector<People>& joined) const {
  for (size_t i = 0; i < found.size(); ++i) {
    People whole = std::move(found[i]);
    if (whole.of_them) ReadPartNoun(whole);  // "Seven people died, three of them children"
    if (!whole.quantity) {
      joined.push_back(std::move(whole));
      continue;
    }
    const bool had_comma = whole.end < limit_ && !text_[whole.end].is_word();
    bool extended = false;
    for (size_t next = i + 1; next < found.size(); next = i + 1) {
      size_t at = whole.end;
      const size_t after = AfterIncluding(at);
      const bool listed = !whole.subgroups.empty();
      while (at < limit_ &&
             (text_[at].mark == ',' || (listed ? scene_.classes(at)[finder_.and_] : IsDash(at)))) {
        ++at;
      }
      if (listed && at > whole.end && at < limit_ && Is(at, PeopleDeterminer::kPossessive) &&
          found[next].begin > at) {
        ++at;
      }
      People& part = found[next];
      const bool include = after != 0 && part.begin >= after && part.begin <= after + 2 &&
                           (!part.bare || ReadPartNoun(part));  // "of whom 13 were women"
      const bool of_them = part.of_them && part.begin == at && ReadPartNoun(part);
      const bool continues = listed && part.begin == at && !part.bare;
      if (!(include || of_them || continues) || part.bare) break;
      if (part.quantity && !IsPartOf(part, whole)) break;
      if (part.quantity) whole.subgroups.push_back({*part.quantity, part.population});
      whole.end = part.end;
      extended = true;
      i = next;
      while (i + 1 < found.size() && found[i + 1].begin < whole.end) ++i;  // the part's own noun
    }
    if (extended && had_comma && whole.end < limit_ && !text_[whole.end].is_word() &&
        !text_.IsHyphen(whole.end) && text_[whole.end].mark != '.' &&
        text_[whole.end].mark != '"') {
      ++whole.end;
    }
    joined.push_back(std::move(whole));
  }
}

}  // namespace consilience::extraction
