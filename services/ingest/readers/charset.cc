#include "services/ingest/readers/charset.h"

#include <uchardet/uchardet.h>
#include <unicode/ucnv.h>

#include <algorithm>
#include <array>
#include <memory>
#include <vector>

#include "services/common/text/utf8.h"
#include "services/ingest/readers/errors.h"
#include "services/ingest/readers/utf8_append.h"

namespace consilience::ingest {
namespace {

struct Mark {
  std::string_view bytes;
  const char* charset;
};

// UTF-32LE stands before UTF-16LE, whose mark is the beginning of its own.
constexpr std::array<Mark, 5> kMarks = {{
    {"\xEF\xBB\xBF", "UTF-8"},
    {std::string_view("\xFF\xFE\0\0", 4), "UTF-32LE"},
    {std::string_view("\0\0\xFE\xFF", 4), "UTF-32BE"},
    {"\xFF\xFE", "UTF-16LE"},
    {"\xFE\xFF", "UTF-16BE"},
}};

bool IsUtf8Name(std::string_view name) {
  std::string plain;
  for (const char c : name) {
    if (c != '-' && c != '_') plain += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  }
  return plain == "utf8";
}

// Web pages that declare ISO 8859-1 or ASCII mean Windows 1252, which has letters where the former
// have controls; every browser reads them so (WHATWG Encoding, "names and labels").
std::string AsMeant(std::string_view name) {
  std::string upper(name);
  std::transform(upper.begin(), upper.end(), upper.begin(),
                 [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
  if (upper == "ISO-8859-1" || upper == "LATIN1" || upper == "ASCII" || upper == "US-ASCII") {
    return "windows-1252";
  }
  return std::string(name);
}

// A sequence cut short in a way in which no other character set is used: what begins a quotation
// mark or a dash (in Windows 1252 "â€"), or a capital letter behind a small one ("cafÃ").
bool IsCutShort(std::string_view bytes, size_t fault) {
  const auto at = [&](size_t i) {
    return i < bytes.size() ? static_cast<unsigned char>(bytes[i]) : 0U;
  };
  if (at(fault) == 0xE2U) return at(fault + 1) == 0x80U;
  const bool leads = at(fault) == 0xC2U || at(fault) == 0xC3U;
  return leads && fault > 0 && at(fault - 1) >= 'a' && at(fault - 1) <= 'z';
}

// More well-formed sequences of several bytes than faults, or a fault that only UTF-8 can have.
bool IsDamagedUtf8(std::string_view bytes) {
  size_t faults = 0;
  size_t sequences = 0;
  for (size_t begin = 0; begin < bytes.size();) {
    const std::string_view rest = bytes.substr(begin);
    const size_t good = common::FindInvalidUtf8(rest).value_or(rest.size());
    for (const char c : rest.substr(0, good)) {
      if (static_cast<unsigned char>(c) >= 0xC0U) ++sequences;
    }
    if (good == rest.size()) break;
    if (IsCutShort(bytes, begin + good)) return true;
    ++faults;
    begin += good + 1;
  }
  return sequences > faults;
}

std::string AskUchardet(std::string_view bytes) {
  const std::unique_ptr<uchardet, decltype(&uchardet_delete)> detector(uchardet_new(),
                                                                       &uchardet_delete);
  // Enough to tell; its cost is linear and high.
  const std::string_view sample = bytes.substr(0, size_t{1} << 18);
  uchardet_handle_data(detector.get(), sample.data(), sample.size());
  uchardet_data_end(detector.get());
  return uchardet_get_charset(detector.get());
}

struct CloseConverter {
  void operator()(UConverter* converter) const { ucnv_close(converter); }
};
using Converter = std::unique_ptr<UConverter, CloseConverter>;

Converter OpenConverter(const std::string& name) {
  UErrorCode error = U_ZERO_ERROR;
  Converter converter(ucnv_open(name.c_str(), &error));
  if (U_FAILURE(error)) return nullptr;
  ucnv_setToUCallBack(converter.get(), UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &error);
  return U_FAILURE(error) ? nullptr : std::move(converter);
}

// One code point after another through ICU, because that gives each one's place in the bytes.
absl::StatusOr<Utf8Text> Convert(std::string_view bytes, const Charset& charset,
                                 std::string_view format, const Limits& limits) {
  const Converter converter = OpenConverter(charset.name);
  if (converter == nullptr) return UnknownCharset({format, 0}, charset.name);
  Utf8Text result;
  const char* at = bytes.data() + charset.bom_size;
  const char* const end = bytes.data() + bytes.size();
  while (at < end) {
    UErrorCode error = U_ZERO_ERROR;
    const char* const before = at;
    const UChar32 c = ucnv_getNextUChar(converter.get(), &at, end, &error);
    if (error == U_INDEX_OUTOFBOUNDS_ERROR) break;
    const auto offset = static_cast<size_t>(before - bytes.data());
    if (U_FAILURE(error) || U_IS_SURROGATE(c)) {
      return BrokenEncoding({format, offset}, charset.name, charset.how);
    }
    const size_t stored = result.text.size();
    AppendUtf8(static_cast<uint32_t>(c), result.text);
    result.map.Add(stored, offset, result.text.size() - stored, static_cast<size_t>(at - before));
    if (result.text.size() > limits.document_bytes) {
      return DocumentTooLarge({format, offset}, limits.document_bytes);
    }
  }
  return result;
}

}  // namespace

Charset TellCharset(std::string_view bytes, std::string_view declared) {
  for (const Mark& mark : kMarks) {
    if (bytes.starts_with(mark.bytes)) {
      return {mark.charset, "byte order mark", mark.bytes.size()};
    }
  }
  if (!declared.empty()) return {AsMeant(declared), "declared", 0};
  if (!common::FindInvalidUtf8(bytes).has_value()) return {"UTF-8", "well-formed UTF-8", 0};
  if (IsDamagedUtf8(bytes)) return {"UTF-8", "most of it is UTF-8", 0};
  const std::string told = AskUchardet(bytes);
  // Too little to tell from: the character set of most old Western pages.
  return {told.empty() || IsUtf8Name(told) ? "windows-1252" : AsMeant(told), "uchardet", 0};
}

absl::StatusOr<Utf8Text> DecodeToUtf8(std::string_view bytes, std::string_view declared,
                                      std::string_view format, const Limits& limits) {
  const Charset charset = TellCharset(bytes, declared);
  if (!IsUtf8Name(charset.name)) return Convert(bytes, charset, format, limits);
  if (const auto broken = common::FindInvalidUtf8(bytes); broken.has_value()) {
    return BrokenEncoding({format, *broken}, "UTF-8", charset.how);
  }
  Utf8Text result;
  result.text = bytes.substr(charset.bom_size);
  if (charset.bom_size > 0) result.map.Add(0, charset.bom_size);
  return result;
}

}  // namespace consilience::ingest
