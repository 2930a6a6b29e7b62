#include "services/common/errors/written.h"

#include <fmt/format.h>

#include <algorithm>

#include "services/common/errors/catalogue.h"

namespace consilience::common {
namespace {

bool IsControl(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }

absl::Status Check(std::string_view field, std::string_view text, size_t most,
                   std::string_view allowed) {
  if (text.size() > most) {
    return FieldInvalid(field, text,
                        fmt::format("has {} bytes; write at most {}", text.size(), most));
  }
  const bool has_control = std::any_of(text.begin(), text.end(), [&](char c) {
    return IsControl(c) && allowed.find(c) == std::string_view::npos;
  });
  if (!has_control) return absl::OkStatus();
  return FieldInvalid(field, text,
                      allowed.empty() ? "write it on one line, without control characters"
                                      : "leave out the control characters");
}

}  // namespace

absl::Status CheckLine(std::string_view field, std::string_view text) {
  return Check(field, text, kMostLineBytes, "");
}

absl::Status RequireLine(std::string_view field, std::string_view text, std::string_view remedy) {
  return text.empty() ? FieldMissing(field, remedy) : CheckLine(field, text);
}

absl::Status RequireNote(std::string_view field, std::string_view text, std::string_view remedy) {
  return text.empty() ? FieldMissing(field, remedy) : Check(field, text, kMostNoteBytes, "\t\r\n");
}

}  // namespace consilience::common
