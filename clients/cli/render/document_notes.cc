#include "clients/cli/render/document_notes.h"

#include <algorithm>

#include "clients/cli/render/numbers.h"
#include "fmt/format.h"

namespace consilience::cli {

std::string DescribeDocument(const DocumentInfo& document) {
  std::string text = document.title.empty() ? "untitled" : fmt::format("“{}”", document.title);
  text += ", " + (document.outlet.empty() ? "outlet unknown" : document.outlet);
  text += ", " + (document.published.empty() ? "undated" : Day(document.published));
  return text;
}

std::string DocumentNotes::Mark(const std::string& document) {
  auto found = std::find(order_.begin(), order_.end(), document);
  if (found == order_.end()) found = order_.insert(order_.end(), document);
  return fmt::format("[{}]", found - order_.begin() + 1);
}

void DocumentNotes::Write(DetailWriter& detail) const {
  if (order_.empty()) return;
  detail.Section("Documents");
  for (size_t i = 0; i < order_.size(); ++i) {
    const std::string number = fmt::format("[{}] ", i + 1);
    const auto known = known_.find(order_[i]);
    if (known != known_.end()) {
      detail.Line(DescribeDocument(known->second), 2, number);
      detail.Line(order_[i], 2 + static_cast<int>(number.size()), "", Style::kFaint);
    } else {
      detail.Line(order_[i], 2, number);
    }
  }
}

}  // namespace consilience::cli
