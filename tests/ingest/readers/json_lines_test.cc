// JSONL, JSON files, and the manifest.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "services/ingest/readers/json.h"
#include "services/ingest/readers/manifest.h"
#include "services/ingest/readers/paths.h"
#include "tests/ingest/readers/read_all.h"
#include "tests/support/paths.h"
#include "tests/support/process.h"

namespace consilience::ingest {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

TEST(JsonLines, ReadsEachLine) {
  const Everything all = ReadAll(
      R"({"id": "a", "text": "Six people died.", "date": "2016-11-22", "outlet": "nna", "title": "T", "url": "http://x/1"}

{"text": "Nobody died.", "date": null, "source": "sana", "gold": {"killed": 0}}
)",
      "n.jsonl");
  EXPECT_THAT(all.Reasons(), IsEmpty());
  ASSERT_THAT(all.documents, SizeIs(2));
  const ReadDocument& first = all.documents[0];
  EXPECT_EQ(first.label, "n.jsonl:1");
  EXPECT_EQ(first.external_id, "a");
  EXPECT_EQ(first.metadata.publication_date.value, "2016-11-22");
  EXPECT_EQ(first.metadata.publication_date.basis, Basis::kGiven);
  EXPECT_EQ(first.metadata.outlet.value, "nna");
  EXPECT_EQ(first.metadata.title.value, "T");
  EXPECT_EQ(first.metadata.url.value, "http://x/1");
  EXPECT_EQ(all.documents[1].label, "n.jsonl:3");
  EXPECT_EQ(all.documents[1].metadata.outlet.value, "sana");
  EXPECT_FALSE(all.documents[1].metadata.publication_date.known());
}

TEST(JsonLines, ReadsWhatCrawlersAndNewsApisWrite) {
  const Everything all = ReadAll(
      R"({"maintext": "Six died.", "date_publish": "2016-11-22 10:00:00", "source_domain": "nna.example", "headline": "T", "authors": ["A"]}
{"content": "Nobody died.", "publishedAt": "2016-11-22T10:00:00Z", "source": {"id": null, "name": "SANA"}, "link": "http://x/1"}
{"text": "Two died.", "body": "Not this.", "published": {"at": "later"}, "pubDate": "2016-11-23"}
)",
      "n.jsonl");
  EXPECT_THAT(all.Reasons(), IsEmpty());
  ASSERT_THAT(all.documents, SizeIs(3));
  const ReadDocument& crawled = all.documents[0];
  EXPECT_EQ(crawled.text, "Six died.");
  EXPECT_EQ(crawled.metadata.publication_date.value.substr(0, 10), "2016-11-22");
  EXPECT_EQ(crawled.metadata.outlet.value, "nna.example");
  EXPECT_EQ(crawled.metadata.title.value, "T");
  EXPECT_EQ(all.documents[1].metadata.outlet.value, "SANA");
  EXPECT_EQ(all.documents[1].metadata.url.value, "http://x/1");
  EXPECT_EQ(all.documents[2].text, "Two died.");
  EXPECT_EQ(all.documents[2].metadata.publication_date.value, "2016-11-23");
}

TEST(JsonLines, LeadsBackToTheBytesOfTheFile) {
  const std::string lines =
      "{\"text\": \"first\"}\n{\"text\": \"a \\u201cquoted\\u201d\\nline \\uD83D\\uDE00 end\"}\n";
  const Everything all = ReadAll(lines, "n.jsonl");
  ASSERT_THAT(all.documents, SizeIs(2));
  const ReadDocument& document = all.documents[1];
  EXPECT_EQ(document.text, "a “quoted”\nline 😀 end");
  const auto bytes_of = [&](std::string_view words) {
    const size_t at = document.text.find(words);
    const common::Span span = document.source_map.ToOriginal(common::Span{at, at + words.size()});
    return lines.substr(document.source_offset + span.begin, span.size());
  };
  EXPECT_EQ(bytes_of("quoted”"), "quoted\\u201d");
  EXPECT_EQ(bytes_of("line 😀"), "line \\uD83D\\uDE00");
  EXPECT_EQ(bytes_of("end"), "end");
}

TEST(JsonLines, ABadLineIsItsOwnErrorAndTheRestGoesOn) {
  const std::string good = "{\"text\": \"Good.\"}\n";
  const std::vector<std::pair<std::string, std::string>> cases = {
      {R"({"text": "a", "text": "b"})", "KEY_DUPLICATE@32"},
      {R"(["text"])", "FORMAT_MALFORMED@18"},
      {R"({"text": 5})", "ITEM_FIELD_INVALID@27"},
      {R"({"text": "a", "title": ["b"]})", "ITEM_FIELD_INVALID@41"},
      {R"({"text": "a", "date": "2016-02-30"})", "ITEM_FIELD_INVALID@18"},
      {R"({"text": "a", "date": "next Tuesday"})", "ITEM_FIELD_INVALID@18"},
      {R"({"text": "a", "date": "2031-01-01"})", "ITEM_FIELD_INVALID@18"},
      {R"({"title": "a"})", "ITEM_FIELD_MISSING@18"},
      {R"({"text": ""})", "DOCUMENT_EMPTY@28"},
      {R"({"text": "a\u0000b"})", "DOCUMENT_BINARY@29"},
      {R"({"text": "a\ud800b"})", "FORMAT_MALFORMED@29"},
      {R"({"text": "a)", "FORMAT_TRUNCATED@29"},
      {R"({"text": "a"} {"text": "b"})", "FORMAT_MALFORMED@32"},
      {"{\"text\": \"a\xFF\"}", "ENCODING_BROKEN@29"},
      {std::string(300, '['), "NESTING_TOO_DEEP@275"},
  };
  ReadOptions options;
  options.dates.today = "2026-11-22";
  for (const auto& [line, reason] : cases) {
    SCOPED_TRACE(line);
    const Everything all = ReadAll(good + line + "\n" + good, "n.jsonl", options);
    EXPECT_THAT(all.Reasons(), ElementsAre(reason));
    EXPECT_THAT(all.documents, SizeIs(2));
    ASSERT_THAT(all.errors, SizeIs(1));
    EXPECT_EQ(all.errors[0].label, "n.jsonl:2");
    EXPECT_EQ(all.errors[0].format, "application/x-ndjson");
  }
}

// Gives a line of any length out of nothing.
class LongLine final : public ByteSource {
 public:
  explicit LongLine(size_t size) : left_(size) {}
  absl::StatusOr<size_t> Read(char* into, size_t size) override {
    constexpr std::string_view kAfter = "\n{\"text\": \"After.\"}\n";
    largest_ = std::max(largest_, size);
    if (left_ > 0) {
      const size_t count = std::min(size, left_);
      std::fill_n(into, count, 'x');
      left_ -= count;
      return count;
    }
    const size_t count = std::min(size, kAfter.size() - after_);
    std::copy_n(kAfter.data() + after_, count, into);
    after_ += count;
    return count;
  }
  size_t largest() const { return largest_; }

 private:
  size_t left_;
  size_t after_ = 0;
  size_t largest_ = 0;
};

TEST(JsonLines, ALineOfAHundredMegabytesIsRefusedWithoutBeingHeld) {
  LongLine source(size_t{100} << 20);
  Input input(source);
  ReadOptions options;
  options.limits.line_bytes = size_t{1} << 20;
  const Everything all = ReadAll(input, {.label = "n.jsonl"}, options);
  EXPECT_THAT(all.Reasons(), ElementsAre("LINE_TOO_LONG@0"));
  ASSERT_THAT(all.documents, SizeIs(1));
  EXPECT_EQ(all.documents[0].text, "After.");
  EXPECT_LE(source.largest(), size_t{4} << 20);
}

TEST(Json, AFileMayBeOneObjectOrAnArray) {
  const Everything one = ReadAll("{\n  \"text\": \"One.\"\n}\n", "one.json");
  ASSERT_THAT(one.documents, SizeIs(1));
  EXPECT_EQ(one.documents[0].text, "One.");
  const Everything many =
      ReadAll("[{\"text\": \"One.\"},\n {\"title\": \"x\"}, {\"text\": \"Two.\"}]", "m.json");
  ASSERT_THAT(many.documents, SizeIs(2));
  EXPECT_EQ(many.documents[1].label, "m.json#3");
  EXPECT_THAT(many.Reasons(), ElementsAre("ITEM_FIELD_MISSING@20"));
}

TEST(Json, FollowsTheGrammar) {
  for (const char* good :
       {"0", "-0.5e+10", "[]", "{}", " [1 , 2] ", "\"\\u00e9\"", "null", "[true,false]"}) {
    EXPECT_TRUE(ParseJson(good, "json", Limits{}).ok()) << good;
  }
  for (const char* bad :
       {"",          "01",          "1.",  "+1",  ".5",      "[1,]",   "{\"a\":1,}",
        "{a:1}",     "'a'",         "nul", "tru", "\"\\x\"", "\"\t\"", "[1 2]",
        "{\"a\" 1}", "\"\\udc00\"", "NaN", "1e",  "]",       "[",      "\"\\u12\""}) {
    EXPECT_FALSE(ParseJson(bad, "json", Limits{}).ok()) << bad;
  }
}

TEST(ReadDocumentFrom, WantsExactlyOne) {
  const ReadOptions options;
  EXPECT_EQ(ReadDocumentFrom("{\"text\": \"A.\"}\n", {.label = "x"}, options)->text, "A.");
  EXPECT_EQ(common::ErrorReason(ReadDocumentFrom("{\"text\": \"A.\"}\n{\"text\": \"B.\"}\n",
                                                 {.label = "x"}, options)
                                    .status()),
            "FORMAT_MALFORMED");
  Request named{.label = "x"};
  named.given.format = "text";
  EXPECT_EQ(ReadDocumentFrom("{\"text\": \"A.\"}\n", named, options)->text, "{\"text\": \"A.\"}\n");
  named.given.format = "docx";
  EXPECT_EQ(common::ErrorReason(ReadDocumentFrom("A.", named, options).status()), "FORMAT_UNKNOWN");
}

TEST(Metadata, GivenBeatsReadBeatsInferredAndConflictsAreKept) {
  const MetadataValue value = Resolve({{"2016-11-21", Basis::kInferred, "dateline"},
                                       {"2016-11-22", Basis::kRead, "meta"},
                                       {"2016-11-22", Basis::kInferred, "line"},
                                       {"", Basis::kGiven, "manifest"},
                                       {"2016-11-23", Basis::kGiven, "option"}});
  EXPECT_EQ(value.value, "2016-11-23");
  EXPECT_EQ(value.basis, Basis::kGiven);
  EXPECT_THAT(value.conflicting,
              ElementsAre(Candidate{"2016-11-22", Basis::kRead, "meta"},
                          Candidate{"2016-11-21", Basis::kInferred, "dateline"}));
  EXPECT_FALSE(Resolve({}).known());
}

TEST(Manifest, SaysWhatIsGivenOfEachFile) {
  const auto manifest = Manifest::Parse(
      R"({"file": "articles/a.txt", "date": "2016-11-22", "evidence": "said on Tuesday", "outlet": null}
{"file": "b.txt", "date": "2016-11-23", "outlet": "sana"})",
      "/data", "manifest.jsonl");
  ASSERT_TRUE(manifest.ok()) << manifest.status();
  const Given a = manifest->Find("/data/articles/../articles/a.txt");
  EXPECT_EQ(a.publication_date, "2016-11-22");
  EXPECT_EQ(a.date_evidence, "said on Tuesday");
  EXPECT_EQ(manifest->Find("/data/b.txt").outlet, "sana");
  EXPECT_EQ(manifest->Find("/data/c.txt").publication_date, "");

  Input input("A text.");
  const Everything all = ReadAll(input, {.label = "a", .given = a}, ReadOptions{});
  ASSERT_THAT(all.documents, SizeIs(1));
  EXPECT_EQ(all.documents[0].metadata.publication_date.basis, Basis::kInferred);
  EXPECT_EQ(all.documents[0].metadata.publication_date.evidence, "said on Tuesday");
}

TEST(Manifest, OfTheSeedsListsEveryArticleWithItsInferredDate) {
  const std::filesystem::path seeds = consilience::testing::SourceFile("seeds");
  const auto manifest = Manifest::Load(seeds / "manifest.jsonl");
  ASSERT_TRUE(manifest.ok()) << manifest.status();
  std::vector<std::string> days;
  const auto files = ListFiles(seeds / "articles");
  ASSERT_TRUE(files.ok()) << files.status();
  for (const std::filesystem::path& file : *files) {
    const auto source = OpenFile(file);
    ASSERT_TRUE(source.ok()) << source.status();
    Input input(**source);
    const Everything read =
        ReadAll(input, {.label = file.string(), .given = manifest->Find(file)}, ReadOptions{});
    ASSERT_THAT(read.documents, SizeIs(1)) << file;
    const ReadDocument& document = read.documents[0];
    EXPECT_EQ(document.metadata.publication_date.basis, Basis::kInferred);
    EXPECT_FALSE(document.metadata.outlet.known());
    EXPECT_EQ(document.language, "en");
    days.push_back(document.metadata.publication_date.value);
  }
  EXPECT_EQ(manifest->size(), days.size());
  EXPECT_THAT(days,
              ElementsAre("2016-11-22", "2016-09-24", "2016-09-24", "2016-10-06", "2016-11-22"));
}

TEST(Manifest, NearestToAFileCounts) {
  const consilience::testing::TempDir folder;
  const auto write = [&](const std::string& name, const std::string& text) {
    std::filesystem::create_directories((folder / name).parent_path());
    std::ofstream(folder / name) << text;
  };
  write("manifest.jsonl",
        "{\"file\": \"b/one.txt\", \"outlet\": \"outer\"}\n"
        "{\"file\": \"two.txt\", \"outlet\": \"outer\"}\n");
  write("b/manifest.jsonl", "{\"file\": \"one.txt\", \"outlet\": \"inner\"}\n");
  const auto manifest = ManifestsOf(folder.path());
  ASSERT_TRUE(manifest.ok()) << manifest.status();
  EXPECT_EQ(manifest->Find(folder / "b/one.txt").outlet, "inner");
  EXPECT_EQ(manifest->Find(folder / "two.txt").outlet, "outer");

  write("b/manifest.jsonl", "{\"file\": \"one.txt\", \"outlett\": \"slip\"}\n");
  EXPECT_THAT(std::string(ManifestsOf(folder.path()).status().message()),
              AllOf(HasSubstr("b/manifest.jsonl:1"), HasSubstr("outlett")));
}

TEST(Manifest, NamesFileLineAndRuleOfASlip) {
  for (const auto& [line, says] : std::vector<std::pair<std::string, std::string>>{
           {R"({"file": "a", "dat": "2016-11-22"})", "\"dat\""},
           {R"({"file": "a", "date": "2016-11-31"})", "2016-11-31"},
           {R"({"date": "2016-11-22"})", "file is missing"},
           {R"({"file": "ok"})", "listed before"},
           {R"({"file": )", "value should stand"}}) {
    const auto manifest = Manifest::Parse("{\"file\": \"ok\"}\n\n" + line, "/data", "m.jsonl");
    ASSERT_FALSE(manifest.ok()) << line;
    EXPECT_THAT(std::string(manifest.status().message()), HasSubstr("m.jsonl:3: "));
    EXPECT_THAT(std::string(manifest.status().message()), HasSubstr(says));
  }
}

}  // namespace
}  // namespace consilience::ingest
