#include "services/ingest/readers/html_reader.h"

#include <re2/re2.h>

#include <array>

#include "services/ingest/readers/charset.h"
#include "services/ingest/readers/errors.h"
#include "services/ingest/readers/html_metadata.h"
#include "services/ingest/readers/main_text.h"

namespace consilience::ingest {
namespace {

constexpr std::string_view kFormat = "text/html";
// Where browsers look for a declaration, and room for the comments that people put before it.
constexpr size_t kDeclarationBytes = 4096;

re2::StringPiece Piece(std::string_view text) { return {text.data(), text.size()}; }

std::string DeclaredCharset(std::string_view bytes) {
  static const RE2* const kMeta =
      new RE2(R"((?i)<meta[^>]{0,200}charset\s*=\s*["']?\s*([a-z0-9_:.-]+))", RE2::Latin1);
  static const RE2* const kXml =
      new RE2(R"((?i)<\?xml[^>]{0,200}encoding\s*=\s*["']([a-z0-9_:.-]+))", RE2::Latin1);
  std::string charset;
  const std::string_view head = bytes.substr(0, kDeclarationBytes);
  if (!RE2::PartialMatch(Piece(head), *kMeta, &charset)) {
    static_cast<void>(RE2::PartialMatch(Piece(head), *kXml, &charset));
  }
  return charset;
}

}  // namespace

Match HtmlReader::Recognise(const Head& head) const {
  static const RE2* const kCertain = new RE2(
      R"((?i)^(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?s:.*?)-->\s*)*(?:<!doctype\s+html|<html[\s>]))",
      RE2::Latin1);
  static const RE2* const kLikely = new RE2(
      R"((?i)^(?:\xef\xbb\xbf)?\s*<(?:head|body|title|meta|article|main|section|div|p|h[1-6]|table|script|link)[\s>])",
      RE2::Latin1);
  if (RE2::PartialMatch(Piece(head.bytes), *kCertain)) return Match::kCertain;
  return RE2::PartialMatch(Piece(head.bytes), *kLikely) ? Match::kLikely : Match::kNo;
}

absl::StatusOr<ReadDocument> ReadPage(std::string_view bytes, const Request& request,
                                      const ReadOptions& options) {
  const Given& given = request.given;
  const std::string declared = given.charset.empty() ? DeclaredCharset(bytes) : given.charset;
  const absl::StatusOr<Utf8Text> utf8 = DecodeToUtf8(bytes, declared, kFormat, options.limits);
  if (!utf8.ok()) return utf8.status();
  const absl::StatusOr<HtmlTree> tree = ParseHtml(utf8->text, kFormat, options.limits);
  if (!tree.ok()) return tree.status();
  const PageWords& words = PageWords::Default();
  PageMetadata page = ReadPageMetadata(*tree, words, options.limits);
  MainText main = FindMainText(*tree, words, false);

  Findings findings{.format = kFormat};
  if (main.text.empty()) {
    findings.text = std::move(page.article_body);
  } else {
    findings.text = std::move(main.text);
    findings.source_map = main.map.Then(utf8->map);
    findings.segments = std::move(main.segments);
  }
  findings.title = std::move(page.title);
  findings.dates = std::move(page.dates);
  findings.outlet = std::move(page.outlet);
  findings.url = std::move(page.url);
  findings.byline = std::move(page.byline);
  findings.language = std::move(page.language);
  return Assemble(std::move(findings), request, options);
}

bool HtmlReader::Read(Input& input, const Request& request, const ReadOptions& options,
                      const ItemCallback& callback) const {
  const auto bytes = input.PeekWhole(format(), options.limits.document_bytes);
  return Deliver(bytes.ok() ? ReadPage(*bytes, request, options) : bytes.status(), request.label,
                 format(), callback);
}

absl::Status ReadFragment(std::string_view html, const Limits& limits, Findings& findings) {
  const absl::StatusOr<HtmlTree> tree = ParseHtml(html, findings.format, limits);
  if (!tree.ok()) return tree.status();
  MainText main = FindMainText(*tree, PageWords::Default(), true);
  findings.text = std::move(main.text);
  findings.source_map = std::move(main.map);
  findings.segments = std::move(main.segments);
  return absl::OkStatus();
}

}  // namespace consilience::ingest
