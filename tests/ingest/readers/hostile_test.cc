// What every reader has to stand, as a table: whatever the format, the item is refused with its
// format, a reason and the byte, the good items around it are read, and nothing is held without
// bound.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "tests/ingest/readers/read_all.h"

namespace consilience::ingest {
namespace {

using namespace std::string_view_literals;

struct Case {
  const char* name;
  const char* label;
  std::string bytes;
  const char* reason;  // of the one error; "" when there is none
  const char* format;
  size_t documents;  // that are read all the same
};

std::string Repeated(std::string_view text, size_t count) {
  std::string result;
  for (size_t i = 0; i < count; ++i) result += text;
  return result;
}

std::string Rss(std::string_view items) {
  return "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel>" + std::string(items) +
         "</channel></rss>";
}

std::vector<Case> Cases() {
  const std::string item = "<item><description>Words of an item.</description></item>";
  const std::string line = "{\"text\": \"Words of a line.\"}\n";
  return {
      {"TextNul", "a.txt", std::string("one\0two"sv), "DOCUMENT_BINARY", "text/plain", 0},
      {"TextOfNothing", "a.txt", "\n \n", "DOCUMENT_EMPTY", "text/plain", 0},
      {"TextBrokenUtf16", "a.txt", std::string("\xFE\xFF\0a\xD8\0\0b"sv), "ENCODING_BROKEN",
       "text/plain", 0},
      {"TextTooLarge", "a.txt", std::string(5000, 'x'), "DOCUMENT_TOO_LARGE", "text/plain", 0},
      {"HtmlNul", "a.html", std::string("<html><p>a\0b</p>"sv), "DOCUMENT_BINARY", "text/html", 0},
      {"HtmlDeep", "a.html", "<html><body>" + Repeated("<div>", 5000), "DOCUMENT_TOO_LARGE",
       "text/html", 0},
      {"HtmlBrokenUtf8", "a.html", "<html><meta charset=utf-8><p>caf\xE9 and</p>",
       "ENCODING_BROKEN", "text/html", 0},
      {"FeedNul", "a.xml",
       Rss(item + std::string("<item><description>a\0b</description></item>"sv)),
       "FORMAT_MALFORMED", "application/rss+xml", 1},
      {"FeedBrokenUtf8", "a.xml", Rss(item + "<item><description>a\xFF</description></item>"),
       "FORMAT_MALFORMED", "application/rss+xml", 1},
      {"FeedDeep", "a.xml", Rss(item + Repeated("<x>", 200)), "NESTING_TOO_DEEP",
       "application/rss+xml", 1},
      {"FeedWithoutIds", "a.xml",
       Rss(item + "<item><description>Other words.</description></item>"), "", "", 2},
      {"FeedItemTooLarge", "a.xml",
       Rss("<item><description>" + std::string(5000, 'x') + "</description></item>" + item),
       "DOCUMENT_TOO_LARGE", "application/rss+xml", 1},
      {"FeedExternalEntity", "a.xml",
       "<!DOCTYPE rss [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>" + Rss(item), "ENTITIES_REFUSED",
       "application/rss+xml", 0},
      {"LinesNul", "a.jsonl", line + std::string("{\"text\": \"a\0b\"}\n"sv) + line,
       "FORMAT_MALFORMED", "application/x-ndjson", 2},
      {"LinesDuplicateKey", "a.jsonl", line + "{\"text\": \"a\", \"text\": \"b\"}\n" + line,
       "KEY_DUPLICATE", "application/x-ndjson", 2},
      {"LinesTooLong", "a.jsonl", line + std::string(9000, 'x') + "\n" + line, "LINE_TOO_LONG",
       "application/x-ndjson", 2},
      {"LinesDeep", "a.jsonl", line + "{\"text\": " + std::string(200, '[') + "\n" + line,
       "NESTING_TOO_DEEP", "application/x-ndjson", 2},
      {"NinjsWithoutText", "a.jsonl", line + "{\"uri\": \"urn:1\", \"pubstatus\": \"usable\"}\n",
       "ITEM_FIELD_MISSING", "application/vnd.iptc.ninjs+json", 1},
      {"WarcCut", "a.warc",
       "WARC/1.0\r\nWARC-Type: resource\r\nWARC-Target-URI: http://x.org/\r\n"
       "Content-Type: text/plain\r\nContent-Length: 900\r\n\r\nWords",
       "FORMAT_TRUNCATED", "application/warc", 0},
      {"WarcHugeLength", "a.warc",
       "WARC/1.0\r\nWARC-Type: resource\r\nWARC-Target-URI: http://x.org/\r\n"
       "Content-Type: text/plain\r\nContent-Length: 99999999999999999999\r\n\r\nWords",
       "FORMAT_MALFORMED", "application/warc", 0},
      {"GzipCut", "a.txt.gz", std::string("\x1f\x8b\x08\0\0\0\0\0\0\x03\x4b"sv), "FORMAT_TRUNCATED",
       "application/gzip", 0},
      {"ZipCut", "a.zip", std::string("PK\x03\x04\x14\0\0\0\x08\0"sv), "FORMAT_MALFORMED",
       "application/x-archive", 0},
  };
}

class HostileTest : public ::testing::TestWithParam<Case> {};

TEST_P(HostileTest, IsAClearErrorOfThatItem) {
  const Case& c = GetParam();
  ReadOptions options;
  options.limits.document_bytes = 4000;
  options.limits.line_bytes = 8000;
  options.limits.nesting_depth = 100;
  options.dates.today = "2026-11-22";
  const Everything all = ReadAll(c.bytes, c.label, options);
  EXPECT_EQ(all.documents.size(), c.documents);
  if (*c.reason == '\0') {
    EXPECT_THAT(all.Reasons(), ::testing::IsEmpty());
    return;
  }
  ASSERT_EQ(all.errors.size(), 1U) << ::testing::PrintToString(all.Reasons());
  const ReadError& error = all.errors.front();
  EXPECT_EQ(common::ErrorReason(error.status), c.reason) << error.status;
  EXPECT_EQ(error.format, c.format);
  EXPECT_TRUE(error.offset.has_value());
  EXPECT_LE(error.offset.value_or(0), c.bytes.size());
  EXPECT_FALSE(error.status.message().empty());
}

INSTANTIATE_TEST_SUITE_P(Readers, HostileTest, ::testing::ValuesIn(Cases()),
                         [](const auto& param) { return std::string(param.param.name); });

TEST(Charset, ABrokenSequenceOfUtf8IsNotTakenForAnotherCharacterSet) {
  for (const char* text : {"caf\xC3( in Aleppo", "he said \xE2\x80 twelve", "na\xC3ve and more",
                           "\xE2\x80\x9Cone\xE2\x80 two"}) {
    EXPECT_THAT(ReadAll(text, "a.txt").Reasons(),
                ::testing::ElementsAre(::testing::StartsWith("ENCODING_BROKEN@")))
        << text;
  }
  // As it is written where those are letters.
  for (const char* text : {"caf\xE9 in Aleppo and a na\xEFve reader", "S\xC3O PAULO, \xC2NGELO",
                           "don\x92t \x93quote\x94 \x96 dash"}) {
    EXPECT_THAT(ReadAll(text, "a.txt").Reasons(), ::testing::IsEmpty()) << text;
  }
}

}  // namespace
}  // namespace consilience::ingest
