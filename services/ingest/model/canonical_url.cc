#include "services/ingest/model/canonical_url.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace consilience::ingest {
namespace {

// Names, or beginnings of names where they end in '_', of parameters by which campaigns are
// followed.
constexpr std::array<std::string_view, 9> kTracking = {
    "utm_", "fbclid", "gclid", "igshid", "mc_cid", "mc_eid", "ocid", "cmpid", "smid"};

bool IsTracking(std::string_view parameter) {
  const std::string_view name = parameter.substr(0, parameter.find('='));
  return std::any_of(kTracking.begin(), kTracking.end(), [&](std::string_view known) {
    return known.back() == '_' ? name.starts_with(known) : name == known;
  });
}

std::string Lower(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return lower;
}

std::string KeptQuery(std::string_view query) {
  std::string kept;
  while (!query.empty()) {
    const std::string_view parameter = query.substr(0, query.find('&'));
    query.remove_prefix(std::min(query.size(), parameter.size() + 1));
    if (parameter.empty() || IsTracking(parameter)) continue;
    kept += kept.empty() ? "?" : "&";
    kept += parameter;
  }
  return kept;
}

}  // namespace

std::string CanonicalUrl(std::string_view url) {
  const size_t colon = url.find("://");
  if (colon == std::string_view::npos) return "";
  const std::string scheme = Lower(url.substr(0, colon));
  if (scheme != "http" && scheme != "https") return "";
  std::string_view rest = url.substr(colon + 3);
  rest = rest.substr(0, rest.find('#'));
  const size_t host_end = std::min(rest.find_first_of("/?"), rest.size());
  std::string_view host = rest.substr(0, host_end);
  const std::string_view port = scheme == "http" ? ":80" : ":443";
  if (host.ends_with(port)) host.remove_suffix(port.size());
  if (host.empty()) return "";
  rest.remove_prefix(host_end);
  const size_t mark = std::min(rest.find('?'), rest.size());
  std::string_view path = rest.substr(0, mark);
  while (path.ends_with('/')) path.remove_suffix(1);
  const std::string_view query = rest.substr(std::min(rest.size(), mark + 1));
  return "https://" + Lower(host) + std::string(path) + KeptQuery(query);
}

}  // namespace consilience::ingest
