#include "services/ingest/readers/page_words.h"

#include <fmt/format.h>

#include <cstdlib>

#include "services/ingest/readers/errors.h"

namespace consilience::ingest {

extern const std::string_view kPageWordsTable;  // generated from data/page_words.tsv

namespace {

absl::Status AddWord(std::string_view role, std::string_view word, PageWords& words) {
  if (role == "furniture") {
    words.furniture.emplace(word);
  } else if (role == "body") {
    words.body.emplace(word);
  } else if (role == "caption") {
    words.caption.emplace(word);
  } else if (role == "post") {
    words.post.emplace(word);
  } else if (role == "tag") {
    words.tag.emplace(word);
  } else if (role == "role") {
    words.role.emplace(word);
  } else if (role == "date") {
    words.date.emplace_back(word);
  } else if (role == "closing") {
    words.closing.emplace_back(word);
  } else {
    return BadField({.format = "page_words.tsv"}, "role", role,
                    "the roles stand at the top of the file");
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<PageWords> PageWords::Parse(std::string_view table) {
  PageWords words;
  for (size_t line = 1; !table.empty(); ++line) {
    const size_t end = std::min(table.find('\n'), table.size());
    const std::string_view row = table.substr(0, end);
    table.remove_prefix(std::min(end + 1, table.size()));
    if (row.empty() || row.starts_with('#')) continue;
    const size_t tab = row.find('\t');
    if (tab == std::string_view::npos || row.find('\t', tab + 1) != std::string_view::npos) {
      return Malformed({.format = "page_words.tsv"},
                       fmt::format("line {}: a role, one tab and a word are a row", line));
    }
    const absl::Status added = AddWord(row.substr(0, tab), row.substr(tab + 1), words);
    if (!added.ok()) return added;
  }
  return words;
}

const PageWords& PageWords::Default() {
  static const PageWords* const words = [] {
    absl::StatusOr<PageWords> parsed = Parse(kPageWordsTable);
    // Built in and tested: it cannot be wrong in a program that was shipped.
    if (!parsed.ok()) std::abort();
    return new PageWords(*std::move(parsed));
  }();
  return *words;
}

std::vector<std::string> SplitName(std::string_view name) {
  std::vector<std::string> words;
  std::string word;
  bool was_lower = false;
  for (const char c : name) {
    const bool upper = c >= 'A' && c <= 'Z';
    const bool letter = upper || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if ((!letter || (upper && was_lower)) && !word.empty()) {
      words.push_back(std::move(word));
      word.clear();
    }
    if (letter) word += upper ? static_cast<char>(c | 0x20) : c;
    was_lower = letter && !upper;
  }
  if (!word.empty()) words.push_back(std::move(word));
  return words;
}

}  // namespace consilience::ingest
