#include "services/ingest/readers/feed_reader.h"

#include <fmt/format.h>
#include <libxml/parser.h>
#include <re2/re2.h>

#include <map>
#include <memory>
#include <vector>

#include "services/ingest/readers/assemble.h"
#include "services/ingest/readers/errors.h"
#include "services/ingest/readers/html_reader.h"

namespace consilience::ingest {
namespace {

constexpr size_t kChunk = size_t{32} << 10;

enum class Kind { kRss, kAtom };

std::string_view FormatOf(Kind kind) {
  return kind == Kind::kAtom ? "application/atom+xml" : "application/rss+xml";
}

// The fields of an item, by the names of RSS; Atom's are put under the same.
struct FeedItem {
  std::map<std::string, std::string, std::less<>> fields;
  bool content_is_html = true;
  uint64_t offset = 0;
};

// Where feeds of both kinds keep what a document needs, by local name.
std::string_view FieldOf(std::string_view local, std::string_view prefix) {
  if (local == "encoded" || local == "content") return prefix == "media" ? "" : "content";
  if (local == "description" || local == "summary") return "summary";
  if (prefix == "media" || prefix == "itunes") return "";
  if (local == "pubDate" || local == "published" || local == "date" || local == "issued") {
    return "published";
  }
  if (local == "updated" || local == "modified") return "updated";
  if (local == "guid" || local == "id") return "id";
  if (local == "creator" || local == "author" || local == "name") return "author";
  if (local == "title" || local == "link" || local == "language") return local;
  return "";
}

class FeedParser {
 public:
  FeedParser(const Request& request, const ReadOptions& options, const ItemCallback& callback)
      : request_(request), options_(options), callback_(callback) {}

  bool Parse(Input& input);

  void Start(std::string_view local, std::string_view prefix, int count,
             const xmlChar** attributes);
  void End(std::string_view local);
  void Text(std::string_view text);
  void RefuseEntity(std::string_view name) {
    Fail(EntitiesRefused({FormatOf(kind_), Offset()}, name));
  }

 private:
  bool IsItem(std::string_view local) const { return local == "item" || local == "entry"; }
  uint64_t Offset() const {
    const int64_t offset = xmlByteConsumed(parser_.get());
    return offset < 0 ? 0 : static_cast<uint64_t>(offset);
  }
  void Fail(absl::Status status) {
    if (failure_.ok()) failure_ = std::move(status);
    xmlStopParser(parser_.get());
  }
  std::string* FieldToFill();
  void Finish();
  absl::StatusOr<ReadDocument> ToDocument();
  void TakeLink(int count, const xmlChar** attributes);

  struct FreeParser {
    void operator()(xmlParserCtxtPtr parser) const {
      if (parser->myDoc != nullptr) xmlFreeDoc(parser->myDoc);
      xmlFreeParserCtxt(parser);
    }
  };

  const Request& request_;
  const ReadOptions& options_;
  const ItemCallback& callback_;
  std::unique_ptr<xmlParserCtxt, FreeParser> parser_;
  Kind kind_ = Kind::kRss;
  std::vector<std::string> path_;  // fields of the open elements, "" for what is not read
  bool in_item_ = false;
  size_t item_depth_ = 0;
  bool in_source_ = false;
  FeedItem item_;
  FeedItem feed_;  // what holds for all items
  size_t held_ = 0;
  uint64_t count_ = 0;
  bool go_on_ = true;
  bool item_too_large_ = false;
  absl::Status failure_;
};

std::string_view View(const xmlChar* text) {
  return text == nullptr ? std::string_view() : reinterpret_cast<const char*>(text);
}

// libxml2 gives five pointers an attribute: local name, prefix, URI, value, end of value.
std::string_view Attribute(std::string_view name, int count, const xmlChar** attributes) {
  for (int i = 0; i < count; ++i) {
    const xmlChar** const one = attributes + ptrdiff_t{5} * i;
    if (View(one[0]) == name) {
      return {reinterpret_cast<const char*>(one[3]), static_cast<size_t>(one[4] - one[3])};
    }
  }
  return {};
}

void FeedParser::Start(std::string_view local, std::string_view prefix, int count,
                       const xmlChar** attributes) {
  if (path_.empty()) kind_ = local == "feed" ? Kind::kAtom : Kind::kRss;
  if (path_.size() >= options_.limits.nesting_depth) {
    Fail(NestedTooDeep({FormatOf(kind_), Offset()}, options_.limits.nesting_depth));
    return;
  }
  if (!in_item_ && IsItem(local)) {
    in_item_ = true;
    item_ = FeedItem{.fields = {}, .offset = Offset()};
    held_ = 0;
    item_too_large_ = false;
    item_depth_ = path_.size();
    path_.emplace_back();
    return;
  }
  std::string field(FieldOf(local, prefix));
  if (local == "source" && in_item_) {
    in_source_ = true;
    // RSS names the publisher in the element itself, Atom in the title within.
    field = kind_ == Kind::kRss ? "source" : "";
  } else if (in_source_) {
    field = local == "title" ? "source" : "";
  }
  if (field == "link" && !Attribute("href", count, attributes).empty()) {
    TakeLink(count, attributes);
    field.clear();
  }
  if (field == "content" && kind_ == Kind::kAtom) {
    const std::string_view type = Attribute("type", count, attributes);
    item_.content_is_html = type == "html" || type == "text/html";
  }
  // The first of several stands; what follows is not read.
  std::map<std::string, std::string, std::less<>>& fields = in_item_ ? item_.fields : feed_.fields;
  if (!field.empty() && fields.contains(field)) field.clear();
  if (!field.empty()) fields[field] = "";
  path_.push_back(std::move(field));
}

void FeedParser::TakeLink(int count, const xmlChar** attributes) {
  const std::string_view rel = Attribute("rel", count, attributes);
  if (!rel.empty() && rel != "alternate") return;
  (in_item_ ? item_ : feed_).fields.emplace("link", Attribute("href", count, attributes));
}

// XHTML within Atom's content opens elements of its own: text goes to the nearest field outside.
std::string* FeedParser::FieldToFill() {
  for (size_t i = path_.size(); i-- > (in_item_ ? item_depth_ : 0);) {
    if (!path_[i].empty()) return &(in_item_ ? item_ : feed_).fields[path_[i]];
  }
  return nullptr;
}

void FeedParser::Text(std::string_view text) {
  std::string* const field = FieldToFill();
  if (field == nullptr) return;
  held_ += text.size();
  if (held_ > options_.limits.document_bytes) {
    item_too_large_ = true;
    return;
  }
  field->append(text);
}

void FeedParser::End(std::string_view local) {
  if (path_.empty()) return;
  path_.pop_back();
  if (local == "source") in_source_ = false;
  // The paragraphs of XHTML stay paragraphs.
  if (in_item_ && (local == "p" || local == "div" || local == "br")) Text("\n\n");
  if (in_item_ && path_.size() == item_depth_) {
    in_item_ = false;
    Finish();
  }
}

void FeedParser::Finish() {
  const std::string label = fmt::format("{}#{}", request_.label, ++count_);
  absl::StatusOr<ReadDocument> document = ToDocument();
  if (document.ok()) document->label = label;
  go_on_ = Deliver(std::move(document), label, FormatOf(kind_), callback_);
  if (!go_on_) xmlStopParser(parser_.get());
}

absl::StatusOr<ReadDocument> FeedParser::ToDocument() {
  const auto field = [](const FeedItem& item, std::string_view name) {
    const auto found = item.fields.find(name);
    return found == item.fields.end() ? std::string() : found->second;
  };
  if (item_too_large_) {
    return DocumentTooLarge({FormatOf(kind_), item_.offset}, options_.limits.document_bytes);
  }
  Findings findings{.format = FormatOf(kind_)};
  std::string content = field(item_, "content");
  const bool html = content.empty() || item_.content_is_html;
  if (content.empty()) content = field(item_, "summary");
  if (html) {
    const absl::Status read = ReadFragment(content, options_.limits, findings);
    if (!read.ok()) return read;
  } else {
    findings.text = std::move(content);
  }
  // Text in a feed was escaped, or spread over several runs: its map would be a guess.
  findings.source_map = {};
  findings.source_offset = item_.offset;
  const auto add = [](std::vector<Candidate>& to, const std::string& value, const char* evidence) {
    const size_t begin = value.find_first_not_of(" \t\r\n");
    if (begin == std::string::npos) return;
    const size_t end = value.find_last_not_of(" \t\r\n") + 1;
    to.push_back({value.substr(begin, end - begin), Basis::kRead, evidence});
  };
  add(findings.title, field(item_, "title"), "feed item title");
  add(findings.dates, field(item_, "published"), "feed item date");
  if (findings.dates.empty()) add(findings.dates, field(item_, "updated"), "feed item update");
  add(findings.outlet, field(item_, "source"), "feed item source");
  add(findings.outlet, field(feed_, "title"), "feed title");
  add(findings.url, field(item_, "link"), "feed item link");
  add(findings.byline, field(item_, "author"), "feed item author");
  findings.external_id = field(item_, "id");
  if (findings.external_id.empty()) findings.external_id = field(item_, "link");
  findings.language = field(feed_, "language").substr(0, 2);
  return Assemble(std::move(findings), request_, options_);
}

FeedParser& Self(void* context) { return *static_cast<FeedParser*>(context); }

xmlSAXHandler Events() {
  xmlSAXHandler events{};
  events.initialized = XML_SAX2_MAGIC;
  events.startElementNs = [](void* self, const xmlChar* local, const xmlChar* prefix,
                             const xmlChar*, int, const xmlChar**, int count, int,
                             const xmlChar** attributes) {
    Self(self).Start(View(local), View(prefix), count, attributes);
  };
  events.endElementNs = [](void* self, const xmlChar* local, const xmlChar*, const xmlChar*) {
    Self(self).End(View(local));
  };
  events.characters = [](void* self, const xmlChar* text, int length) {
    Self(self).Text({reinterpret_cast<const char*>(text), static_cast<size_t>(length)});
  };
  events.ignorableWhitespace = events.characters;
  events.cdataBlock = events.characters;
  events.entityDecl = [](void* self, const xmlChar* name, int, const xmlChar*, const xmlChar*,
                         xmlChar*) { Self(self).RefuseEntity(View(name)); };
  return events;
}

bool FeedParser::Parse(Input& input) {
  xmlSAXHandler events = Events();
  parser_.reset(xmlCreatePushParserCtxt(&events, this, nullptr, 0, nullptr));
  xmlCtxtUseOptions(parser_.get(), XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
  const absl::Status unread = [&]() -> absl::Status {
    for (;;) {
      const absl::StatusOr<std::string_view> bytes = input.Peek(kChunk);
      if (!bytes.ok()) return bytes.status();
      const bool last = bytes->empty();
      const int code = xmlParseChunk(parser_.get(), bytes->data(), static_cast<int>(bytes->size()),
                                     last ? 1 : 0);
      if (!failure_.ok() || !go_on_) return failure_;
      if (code != XML_ERR_OK && parser_->wellFormed == 0) {
        const xmlError* const error = xmlCtxtGetLastError(parser_.get());
        std::string problem = error == nullptr || error->message == nullptr ? "" : error->message;
        while (problem.ends_with('\n')) problem.pop_back();
        return Malformed({FormatOf(kind_), Offset()}, "not well-formed XML: " + problem);
      }
      if (last) return absl::OkStatus();
      input.Consume(bytes->size());
    }
  }();
  if (unread.ok() || !go_on_) return go_on_;
  return Deliver(unread, request_.label, FormatOf(kind_), callback_);
}

}  // namespace

Match FeedReader::Recognise(const Head& head) const {
  static const RE2* const kRoot = new RE2(
      R"((?s)^(?:\xef\xbb\xbf)?\s*(?:<\?[^>]*>\s*|<!--.*?-->\s*|<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>\s*)*<(?:rss|feed|rdf:RDF)[\s>])",
      RE2::Latin1);
  return RE2::PartialMatch(re2::StringPiece(head.bytes.data(), head.bytes.size()), *kRoot)
             ? Match::kCertain
             : Match::kNo;
}

bool FeedReader::Read(Input& input, const Request& request, const ReadOptions& options,
                      const ItemCallback& callback) const {
  return FeedParser(request, options, callback).Parse(input);
}

}  // namespace consilience::ingest
