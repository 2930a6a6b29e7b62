#include "services/corroboration/config/configuration.h"

#include <fmt/format.h>
#include <xxhash.h>

#include <algorithm>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <optional>

#include "services/corroboration/config/default_configuration.h"
#include "services/corroboration/model/names.h"

namespace consilience::corroboration {
namespace {

using Json = nlohmann::json;

// Reads the keys of one JSON object; the first trouble is kept and every later read does nothing.
class ObjectReader {
 public:
  ObjectReader(const Json& json, std::string path, std::string& error)
      : json_(json), path_(std::move(path)), error_(error) {
    if (!json_.is_object()) Fail("", "is not an object");
  }

  template <typename T>
  void Read(const char* key, T& out) {
    if (!Has(key)) return Fail(key, "is missing");
    Optional(key, out);
  }

  template <typename T>
  void Optional(const char* key, T& out) {
    if (!Has(key)) return;
    seen_.insert(key);
    // nlohmann reports a wrong type by exception; this is its border.
    try {
      json_.at(key).get_to(out);
    } catch (const Json::exception&) {
      Fail(key, fmt::format("has a value of the wrong type: {}", json_.at(key).dump()));
    }
  }

  const Json* Child(const char* key) {
    if (!Has(key)) {
      Fail(key, "is missing");
      return nullptr;
    }
    seen_.insert(key);
    return &json_.at(key);
  }

  // Every key must have been asked for.
  void Finish() {
    if (!error_.empty()) return;
    for (const auto& item : json_.items()) {
      if (!seen_.contains(item.key())) Fail(item.key(), "is not a known key");
    }
  }

  void Fail(const std::string& key, const std::string& what) {
    if (error_.empty()) error_ = fmt::format("{}{} {}", path_, key, what);
  }

 private:
  bool Has(const char* key) const { return json_.is_object() && json_.contains(key); }

  const Json& json_;
  std::string path_;
  std::string& error_;
  std::set<std::string> seen_;
};

std::optional<AnswerType> ParseAnswer(std::string_view name) {
  if (name == "COUNT") return AnswerType::kCount;
  if (name == "CONTROL") return AnswerType::kControl;
  if (name == "STATUS") return AnswerType::kStatus;
  if (name == "ONCE") return AnswerType::kOnce;
  if (name == "SPEECH") return AnswerType::kSpeech;
  return std::nullopt;
}

FamilyRule ReadFamily(const Json& json, size_t index, const KernelOptions& kernels,
                      std::string& error) {
  ObjectReader reader(json, fmt::format("families[{}].", index), error);
  FamilyRule rule;
  rule.kernel = kernels;
  std::string kind;
  std::string answer;
  std::vector<std::pair<std::string, std::string>> compatible;
  reader.Read("family", rule.family);
  reader.Read("kind", kind);
  reader.Read("measures", rule.measures);
  reader.Read("answer", answer);
  reader.Read("label", rule.label);
  reader.Read("window_days", rule.window_days);
  reader.Read("window_share", rule.window_share);
  reader.Read("false_values", rule.false_values);
  reader.Read("relative_tolerance", rule.kernel.relative);
  reader.Optional("period_days", rule.period_days);
  reader.Optional("state", rule.state);
  reader.Optional("by_measure", rule.by_measure);
  reader.Optional("statuses", rule.statuses);
  reader.Optional("compatible", compatible);
  reader.Optional("lasting", rule.lasting);
  reader.Optional("bare", rule.bare);
  reader.Finish();
  for (const auto& [weaker, stronger] : compatible) {
    rule.compatible.insert(std::minmax(weaker, stronger));
    ++rule.implies[stronger];
  }
  const auto parsed_kind = extraction::KindNamed(kind);
  if (!parsed_kind) reader.Fail("kind", fmt::format("'{}' is no kind of assertion", kind));
  rule.kind = parsed_kind.value_or(extraction::Kind::kUnspecified);
  const auto parsed_answer = ParseAnswer(answer);
  if (!parsed_answer) {
    reader.Fail("answer",
                fmt::format("'{}' is none of COUNT, CONTROL, STATUS, ONCE, SPEECH", answer));
  }
  rule.answer = parsed_answer.value_or(AnswerType::kStatus);
  if (rule.false_values < 1.0) reader.Fail("false_values", "must be at least 1");
  return rule;
}

void ReadKernels(const Json* json, KernelOptions& kernels, std::string& error) {
  if (json == nullptr) return;
  ObjectReader reader(*json, "kernels.", error);
  reader.Read("bound_share", kernels.bound_share);
  reader.Read("approx_share", kernels.approx_share);
  reader.Read("vague_share", kernels.vague_share);
  reader.Read("vague_reach", kernels.vague_reach);
  reader.Read("agree_above", kernels.agree_above);
  reader.Finish();
}

void ReadInferred(const Json* json, InferenceOptions& options, std::string& error) {
  if (json == nullptr) return;
  ObjectReader reader(*json, "inferred.", error);
  reader.Read("dominant", options.dominant);
  reader.Read("same_document", options.same_document);
  reader.Read("same_figure", options.same_figure);
  reader.Read("described", options.described);
  reader.Read("min_share", options.min_share);
  reader.Finish();
}

void ReadCopying(const Json* json, CopyingOptions& options, std::string& error) {
  if (json == nullptr) return;
  ObjectReader reader(*json, "copying.", error);
  reader.Read("copy_rate", options.model.copy_rate);
  reader.Read("prior", options.model.copying_prior);
  reader.Read("min_overlap", options.model.min_overlap);
  reader.Read("min_false_values", options.min_false_values);
  reader.Read("most_sources", options.most_sources);
  reader.Finish();
  const double prior = options.model.copying_prior;
  if (prior <= 0.0 || prior >= 0.5) reader.Fail("prior", "must be in (0, 0.5)");
  const double rate = options.model.copy_rate;
  if (rate <= 0.0 || rate >= 1.0) reader.Fail("copy_rate", "must be in (0, 1)");
}

void ReadQuotes(const Json* json, QuoteOptions& options, std::string& error) {
  if (json == nullptr) return;
  ObjectReader reader(*json, "quotes.", error);
  reader.Read("utterance_similarity", options.utterance_similarity);
  reader.Read("utterance_min_words", options.utterance_min_words);
  reader.Read("passage_similarity", options.passage_similarity);
  reader.Read("passage_min_words", options.passage_min_words);
  reader.Read("same_words_similarity", options.same_words_similarity);
  reader.Finish();
}

void ReadScalars(ObjectReader& reader, Configuration& config) {
  reader.Read("accuracy_prior_strength", config.accuracy_prior_strength);
  reader.Read("relay_shared_risk", config.relay.shared_risk);
  reader.Read("relay_fidelity", config.relay.fidelity);
  reader.Read("log_odds_cap", config.log_odds_cap);
  reader.Read("most_assertions", config.most_assertions);
  reader.Read("none_floor", config.none_floor);
  reader.Read("denial_factor", config.denial_factor);
  reader.Read("hedge_factor", config.hedge_factor);
  reader.Read("interest_factor", config.interest_factor);
  reader.Read("interest_enabled", config.interest_enabled);
  reader.Read("dispute_share", config.dispute_share);
  reader.Read("contradicted_below", config.contradicted_below);
  reader.Read("contradicted_origins", config.contradicted_origins);
  reader.Read("corroborated_above", config.corroborated_above);
  reader.Read("corroborated_origins", config.corroborated_origins);
}

void ReadAccuracies(ObjectReader& reader, Configuration& config) {
  std::map<std::string, double> by_kind;
  reader.Read("accuracy_by_kind", by_kind);
  for (const auto& [name, accuracy] : by_kind) {
    const auto kind = ParseSourceKind(name);
    if (!kind || accuracy <= 0.0 || accuracy >= 1.0) {
      return reader.Fail(
          "accuracy_by_kind",
          fmt::format("'{}': {} needs a kind of source and a value in (0, 1)", name, accuracy));
    }
    config.accuracy_by_kind[*kind] = accuracy;
  }
}

void ReadDescribedKinds(ObjectReader& reader, Configuration& config) {
  std::map<std::string, std::string> described;
  reader.Read("described_kinds", described);
  for (const auto& [words, name] : described) {
    const auto kind = ParseSourceKind(name);
    if (!kind) {
      return reader.Fail("described_kinds",
                         fmt::format("'{}': '{}' is no kind of source", words, name));
    }
    config.described_kinds[words] = *kind;
  }
}

Configuration ReadConfiguration(const Json& json, std::string& error) {
  Configuration config;
  ObjectReader reader(json, "", error);
  std::string schema;
  reader.Read("schema", schema);
  if (schema != "consilience.corroboration/1") {
    reader.Fail("schema", fmt::format("'{}' is not consilience.corroboration/1", schema));
  }
  reader.Read("version", config.version);
  KernelOptions kernels;
  ReadKernels(reader.Child("kernels"), kernels, error);
  ReadInferred(reader.Child("inferred"), config.inferred, error);
  ReadCopying(reader.Child("copying"), config.copying, error);
  ReadQuotes(reader.Child("quotes"), config.quotes, error);
  if (const Json* families = reader.Child("families");
      families != nullptr && families->is_array()) {
    for (size_t i = 0; i < families->size(); ++i) {
      config.families.push_back(ReadFamily(families->at(i), i, kernels, error));
    }
  }
  reader.Read("target_classes", config.target_classes);
  reader.Read("determiners", config.determiners);
  reader.Read("compass_words", config.compass_words);
  reader.Read("vicinity_words", config.vicinity_words);
  reader.Read("happenings", config.happenings);
  reader.Read("happening_families", config.happening_families);
  reader.Read("apart", config.apart);
  reader.Read("domestic_sources", config.domestic_sources);
  reader.Read("country_words", config.country_words);
  reader.Read("nameless", config.nameless);
  reader.Read("joining_words", config.joining_words);
  reader.Read("event_roles", config.event_roles);
  ReadDescribedKinds(reader, config);
  reader.Read("voice_roles", config.voice_roles);
  ReadAccuracies(reader, config);
  ReadScalars(reader, config);
  reader.Finish();
  return config;
}

const FamilyRule& LastResort() {
  static const FamilyRule rule = [] {
    FamilyRule other;
    other.family = "other";
    other.answer = AnswerType::kStatus;
    other.by_measure = true;
    return other;
  }();
  return rule;
}

}  // namespace

const FamilyRule& Configuration::RuleFor(extraction::Kind kind, std::string_view measure) const {
  const FamilyRule* whole_kind = nullptr;
  for (const FamilyRule& rule : families) {
    if (rule.kind != kind) continue;
    if (rule.measures.empty()) {
      whole_kind = &rule;
    } else if (std::find(rule.measures.begin(), rule.measures.end(), measure) !=
               rule.measures.end()) {
      return rule;
    }
  }
  return whole_kind != nullptr ? *whole_kind : LastResort();
}

double Configuration::FalseValuesOf(std::string_view family) const {
  const std::string_view name = family.substr(0, family.find('/'));
  for (const FamilyRule& rule : families) {
    if (rule.family == name) return rule.false_values;
  }
  return LastResort().false_values;
}

double Configuration::PriorAccuracy(SourceKind kind) const {
  const auto found = accuracy_by_kind.find(kind);
  return found != accuracy_by_kind.end() ? found->second : 0.7;
}

absl::StatusOr<Configuration> ParseConfiguration(std::string_view json, const std::string& file) {
  const Json parsed = Json::parse(json, nullptr, /*allow_exceptions=*/false);
  if (parsed.is_discarded()) {
    return absl::InvalidArgumentError(fmt::format("{}: not valid JSON", file));
  }
  std::string error;
  Configuration config = ReadConfiguration(parsed, error);
  if (!error.empty()) return absl::InvalidArgumentError(fmt::format("{}: {}", file, error));
  config.digest = fmt::format("{:016x}", XXH3_64bits(json.data(), json.size()));
  return config;
}

const Configuration& DefaultConfiguration() {
  static const Configuration config = [] {
    auto parsed = ParseConfiguration(kDefaultConfigurationJson, "rules/corroboration.json");
    // The file is compiled in and a test reads it, so this cannot fail where it can be helped.
    if (!parsed.ok()) std::abort();
    return *std::move(parsed);
  }();
  return config;
}

}  // namespace consilience::corroboration
