// consil documents list | get | passages | compare
#include "clients/cli/commands/commands.h"
#include "clients/cli/commands/support.h"
#include "clients/cli/render/detail.h"
#include "clients/cli/render/numbers.h"
#include "clients/cli/render/words.h"
#include "clients/cpp/documents_client.h"

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
                   options.list.limit);
}

struct DocumentOptions {
  std::string document;
  std::string other;
  std::string view = "full";
};

std::string Detail(const Context& context, const api::Document& document) {
  DetailWriter detail(context.palette(), context.width());
  detail.Title(document.title().value().empty() ? document.name() : document.title().value());
  detail.Field("Document", document.name());
  detail.Field("State", StateOf(document.state()));
  detail.Field("Published", Day(document.publication_date().value()));
  detail.Field("  because", document.publication_date().provenance().evidence());
  detail.Field("Outlet", document.outlet().value());
  detail.Field("Address", document.url().value());
  detail.Field("Language", document.language());
  detail.Field("Text", WithThousands(static_cast<double>(document.text_bytes())) +
                           " bytes, SHA-256 " + document.digest());
  detail.Field("Taken in", Instant(document.create_time()));
  detail.Field("Failure", document.failure());
  detail.Field("Supersedes", document.supersedes());
  detail.Field("Superseded by", document.superseded_by());
  for (const auto& appearance : document.appearances()) {
    detail.Field("Also met", appearance.outlet() + " " + appearance.publication_date() + " " +
                                 appearance.url());
  }
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
  if (!options.other.empty()) request.set_other_document(NameIn("documents", options.other));
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

void AddDocumentsCompare(CLI::App& parent, Context& context) {
  auto options = std::make_shared<DocumentOptions>();
  CLI::App* command =
      AddCommand(parent, "compare", "What two documents have in common, word for word",
                 "  consil documents compare DOCUMENT OTHER\n");
  command->add_option("document", options->document, "id or name")->required();
  command->add_option("other", options->other, "id or name of the other")->required();
  Run(command, context, options, Passages);
}

}  // namespace consilience::cli
