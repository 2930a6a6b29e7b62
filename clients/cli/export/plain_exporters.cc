// CSV and JSON lines, and what the exporters share.
#include <array>
#include <cctype>

#include "absl/time/time.h"
#include "clients/cli/export/exporter.h"
#include "clients/cli/output/json.h"
#include "clients/cli/output/record_writer.h"
#include "clients/cli/render/numbers.h"
#include "clients/cli/render/phrase.h"
#include "clients/cli/render/words.h"
#include "fmt/format.h"

namespace consilience::cli {
namespace {

namespace api = corroboration::v1;

std::string_view StanceWord(api::ClaimAssertion::Stance stance) {
  switch (stance) {
    case api::ClaimAssertion::STANCE_CONTRADICTS:
      return "contradicts";
    case api::ClaimAssertion::STANCE_MENTIONS:
      return "mentions";
    default:
      return "supports";
  }
}

class Csv : public Exporter {
 public:
  explicit Csv(Write write) : write_(std::move(write)) {}

  void Begin() override {
    write_(
        "claim,question,claimed,kind,measure,place,from,to,state,score,effective_origins,origins,"
        "documents,stance,speaker,outlet,published,title,url,document,start,end,quote\r\n");
  }

  void Add(const api::Claim& claim, const api::Explanation& /*explanation*/,
           const Documents& documents) override {
    const api::Corroboration& result = claim.corroboration();
    std::string head = Fields(
        {claim.name(), claim.question(), SentenceOf(claim), claim.kind(), claim.measure(),
         claim.place().name(), claim.time().from(), claim.time().to(), StateOf(result.state()).text,
         fmt::format("{:.6f}", result.score()), fmt::format("{:.3f}", result.effective_origins()),
         fmt::format("{}", result.origin_count()), fmt::format("{}", result.document_count())});
    for (const auto& assertion : claim.assertions()) {
      const auto found = documents.find(assertion.document());
      const DocumentInfo document = found == documents.end() ? DocumentInfo{} : found->second;
      write_(head + "," +
             Fields({std::string(StanceWord(assertion.stance())), ChainOf(assertion.attribution()),
                     assertion.outlet(), assertion.publication_date(), document.title, document.url,
                     assertion.document(), fmt::format("{}", assertion.span().start()),
                     fmt::format("{}", assertion.span().end()), assertion.quote()}) +
             "\r\n");
    }
  }

 private:
  static std::string Fields(const std::vector<std::string>& values) {
    std::string line;
    for (size_t i = 0; i < values.size(); ++i) {
      if (i > 0) line += ',';
      line += CsvField(values[i]);
    }
    return line;
  }

  const Write write_;
};

class JsonLines : public Exporter {
 public:
  explicit JsonLines(Write write) : write_(std::move(write)) {}
  void Add(const api::Claim& claim, const api::Explanation& /*explanation*/,
           const Documents& /*documents*/) override {
    write_(ToJson(claim, false) + "\n");
  }
  bool wants_documents() const override { return false; }

 private:
  const Write write_;
};

}  // namespace

std::unique_ptr<Exporter> CsvExporter(const ExportOptions& /*options*/, Write write) {
  return std::make_unique<Csv>(std::move(write));
}

std::unique_ptr<Exporter> JsonLinesExporter(const ExportOptions& /*options*/, Write write) {
  return std::make_unique<JsonLines>(std::move(write));
}

std::string IsoInstant(const google::protobuf::Timestamp& time) {
  const absl::Time instant =
      absl::FromUnixSeconds(time.seconds()) + absl::Nanoseconds(time.nanos());
  return absl::FormatTime("%Y-%m-%dT%H:%M:%E3SZ", instant, absl::UTCTimeZone());
}

std::string FirstSpeaker(const api::Claim& claim) {
  for (const auto& assertion : claim.assertions()) {
    if (assertion.stance() != api::ClaimAssertion::STANCE_SUPPORTS) continue;
    for (const auto& speaker : assertion.attribution().chain()) {
      if (!speaker.name().empty()) return speaker.name();
      if (!speaker.organisation().empty()) return speaker.organisation();
    }
    if (!assertion.outlet().empty()) return assertion.outlet();
  }
  return "";
}

std::string StandingOf(const api::Corroboration& corroboration) {
  std::string state = StateOf(corroboration.state()).text;
  if (!state.empty()) {
    state[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(state[0])));
  }
  return fmt::format(
      "{}: worth {} independent witnesses; {} in {}.", state,
      Effective(corroboration.effective_origins()),
      Counted(static_cast<size_t>(corroboration.origin_count()), "origin", "origins"),
      Counted(static_cast<size_t>(corroboration.document_count()), "document", "documents"));
}

}  // namespace consilience::cli
