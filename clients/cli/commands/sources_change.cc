// consil sources create | update | merge
#include "clients/cli/commands/commands.h"
#include "clients/cli/commands/source_lookup.h"
#include "clients/cli/commands/support.h"
#include "clients/cli/render/words.h"
#include "clients/cpp/sources_client.h"
#include "fmt/format.h"

namespace consilience::cli {
namespace {

namespace api = corroboration::v1;

absl::StatusOr<int> Show(Context& context, const absl::StatusOr<api::Source>& source) {
  if (!source.ok()) return source.status();
  const auto render = [&] {
    return fmt::format("{}: {}\n", source->name(), source->display_name());
  };
  if (absl::Status status = context.WriteOne(*source, source->name(), render); !status.ok()) {
    return status;
  }
  return kSuccess;
}

absl::StatusOr<api::SourceKind> KindNamed(const std::string& word) {
  api::SourceKind kind = api::SOURCE_KIND_UNSPECIFIED;
  if (!api::SourceKind_Parse("SOURCE_KIND_" + UpperSnake(word), &kind)) {
    return absl::InvalidArgumentError(
        fmt::format("--kind \"{}\" is unknown; choose outlet, wire, monitor, official, "
                    "armed-party, organisation, person or unnamed",
                    word));
  }
  return kind;
}

struct UpdateOptions {
  std::string source;
  std::string display_name;
  std::string kind;
  std::string owner;
  std::string party;
  std::vector<std::string> aliases;
  std::vector<std::string> hosts;
};

absl::StatusOr<int> Update(Context& context, const UpdateOptions& options) {
  auto sources = context.Sources();
  if (!sources.ok()) return sources.status();
  api::UpdateSourceRequest request;
  api::Source& source = *request.mutable_source();
  const auto named = SourceNamed(context, options.source);
  if (!named.ok()) return named.status();
  source.set_name(*named);
  const auto mask = [&](const char* field) { request.mutable_update_mask()->add_paths(field); };
  if (!options.display_name.empty()) {
    source.set_display_name(options.display_name);
    mask("display_name");
  }
  if (!options.kind.empty()) {
    const auto kind = KindNamed(options.kind);
    if (!kind.ok()) return kind.status();
    source.set_kind(*kind);
    mask("kind");
  }
  if (!options.owner.empty()) {
    const auto owner = SourceNamed(context, options.owner == "none" ? "" : options.owner);
    if (!owner.ok()) return owner.status();
    source.set_owner(options.owner == "none" ? "" : *owner);
    mask("owner");
  }
  if (!options.party.empty()) {
    source.set_party(options.party == "none" ? "" : options.party);
    mask("party");
  }
  for (const std::string& alias : options.aliases) source.add_aliases(alias);
  if (!options.aliases.empty()) mask("aliases");
  for (const std::string& host : options.hosts) source.add_hosts(host);
  if (!options.hosts.empty()) mask("hosts");
  if (request.update_mask().paths_size() == 0) {
    return absl::InvalidArgumentError(
        "nothing to change; give --display-name, --kind, --owner, --party, --alias or --host");
  }
  return Show(context, (*sources)->UpdateSource(request));
}

absl::StatusOr<int> Create(Context& context, const UpdateOptions& options) {
  auto sources = context.Sources();
  if (!sources.ok()) return sources.status();
  const auto kind = KindNamed(options.kind);
  if (!kind.ok()) return kind.status();
  api::CreateSourceRequest request;
  api::Source& source = *request.mutable_source();
  source.set_display_name(options.display_name);
  source.set_kind(*kind);
  if (!options.owner.empty()) {
    const auto owner = SourceNamed(context, options.owner);
    if (!owner.ok()) return owner.status();
    source.set_owner(*owner);
  }
  source.set_party(options.party);
  for (const std::string& alias : options.aliases) source.add_aliases(alias);
  for (const std::string& host : options.hosts) source.add_hosts(host);
  return Show(context, (*sources)->CreateSource(request));
}

struct MergeOptions {
  std::string source;
  std::vector<std::string> others;
  std::string reason;
};

absl::StatusOr<int> Merge(Context& context, const MergeOptions& options) {
  auto sources = context.Sources();
  if (!sources.ok()) return sources.status();
  api::MergeSourcesRequest request;
  const auto named = SourceNamed(context, options.source);
  if (!named.ok()) return named.status();
  request.set_name(*named);
  for (const std::string& typed : options.others) {
    const auto other = SourceNamed(context, typed);
    if (!other.ok()) return other.status();
    request.add_others(*other);
  }
  request.set_reason(options.reason);
  return Show(context, (*sources)->MergeSources(request));
}

void AddFields(CLI::App* command, UpdateOptions& options) {
  command
      ->add_option("--kind", options.kind,
                   "outlet, wire, monitor, official, armed-party, organisation, person or unnamed")
      ->option_text("KIND");
  command->add_option("--owner", options.owner, "source that owns it, or none")->option_text("ID");
  command->add_option("--party", options.party, "whose side it is on, or none")->option_text("ID");
  const auto repeated = [&](const char* flag, std::vector<std::string>& values, const char* help) {
    command->add_option(flag, values, help)->option_text("NAME")->expected(1)->take_all();
  };
  repeated("--alias", options.aliases, "all its other names; may be repeated");
  repeated("--host", options.hosts, "all host names that it publishes under; may be repeated");
}

}  // namespace

void AddSourcesCreate(CLI::App& parent, Context& context) {
  auto options = std::make_shared<UpdateOptions>();
  CLI::App* command = AddCommand(
      parent, "create", "Add a source before anybody has quoted it",
      "  consil sources create \"The Daily Example\" --kind outlet --host example.org\n");
  command->add_option("name", options->display_name, "canonical name")->required();
  AddFields(command, *options);
  command->get_option("--kind")->required();
  Run(command, context, options, Create);
}

void AddSourcesUpdate(CLI::App& parent, Context& context) {
  auto options = std::make_shared<UpdateOptions>();
  CLI::App* command = AddCommand(
      parent, "update", "Correct what is known of a source; what depends on it is scored anew",
      "  consil sources update SOURCE --owner OWNER\n"
      "  consil sources update SOURCE --kind monitor --alias SOHR --alias \"the Observatory\"\n");
  command->add_option("source", options->source, "id or name")->required();
  command->add_option("--display-name", options->display_name, "canonical name")
      ->option_text("NAME");
  AddFields(command, *options);
  Run(command, context, options, Update);
}

void AddSourcesMerge(CLI::App& parent, Context& context) {
  auto options = std::make_shared<MergeOptions>();
  CLI::App* command =
      AddCommand(parent, "merge", "Several names are one source",
                 "  consil sources merge SOURCE OTHER --reason \"Two spellings\"\n");
  command->add_option("source", options->source, "the one that stays")->required();
  command->add_option("other", options->others, "those that are joined to it")->required();
  command->add_option("--reason", options->reason, "why, for the record")
      ->required()
      ->option_text("TEXT");
  Run(command, context, options, Merge);
}

}  // namespace consilience::cli
