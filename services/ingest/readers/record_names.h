// What the fields of an article are called in JSON: our own name first, then those of common
// crawlers and news APIs (news-please, newspaper, NewsAPI, schema.org), so that their files are
// read as they are. The first that holds text counts.
#ifndef CONSILIENCE_SERVICES_INGEST_READERS_RECORD_NAMES_H_
#define CONSILIENCE_SERVICES_INGEST_READERS_RECORD_NAMES_H_

#include <array>
#include <string_view>

namespace consilience::ingest {

inline constexpr std::array<std::string_view, 6> kTextNames = {
    "text", "body", "maintext", "articleBody", "article_text", "content"};
inline constexpr std::array<std::string_view, 10> kDateNames = {
    "date",         "publication_date", "published",      "published_at",  "publishedAt",
    "publish_date", "date_publish",     "date_published", "datePublished", "pubDate"};
inline constexpr std::array<std::string_view, 6> kOutletNames = {
    "outlet", "source", "publisher", "publication", "source_name", "source_domain"};
inline constexpr std::array<std::string_view, 2> kTitleNames = {"title", "headline"};
inline constexpr std::array<std::string_view, 2> kUrlNames = {"url", "link"};

}  // namespace consilience::ingest

#endif  // CONSILIENCE_SERVICES_INGEST_READERS_RECORD_NAMES_H_
