#include "services/extraction/text/fold.h"

#include <gtest/gtest.h>

#include <string>

namespace consilience::extraction {
namespace {

TEST(FoldTest, FoldsWhatLooksTheSame) {
  EXPECT_EQ(FoldedText("been\u00A0killed \u201Cso\u201D \u2018x\u2019 10\u201312 a \u2014 b\u2026")
                .text(),
            "been killed \"so\" 'x' 10-12 a -- b...");
  EXPECT_EQ(FoldedText("``He said'' Bogot\u00E1 \u0141\u00F3d \u1E24ama\u200B \u0664\u0665").text(),
            "\"He said\" Bogota Lod Hama 45");
}

TEST(FoldTest, MapsEveryFoldedRangeBackToWholeCharacters) {
  const std::string stored = "a\u00A0\u201Cb\u201D\u200B \u2026 \u00C6sop ``c'' \u0627\u200Dz";
  const FoldedText folded(stored);
  const auto boundary = [&](size_t at) {
    return at == stored.size() || (static_cast<unsigned char>(stored[at]) & 0xC0) != 0x80;
  };
  size_t last = 0;
  for (size_t i = 0; i < folded.text().size(); ++i) {
    const Span span = folded.ToStored(i, i + 1);
    EXPECT_GE(span.begin, last);
    EXPECT_LE(span.end, stored.size());
    last = span.begin;
  }
  const size_t quote = folded.text().find("\"b\"");
  const Span span = folded.ToStored(quote, quote + 3);
  EXPECT_EQ(span.In(stored), "\u201Cb\u201D");
  EXPECT_TRUE(boundary(span.begin));
  EXPECT_TRUE(boundary(span.end));
  const size_t aesop = folded.text().find("AEsop");
  EXPECT_EQ(folded.ToStored(aesop, aesop + 5).In(stored), "\u00C6sop");
}

TEST(FoldTest, LeavesDroppedCharactersOutOfSpans) {
  const std::string stored = "Ham\u200Ba\u200B x";
  const FoldedText folded(stored);
  ASSERT_EQ(folded.text(), "Hama x");
  EXPECT_EQ(folded.ToStored(0, 4).In(stored), "Ham\u200Ba");
  EXPECT_EQ(folded.ToStored(5, 6).In(stored), "x");
}

TEST(FoldTest, KeepsBytesThatAreNotUtf8) {
  const std::string stored = "a\xFF\xC3 b";
  const FoldedText folded(stored);
  EXPECT_EQ(folded.text(), stored);
}

}  // namespace
}  // namespace consilience::extraction
