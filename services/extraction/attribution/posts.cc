#include "services/extraction/attribution/posts.h"

#include <algorithm>
#include <optional>
#include <span>
#include <string>
#include <utility>

#include "services/extraction/attribution/people.h"

namespace consilience::extraction {
namespace {

// Tokens of "RT @handle (Display Name):".
constexpr uint32_t kLongestOpening = 16;

Speaker AuthorOf(const Syntax& syntax, const Organisations& organisations, TokenSpan name,
                 TokenSpan handle) {
  const Text& text = syntax.text();
  Speaker speaker;
  const auto named = OrganisationIn(syntax, organisations, name);
  speaker.name = named.has_value() ? organisations[named->index].name : WordsOf(text, name);
  speaker.type = named.has_value() ? SpeakerType::kOrganisation : SpeakerType::kPerson;
  if (!handle.empty()) speaker.description = WordsOf(text, handle);
  speaker.span = text.SpanOf(name.begin, name.end);
  return speaker;
}

AttributionMention PostOf(const Text& text, Speaker author, TokenSpan said) {
  AttributionMention mention;
  mention.source.push_back(author.span);
  mention.content.push_back(text.SpanOf(said.begin, said.end));
  mention.chain.push_back(std::move(author));
  mention.mode = AttributionMode::kDirect;
  mention.rule = "attribution/post";
  return mention;
}

// "… — UNICEF (@UNICEF) November 21, 2016"
std::optional<AttributionMention> Signed(const Syntax& syntax, const Organisations& organisations,
                                         const Segment& segment) {
  const Text& text = syntax.text();
  uint32_t at = segment.end;
  while (at > segment.begin && text[at - 1].mark != '@') --at;
  if (at == segment.begin) return std::nullopt;
  uint32_t open = at - 1;
  while (open > segment.begin && text[open].mark != '(') --open;
  uint32_t dash = open;
  while (dash > segment.begin && text[dash].mark != '-') --dash;
  if (dash <= segment.begin || dash + 1 >= open) return std::nullopt;
  const TokenSpan handle = at < segment.end ? TokenSpan{at - 1, at + 1} : TokenSpan{};
  return PostOf(text, AuthorOf(syntax, organisations, {dash + 1, open}, handle),
                {segment.begin, dash});
}

// The end of the handle whose "@" is `at`: words and low lines without space between.
uint32_t HandleEnd(const Text& text, uint32_t at, uint32_t limit) {
  uint32_t end = at + 1;
  while (end < limit && !text[end].is(kSpaceBefore) &&
         (text[end].is_word() || text[end].is_number() || text[end].mark == '_')) {
    ++end;
  }
  return end;
}

// "@UNICEF: …", "RT @UNICEF: …", "@JaneDoe (Jane Doe): …"
std::optional<AttributionMention> Opened(const Syntax& syntax, const Organisations& organisations,
                                         const Paragraph& paragraph) {
  const Text& text = syntax.text();
  const uint32_t limit = std::min(paragraph.end, paragraph.begin + kLongestOpening);
  uint32_t at = paragraph.begin;
  if (at < limit && (text.Lower(at) == "rt" || text.Lower(at) == "via")) ++at;
  if (at >= limit || text[at].mark != '@') return std::nullopt;
  const TokenSpan handle{at, HandleEnd(text, at, limit)};
  TokenSpan name = handle;
  uint32_t colon = handle.end;
  if (colon < limit && text[colon].mark == '(') {
    uint32_t close = colon;
    while (close < limit && text[close].mark != ')') ++close;
    if (close > colon + 1) name = {colon + 1, close};
    colon = close + 1;
  }
  if (handle.end == at + 1 || colon + 1 >= paragraph.end || text[colon].mark != ':') {
    return std::nullopt;
  }
  // "@AFP" names the agency.
  const TokenSpan bare{at + 1, handle.end};
  const bool known = name == handle && OrganisationIn(syntax, organisations, bare).has_value();
  Speaker author = AuthorOf(syntax, organisations, known ? bare : name, handle);
  author.span = text.SpanOf(name.begin, name.end);
  return PostOf(text, std::move(author), {colon + 1, paragraph.end});
}

bool Holds(const Span& outer, const Spans& inner) {
  return !inner.empty() && outer.begin <= inner.front().begin && inner.back().end <= outer.end;
}

// What somebody says within a post is passed on by its author, who is its "we". `cued` are in the
// order of their cues.
void PassOn(const AttributionMention& post, std::span<AttributionMention> cued) {
  const Speaker& author = post.chain.front();
  const Span& content = post.content.front();
  auto at = std::partition_point(cued.begin(), cued.end(), [&](const AttributionMention& mention) {
    return mention.cue.front().begin < content.begin;
  });
  for (; at != cued.end() && at->cue.front().begin < content.end; ++at) {
    if (!Holds(content, at->cue) || at->source.empty()) continue;
    if (!at->chain.empty()) at->mode = AttributionMode::kNested;
    at->chain.push_back(author);
  }
}

}  // namespace

void AddPosts(const Syntax& syntax, const Organisations& organisations,
              std::vector<AttributionMention>& mentions) {
  // Quotes without a cue stand behind those that have one.
  const auto uncued = std::find_if(mentions.begin(), mentions.end(),
                                   [](const auto& mention) { return mention.cue.empty(); });
  const auto cued = static_cast<size_t>(uncued - mentions.begin());
  for (const Segment& segment : syntax.text().segments()) {
    if (segment.kind != SegmentKind::kTweet) continue;
    if (auto post = Signed(syntax, organisations, segment); post.has_value()) {
      mentions.push_back(*std::move(post));
    }
  }
  for (const Paragraph& paragraph : syntax.text().paragraphs()) {
    if (auto post = Opened(syntax, organisations, paragraph); post.has_value()) {
      PassOn(*post, {mentions.data(), cued});
      mentions.push_back(*std::move(post));
    }
  }
}

}  // namespace consilience::extraction
