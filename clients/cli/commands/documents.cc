// consil documents list | get | passages
#include <map>

#include "clients/cli/commands/commands.h"
#include "clients/cli/commands/support.h"
#include "clients/cli/render/detail.h"
#include "clients/cli/render/numbers.h"
#include "clients/cli/render/words.h"
#include "clients/cpp/documents_client.h"
#include "fmt/format.h"

namespace consilience::cli {
namespace {

namespace api = ingest::v1;

struct DocumentsListOptions {
  ListOptions list;
  std::string state;
  std::string outlet;
  std::string since;
  std::string until;
};

absl::StatusOr<int> List(Context& context, const DocumentsListOptions& options) {
  if (absl::Status status = CheckDay(options.since, "--since"); !status.ok()) return status;
  if (absl::Status status = CheckDay(options.until, "--until"); !status.ok()) return status;
  auto documents = context.Documents();
  if (!documents.ok()) return documents.status();
  if (!options.until.empty() && options.until < options.since) {
    return absl::InvalidArgumentError(fmt::format(
        "--until {} lies before --since {}; change them round", options.until, options.since));
  }
  api::ListDocumentsRequest request;
  request.set_filter(FilterBuilder(options.list.filter)
                         .AndWord("state", options.state)
                         .And("outlet", ":", options.outlet)
                         .And("publication_date", ">=", options.since)
                         .And("publication_date", "<=", options.until)
                         .text());
  request.set_order_by(options.list.order_by);
  request.set_page_size(PageSize(options.list));
  return WriteList(context, (*documents)->ListDocuments(request), DocumentsView(),
                   options.list.limit, request.filter());
}

struct DocumentOptions {
  std::string document;
  std::string view = "full";
};

// A value, where it comes from, and what other evidence says.
void AddValue(DetailWriter& detail, const char* label, const api::MetadataValue& value,
              const std::string& shown) {
  detail.Field(label, shown);
  detail.Field("  because", value.provenance().evidence());
  for (const api::MetadataValue& other : value.conflicting()) {
    detail.Field("  but", fmt::format("{} ({})", other.value(), other.provenance().evidence()));
  }
}

// "12 paragraphs, 1 headline": the parts that the format told.
std::string PartsOf(const api::Document& document) {
  std::map<api::Segment::Kind, size_t> counts;
  for (const api::Segment& segment : document.segments()) ++counts[segment.kind()];
  std::string parts;
  for (const auto& [kind, count] : counts) {
    const std::string word = WordFor(kind);
    parts += (parts.empty() ? "" : ", ") + Counted(count, word, word + "s");
  }
  return parts;
}

std::string Detail(const Context& context, const api::Document& document) {
  DetailWriter detail(context.palette(), context.width());
  detail.Title(document.title().value().empty() ? document.name() : document.title().value());
  detail.Field("Document", document.name());
  detail.Field("State", StateOf(document.state()));
  AddValue(detail, "Published", document.publication_date(),
           Day(document.publication_date().value()));
  AddValue(detail, "Outlet", document.outlet(), document.outlet().value());
  AddValue(detail, "Address", document.url(), document.url().value());
  AddValue(detail, "Byline", document.byline(), document.byline().value());
  AddValue(detail, "Wire", document.wire(), document.wire().value());
  detail.Field("Item", document.external_id());
  detail.Field("  version", document.version());
  detail.Field("Language", document.language());
  detail.Field("Format", document.format());
  detail.Field("Parts", PartsOf(document));
  detail.Field("Text", WithThousands(static_cast<double>(document.text_bytes())) +
                           " bytes, SHA-256 " + document.digest());
  detail.Field("Taken in", Instant(document.create_time()));
  const bool failed = document.state() == api::Document::STATE_FAILED;
  detail.Field(failed ? "Failure" : "Reason", document.failure());
  detail.Field("Supersedes", document.supersedes());
  detail.Field("Superseded by", document.superseded_by());
  for (const auto& appearance : document.appearances()) {
    detail.Field("Also met", appearance.outlet() + " " + appearance.publication_date() + " " +
                                 appearance.url());
  }
  for (const std::string& warning : document.warnings()) detail.Field("Not believed", warning);
  if (!document.text().empty()) detail.Text(document.text());
  return detail.text();
}

absl::StatusOr<int> Get(Context& context, const DocumentOptions& options) {
  auto documents = context.Documents();
  if (!documents.ok()) return documents.status();
  api::GetDocumentRequest request;
  request.set_name(NameIn("documents", options.document));
  request.set_view(options.view == "basic" ? api::DOCUMENT_VIEW_BASIC : api::DOCUMENT_VIEW_FULL);
  auto document = (*documents)->GetDocument(request);
  if (!document.ok()) return document.status();
  if (absl::Status status =
          context.WriteOne(*document, document->name(), [&] { return Detail(context, *document); });
      !status.ok()) {
    return status;
  }
  return kSuccess;
}

absl::StatusOr<int> Passages(Context& context, const DocumentOptions& options) {
  auto documents = context.Documents();
  if (!documents.ok()) return documents.status();
  api::ListPassagesRequest request;
  request.set_parent(NameIn("documents", options.document));
  return WriteList(context, (*documents)->ListPassages(request), PassagesView(), 0);
}

}  // namespace

void AddDocumentsList(CLI::App& parent, Context& context) {
  auto options = std::make_shared<DocumentsListOptions>();
  CLI::App* command = AddCommand(parent, "list", "Documents, newest first",
                                 "  consil documents list\n"
                                 "  consil documents list --state failed -o wide\n"
                                 "  consil documents list --since 2016-11-01 -o jsonl\n");
  command
      ->add_option("--state", options->state,
                   "pending, recorded, failed, superseded, retracted or erased")
      ->option_text("STATE");
  command->add_option("--outlet", options->outlet, "published by")->option_text("NAME");
  command->add_option("--since", options->since, "published on or after")->option_text("DAY");
  command->add_option("--until", options->until, "published on or before")->option_text("DAY");
  AddListOptions(command, options->list, "state, outlet, url, publication_date, language, title",
                 "create_time or publication_date, with \" desc\" for the latest first");
  Run(command, context, options, List);
}

void AddDocumentsGet(CLI::App& parent, Context& context) {
  auto options = std::make_shared<DocumentOptions>();
  CLI::App* command = AddCommand(parent, "get", "One document, with its text",
                                 "  consil documents get DOCUMENT\n"
                                 "  consil documents get DOCUMENT --view basic -o json\n");
  command->add_option("document", options->document, "id or name")->required();
  command->add_option("--view", options->view, "full, or basic: without the text [full]")
      ->option_text("VIEW")
      ->check(CLI::IsMember({"basic", "full"}));
  Run(command, context, options, Get);
}

void AddDocumentsPassages(CLI::App& parent, Context& context) {
  auto options = std::make_shared<DocumentOptions>();
  CLI::App* command = AddCommand(parent, "passages", "What of a document's text stands elsewhere",
                                 "  consil documents passages DOCUMENT\n");
  command->add_option("document", options->document, "id or name")->required();
  Run(command, context, options, Passages);
}

}  // namespace consilience::cli
