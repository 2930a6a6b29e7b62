// Words of documents, as the stores that index them write them.
#ifndef CONSILIENCE_SERVICES_CORROBORATION_STORE_SEARCH_TEXT_H_
#define CONSILIENCE_SERVICES_CORROBORATION_STORE_SEARCH_TEXT_H_

#include <string>
#include <string_view>
#include <vector>

#include "services/corroboration/store/records.h"

namespace consilience::corroboration {

// The words of a document that was recorded before there was an index of them, from the questions
// that hold its assertions.
DocumentText TextOf(std::string_view document, const std::vector<QuestionPtr>& questions);

// The words with a space between.
std::string Joined(const SearchWords& words);
SearchWords Parted(std::string_view joined);

// The terms in the query language of FTS5 and of PostgreSQL. Words are letters and digits, so
// nothing of them can be taken for a sign of the language.
std::string FtsQuery(const std::vector<SearchTerm>& terms);
std::string TsQuery(const std::vector<SearchTerm>& terms);

}  // namespace consilience::corroboration

#endif  // CONSILIENCE_SERVICES_CORROBORATION_STORE_SEARCH_TEXT_H_
