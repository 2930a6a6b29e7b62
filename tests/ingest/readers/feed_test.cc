// RSS, Atom and ninjs.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/ingest/readers/read_all.h"

namespace consilience::ingest {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::StartsWith;

constexpr char kRss[] = R"(<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Aggregated Levant News</title><link>https://agg.example/</link><language>en-gb</language>
<image><title>logo</title></image>
<item><title>Bridge closed</title><link>https://post.example/1</link><guid isPermaLink="false">tag:1</guid>
<pubDate>Mon, 21 Nov 2016 18:04:00 +0200</pubDate><source url="https://post.example/rss">The Karsin Post</source>
<dc:creator>Mara Olin</dc:creator><category>Transport</category>
<description>Short.</description>
<content:encoded><![CDATA[<p>Engineers closed the bridge on Monday.</p><p>It carries 14,000 vehicles a day &amp; more.</p>]]></content:encoded></item>
<item><title>No id</title><description>A second story without any id, link or date.</description></item>
</channel></rss>)";

TEST(Feed, RssItemsAreDocumentsOfWhoPublishedThem) {
  const Everything all = ReadAll(kRss, "agg.xml");
  EXPECT_THAT(all.Reasons(), IsEmpty());
  ASSERT_THAT(all.documents, SizeIs(2));
  const ReadDocument& first = all.documents[0];
  EXPECT_EQ(first.label, "agg.xml#1");
  EXPECT_EQ(first.format, "application/rss+xml");
  EXPECT_EQ(first.text,
            "Engineers closed the bridge on Monday.\n\nIt carries 14,000 vehicles a day & more.");
  EXPECT_EQ(first.metadata.title.value, "Bridge closed");
  EXPECT_EQ(first.metadata.publication_date.value, "2016-11-21");
  EXPECT_EQ(first.metadata.outlet.value, "The Karsin Post");
  EXPECT_EQ(first.metadata.outlet.evidence, "feed item source");
  EXPECT_THAT(first.metadata.outlet.conflicting,
              ElementsAre(Candidate{"Aggregated Levant News", Basis::kRead, "feed title"}));
  EXPECT_EQ(first.metadata.url.value, "https://post.example/1");
  EXPECT_EQ(first.metadata.byline.value, "Mara Olin");
  EXPECT_EQ(first.external_id, "tag:1");
  const ReadDocument& second = all.documents[1];
  EXPECT_EQ(second.external_id, "");
  EXPECT_FALSE(second.metadata.publication_date.known());
  EXPECT_EQ(second.metadata.outlet.value, "Aggregated Levant News");
}

TEST(Feed, AtomEntries) {
  const Everything all = ReadAll(
      R"(<feed xmlns="http://www.w3.org/2005/Atom"><title>Isle Wire</title>
<entry><title>Sarpa votes</title><link rel="self" href="https://x/self"/><link href="https://isle.example/v"/>
<id>urn:1</id><published>2016-11-20T09:00:00Z</published><updated>2016-11-21T09:00:00Z</updated>
<author><name>I. Roe</name></author><source><title>Sarpa Times</title><id>s</id></source>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Voters went to the polls.</p><p>Turnout was 61 percent.</p></div></content></entry>
<entry><title>Plain</title><id>urn:2</id><updated>2016-11-21T09:00:00Z</updated><summary>Just a summary.</summary></entry></feed>)",
      "isle.atom");
  EXPECT_THAT(all.Reasons(), IsEmpty());
  ASSERT_THAT(all.documents, SizeIs(2));
  EXPECT_THAT(all.documents[0].text,
              testing::HasSubstr("Voters went to the polls.\n\nTurnout was 61 percent."));
  EXPECT_EQ(all.documents[0].format, "application/atom+xml");
  EXPECT_EQ(all.documents[0].external_id, "urn:1");
  EXPECT_EQ(all.documents[0].metadata.url.value, "https://isle.example/v");
  EXPECT_EQ(all.documents[0].metadata.publication_date.value, "2016-11-20");
  EXPECT_EQ(all.documents[0].metadata.outlet.value, "Sarpa Times");
  EXPECT_EQ(all.documents[0].metadata.byline.value, "I. Roe");
  EXPECT_EQ(all.documents[1].metadata.publication_date.value, "2016-11-21");
}

TEST(Feed, HostileFeeds) {
  std::string bomb = "<?xml version=\"1.0\"?><!DOCTYPE rss [<!ENTITY a \"aaaaaaaaaa\">";
  for (char c = 'b'; c < 'k'; ++c) {
    bomb += std::string("<!ENTITY ") + c + " \"";
    for (int i = 0; i < 10; ++i) bomb += std::string("&") + static_cast<char>(c - 1) + ";";
    bomb += "\">";
  }
  bomb += "]><rss><channel><item><description>&j;</description></item></channel></rss>";
  const Everything all = ReadAll(bomb, "bomb.xml");
  EXPECT_THAT(all.Reasons(), ElementsAre(StartsWith("ENTITIES_REFUSED@")));
  EXPECT_THAT(all.documents, IsEmpty());

  EXPECT_THAT(
      ReadAll("<!DOCTYPE rss [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><rss><channel><item>"
              "<description>&x;</description></item></channel></rss>",
              "x.xml")
          .Reasons(),
      ElementsAre(StartsWith("ENTITIES_REFUSED@")));

  ReadOptions options;
  options.limits.nesting_depth = 50;
  std::string deep = "<rss>";
  for (int i = 0; i < 1000; ++i) deep += "<a>";
  EXPECT_THAT(ReadAll(deep, "d.xml", options).Reasons(),
              ElementsAre(StartsWith("NESTING_TOO_DEEP@")));

  const Everything cut = ReadAll(std::string(kRss).substr(0, sizeof(kRss) - 60), "cut.xml");
  EXPECT_THAT(cut.documents, SizeIs(1));
  EXPECT_THAT(cut.Reasons(), ElementsAre(StartsWith("FORMAT_MALFORMED@")));

  options.limits.document_bytes = 1000;
  const Everything big = ReadAll(
      "<rss><channel><item><description>" + std::string(5000, 'x') +
          "</description></item><item><description>Small.</description></item></channel></rss>",
      "big.xml", options);
  EXPECT_THAT(big.Reasons(), ElementsAre(StartsWith("DOCUMENT_TOO_LARGE@")));
  EXPECT_THAT(big.documents, SizeIs(1));
}

TEST(Ninjs, VersionOne) {
  const Everything all = ReadAll(
      R"({"uri": "urn:item:7", "version": 3, "pubstatus": "usable", "versioncreated": "2016-11-22T10:00:00Z", "headline": "Dam bursts",
 "byline": "Ilan Roe", "infosource": [{"name": "Agence Exemple", "qcode": "ae"}], "language": "en-GB",
 "body_xhtml": "<p>At least 27 people were killed.</p><p>Forty are missing.<\/p>"})",
      "item.json");
  EXPECT_THAT(all.Reasons(), IsEmpty());
  ASSERT_THAT(all.documents, SizeIs(1));
  const ReadDocument& item = all.documents[0];
  EXPECT_EQ(item.format, "application/vnd.iptc.ninjs+json");
  EXPECT_EQ(item.text, "At least 27 people were killed.\n\nForty are missing.");
  EXPECT_EQ(item.external_id, "urn:item:7");
  EXPECT_EQ(item.version, "3");
  EXPECT_EQ(item.metadata.title.value, "Dam bursts");
  EXPECT_EQ(item.metadata.wire.value, "Agence Exemple");
  EXPECT_EQ(item.metadata.outlet.value, "Agence Exemple");
  EXPECT_EQ(item.metadata.publication_date.value, "2016-11-22");
}

TEST(Ninjs, VersionTwo) {
  const Everything all = ReadAll(
      R"({"uri": "urn:item:8", "firstCreated": "2016-11-20T10:00:00Z", "headlines": [{"role": "short", "value": "Dam"}, {"role": "main", "value": "Dam bursts above Melin"}], "infosources": [{"name": "AE"}], "bodies": [{"role": "main", "contenttype": "text/plain", "value": "Twenty-seven people died."}]})",
      "feed.jsonl");
  ASSERT_THAT(all.documents, SizeIs(1));
  EXPECT_EQ(all.documents[0].text, "Twenty-seven people died.");
  EXPECT_EQ(all.documents[0].metadata.title.value, "Dam bursts above Melin");
  EXPECT_EQ(all.documents[0].metadata.publication_date.value, "2016-11-20");
  EXPECT_EQ(all.documents[0].metadata.wire.value, "AE");
}

TEST(Ninjs, CanceledIsARetractionAndWithheldIsRefused) {
  const Everything all = ReadAll(
      "{\"uri\": \"urn:item:7\", \"pubstatus\": \"canceled\", \"ednote\": \"Kill: the toll was "
      "wrong.\"}\n"
      "{\"uri\": \"urn:item:8\", \"pubstatus\": \"withheld\", \"body_text\": \"x\"}\n"
      "{\"uri\": \"urn:item:9\", \"pubstatus\": \"usable\"}\n",
      "feed.jsonl");
  ASSERT_THAT(all.retractions, SizeIs(1));
  EXPECT_EQ(all.retractions[0].external_id, "urn:item:7");
  EXPECT_EQ(all.retractions[0].reason, "Kill: the toll was wrong.");
  EXPECT_THAT(all.Reasons(),
              ElementsAre(StartsWith("ITEM_FIELD_INVALID@"), StartsWith("ITEM_FIELD_MISSING@")));
}

}  // namespace
}  // namespace consilience::ingest
