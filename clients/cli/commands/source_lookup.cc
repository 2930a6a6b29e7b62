#include "clients/cli/commands/source_lookup.h"

#include <algorithm>

#include "clients/cli/commands/support.h"
#include "clients/cli/render/words.h"
#include "clients/cpp/sources_client.h"
#include "fmt/format.h"

namespace consilience::cli {
namespace {

// Ids are hexadecimal; no name in words is.
bool IsId(const std::string& typed) {
  if (typed.starts_with("sources/")) return true;
  return std::all_of(typed.begin(), typed.end(),
                     [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

}  // namespace

absl::StatusOr<std::string> SourceNamed(Context& context, const std::string& typed) {
  if (typed.empty() || IsId(typed)) return NameIn("sources", typed);
  auto sources = context.Sources();
  if (!sources.ok()) return sources.status();
  corroboration::v1::ListSourcesRequest request;
  request.set_filter(FilterBuilder().And("display_name", "=", typed).text());
  std::string named;
  std::string all;
  for (auto& source : (*sources)->ListSources(request)) {
    if (!source.ok()) return source.status();
    named = source->name();
    all += fmt::format("{}{}", all.empty() ? "" : ", ", named);
  }
  if (named.empty()) return NameIn("sources", typed);
  if (named == all) return named;
  return absl::InvalidArgumentError(
      fmt::format("several sources are called \"{}\": {}; name one of them", typed, all));
}

}  // namespace consilience::cli
