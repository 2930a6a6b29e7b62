// consil sources update | merge
#include "clients/cli/commands/commands.h"
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

struct UpdateOptions {
  std::string source;
  std::string display_name;
  std::string kind;
  std::string owner;
  std::string party;
  std::vector<std::string> aliases;
};

absl::StatusOr<int> Update(Context& context, const UpdateOptions& options) {
  auto sources = context.Sources();
  if (!sources.ok()) return sources.status();
  api::UpdateSourceRequest request;
  api::Source& source = *request.mutable_source();
  source.set_name(NameIn("sources", options.source));
  const auto mask = [&](const char* field) { request.mutable_update_mask()->add_paths(field); };
  if (!options.display_name.empty()) {
    source.set_display_name(options.display_name);
    mask("display_name");
  }
  if (!options.kind.empty()) {
    api::SourceKind kind = api::SOURCE_KIND_UNSPECIFIED;
    if (!api::SourceKind_Parse("SOURCE_KIND_" + UpperSnake(options.kind), &kind)) {
      return absl::InvalidArgumentError(
          fmt::format("--kind \"{}\" is unknown; choose outlet, wire, monitor, official, "
                      "armed-party, organisation, person or unnamed",
                      options.kind));
    }
    source.set_kind(kind);
    mask("kind");
  }
  if (!options.owner.empty()) {
    source.set_owner(options.owner == "none" ? "" : NameIn("sources", options.owner));
    mask("owner");
  }
  if (!options.party.empty()) {
    source.set_party(options.party == "none" ? "" : options.party);
    mask("party");
  }
  for (const std::string& alias : options.aliases) source.add_aliases(alias);
  if (!options.aliases.empty()) mask("aliases");
  if (request.update_mask().paths_size() == 0) {
    return absl::InvalidArgumentError(
        "nothing to change; give --display-name, --kind, --owner, --party or --alias");
  }
  return Show(context, (*sources)->UpdateSource(request));
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
  request.set_name(NameIn("sources", options.source));
  for (const std::string& other : options.others) request.add_others(NameIn("sources", other));
  request.set_reason(options.reason);
  return Show(context, (*sources)->MergeSources(request));
}

}  // namespace

void AddSourcesUpdate(CLI::App& parent, Context& context) {
  auto options = std::make_shared<UpdateOptions>();
  CLI::App* command = AddCommand(
      parent, "update", "Correct what is known of a source; what depends on it is scored anew",
      "  consil sources update SOURCE --owner OWNER\n"
      "  consil sources update SOURCE --kind monitor --alias SOHR --alias \"the Observatory\"\n");
  command->add_option("source", options->source, "id or name")->required();
  command->add_option("--display-name", options->display_name, "canonical name")
      ->option_text("NAME");
  command
      ->add_option("--kind", options->kind,
                   "outlet, wire, monitor, official, armed-party, organisation, person or unnamed")
      ->option_text("KIND");
  command->add_option("--owner", options->owner, "source that owns it, or none")->option_text("ID");
  command->add_option("--party", options->party, "whose side it is on, or none")->option_text("ID");
  command->add_option("--alias", options->aliases, "all its other names; may be repeated")
      ->option_text("NAME")
      ->expected(1)
      ->take_all();
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
