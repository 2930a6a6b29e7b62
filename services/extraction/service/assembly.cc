#include "services/extraction/service/assembly.h"

#include <utility>

#include "services/common/log/log.h"
#include "services/extraction/pack/rules_path.h"

namespace consilience::extraction {

void ExtractionOptions::AddTo(common::Settings& settings) {
  settings.Add("rules", rules, "Folder of the shipped rules; empty looks beside the program.");
  settings.Add("packs", packs, "Folder of rule packs of your own; read again on SIGHUP.");
  settings.Add("max-document-mib", max_text_mib, "Largest text of a document, in MiB.",
               common::Bounds{1, 512});
}

ExtractionAssembly::ExtractionAssembly(std::unique_ptr<LiveExtractor> live,
                                       const ExtractionLimits& limits, common::Server& server)
    : live_(std::move(live)),
      handlers_(*live_, limits, server.registry()),
      api_(server.calls(), handlers_) {
  server.Add(api_, kExtractionService);
  server.OnReload([this] {
    const absl::Status status = live_->Reload();
    if (status.ok()) {
      common::log::Info("rules reloaded", {{"digest", live_->Current()->digest()}});
    } else {
      common::log::Error("the rules in force stay", {{"status", status}});
    }
  });
}

absl::StatusOr<std::unique_ptr<ExtractionAssembly>> ExtractionAssembly::Make(
    const ExtractionOptions& options, common::Server& server) {
  const auto rules = FindRules(options.rules);
  if (!rules.ok()) return rules.status();
  auto live = LiveExtractor::Load(*rules, options.packs);
  if (!live.ok()) return live.status();
  const ExtractionLimits limits{.text_bytes = static_cast<size_t>(options.max_text_mib) << 20U};
  return std::unique_ptr<ExtractionAssembly>(
      new ExtractionAssembly(*std::move(live), limits, server));
}

}  // namespace consilience::extraction
