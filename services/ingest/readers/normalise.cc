#include "services/ingest/readers/normalise.h"

#include <unicode/bytestream.h>
#include <unicode/edits.h>
#include <unicode/normalizer2.h>

#include <optional>

#include "services/ingest/readers/errors.h"

namespace consilience::ingest {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

bool IsLineEnd(char c) { return c == '\r' || c == '\f' || c == '\v'; }

bool IsBlank(std::string_view text) {
  return text.find_first_not_of(" \t\n\r\f\v") == std::string_view::npos;
}

// The first control character that no text has.
std::optional<size_t> FindControl(std::string_view text) {
  for (size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte >= 0x20U && byte != 0x7FU) continue;
    if (text[i] != '\n' && text[i] != '\t' && !IsLineEnd(text[i])) return i;
  }
  return std::nullopt;
}

NormalisedText WithLineEnds(std::string_view text, size_t begin) {
  NormalisedText result;
  result.text.reserve(text.size());
  result.map.Add(0, begin);
  for (size_t at = 0; at < text.size();) {
    size_t end = at;
    while (end < text.size() && !IsLineEnd(text[end])) ++end;
    result.text.append(text.substr(at, end - at));
    at = end;
    if (at == text.size()) break;
    const size_t length = text.substr(at, 2) == "\r\n" ? 2 : 1;
    result.map.Add(result.text.size(), begin + at, 1, length);
    result.text += '\n';
    at += length;
    result.map.Add(result.text.size(), begin + at);
  }
  return result;
}

// NFC, with the map of what composed or reordered. Nothing when `text` is NFC already.
std::optional<NormalisedText> Compose(std::string_view text) {
  UErrorCode error = U_ZERO_ERROR;
  const icu::Normalizer2* nfc = icu::Normalizer2::getNFCInstance(error);
  const icu::StringPiece piece(text.data(), static_cast<int32_t>(text.size()));
  if (U_FAILURE(error) || nfc->isNormalizedUTF8(piece, error)) return std::nullopt;
  NormalisedText result;
  icu::Edits edits;
  icu::StringByteSink<std::string> sink(&result.text);
  nfc->normalizeUTF8(0, piece, sink, &edits, error);
  icu::Edits::Iterator each = edits.getFineIterator();
  while (each.next(error)) {
    const auto stored = static_cast<size_t>(each.destinationIndex());
    const auto original = static_cast<size_t>(each.sourceIndex());
    const auto length = static_cast<size_t>(each.newLength());
    if (!each.hasChange()) {
      result.map.Add(stored, original);
    } else if (length > 0 && length < UINT16_MAX && each.oldLength() < UINT16_MAX) {
      result.map.Add(stored, original, length, static_cast<size_t>(each.oldLength()));
    }
  }
  return result;
}

}  // namespace

absl::StatusOr<NormalisedText> Normalise(std::string_view utf8, std::string_view format,
                                         const Limits& limits) {
  if (utf8.size() > limits.document_bytes) {
    return DocumentTooLarge({format, limits.document_bytes}, limits.document_bytes);
  }
  if (const auto control = FindControl(utf8); control.has_value()) {
    return NotText({format, *control}, static_cast<unsigned char>(utf8[*control]));
  }
  const size_t begin = utf8.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0;
  if (IsBlank(utf8.substr(begin))) return EmptyDocument({format, 0});
  NormalisedText lines = WithLineEnds(utf8.substr(begin), begin);
  std::optional<NormalisedText> composed = Compose(lines.text);
  if (!composed.has_value()) return lines;
  composed->map = composed->map.Then(lines.map);
  return *std::move(composed);
}

}  // namespace consilience::ingest
