// consil sources list | get | dependence
#include "clients/cli/commands/commands.h"
#include "clients/cli/commands/source_lookup.h"
#include "clients/cli/commands/support.h"
#include "clients/cli/render/detail.h"
#include "clients/cli/render/numbers.h"
#include "clients/cli/render/words.h"
#include "clients/cpp/sources_client.h"
#include "fmt/format.h"

namespace consilience::cli {
namespace {

namespace api = corroboration::v1;

struct SourcesListOptions {
  ListOptions list;
  std::string kind;
  std::string party;
  std::string owner;
};

absl::StatusOr<int> List(Context& context, const SourcesListOptions& options) {
  auto sources = context.Sources();
  if (!sources.ok()) return sources.status();
  api::ListSourcesRequest request;
  FilterBuilder filter(options.list.filter);
  filter.AndWord("kind", options.kind).And("party", "=", options.party);
  if (!options.owner.empty()) {
    const auto owner = SourceNamed(context, options.owner);
    if (!owner.ok()) return owner.status();
    filter.And("owner", "=", *owner);
  }
  request.set_filter(filter.text());
  request.set_order_by(options.list.order_by);
  request.set_page_size(PageSize(options.list));
  return WriteList(context, (*sources)->ListSources(request), SourcesView(), options.list.limit,
                   request.filter());
}

struct SourceOptions {
  std::string source;
  double min_probability = 0;
};

std::string Detail(const Context& context, const api::Source& source) {
  DetailWriter detail(context.palette(), context.width());
  detail.Title(source.display_name());
  detail.Field("Source", source.name());
  detail.Field("Kind", WordFor(source.kind()));
  detail.Field("Aliases", fmt::format("{}", fmt::join(source.aliases(), "; ")));
  detail.Field("Owner", source.owner());
  detail.Field("Party", source.party());
  detail.Field("Hosts", fmt::format("{}", fmt::join(source.hosts(), ", ")));
  detail.Field("Language", source.language());
  detail.Field("Merged into", source.merged_into());
  detail.Field("Accuracy",
               fmt::format("{}, resting on {} contested assertions", Score(source.accuracy()),
                           Effective(source.accuracy_weight())));
  detail.Field("Assertions", fmt::format("{}", source.assertion_count()));
  return detail.text();
}

absl::StatusOr<int> Get(Context& context, const SourceOptions& options) {
  auto sources = context.Sources();
  if (!sources.ok()) return sources.status();
  api::GetSourceRequest request;
  const auto named = SourceNamed(context, options.source);
  if (!named.ok()) return named.status();
  request.set_name(*named);
  auto source = (*sources)->GetSource(request);
  if (!source.ok()) return source.status();
  if (absl::Status status =
          context.WriteOne(*source, source->name(), [&] { return Detail(context, *source); });
      !status.ok()) {
    return status;
  }
  return kSuccess;
}

absl::StatusOr<int> Dependence(Context& context, const SourceOptions& options) {
  auto sources = context.Sources();
  if (!sources.ok()) return sources.status();
  api::GetSourceDependenceRequest request;
  const auto named = SourceNamed(context, options.source);
  if (!named.ok()) return named.status();
  request.set_name(*named);
  request.set_min_probability(options.min_probability);
  return WriteList(context, (*sources)->GetSourceDependence(request), DependencesView(), 0);
}

}  // namespace

void AddSourcesList(CLI::App& parent, Context& context) {
  auto options = std::make_shared<SourcesListOptions>();
  CLI::App* command = AddCommand(parent, "list", "Who asserts things",
                                 "  consil sources list\n"
                                 "  consil sources list --kind monitor -o wide\n");
  command
      ->add_option("--kind", options->kind,
                   "outlet, wire, monitor, official, armed-party, organisation, person or unnamed")
      ->option_text("KIND");
  command->add_option("--party", options->party, "on this side")->option_text("ID");
  command->add_option("--owner", options->owner, "owned by this source")->option_text("ID");
  AddListOptions(command, options->list, "kind, display_name, party, owner, host", "display_name");
  Run(command, context, options, List);
}

void AddSourcesGet(CLI::App& parent, Context& context) {
  auto options = std::make_shared<SourceOptions>();
  CLI::App* command = AddCommand(parent, "get", "One source", "  consil sources get SOURCE\n");
  command->add_option("source", options->source, "id or name")->required();
  Run(command, context, options, Get);
}

void AddSourcesDependence(CLI::App& parent, Context& context) {
  auto options = std::make_shared<SourceOptions>();
  CLI::App* command = AddCommand(parent, "dependence", "Who seems to copy whom, with the evidence",
                                 "  consil sources dependence SOURCE\n");
  command->add_option("source", options->source, "id or name")->required();
  command
      ->add_option("--min-probability", options->min_probability,
                   "pairs at least this probable; 0, the default: above the prior")
      ->option_text("P")
      ->check(CLI::Range(0.0, 1.0));
  Run(command, context, options, Dependence);
}

}  // namespace consilience::cli
