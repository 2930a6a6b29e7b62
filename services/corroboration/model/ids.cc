#include "services/corroboration/model/ids.h"

#include <fmt/format.h>
#include <xxhash.h>

namespace consilience::corroboration {
namespace {

std::string QuantityKey(const std::optional<extraction::Quantity>& quantity) {
  if (!quantity) return "-";
  const auto bound = [](const std::optional<double>& value) {
    return value ? fmt::format("{:.17g}", *value) : std::string("*");
  };
  return fmt::format("{}{}..{}{}{}{}{}", bound(quantity->lower), quantity->lower_open ? "<" : "",
                     quantity->upper_open ? "<" : "", bound(quantity->upper),
                     quantity->approximate ? "~" : "", quantity->fraction ? "/" : "",
                     quantity->percent ? "%" : "");
}

}  // namespace

std::string ContentId(std::string_view kind, std::initializer_list<std::string_view> parts) {
  std::string content;
  content.reserve(256);
  content.append(kind).append(1, '\n');
  for (const std::string_view part : parts) {
    const fmt::format_int size(part.size());
    content.append(size.data(), size.size()).append(1, ':').append(part).append(1, '\n');
  }
  const XXH128_hash_t hash = XXH3_128bits(content.data(), content.size());
  return fmt::format("{:016x}{:04x}", hash.high64, hash.low64 & 0xffffU);
}

std::string AssertionId(std::string_view document, const extraction::Assertion& said) {
  return ContentId(
      "assertion",
      {document, fmt::format("{}", static_cast<int>(said.kind)), said.measure,
       fmt::format("{}-{}", said.span.begin, said.span.end), QuantityKey(said.quantity),
       said.population.label, said.place.id.empty() ? said.place.name : said.place.id,
       fmt::format("{}/{}", said.time.from, said.time.to), said.actor,
       said.polarity == extraction::Polarity::kDenied ? "denied" : "asserted"});
}

}  // namespace consilience::corroboration
