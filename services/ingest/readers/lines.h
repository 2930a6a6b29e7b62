// Lines of plain text, as headlines, dates and paragraphs are told by them.
#ifndef CONSILIENCE_SERVICES_INGEST_READERS_LINES_H_
#define CONSILIENCE_SERVICES_INGEST_READERS_LINES_H_

#include <algorithm>
#include <string_view>

namespace consilience::ingest {

inline std::string_view Trim(std::string_view line) {
  const size_t begin = line.find_first_not_of(" \t");
  if (begin == std::string_view::npos) return {};
  return line.substr(begin, line.find_last_not_of(" \t") + 1 - begin);
}

// Takes the next line off `rest`; without the white space around it.
inline std::string_view NextLine(std::string_view& rest) {
  const size_t end = std::min(rest.find('\n'), rest.size());
  const std::string_view line = rest.substr(0, end);
  rest.remove_prefix(std::min(end + 1, rest.size()));
  return Trim(line);
}

// "Portuguese / Spanish / English", "Home | World | Syria".
inline bool IsLinkRow(std::string_view line) {
  return line.find(" / ") != std::string_view::npos || line.find(" | ") != std::string_view::npos;
}

}  // namespace consilience::ingest

#endif  // CONSILIENCE_SERVICES_INGEST_READERS_LINES_H_
