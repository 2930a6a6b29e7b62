#include "services/ingest/readers/text_evidence.h"

#include <fmt/format.h>
#include <re2/re2.h>

#include <algorithm>
#include <optional>

#include "services/common/errors/error.h"
#include "services/common/text/utf8.h"
#include "services/ingest/readers/lines.h"

namespace consilience::ingest {
namespace {

constexpr size_t kTitleBytes = 200;
constexpr size_t kOpeningBytes = 600;
// Words of a line in front of the date that still make it a dateline: "ALEPPO, Syria, Nov 22,
// 2016".
constexpr size_t kDatelineBytes = 60;

size_t CountWords(std::string_view line) {
  size_t words = 0;
  bool in_word = false;
  for (const char c : line) {
    const bool space = c == ' ' || c == '\t';
    if (!space && !in_word) ++words;
    in_word = !space;
  }
  return words;
}

bool LooksLikeTitle(std::string_view line) {
  if (line.size() > kTitleBytes || CountWords(line) < 3) return false;
  return !line.ends_with('.') && !line.ends_with(',') && !line.ends_with(':');
}

enum class Standing { kNone, kInProse, kDateline, kOwnLine };

// How a date stands in the line around it.
Standing StandingOf(std::string_view text, const DatedWords& words) {
  size_t begin = text.rfind('\n', words.span.begin);
  begin = begin == std::string_view::npos ? 0 : begin + 1;
  const size_t end = std::min(text.find('\n', words.span.end), text.size());
  const std::string_view line = text.substr(begin, end - begin);
  const std::string_view before = text.substr(begin, words.span.begin - begin);
  const std::string_view after = text.substr(words.span.end, end - words.span.end);
  // "Published: 22 November 2016 | 10:30", "22 November 2016".
  static const RE2* const kLabel = new RE2(
      R"((?i)\s*(?:(?:first |last )?(?:published|posted|updated|date|created|issued)(?: on| at)?\s*:?)?\s*)");
  if (RE2::FullMatch(re2::StringPiece(before.data(), before.size()), *kLabel)) {
    return CountWords(line) <= 12 || begin == 0 ? Standing::kOwnLine : Standing::kInProse;
  }
  // "ALEPPO, Syria (Reuters), Nov 22, 2016 - ": capitals and commas before, a break after.
  static const RE2* const kCity = new RE2(R"(\s*[\p{Lu}][\p{L} .,'()/-]*[,.(]\s*)");
  static const RE2* const kBreak = new RE2(R"(\s*(?:\([\p{L} /-]+\)|/[\p{L} ]+/)?\s*[:)–—-].*)");
  if (before.size() <= kDatelineBytes &&
      RE2::FullMatch(re2::StringPiece(before.data(), before.size()), *kCity) &&
      RE2::FullMatch(re2::StringPiece(after.data(), after.size()), *kBreak)) {
    return Standing::kDateline;
  }
  return words.has_weekday ? Standing::kInProse : Standing::kNone;
}

std::string Describe(Standing standing, std::string_view words) {
  switch (standing) {
    case Standing::kOwnLine:
      return fmt::format("the line {} at the top", common::Quoted(words));
    case Standing::kDateline:
      return fmt::format("the dateline {}", common::Quoted(words));
    default:
      return fmt::format("{} near the top, weekday and date agreeing", common::Quoted(words));
  }
}

}  // namespace

std::vector<Candidate> InferTitle(std::string_view text) {
  std::string_view rest = text;
  std::string_view line;
  do {
    if (rest.empty()) return {};
    line = NextLine(rest);
  } while (line.empty() || IsLinkRow(line));
  if (rest.empty() || !LooksLikeTitle(line)) return {};
  std::string_view ahead = rest;
  const std::string_view next = NextLine(ahead);
  if (!next.empty() && next != line) return {};
  return {{std::string(line), Basis::kInferred, "the line that opens the text"}};
}

std::vector<Candidate> InferPublicationDate(std::string_view text, const DatePolicy& policy,
                                            std::vector<std::string>& warnings) {
  const std::string_view opening = common::PrefixOnBoundary(text, kOpeningBytes);
  std::vector<std::pair<Standing, Candidate>> found;
  for (const DatedWords& words : FindDates(opening)) {
    const Standing standing = StandingOf(text, words);
    if (standing == Standing::kNone) continue;
    const std::string_view shown = words.span.In(opening);
    if (words.has_weekday && !words.weekday_agrees) {
      warnings.push_back(
          fmt::format("{} is no evidence: that day was no such weekday", common::Quoted(shown)));
      continue;
    }
    if (const auto refusal = policy.Refusal(words.day); refusal.has_value()) {
      warnings.push_back(fmt::format("{} is no evidence: {}", common::Quoted(shown), *refusal));
      continue;
    }
    found.emplace_back(standing,
                       Candidate{ToIso(words.day), Basis::kInferred, Describe(standing, shown)});
  }
  std::stable_sort(found.begin(), found.end(),
                   [](const auto& a, const auto& b) { return a.first > b.first; });
  std::vector<Candidate> result;
  result.reserve(found.size());
  for (auto& [standing, candidate] : found) result.push_back(std::move(candidate));
  return result;
}

}  // namespace consilience::ingest
