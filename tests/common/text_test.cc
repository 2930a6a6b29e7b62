#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "services/common/text/digest.h"
#include "services/common/text/offset_map.h"
#include "services/common/text/utf8.h"

namespace consilience::common {
namespace {

TEST(Utf8, AcceptsEveryLengthOfSequence) {
  EXPECT_EQ(FindInvalidUtf8(""), std::nullopt);
  EXPECT_EQ(FindInvalidUtf8("plain prose that is longer than eight bytes"), std::nullopt);
  EXPECT_EQ(FindInvalidUtf8("é “quoted” 😀 \xEF\xBF\xBF"), std::nullopt);
}

TEST(Utf8, NamesTheFirstIllFormedByte) {
  const std::pair<std::string_view, size_t> cases[] = {
      {"abc\xFF", 3},           // never a lead
      {"\x80", 0},              // continuation without a lead
      {"12345678\xC0\x80", 8},  // overlong NUL
      {"\xE0\x9F\xBF", 0},      // overlong
      {"\xED\xA0\x80", 0},      // surrogate
      {"\xF4\x90\x80\x80", 0},  // above U+10FFFF
      {"\xF5\x80\x80\x80", 0},  // no such lead
      {"ab\xE2\x80", 2},        // cut off at the end
      {"ab\xF0\x9F\x98", 2},    // cut off at the end
  };
  for (const auto& [bytes, offset] : cases) EXPECT_EQ(FindInvalidUtf8(bytes), offset) << bytes;
}

TEST(Utf8, PrefixNeverCutsACodePoint) {
  const std::string_view text = "aé😀b";
  for (size_t limit = 0; limit <= text.size(); ++limit) {
    const std::string_view prefix = PrefixOnBoundary(text, limit);
    EXPECT_LE(prefix.size(), limit);
    EXPECT_EQ(FindInvalidUtf8(prefix), std::nullopt) << limit;
  }
}

TEST(OffsetMap, AgreesWithCountingFromTheStart) {
  std::string text;
  for (int i = 0; i < 400; ++i) text += i % 7 == 0 ? "😀" : i % 3 == 0 ? "é" : "x";
  const OffsetMap map(text);
  for (size_t byte = 0; byte <= text.size(); ++byte) {
    if (!IsCodePointBoundary(text, byte)) continue;
    EXPECT_EQ(map.CodePointAt(byte), CountCodePoints(text.substr(0, byte)));
  }
  EXPECT_EQ(map.CodePointAt(10'000), CountCodePoints(text));
}

TEST(OffsetMap, OfAnEmptyText) {
  const OffsetMap map("");
  EXPECT_EQ(map.CodePointAt(0), 0U);
}

TEST(Digest, MatchesTheStandardsExamples) {
  EXPECT_EQ(Sha256Hex(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(Sha256Hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

}  // namespace
}  // namespace consilience::common
