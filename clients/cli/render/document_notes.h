// Documents as numbered notes: text says "[2]", and a list at the end says which that is.
#ifndef CONSILIENCE_CLIENTS_CLI_RENDER_DOCUMENT_NOTES_H_
#define CONSILIENCE_CLIENTS_CLI_RENDER_DOCUMENT_NOTES_H_

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "clients/cli/render/detail.h"

namespace consilience::cli {

struct DocumentInfo {
  std::string name;  // "documents/…"
  std::string title;
  std::string outlet;
  std::string published;  // ISO day
  std::string url;
};

// "“Title”, outlet, 22 Nov 2016", as far as it is known; what is not known is called so.
std::string DescribeDocument(const DocumentInfo& document);

// Numbers are given in the order of first mention. Not thread-safe.
class DocumentNotes {
 public:
  // `known`: by document name; documents that are not in it show by their name alone.
  explicit DocumentNotes(std::map<std::string, DocumentInfo> known) : known_(std::move(known)) {}

  // "[2]".
  std::string Mark(const std::string& document);
  // The list of those that were mentioned, under a heading; nothing when there were none.
  void Write(DetailWriter& detail) const;

 private:
  const std::map<std::string, DocumentInfo> known_;
  std::vector<std::string> order_;
};

}  // namespace consilience::cli

#endif  // CONSILIENCE_CLIENTS_CLI_RENDER_DOCUMENT_NOTES_H_
