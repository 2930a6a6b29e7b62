// consil documents compare: two texts side by side.
#include <algorithm>
#include <vector>

#include "clients/cli/commands/commands.h"
#include "clients/cli/commands/support.h"
#include "clients/cli/output/text_width.h"
#include "clients/cli/render/numbers.h"
#include "clients/cli/render/words.h"
#include "clients/cpp/documents_client.h"
#include "fmt/format.h"

namespace consilience::cli {
namespace {

namespace api = ingest::v1;

constexpr int kDefaultWidth = 100;
constexpr int kLeastColumn = 16;
constexpr std::string_view kBetween = " │ ";

struct CompareOptions {
  std::string document;
  std::string other;
};

struct Side {
  api::Document document;
  std::string Text(const consilience::common::v1::TextSpan& span) const {
    const std::string& text = document.text();
    const size_t begin = std::min<size_t>(span.start(), text.size());
    return text.substr(begin, std::min<size_t>(span.end(), text.size()) - begin);
  }
};

std::string HowItCame(const api::Passage& passage) {
  if (passage.boilerplate()) return "house copy";
  if (passage.direction() == api::Passage::DIRECTION_FROM_OTHER) return "the right one came first";
  if (passage.direction() == api::Passage::DIRECTION_TO_OTHER) return "the left one came first";
  return "which came first is not known";
}

class SideBySide {
 public:
  SideBySide(Palette palette, int width)
      : palette_(palette), column_(std::max(kLeastColumn, (width - DisplayWidth(kBetween)) / 2)) {}

  void Row(const std::string& left, const std::string& right, Style style = Style::kPlain) {
    const std::vector<std::string> lefts = Wrapped(OneLine(left), column_);
    const std::vector<std::string> rights = Wrapped(OneLine(right), column_);
    for (size_t i = 0; i < std::max(lefts.size(), rights.size()); ++i) {
      const std::string cell = PaddedRight(i < lefts.size() ? lefts[i] : "", column_);
      text_ += palette_.Paint(style, cell) + std::string(kBetween);
      if (i < rights.size()) text_ += palette_.Paint(style, rights[i]);
      text_ += '\n';
    }
  }
  void Heading(const std::string& text) {
    text_ += '\n' + palette_.Paint(Style::kStrong, text) + '\n';
  }
  const std::string& text() const { return text_; }

 private:
  const Palette palette_;
  const int column_;
  std::string text_;
};

std::string Render(const Context& context, const Side& left, const Side& right,
                   const std::vector<api::Passage>& passages) {
  SideBySide page(context.palette(), context.width() > 0 ? context.width() : kDefaultWidth);
  const auto row = [&](auto value_of) { page.Row(value_of(left), value_of(right), Style::kFaint); };
  page.Row(left.document.name(), right.document.name(), Style::kName);
  row([](const Side& side) { return side.document.title().value(); });
  row([](const Side& side) {
    const std::string& outlet = side.document.outlet().value();
    const std::string& date = side.document.publication_date().value();
    return fmt::format("{}, {}", outlet.empty() ? "outlet unknown" : outlet,
                       date.empty() ? "date unknown" : date);
  });
  size_t words = 0;
  for (const api::Passage& passage : passages) words += passage.words();
  page.Heading(passages.empty() ? "No passage of 12 or more words stands in both."
                                : fmt::format("{}, {} in common",
                                              Counted(passages.size(), "passage", "passages"),
                                              Counted(words, "word", "words")));
  for (const api::Passage& passage : passages) {
    page.Heading(fmt::format("{}, {:.0f}% alike, {}  (bytes {}–{} │ {}–{})",
                             Counted(passage.words(), "word", "words"), 100 * passage.similarity(),
                             HowItCame(passage), passage.span().start(), passage.span().end(),
                             passage.other_span().start(), passage.other_span().end()));
    page.Row(left.Text(passage.span()), right.Text(passage.other_span()));
  }
  return page.text();
}

absl::StatusOr<Side> Get(const client::DocumentsClient& documents, const std::string& name) {
  api::GetDocumentRequest request;
  request.set_name(name);
  auto document = documents.GetDocument(request);
  if (!document.ok()) return document.status();
  return Side{*std::move(document)};
}

absl::StatusOr<int> Compare(Context& context, const CompareOptions& options) {
  auto documents = context.Documents();
  if (!documents.ok()) return documents.status();
  api::ListPassagesRequest request;
  request.set_parent(NameIn("documents", options.document));
  request.set_other_document(NameIn("documents", options.other));
  if (!context.is_text()) {
    return WriteList(context, (*documents)->ListPassages(request), PassagesView(), 0);
  }
  const auto left = Get(**documents, request.parent());
  if (!left.ok()) return left.status();
  const auto right = Get(**documents, request.other_document());
  if (!right.ok()) return right.status();
  std::vector<api::Passage> passages;
  for (absl::StatusOr<api::Passage>& passage : (*documents)->ListPassages(request)) {
    if (!passage.ok()) return passage.status();
    passages.push_back(*std::move(passage));
  }
  auto sink = context.Output(true);
  if (!sink.ok()) return sink.status();
  (*sink)->Write(Render(context, *left, *right, passages));
  return kSuccess;
}

}  // namespace

void AddDocumentsCompare(CLI::App& parent, Context& context) {
  auto options = std::make_shared<CompareOptions>();
  CLI::App* command =
      AddCommand(parent, "compare",
                 "What two documents have in common, word for word, side by side; with light edits",
                 "  consil documents compare DOCUMENT OTHER\n"
                 "  consil documents compare DOCUMENT OTHER -o jsonl\n");
  command->add_option("document", options->document, "id or name")->required();
  command->add_option("other", options->other, "id or name of the other")->required();
  Run(command, context, options, Compare);
}

}  // namespace consilience::cli
