#include "clients/cli/context.h"

#include <cstdio>
#include <utility>

#include "clients/cli/output/json.h"
#include "clients/cpp/claims_client.h"
#include "clients/cpp/connection.h"
#include "clients/cpp/documents_client.h"
#include "clients/cpp/sources_client.h"
#include "fmt/format.h"
#include "services/common/config/environment.h"
#include "services/common/text/strings.h"

namespace consilience::cli {

Context::Context(Environment environment)
    : environment_(std::move(environment)), terminal_(DetectTerminal(environment_)) {}

Context::~Context() = default;

absl::Status Context::Prepare() {
  auto config = ConfigFile::Load(ConfigPath(environment_));
  if (!config.ok()) return config.status();
  config_ = *std::move(config);
  for (const absl::Status& slip : common::LikelySlips(common::ProcessVariables(), Variables())) {
    Warn(fmt::format("consil: {}", common::ToStd(slip.message())));
  }
  auto settings = ResolveSettings(flags, environment_, config_, makes_context);
  if (!settings.ok()) return settings.status();
  settings_ = *std::move(settings);

  for (const char* key : {"output", "color", "pager", "tls"}) {
    if (absl::Status status = CheckSetting(key, settings_[key]); !status.ok()) return status;
  }
  format_ = *ParseFormat(settings_["output"].value);
  const std::string& colour = settings_["color"].value;
  if (colour != "auto") colour_ = colour == "always" ? ColourMode::kAlways : ColourMode::kNever;
  return absl::OkStatus();
}

absl::StatusOr<std::shared_ptr<client::Connection>> Context::Connect() {
  if (connection_ == nullptr) {
    auto options = ToConnectionOptions(settings_);
    if (!options.ok()) return options.status();
    auto connection = client::Connection::Open(*std::move(options));
    if (!connection.ok()) return connection.status();
    connection_ = *std::move(connection);
  }
  return connection_;
}

absl::StatusOr<client::ClaimsClient*> Context::Claims() {
  auto connection = Connect();
  if (!connection.ok()) return connection.status();
  if (claims_ == nullptr) claims_ = std::make_unique<client::ClaimsClient>(*connection);
  return claims_.get();
}

absl::StatusOr<client::DocumentsClient*> Context::Documents() {
  auto connection = Connect();
  if (!connection.ok()) return connection.status();
  if (documents_ == nullptr) documents_ = std::make_unique<client::DocumentsClient>(*connection);
  return documents_.get();
}

absl::StatusOr<client::SourcesClient*> Context::Sources() {
  auto connection = Connect();
  if (!connection.ok()) return connection.status();
  if (sources_ == nullptr) sources_ = std::make_unique<client::SourcesClient>(*connection);
  return sources_.get();
}

absl::StatusOr<Sink*> Context::Output(bool paged) {
  if (sink_ == nullptr && !out_file.empty()) {
    auto file = Sink::ToFile(out_file);
    if (!file.ok()) return file.status();
    sink_ = *std::move(file);
  }
  if (sink_ == nullptr) {
    const bool looked_at = terminal_.output_is_terminal && terminal_.errors_are_terminal;
    const bool use_pager = paged && looked_at && settings_.find("pager")->second.value == "auto";
    sink_ = use_pager ? Sink::ToPager(environment_) : Sink::ToStdout();
  }
  return sink_.get();
}

absl::Status Context::CloseOutput() {
  if (sink_ == nullptr) return absl::OkStatus();
  return std::exchange(sink_, nullptr)->Close();
}

int Context::width() const { return out_file.empty() ? terminal_.columns : 0; }

Palette Context::palette() const {
  const bool is_terminal = terminal_.output_is_terminal && out_file.empty();
  return Palette(WantsColour(colour_, is_terminal, environment_));
}

void Context::Note(std::string_view line) const {
  if (!quiet) Warn(line);
}

void Context::Warn(std::string_view line) const {
  const std::string text = std::string(line) + "\n";
  std::fputs(text.c_str(), stderr);
}

absl::Status Context::WriteOne(const google::protobuf::Message& message, const std::string& name,
                               const std::function<std::string()>& render) {
  auto sink = Output(is_text());
  if (!sink.ok()) return sink.status();
  switch (format_) {
    case Format::kTable:
    case Format::kWide:
      (*sink)->Write(render());
      break;
    case Format::kJson:
      (*sink)->Write(ToJson(message, true) + "\n");
      break;
    case Format::kJsonLines:
      (*sink)->Write(ToJson(message, false) + "\n");
      break;
    case Format::kName:
      (*sink)->Write(name + "\n");
      break;
    case Format::kCsv:
    case Format::kTsv:
      return absl::InvalidArgumentError(
          "this command has no CSV or TSV form; choose -o table, json, jsonl or name");
  }
  return absl::OkStatus();
}

}  // namespace consilience::cli
