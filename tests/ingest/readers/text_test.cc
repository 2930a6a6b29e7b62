// Plain text: character sets, normalisation, and the way back to the bytes.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "services/ingest/readers/charset.h"
#include "services/ingest/readers/normalise.h"
#include "tests/ingest/readers/read_all.h"
#include "tests/support/paths.h"

namespace consilience::ingest {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;
using ::testing::SizeIs;

std::string_view Bytes(const char* literal, size_t size) { return {literal, size}; }

TEST(PlainText, KeepsAWellFormedTextByteForByte) {
  const std::string text = "Aleppo “under\u00A0siege”\n\n  141 dead — the Observatory said.  ";
  const Everything all = ReadAll(text, "a.txt");
  ASSERT_THAT(all.documents, SizeIs(1));
  EXPECT_EQ(all.documents[0].text, text);
  EXPECT_TRUE(all.documents[0].source_map.identity());
  EXPECT_EQ(all.documents[0].format, "text/plain");
}

TEST(PlainText, TellsThePartsByTheirLines) {
  using enum SegmentKind;
  const std::string text =
      "Portuguese / Spanish / English\n"
      "\n"
      "Hundreds flee as army enters Aleppo\n"
      "\n"
      "Hundreds flee as army enters Aleppo\n"
      "ALEPPO, Syria (Reuters) - Hundreds of people fled on Tuesday.\n"
      "  The army said nothing.  \n"
      "\n"
      "“We left with what we wore.”\n"
      "“We left,” said Um Ali. “Nothing is there.”\n"
      "Shelling again tonight\n"
      "— Abu Omar (@abuomar) November 22, 2016\n"
      "No end in sight — White Helmets (@SyriaCivilDef) November 22, 2016\n";
  const Everything all = ReadAll(text, "a.txt");
  ASSERT_THAT(all.documents, SizeIs(1));
  std::vector<std::pair<SegmentKind, std::string>> parts;
  for (const Segment& segment : all.documents[0].segments) {
    parts.emplace_back(segment.kind, segment.span.In(all.documents[0].text));
  }
  EXPECT_THAT(
      parts,
      ElementsAre(Pair(kBoilerplate, "Portuguese / Spanish / English"),
                  Pair(kHeadline, "Hundreds flee as army enters Aleppo"),
                  Pair(kHeadline, "Hundreds flee as army enters Aleppo"),
                  Pair(kDateline, "ALEPPO, Syria (Reuters) -"),
                  Pair(kParagraph, "Hundreds of people fled on Tuesday."),
                  Pair(kParagraph, "The army said nothing."),
                  Pair(kQuoteBlock, "“We left with what we wore.”"),
                  Pair(kParagraph, "“We left,” said Um Ali. “Nothing is there.”"),
                  Pair(kEmbeddedPost, "Shelling again tonight"),
                  Pair(kEmbeddedPost, "— Abu Omar (@abuomar) November 22, 2016"),
                  Pair(kEmbeddedPost,
                       "No end in sight — White Helmets (@SyriaCivilDef) November 22, 2016")));
}

TEST(PlainText, TakesNoSentenceForADateline) {
  for (const std::string line :
       {"Russia – which backs the army – denied it.", "The T-72 - an old tank - was hit.",
        "He said (quoting AFP) that it was over - again.", "Aleppo is quiet."}) {
    const Everything all = ReadAll(line, "a.txt");
    ASSERT_THAT(all.documents, SizeIs(1));
    ASSERT_THAT(all.documents[0].segments, SizeIs(1)) << line;
    EXPECT_EQ(all.documents[0].segments[0].kind, SegmentKind::kParagraph) << line;
  }
}

TEST(PlainText, MapsEveryCharacterToTheBytesItCameFrom) {
  struct Case {
    const char* what;
    std::string bytes;
    std::string text;
    std::string found;     // in the text
    std::string original;  // the bytes it came from
  };
  const std::vector<Case> cases = {
      {"mark and DOS line ends", "\xEF\xBB\xBFone\r\ntwo\r\nthree", "one\ntwo\nthree", "three",
       "three"},
      {"old Mac line ends", "one\rtwo", "one\ntwo", "two", "two"},
      {"decomposed letters", "cafe\u0301 d\u00E9ja\u0300 vu", "caf\u00E9 d\u00E9j\u00E0 vu",
       "j\u00E0 vu", "ja\u0300 vu"},
      {"Windows 1252",
       "the regime\x92s \x93"
       "samples\x94 in Aleppo",
       "the regime’s “samples” in Aleppo", "”", "\x94"},
      {"UTF-16LE",
       std::string("\xFF\xFE"
                   "A\0l\0e\0p\0\xE9\0 \0o\0k\0",
                   18),
       "Alep\u00E9 ok", "ok", std::string("o\0k\0", 4)},
      {"UTF-16BE", std::string("\xFE\xFF\0A\0\xE9\0z", 8), "A\u00E9z", "z", std::string("\0z", 2)},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.what);
    const Everything all = ReadAll(c.bytes, "a.txt");
    ASSERT_THAT(all.Reasons(), IsEmpty());
    ASSERT_THAT(all.documents, SizeIs(1));
    EXPECT_EQ(all.documents[0].text, c.text);
    const size_t at = c.text.find(c.found);
    const common::Span span =
        all.documents[0].source_map.ToOriginal(common::Span{at, at + c.found.size()});
    EXPECT_EQ(span.In(c.bytes), c.original);
  }
}

TEST(PlainText, RefusesWhatIsNotText) {
  EXPECT_THAT(ReadAll("", "a").Reasons(), ElementsAre("DOCUMENT_EMPTY@0"));
  EXPECT_THAT(ReadAll(" \n\t\r\n", "a").Reasons(), ElementsAre("DOCUMENT_EMPTY@0"));
  EXPECT_THAT(ReadAll(Bytes("abc\0def", 7), "a").Reasons(), ElementsAre("DOCUMENT_BINARY@3"));
  EXPECT_THAT(ReadAll("abc\x1b[31mred", "a").Reasons(), ElementsAre("DOCUMENT_BINARY@3"));
  // Damaged UTF-8, as against another character set.
  EXPECT_THAT(ReadAll("“one” \xE2\x80 “two”", "a").Reasons(), ElementsAre("ENCODING_BROKEN@10"));
  EXPECT_THAT(ReadAll("\xEF\xBB\xBF"
                      "abc \xFF",
                      "a")
                  .Reasons(),
              ElementsAre("ENCODING_BROKEN@7"));
  // Half a surrogate pair, and half a unit.
  EXPECT_THAT(ReadAll(Bytes("\xFF\xFE"
                            "A\0\x3D\xD8"
                            "B\0",
                            8),
                      "a")
                  .Reasons(),
              ElementsAre("ENCODING_BROKEN@4"));
  EXPECT_THAT(ReadAll(Bytes("\xFF\xFE"
                            "A\0B",
                            5),
                      "a")
                  .Reasons(),
              ElementsAre("ENCODING_BROKEN@4"));
}

TEST(PlainText, RefusesMoreThanOneDocumentMayHave) {
  ReadOptions options;
  options.limits.document_bytes = 100;
  EXPECT_THAT(ReadAll(std::string(100, 'x'), "a", options).documents, SizeIs(1));
  EXPECT_THAT(ReadAll(std::string(101, 'x'), "a", options).Reasons(),
              ElementsAre("DOCUMENT_TOO_LARGE@100"));
}

TEST(PlainText, ADeclaredCharacterSetHolds) {
  const Charset charset = TellCharset("abc", "ISO-8859-1");
  EXPECT_EQ(charset.name, "windows-1252");
  Input input("abc");
  const Everything all =
      ReadAll(input, {.label = "a", .given = {.charset = "no-such-set"}}, ReadOptions{});
  EXPECT_THAT(all.Reasons(), ElementsAre("CHARSET_UNKNOWN@0"));
}

TEST(Language, IsToldFromTheText) {
  const auto language = [](const std::string& text) {
    return ReadAll(text, "a").documents.at(0).language;
  };
  EXPECT_EQ(
      language("The army said on Tuesday that it had taken the eastern district after a week of "
               "heavy fighting, and that civilians were free to leave."),
      "en");
  EXPECT_EQ(language("قال المرصد السوري لحقوق الإنسان يوم الثلاثاء إن قوات النظام سيطرت على ثلث حي "
                     "مساكن هنانو"),
            "ar");
  EXPECT_EQ(
      language("L'armée a annoncé mardi avoir repris un tiers du quartier après une semaine de "
               "combats acharnés, selon l'Observatoire."),
      "fr");
  EXPECT_EQ(language("1 2 3"), "und");
}

TEST(Seeds, AreStoredAsTheyAre) {
  std::ifstream file(consilience::testing::SourceFile("seeds/articles/001_33d6b4acd13c055d.txt"));
  const std::string bytes((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  const Everything all = ReadAll(bytes, "001.txt");
  ASSERT_THAT(all.documents, SizeIs(1));
  EXPECT_EQ(all.documents[0].text, bytes);
  EXPECT_EQ(all.documents[0].metadata.title.value,
            "Aleppo offensive: Assad regime advances as airstrikes intesifies");
  EXPECT_EQ(all.documents[0].metadata.title.basis, Basis::kInferred);
  EXPECT_FALSE(all.documents[0].metadata.publication_date.known());
}

}  // namespace
}  // namespace consilience::ingest
