// The vocabulary of web pages: data/page_words.tsv.
#ifndef CONSILIENCE_SERVICES_INGEST_READERS_PAGE_WORDS_H_
#define CONSILIENCE_SERVICES_INGEST_READERS_PAGE_WORDS_H_

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace consilience::ingest {

using WordSet = std::set<std::string, std::less<>>;

struct PageWords {
  WordSet furniture, body, caption, post, tag, role;
  std::vector<std::string> date, closing;  // in the order of the file

  // Errors name the line and its rule.
  static absl::StatusOr<PageWords> Parse(std::string_view table);
  // The table that is built in.
  static const PageWords& Default();
};

// The words of a class or id attribute, in lower case.
std::vector<std::string> SplitName(std::string_view name);

}  // namespace consilience::ingest

#endif  // CONSILIENCE_SERVICES_INGEST_READERS_PAGE_WORDS_H_
