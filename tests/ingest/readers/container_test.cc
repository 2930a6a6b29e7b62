// gzip, archives, WARC: what is in them, and what is wrong with them.
#include <archive.h>
#include <archive_entry.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <zlib.h>

#include <utility>

#include "tests/ingest/readers/read_all.h"

namespace consilience::ingest {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::StartsWith;

std::string Gzip(std::string_view bytes) {
  z_stream stream{};
  EXPECT_EQ(deflateInit2(&stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY), Z_OK);
  std::string result(deflateBound(&stream, bytes.size()) + 64, '\0');
  stream.next_in = const_cast<Bytef*>(reinterpret_cast<const Bytef*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(result.data());
  stream.avail_out = static_cast<uInt>(result.size());
  EXPECT_EQ(deflate(&stream, Z_FINISH), Z_STREAM_END);
  result.resize(stream.total_out);
  deflateEnd(&stream);
  return result;
}

std::string Pack(bool zip, const std::vector<std::pair<std::string, std::string>>& files) {
  std::string result(1 << 20, '\0');
  size_t used = 0;
  archive* a = archive_write_new();
  if (zip) {
    archive_write_set_format_zip(a);
  } else {
    archive_write_set_format_ustar(a);
  }
  archive_write_open_memory(a, result.data(), result.size(), &used);
  for (const auto& [name, text] : files) {
    archive_entry* entry = archive_entry_new();
    archive_entry_set_pathname(entry, name.c_str());
    archive_entry_set_size(entry, static_cast<la_int64_t>(text.size()));
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_perm(entry, 0644);
    archive_write_header(a, entry);
    archive_write_data(a, text.data(), text.size());
    archive_entry_free(entry);
  }
  archive_write_close(a);
  archive_write_free(a);
  result.resize(used);
  return result;
}

std::vector<std::string> Labels(const Everything& all) {
  std::vector<std::string> labels;
  for (const ReadDocument& document : all.documents) labels.push_back(document.label);
  return labels;
}

TEST(Gzip, HoldsAnyFormatInOneMemberOrSeveral) {
  const Everything all =
      ReadAll(Gzip("{\"text\": \"One.\"}\n") + Gzip("{\"text\": \"Two.\"}\n"), "n.jsonl.gz");
  EXPECT_THAT(all.Reasons(), IsEmpty());
  EXPECT_THAT(Labels(all), ElementsAre("n.jsonl.gz:1", "n.jsonl.gz:2"));
}

TEST(Gzip, BombsAndDamageAreErrors) {
  ReadOptions options;
  options.limits.document_bytes = size_t{64} << 20;
  const Everything bomb = ReadAll(Gzip(std::string(32 << 20, 'x')), "bomb.gz", options);
  EXPECT_THAT(bomb.Reasons(), ElementsAre(StartsWith("DECOMPRESSION_BOMB@")));
  EXPECT_THAT(bomb.documents, IsEmpty());

  options.limits.decompressed_bytes = 1000;
  EXPECT_THAT(ReadAll(Gzip(std::string(5000, 'x')), "big.gz", options).Reasons(),
              ElementsAre(StartsWith("DECOMPRESSED_TOO_LARGE@")));

  std::string text;
  for (int i = 0; i < 3000; ++i) text += std::to_string(i * 7919) + " ";
  const std::string good = Gzip(text);
  EXPECT_THAT(ReadAll(good.substr(0, good.size() / 2), "cut.gz").Reasons(),
              ElementsAre(StartsWith("FORMAT_TRUNCATED@")));
  std::string damaged = good;
  damaged[good.size() / 2] = static_cast<char>(~damaged[good.size() / 2]);
  EXPECT_THAT(ReadAll(damaged, "damaged.gz").documents, IsEmpty());
  EXPECT_THAT(ReadAll(damaged, "damaged.gz").errors, SizeIs(1));

  std::string nested = Gzip("text");
  for (int i = 0; i < 10; ++i) nested = Gzip(nested);
  EXPECT_THAT(ReadAll(nested, "nested.gz").Reasons(), ElementsAre("CONTAINERS_TOO_DEEP@0"));
}

TEST(Archive, HoldsFilesOfAnyFormatAndTheirManifest) {
  for (const bool zip : {false, true}) {
    SCOPED_TRACE(zip ? "zip" : "tar");
    const std::string packed =
        Pack(zip, {{"manifest.jsonl",
                    "{\"file\": \"a/one.txt\", \"date\": \"2016-11-22\", \"outlet\": \"nna\"}\n"},
                   {"a/one.txt", "One text."},
                   {".hidden", "No text."},
                   {"b/two.jsonl", "{\"text\": \"Two.\"}\nnot json\n"},
                   {"c/three.bin", std::string("\0\1\2", 3)}});
    const Everything all = ReadAll(packed, "pack");
    EXPECT_THAT(Labels(all), ElementsAre("pack/a/one.txt", "pack/b/two.jsonl:1"));
    EXPECT_THAT(all.Reasons(), ElementsAre(StartsWith("FORMAT_MALFORMED@"), "DOCUMENT_BINARY@0"));
    EXPECT_EQ(all.documents[0].metadata.publication_date.value, "2016-11-22");
    EXPECT_EQ(all.documents[0].metadata.outlet.value, "nna");
    EXPECT_FALSE(all.documents[1].metadata.outlet.known());
    const Everything packed_again = ReadAll(Gzip(packed), "pack.tar.gz");
    EXPECT_THAT(packed_again.documents, SizeIs(2));
  }
}

TEST(Archive, DamageIsAnError) {
  const std::string packed = Pack(true, {{"one.txt", std::string(3000, 'a')}, {"two.txt", "Two."}});
  const Everything all = ReadAll(packed.substr(0, 45), "cut.zip");
  EXPECT_THAT(all.errors, SizeIs(1));
  EXPECT_THAT(all.documents, IsEmpty());
}

std::string Record(const std::string& type, const std::string& block, long length = -1) {
  return "WARC/1.0\r\nWARC-Type: " + type +
         "\r\nWARC-Target-URI: https://post.example/a\r\nWARC-Date: 2016-11-25T00:00:00Z\r\n"
         "Content-Type: application/http; msgtype=response\r\nContent-Length: " +
         std::to_string(length < 0 ? static_cast<long>(block.size()) : length) + "\r\n\r\n" +
         block + "\r\n\r\n";
}

std::string Response(const std::string& words, const std::string& headers = "") {
  return "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n" + headers +
         "\r\n<html><body><p>" + words +
         " was what the page said at some length on that day.</p></body></html>";
}

std::vector<std::string> FirstWords(const Everything& all) {
  std::vector<std::string> words;
  for (const ReadDocument& document : all.documents)
    words.push_back(document.text.substr(0, document.text.find(' ')));
  return words;
}

TEST(Warc, ReadsEachResponse) {
  const std::string warc = Record("warcinfo", "software: x\r\n") +
                           Record("response", Response("One")) +
                           Record("request", "GET / HTTP/1.1\r\n\r\n") +
                           Record("response", "HTTP/1.1 404 Not Found\r\n\r\ngone") +
                           Record("response", Response("Two"));
  const Everything all = ReadAll(warc, "crawl.warc");
  EXPECT_THAT(all.Reasons(), IsEmpty());
  EXPECT_THAT(FirstWords(all), ElementsAre("One", "Two"));
  EXPECT_EQ(all.documents[0].label, "crawl.warc#2");
  EXPECT_EQ(all.documents[0].metadata.url.value, "https://post.example/a");
  EXPECT_EQ(all.documents[0].metadata.url.basis, Basis::kRead);
}

TEST(Warc, UndoesTransferAndContentEncodings) {
  const std::string page =
      "<html><body><p>Zipped pages are what most servers send to crawlers these "
      "days.</p></body></html>";
  const std::string head =
      "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n";
  const std::string zipped = Gzip(page);
  char size[32];
  std::snprintf(size, sizeof size, "%zx\r\n", zipped.size());
  const std::string warc = Record("response", head + "\r\n" + zipped) +
                           Record("response", head + "Transfer-Encoding: chunked\r\n\r\n" + size +
                                                  zipped + "\r\n0\r\n\r\n") +
                           Record("response", head + "\r\n" + page);
  const Everything all = ReadAll(warc, "crawl.warc");
  EXPECT_THAT(all.Reasons(), IsEmpty());
  EXPECT_THAT(FirstWords(all), ElementsAre("Zipped", "Zipped", "Zipped"));
}

TEST(Warc, ALyingContentLengthCostsOneRecord) {
  const std::string one = Response("One");
  for (const long length :
       {long{5}, static_cast<long>(one.size()) + 100, long{1'000'000'000'000}, long{-2}}) {
    SCOPED_TRACE(length);
    std::string lying = Record("response", one, length);
    if (length == -2) {
      const size_t at = lying.find("Content-Length: ");
      lying.replace(at, lying.find("\r\n", at) - at, "Content-Length: many");
    }
    const Everything all =
        ReadAll(lying + Record("response", Response("Two")) + Record("response", Response("Three")),
                "crawl.warc");
    EXPECT_THAT(all.errors, SizeIs(1));
    // A length beyond what one document may have cannot be checked before it was skipped.
    if (length < 1000000) {
      EXPECT_THAT(FirstWords(all), ElementsAre("Two", "Three"));
    }
  }
}

TEST(Warc, ADamagedMemberCostsOneRecord) {
  const std::string one = Gzip(Record("response", Response("One")));
  const std::string two = Gzip(Record("response", Response("Two")));
  const std::string three = Gzip(Record("response", Response("Three")));
  EXPECT_THAT(FirstWords(ReadAll(one + two + three, "c.warc.gz")),
              ElementsAre("One", "Two", "Three"));
  const Everything cut = ReadAll(one + two.substr(0, two.size() - 60) + three, "c.warc.gz");
  EXPECT_THAT(FirstWords(cut), ElementsAre("One", "Three"));
  EXPECT_THAT(cut.errors, Not(IsEmpty()));
  const Everything end = ReadAll(one + two + three.substr(0, three.size() - 60), "c.warc.gz");
  EXPECT_THAT(FirstWords(end), ElementsAre("One", "Two"));
  EXPECT_THAT(end.errors, Not(IsEmpty()));
}

TEST(Warc, GarbageIsReportedOnceAndPassedOver) {
  const Everything all =
      ReadAll(Record("response", Response("One")) + "garbage\r\nmore garbage\r\n" +
                  Record("response", Response("Two")),
              "c.warc");
  EXPECT_THAT(all.errors, SizeIs(1));
  EXPECT_THAT(FirstWords(all), ElementsAre("One", "Two"));
}

TEST(Formats, UnknownXmlIsRefused) {
  EXPECT_THAT(ReadAll("<?xml version=\"1.0\"?><catalogue><cd/></catalogue>", "x.xml").Reasons(),
              ElementsAre("FORMAT_UNKNOWN@?"));
}

TEST(Limits, OfItemsInOneFile) {
  ReadOptions options;
  options.limits.items = 2;
  const Everything all =
      ReadAll("{\"text\": \"a.\"}\n{\"text\": \"b.\"}\n{\"text\": \"c.\"}\n", "n.jsonl", options);
  EXPECT_THAT(all.documents, SizeIs(2));
  EXPECT_THAT(all.Reasons(), ElementsAre(StartsWith("ITEMS_TOO_MANY@")));
}

}  // namespace
}  // namespace consilience::ingest
