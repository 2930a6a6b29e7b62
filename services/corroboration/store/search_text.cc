#include "services/corroboration/store/search_text.h"

#include <fmt/format.h>

#include <algorithm>

namespace consilience::corroboration {

DocumentText TextOf(std::string_view document, const std::vector<QuestionPtr>& questions) {
  std::vector<RecordedAssertion> assertions;
  for (const QuestionPtr& question : questions) {
    for (const RecordedAssertion& member : question->members) {
      if (member.document.id == document) assertions.push_back(member);
    }
  }
  return {std::string(document), SearchWordsOf(assertions)};
}

std::string Joined(const SearchWords& words) {
  std::string text;
  for (const std::string& word : words) {
    if (!text.empty()) text += ' ';
    text += word;
  }
  return text;
}

SearchWords Parted(std::string_view joined) {
  SearchWords words;
  while (!joined.empty()) {
    const size_t end = std::min(joined.find(' '), joined.size());
    words.emplace_hint(words.end(), joined.substr(0, end));
    joined.remove_prefix(std::min(end + 1, joined.size()));
  }
  return words;
}

std::string FtsQuery(const std::vector<SearchTerm>& terms) {
  std::string query;
  for (const SearchTerm& term : terms) {
    query += fmt::format("{}\"{}\"{}", query.empty() ? "" : " ", term.word, term.whole ? "" : "*");
  }
  return query;
}

std::string TsQuery(const std::vector<SearchTerm>& terms) {
  std::string query;
  for (const SearchTerm& term : terms) {
    query += fmt::format("{}'{}'{}", query.empty() ? "" : " & ", term.word, term.whole ? "" : ":*");
  }
  return query;
}

}  // namespace consilience::corroboration
