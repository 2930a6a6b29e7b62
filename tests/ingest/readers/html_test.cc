// Web pages: main text in the layouts of tests/ingest/readers/pages, metadata, hostile pages.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>

#include "services/ingest/readers/html_reader.h"
#include "services/ingest/readers/page_words.h"
#include "tests/ingest/readers/read_all.h"
#include "tests/support/paths.h"

namespace consilience::ingest {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

namespace fs = std::filesystem;

std::string Page(std::string_view name) {
  return consilience::testing::SourceFile("tests/ingest/readers/pages/").append(name);
}

std::string Load(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

std::map<std::string, int> Tokens(const std::string& text) {
  std::map<std::string, int> tokens;
  std::string token;
  for (const char c : text + " ") {
    if (c != ' ' && c != '\n') {
      token += c;
    } else if (!token.empty()) {
      ++tokens[token];
      token.clear();
    }
  }
  return tokens;
}

double TokenF1(const std::string& a, const std::string& b) {
  const std::map<std::string, int> left = Tokens(a);
  const std::map<std::string, int> right = Tokens(b);
  int common = 0;
  int total = 0;
  for (const auto& [token, count] : left) {
    total += count;
    const auto found = right.find(token);
    if (found != right.end()) common += std::min(count, found->second);
  }
  for (const auto& [token, count] : right) total += count;
  return 2.0 * common / total;
}

TEST(MainText, OfEveryLayout) {
  int layouts = 0;
  for (const auto& entry : fs::directory_iterator(Page(""))) {
    if (entry.path().extension() != ".html") continue;
    ++layouts;
    SCOPED_TRACE(entry.path().filename());
    const std::string wanted = Load(fs::path(entry.path()).replace_extension(".txt"));
    const Everything all = ReadAll(Load(entry.path()), entry.path().filename());
    ASSERT_THAT(all.documents, SizeIs(1));
    EXPECT_EQ(all.documents[0].format, "text/html");
    EXPECT_GE(TokenF1(all.documents[0].text, wanted), 0.95) << all.documents[0].text;
  }
  EXPECT_GE(layouts, 12);
}

// Every word of the text is found at the bytes of the page that the map names.
TEST(MainText, LeadsBackToTheBytesOfThePage) {
  for (const auto& entry : fs::directory_iterator(Page(""))) {
    if (entry.path().extension() != ".html") continue;
    SCOPED_TRACE(entry.path().filename());
    const std::string page = Load(entry.path());
    const Everything all = ReadAll(page, entry.path().filename());
    ASSERT_THAT(all.documents, SizeIs(1));
    const ReadDocument& document = all.documents[0];
    size_t at = 0;
    while (at < document.text.size()) {
      const size_t end = std::min(document.text.find_first_of(" \n", at), document.text.size());
      const std::string word = document.text.substr(at, end - at);
      const bool ascii = std::all_of(word.begin(), word.end(), [](char c) { return c > 0; });
      if (ascii && word.find_first_of("'&@") == std::string::npos) {
        EXPECT_EQ(page.substr(document.source_map.ToOriginal(at), word.size()), word);
      }
      at = end + 1;
    }
  }
}

TEST(MainText, SegmentsAreTheBlocks) {
  const Everything all = ReadAll(Load(Page("09_blockquote_tweet.html")), "a.html");
  ASSERT_THAT(all.documents, SizeIs(1));
  const ReadDocument& document = all.documents[0];
  std::vector<std::string> posts;
  for (const Segment& segment : document.segments) {
    const std::string text(segment.span.In(document.text));
    EXPECT_EQ(text.find("\n\n"), std::string::npos);
    if (segment.kind == SegmentKind::kEmbeddedPost) posts.push_back(text);
  }
  EXPECT_THAT(posts, Not(IsEmpty()));
  EXPECT_THAT(posts.front(), HasSubstr("Cars are queuing"));
}

TEST(MainText, SegmentsAreThoseOfTheNormalisedText) {
  // Letters and accents apart, which normalisation joins.
  const std::string accents = "Ve\u0301ronique et Rene\u0301e ont parle\u0301 ";
  std::string page = "<html><meta charset=utf-8><body><article>";
  for (int i = 0; i < 5; ++i) {
    page += "<p>" + accents + "a la presse, " + accents + "une fois encore, dit-on.</p>";
  }
  const Everything all = ReadAll(page + "</article></body></html>", "a.html");
  ASSERT_THAT(all.documents, SizeIs(1));
  const ReadDocument& document = all.documents[0];
  ASSERT_THAT(document.segments, SizeIs(5));
  for (const Segment& segment : document.segments) {
    const std::string text(segment.span.In(document.text));
    EXPECT_TRUE(text.starts_with("Véronique") && text.ends_with("dit-on.")) << text;
  }
}

TEST(PageMetadata, IsReadWithWhereItStood) {
  const Metadata m = ReadAll(Load(Page("01_semantic.html")), "a").documents.at(0).metadata;
  EXPECT_EQ(m.title.value, "River bridge closed after cracks found");
  EXPECT_EQ(m.title.evidence, "meta og:title");
  EXPECT_EQ(m.title.basis, Basis::kRead);
  EXPECT_EQ(m.publication_date.value, "2016-11-21");
  EXPECT_EQ(m.publication_date.evidence, "meta article:published_time");
  EXPECT_EQ(m.outlet.value, "The Karsin Post");
  EXPECT_EQ(m.url.value, "https://karsinpost.example/2016/11/bridge");
  EXPECT_EQ(m.byline.value, "Mara Olin");

  const Metadata ld = ReadAll(Load(Page("05_split_by_ads.html")), "a").documents.at(0).metadata;
  EXPECT_EQ(ld.title.value, "Bridge closed");
  EXPECT_EQ(ld.publication_date.value, "2016-11-21");
  EXPECT_EQ(ld.outlet.value, "Daily Current");
  EXPECT_EQ(ld.byline.value, "Mara Olin");
  EXPECT_EQ(ld.url.value, "https://current.example/bridge");
}

TEST(PageMetadata, ImpossibleAndFutureDatesAreNoEvidence) {
  ReadOptions options;
  options.dates.today = "2016-12-01";
  const Everything all = ReadAll(
      "<html><head><meta property='article:published_time' content='2031-01-01'>"
      "<meta name='pubdate' content='1970-01-01T00:00:00Z'><meta name='date' content='2016-13-45'>"
      "<meta name='dc.date' content='2016-11-30'></head><body><p>A long enough paragraph of prose "
      "that "
      "says something about the day, and then some more.</p></body></html>",
      "a.html", options);
  ASSERT_THAT(all.documents, SizeIs(1));
  EXPECT_EQ(all.documents[0].metadata.publication_date.value, "2016-11-30");
  EXPECT_THAT(all.documents[0].metadata.publication_date.conflicting, IsEmpty());
  EXPECT_THAT(all.documents[0].warnings, SizeIs(3));
}

TEST(Html, HostilePages) {
  ReadOptions options;
  options.limits.nesting_depth = 100;
  std::string deep = "<html><body>";
  for (int i = 0; i < 100'000; ++i) deep += "<div>";
  EXPECT_THAT(ReadAll(deep, "a.html", options).Reasons(),
              ElementsAre(::testing::StartsWith("NESTING_TOO_DEEP@")));
  EXPECT_THAT(ReadAll(std::string_view("<html><p>a\0b</p>", 16), "a.html").Reasons(),
              ElementsAre("DOCUMENT_BINARY@10"));
  EXPECT_THAT(ReadAll("<html><meta charset=utf-8><p>caf\xE9 and more</p>", "a.html").Reasons(),
              ElementsAre("ENCODING_BROKEN@32"));
  EXPECT_THAT(
      ReadAll("<html><body><script>var a = 'no text at all';</script></body></html>", "a.html")
          .Reasons(),
      ElementsAre("DOCUMENT_EMPTY@0"));
  EXPECT_THAT(ReadAll("<!DOCTYPE html [<!ENTITY x SYSTEM "
                      "\"file:///etc/passwd\">]><html><body><p>The text &x; goes on "
                      "here for quite a while, as prose does.</p></body></html>",
                      "a.html")
                  .documents.at(0)
                  .text,
              HasSubstr("&x;"));
}

// Pages of the largest size, made to be slow, are read in about the time of others.
TEST(Html, SizeAloneMakesNothingSlow) {
  std::string bodies = "<html>";
  for (int i = 0; i < 60'000; ++i) bodies += "<div class='article-body'>&amp;</div>";
  EXPECT_THAT(ReadAll(bodies, "a.html").documents, SizeIs(1));
  std::string dates = "<html><p>" + std::string(200, 'x') + ".</p>";
  for (int i = 0; i < 60'000; ++i) {
    dates += "<time pubdate=x>" + std::to_string(1900 + i % 100) + "-01-" +
             std::to_string(10 + i % 20) + "</time>";
  }
  EXPECT_LE(ReadAll(dates, "a.html").documents.at(0).metadata.publication_date.conflicting.size(),
            16U);
  std::string keys = "{\"text\": \"a\"";
  for (int i = 0; i < 200'000; ++i) keys += ",\"k" + std::to_string(i) + "\":1";
  EXPECT_THAT(ReadAll(keys + "}", "a.jsonl").documents, SizeIs(1));
}

TEST(PageWords, TheTableIsWellFormed) {
  const PageWords& words = PageWords::Default();
  EXPECT_TRUE(words.furniture.contains("breadcrumb"));
  EXPECT_FALSE(words.date.empty());
  EXPECT_FALSE(PageWords::Parse("furniture ad\n").ok());
  EXPECT_FALSE(PageWords::Parse("nonsense\tad\n").ok());
  EXPECT_TRUE(PageWords::Parse("# note\n\nbody\tx").ok());
}

TEST(PageWords, SplitsNames) {
  EXPECT_THAT(SplitName("shareBar main-nav art_Body2"),
              ElementsAre("share", "bar", "main", "nav", "art", "body2"));
}

}  // namespace
}  // namespace consilience::ingest
