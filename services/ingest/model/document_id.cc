#include "services/ingest/model/document_id.h"

#include "services/common/text/digest.h"

namespace consilience::ingest {
namespace {
constexpr std::string_view kNamePrefix = "documents/";
}  // namespace

std::string IdOfText(std::string_view text) { return common::Sha256Hex(text).substr(0, kIdDigits); }

std::string NameOf(std::string_view id) { return std::string(kNamePrefix) + std::string(id); }

std::optional<std::string> IdOf(std::string_view name) {
  if (!name.starts_with(kNamePrefix)) return std::nullopt;
  name.remove_prefix(kNamePrefix.size());
  const bool hex = name.find_first_not_of("0123456789abcdef") == std::string_view::npos;
  if (name.size() != kIdDigits || !hex) return std::nullopt;
  return std::string(name);
}

}  // namespace consilience::ingest
