#include "services/extraction/place/unlisted_places.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <string>
#include <string_view>

#include "services/extraction/lexicon/table.h"

namespace consilience::extraction {
namespace {

constexpr std::array<std::string_view, 6> kRoles = {"lead",  "struck", "follow",
                                                    "never", "prefix", "counted"};
// From this share of capitalised words on, capitals tell nothing of a word: a headline in title
// case.
constexpr double kTitleCase = 0.6;
// Words of the longest phrase before a name: "south of".
constexpr size_t kLongestLead = 2;

bool IsTitleCase(const Text& text, const Sentence& sentence) {
  size_t words = 0;
  size_t capitalised = 0;
  for (size_t i = sentence.begin; i < sentence.end; ++i) {
    if (!text[i].is_word()) continue;
    ++words;
    if (text[i].is(kCapitalised)) ++capitalised;
  }
  return static_cast<double>(capitalised) >= kTitleCase * static_cast<double>(words);
}

}  // namespace

absl::StatusOr<UnlistedPlaces> UnlistedPlaces::Load(const std::filesystem::path& rules,
                                                    Vocabulary& vocabulary) {
  UnlistedPlaces places;
  auto table =
      Table::Load(rules / "places" / "unlisted.tsv", {"place-unlisted", 1, {"role", "phrase"}});
  if (!table.ok()) return table.status();
  for (const Table::Row& row : table->rows()) {
    const auto* const role = std::find(kRoles.begin(), kRoles.end(), row[0]);
    if (role == kRoles.end()) {
      return table->Error(
          row, fmt::format("no role \"{}\"; one of {}", row[0], fmt::join(kRoles, ", ")));
    }
    const auto payload = static_cast<int32_t>(role - kRoles.begin());
    if (absl::Status s = places.words_.Add(vocabulary, row[1], payload); !s.ok()) {
      return table->Error(row, std::string(s.message()));
    }
  }
  return places;
}

bool UnlistedPlaces::Is(Role role, const Text& text, size_t begin, size_t end) const {
  const auto match = words_.Longest(text.tokens(), begin, end);
  return match && match->end == end && static_cast<Role>(match->payload) == role;
}

bool UnlistedPlaces::EndsBefore(Role role, const Text& text, size_t token) const {
  for (size_t words = 1; words <= kLongestLead && words <= token; ++words) {
    if (Is(role, text, token - words, token)) return true;
  }
  return false;
}

// What leads to a place may follow one: "in Zorbville near the border".
bool UnlistedPlaces::GoesOn(const Text& text, size_t token) const {
  return Is(Role::kFollow, text, token, token + 1) || Is(Role::kLead, text, token, token + 1);
}

bool UnlistedPlaces::IsNever(const Text& text, size_t begin, size_t end) const {
  for (size_t i = begin; i < end; ++i) {
    if (Is(Role::kNever, text, i, i + 1)) return true;
  }
  return false;
}

bool UnlistedPlaces::IsLedTo(const Text& text, size_t token) const {
  if (token > 0 && text.Lower(token - 1) == "the") --token;
  return EndsBefore(Role::kLead, text, token);
}

bool UnlistedPlaces::StandsAsPlace(const Text& text, size_t begin, size_t end) const {
  if (begin == 0 || text[begin].is(kSentenceInitial) || text[end - 1].is(kPossessive)) return false;
  for (size_t i = begin; i < end; ++i) {
    if (text[i].is(kAllCaps) || text[i].is(kHasDigit)) return false;
  }
  const bool struck =
      begin >= 2 && text.Lower(begin - 1) == "on" && EndsBefore(Role::kStruck, text, begin - 1);
  // "184 deaths were reported from Buner, 36 | from Shangla"
  const bool counted =
      begin >= 2 && text.Lower(begin - 1) == "from" &&
      (text[begin - 2].is_number() || Is(Role::kCounted, text, begin - 2, begin - 1));
  // "followed by | Zorbville, where 12 died"
  const bool where =
      end + 1 < text.size() && text[end].mark == ',' && text.Lower(end + 1) == "where";
  if (!struck && !counted && !where && !EndsBefore(Role::kLead, text, begin)) return false;
  if (IsTitleCase(text, text.sentences()[text[begin].sentence])) return false;
  const bool last = end >= text.size() || text[end].sentence != text[begin].sentence;
  return last || !(text[end].is_word() || text[end].is_number()) || GoesOn(text, end);
}

namespace {

bool BeginsDateline(const Text& text, size_t begin) {
  const auto segments = text.segments();
  return std::any_of(segments.begin(), segments.end(), [&](const Segment& segment) {
    return segment.kind == SegmentKind::kDateline && segment.begin == begin;
  });
}

}  // namespace

bool UnlistedPlaces::OpensDateline(const Text& text, size_t begin, size_t end) {
  return end < text.size() && text[end].mark == ',' && BeginsDateline(text, begin);
}

bool UnlistedPlaces::IsDateline(const Text& text, size_t begin, size_t end) {
  if (end >= text.size() || text[end].mark != '(' || !BeginsDateline(text, begin)) return false;
  return text[begin].is(kAllCaps) && text[end - 1].is(kAllCaps);
}

bool UnlistedPlaces::IsPartOfName(const Text& text, size_t begin, size_t end) const {
  const auto prefix = [&](size_t at) { return Is(Role::kPrefix, text, at, at + 1); };
  const bool opens = end < text.size() && end == begin + 1 && text[end].is_word() &&
                     text[end].is(kCapitalised) && prefix(begin) && !text.all_caps();
  size_t before = begin;
  if (before > 1 && text[before - 1].mark == '.' && !text[before - 1].is(kSpaceBefore)) --before;
  const bool saint = before > 0 && text[before - 1].is(kCapitalised) &&
                     (text.Lower(before - 1) == "st" || text.Lower(before - 1) == "st." ||
                      text.Lower(before - 1) == "saint");
  return opens || saint;
}

std::string UnlistedPlaces::WithoutCapitals(std::string name) {
  for (size_t i = 1; i < name.size(); ++i) {
    const bool inside = std::isalpha(static_cast<unsigned char>(name[i - 1])) != 0;
    if (inside) name[i] = static_cast<char>(std::tolower(static_cast<unsigned char>(name[i])));
  }
  return name;
}

}  // namespace consilience::extraction
