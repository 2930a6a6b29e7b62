// consil documents update | supersede | retract | erase | reprocess
#include "clients/cli/commands/commands.h"
#include "clients/cli/commands/support.h"
#include "clients/cli/render/numbers.h"
#include "clients/cli/render/words.h"
#include "clients/cpp/documents_client.h"
#include "fmt/format.h"
#include "services/ingest/readers/reader.h"
#include "services/ingest/wire/read_document_proto.h"

namespace consilience::cli {
namespace {

namespace api = ingest::v1;

absl::StatusOr<int> Show(Context& context, const absl::StatusOr<api::Document>& document) {
  if (!document.ok()) return document.status();
  const auto render = [&] {
    return fmt::format("{}: {}\n", document->name(), StateOf(document->state()).text);
  };
  if (absl::Status status = context.WriteOne(*document, document->name(), render); !status.ok()) {
    return status;
  }
  return kSuccess;
}

struct UpdateOptions {
  std::string document;
  std::string title;
  std::string date;
  std::string outlet;
  std::string url;
};

absl::StatusOr<int> Update(Context& context, const UpdateOptions& options) {
  if (absl::Status status = CheckDay(options.date, "--date"); !status.ok()) return status;
  auto documents = context.Documents();
  if (!documents.ok()) return documents.status();
  api::UpdateDocumentRequest request;
  api::Document& document = *request.mutable_document();
  document.set_name(NameIn("documents", options.document));
  const auto set = [&](const std::string& value, const char* field, api::MetadataValue* target) {
    if (value.empty()) return;
    target->set_value(value);
    request.mutable_update_mask()->add_paths(field);
  };
  set(options.title, "title", document.mutable_title());
  set(options.date, "publication_date", document.mutable_publication_date());
  set(options.outlet, "outlet", document.mutable_outlet());
  set(options.url, "url", document.mutable_url());
  if (request.update_mask().paths_size() == 0) {
    return absl::InvalidArgumentError("nothing to change; give --title, --date, --outlet or --url");
  }
  return Show(context, (*documents)->UpdateDocument(request));
}

struct SupersedeOptions {
  std::string document;
  std::string file;
  std::string date;
  std::string reason;
};

absl::StatusOr<int> Supersede(Context& context, const SupersedeOptions& options) {
  if (absl::Status status = CheckDay(options.date, "--date"); !status.ok()) return status;
  const auto file = ingest::OpenFile(options.file);
  if (!file.ok()) return file.status();
  ingest::Input input(**file);
  const ingest::ReadOptions reading;
  const auto bytes = input.PeekWhole("replacement", reading.limits.document_bytes);
  if (!bytes.ok()) return bytes.status();
  ingest::Request read{.label = options.file};
  read.given.publication_date = options.date;
  read.given.evidence = "command line";
  auto document = ingest::ReadDocumentFrom(*bytes, read, reading);
  if (!document.ok()) return document.status();
  auto documents = context.Documents();
  if (!documents.ok()) return documents.status();
  api::SupersedeDocumentRequest request;
  request.set_name(NameIn("documents", options.document));
  *request.mutable_replacement() = ingest::ToProto(*std::move(document));
  request.set_reason(options.reason);
  return Show(context, (*documents)->SupersedeDocument(request));
}

struct WithdrawOptions {
  std::string document;
  std::string reason;
};

absl::StatusOr<int> Retract(Context& context, const WithdrawOptions& options) {
  auto documents = context.Documents();
  if (!documents.ok()) return documents.status();
  api::RetractDocumentRequest request;
  request.set_name(NameIn("documents", options.document));
  request.set_reason(options.reason);
  return Show(context, (*documents)->RetractDocument(request));
}

absl::StatusOr<int> Erase(Context& context, const WithdrawOptions& options) {
  auto documents = context.Documents();
  if (!documents.ok()) return documents.status();
  api::EraseDocumentRequest request;
  request.set_name(NameIn("documents", options.document));
  request.set_reason(options.reason);
  return Show(context, (*documents)->EraseDocument(request));
}

struct ReprocessOptions {
  std::string filter;
};

absl::StatusOr<int> Reprocess(Context& context, const ReprocessOptions& options) {
  auto documents = context.Documents();
  if (!documents.ok()) return documents.status();
  api::ReprocessDocumentsRequest request;
  request.set_filter(options.filter);
  auto response = (*documents)->ReprocessDocuments(request);
  if (!response.ok()) return response.status();
  const auto render = [&] {
    return Counted(static_cast<size_t>(response->document_count()), "document", "documents") +
           " put on the work list\n";
  };
  if (absl::Status status = context.WriteOne(*response, "", render); !status.ok()) return status;
  return kSuccess;
}

}  // namespace

void AddDocumentsChange(CLI::App& parent, Context& context) {
  auto update = std::make_shared<UpdateOptions>();
  CLI::App* command = AddCommand(
      parent, "update", "Set what was unknown or wrong; what depends on it is scored anew",
      "  consil documents update DOCUMENT --outlet Reuters --date 2016-11-22\n");
  command->add_option("document", update->document, "id or name")->required();
  command->add_option("--title", update->title, "headline")->option_text("TEXT");
  command->add_option("--date", update->date, "day of publication")->option_text("DAY");
  command->add_option("--outlet", update->outlet, "publisher")->option_text("NAME");
  command->add_option("--url", update->url, "address")->option_text("URL");
  Run(command, context, update, Update);

  auto supersede = std::make_shared<SupersedeOptions>();
  command =
      AddCommand(parent, "supersede",
                 "Put a corrected text in a document's place; what it leaves open is taken "
                 "over",
                 "  consil documents supersede DOCUMENT corrected.html --reason \"The toll was "
                 "corrected\"\n");
  command->add_option("document", supersede->document, "id or name")->required();
  command->add_option("file", supersede->file, "the corrected text, or - for stdin")->required();
  command->add_option("--date", supersede->date, "day of publication")->option_text("DAY");
  command->add_option("--reason", supersede->reason, "why, for the record")
      ->required()
      ->option_text("TEXT");
  Run(command, context, supersede, Supersede);

  const auto add = [&](const char* name, const char* description, auto run) {
    auto options = std::make_shared<WithdrawOptions>();
    CLI::App* withdraw = AddCommand(
        parent, name, description,
        fmt::format("  consil documents {} DOCUMENT --reason \"Withdrawn by its publisher\"\n",
                    name));
    withdraw->add_option("document", options->document, "id or name")->required();
    withdraw->add_option("--reason", options->reason, "why, for the record")
        ->required()
        ->option_text("TEXT");
    Run(withdraw, context, options, run);
  };
  add("retract", "The publisher withdrew it: it supports nothing any more, its history stays",
      Retract);
  add("erase", "Remove the text for legal reasons; digest and reason are kept", Erase);

  auto reprocess = std::make_shared<ReprocessOptions>();
  command = AddCommand(parent, "reprocess", "Read documents again, for instance with newer rules",
                       "  consil documents reprocess --filter 'state = FAILED'\n");
  command->add_option("--filter", reprocess->filter, "which; all, when not given")
      ->option_text("CONDITION");
  Run(command, context, reprocess, Reprocess);
}

}  // namespace consilience::cli
