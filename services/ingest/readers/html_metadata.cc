#include "services/ingest/readers/html_metadata.h"

#include <algorithm>
#include <functional>
#include <map>

#include "services/ingest/readers/json.h"

namespace consilience::ingest {
namespace {

using Type = JsonValue::Type;

std::string Collapse(std::string_view text) {
  std::string result;
  bool space = false;
  for (const char c : text) {
    if (c == ' ' || c == '\n' || c == '\t' || c == '\r') {
      space = !result.empty();
    } else {
      if (space) result += ' ';
      space = false;
      result += c;
    }
  }
  return result;
}

std::string ToLower(std::string_view text) {
  std::string result(text);
  for (char& c : result) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c | 0x20);
  }
  return result;
}

void Add(std::vector<Candidate>& candidates, std::string_view value, std::string evidence) {
  std::string text = Collapse(value);
  if (!text.empty()) candidates.push_back({std::move(text), Basis::kRead, std::move(evidence)});
}

// A name that stands alone or as {"name": …}, or the first of several.
std::string NameOf(const JsonValue* value) {
  if (value == nullptr) return "";
  if (value->is(Type::kString)) return value->text;
  if (value->is(Type::kArray)) return value->items.empty() ? "" : NameOf(&value->items.front());
  return std::string(value->TextOf("name"));
}

bool IsArticle(const JsonValue& object) {
  const JsonValue* const type = object.Find("@type");
  if (type == nullptr) return false;
  const auto names_article = [](const JsonValue& name) {
    return name.text.ends_with("Article") || name.text.ends_with("BlogPosting");
  };
  return names_article(*type) || std::any_of(type->items.begin(), type->items.end(), names_article);
}

class Collector {
 public:
  Collector(const HtmlTree& tree, const PageWords& words, const Limits& limits)
      : tree_(tree), words_(words), limits_(limits) {}

  PageMetadata Collect() {
    for (uint32_t i = 1; i < tree_.size(); ++i) Sort(i);
    for (const uint32_t script : json_ld_) ReadJsonLd(script);
    ReadMetas();
    ReadElements();
    return std::move(page_);
  }

 private:
  void Sort(uint32_t index) {
    const HtmlNode& node = tree_[index];
    if (node.tag == "script" && ToLower(node.Get("type")) == "application/ld+json") {
      json_ld_.push_back(index);
    } else if (node.tag == "meta") {
      for (const std::string_view key : {"property", "name", "itemprop"}) {
        const std::string name = ToLower(node.Get(key));
        if (!name.empty()) metas_.emplace(name, node.Get("content"));
      }
    } else if (!node.tag.empty()) {
      elements_.push_back(index);
    }
  }

  void ReadJsonLd(uint32_t script) {
    const absl::StatusOr<JsonValue> value =
        ParseJson(TextBelow(tree_, script), "application/ld+json", limits_);
    // A page whose JSON-LD is broken still has its other metadata.
    if (value.ok()) VisitJsonLd(*value);
  }

  void VisitJsonLd(const JsonValue& value) {
    for (const JsonValue& item : value.items) VisitJsonLd(item);
    if (!value.is(Type::kObject)) return;
    if (const JsonValue* const graph = value.Find("@graph"); graph != nullptr) VisitJsonLd(*graph);
    if (!IsArticle(value)) return;
    Add(page_.title, value.TextOf("headline"), "JSON-LD headline");
    Add(page_.dates, value.TextOf("datePublished"), "JSON-LD datePublished");
    Add(page_.outlet, NameOf(value.Find("publisher")), "JSON-LD publisher");
    Add(page_.byline, NameOf(value.Find("author")), "JSON-LD author");
    const JsonValue* const main = value.Find("mainEntityOfPage");
    if (main != nullptr) {
      Add(page_.url, main->is(Type::kString) ? main->text : main->TextOf("@id"),
          "JSON-LD mainEntityOfPage");
    }
    Add(page_.url, value.TextOf("url"), "JSON-LD url");
    if (page_.article_body.empty()) page_.article_body = value.TextOf("articleBody");
  }

  void AddMeta(std::vector<Candidate>& candidates, const std::string& name) {
    const auto found = metas_.find(name);
    if (found != metas_.end()) Add(candidates, found->second, "meta " + name);
  }

  void ReadMetas() {
    AddMeta(page_.title, "og:title");
    AddMeta(page_.title, "twitter:title");
    for (const std::string& name : words_.date) AddMeta(page_.dates, name);
    for (const char* name : {"og:site_name", "dc.publisher", "publisher", "application-name"}) {
      AddMeta(page_.outlet, name);
    }
    for (const char* name : {"author", "article:author", "dc.creator", "byl"}) {
      AddMeta(page_.byline, name);
    }
  }

  void ReadElements() {
    std::vector<Candidate> canonical;
    std::vector<Candidate> headings;
    std::vector<Candidate> page_title;
    for (const uint32_t index : elements_) {
      const HtmlNode& node = tree_[index];
      if (node.tag == "html") page_.language = ToLower(node.Get("lang").substr(0, 2));
      if (node.tag == "link" && ToLower(node.Get("rel")) == "canonical") {
        Add(canonical, node.Get("href"), "link canonical");
      }
      if (node.tag == "h1" && headings.empty()) Add(headings, TextBelow(tree_, index), "h1");
      if (node.tag == "title" && page_title.empty()) {
        Add(page_title, TextBelow(tree_, index), "title");
      }
      ReadTime(node, index);
      if (ToLower(node.Get("rel")) == "author" || node.Get("itemprop") == "author") {
        Add(page_.byline, TextBelow(tree_, index), node.tag + " author");
      }
    }
    const auto append = [](std::vector<Candidate>& to, std::vector<Candidate>& from) {
      to.insert(to.end(), from.begin(), from.end());
    };
    page_.url.insert(page_.url.begin(), canonical.begin(), canonical.end());
    AddMeta(page_.url, "og:url");
    append(page_.title, headings);
    // "Headline | House" only where nothing better is known.
    if (page_.title.empty()) append(page_.title, page_title);
  }

  void ReadTime(const HtmlNode& node, uint32_t index) {
    const bool published = node.Get("itemprop") == "datePublished";
    if (node.tag != "time" && !published) return;
    // Times without a mark stand beside other stories too: only the first is this one's.
    if (!published && node.Get("pubdate").empty() && met_time_) return;
    met_time_ = true;
    std::string value(node.Get("datetime"));
    if (value.empty()) value = node.Get("content");
    if (value.empty()) value = TextBelow(tree_, index);
    Add(page_.dates, value, published ? "itemprop datePublished" : "time element");
  }

  const HtmlTree& tree_;
  const PageWords& words_;
  const Limits& limits_;
  std::vector<uint32_t> json_ld_;
  std::vector<uint32_t> elements_;
  std::multimap<std::string, std::string> metas_;
  bool met_time_ = false;
  PageMetadata page_;
};

}  // namespace

PageMetadata ReadPageMetadata(const HtmlTree& tree, const PageWords& words, const Limits& limits) {
  return Collector(tree, words, limits).Collect();
}

}  // namespace consilience::ingest
