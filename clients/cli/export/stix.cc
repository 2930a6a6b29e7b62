// STIX 2.1 (OASIS): how threat-intelligence platforms exchange reports and opinions about them.
#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <set>

#include "clients/cli/export/exporter.h"
#include "clients/cli/render/phrase.h"
#include "clients/cli/render/words.h"
#include "fmt/format.h"

namespace consilience::cli {
namespace {

namespace api = corroboration::v1;
using Json = nlohmann::ordered_json;

// The namespace of our ids, a UUID drawn once: 6f0f3f0e-5b1c-4d8e-9a57-3c1b0e7d2a94.
constexpr std::array<unsigned char, 16> kNamespace = {
    0x6f, 0x0f, 0x3f, 0x0e, 0x5b, 0x1c, 0x4d, 0x8e, 0x9a, 0x57, 0x3c, 0x1b, 0x0e, 0x7d, 0x2a, 0x94};

constexpr char kEpoch[] = "1970-01-01T00:00:00.000Z";

// RFC 4122 version 5: SHA-1 of namespace and name.
std::string Uuid5(const std::string& name) {
  std::string input(kNamespace.begin(), kNamespace.end());
  input += name;
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int size = 0;
  EVP_Digest(input.data(), input.size(), digest.data(), &size, EVP_sha1(), nullptr);
  digest[6] = static_cast<unsigned char>((digest[6] & 0x0FU) | 0x50U);
  digest[8] = static_cast<unsigned char>((digest[8] & 0x3FU) | 0x80U);
  std::string text;
  for (size_t i = 0; i < 16; ++i) {
    if (i == 4 || i == 6 || i == 8 || i == 10) text += '-';
    text += fmt::format("{:02x}", digest[i]);
  }
  return text;
}

// The scale of the opinion's vocabulary, cut in five equal parts.
std::string_view OpinionOf(double score) {
  if (score >= 0.8) return "strongly-agree";
  if (score >= 0.6) return "agree";
  if (score >= 0.4) return "neutral";
  return score >= 0.2 ? "disagree" : "strongly-disagree";
}

class Stix : public Exporter {
 public:
  Stix(ExportOptions options, Write write)
      : options_(std::move(options)), write_(std::move(write)) {}

  void Begin() override {
    write_(fmt::format("{{\"type\": \"bundle\", \"id\": \"bundle--{}\", \"objects\": [\n",
                       Uuid5("bundle of " + options_.publisher)));
    publisher_ = AddIdentity(options_.publisher, "system");
  }

  void Add(const api::Claim& claim, const api::Explanation& /*explanation*/,
           const Documents& documents) override {
    const std::string created = IsoInstant(claim.create_time());
    const std::string modified = IsoInstant(claim.update_time());
    const api::Corroboration& result = claim.corroboration();
    Json report = Object("report", claim.name(), created, modified);
    report["created_by_ref"] = publisher_;
    report["name"] = SentenceOf(claim);
    report["description"] = StandingOf(result);
    report["published"] = created;
    report["report_types"] = {"observed-data"};
    report["confidence"] = result.stix_confidence();
    report["labels"] = {StateOf(result.state()).text};
    for (const auto& assertion : claim.assertions()) AddReferences(assertion, documents, report);
    report["object_refs"] = SpeakersOf(claim);
    WriteObject(report);

    Json opinion = Object("opinion", "opinion of " + claim.name(), created, modified);
    opinion["created_by_ref"] = publisher_;
    opinion["explanation"] = StandingOf(result);
    opinion["opinion"] = OpinionOf(result.score());
    opinion["confidence"] = result.stix_confidence();
    opinion["object_refs"] = {report["id"]};
    WriteObject(opinion);
  }

  void End() override { write_("\n]}\n"); }

 private:
  static Json Object(const std::string& type, const std::string& name, const std::string& created,
                     const std::string& modified) {
    return {{"type", type},
            {"spec_version", "2.1"},
            {"id", type + "--" + Uuid5(name)},
            {"created", created},
            {"modified", modified}};
  }

  void WriteObject(const Json& object) {
    write_((first_ ? "" : ",\n") + object.dump());
    first_ = false;
  }

  std::string AddIdentity(const std::string& name, std::string_view identity_class) {
    // Who somebody is does not hang on when he was first quoted.
    Json identity = Object("identity", "identity " + name, kEpoch, kEpoch);
    identity["name"] = name;
    identity["identity_class"] = identity_class;
    std::string id = identity["id"];
    if (known_.insert(id).second) WriteObject(identity);
    return id;
  }

  // A report must refer to something: those on whose word it rests, else us.
  Json SpeakersOf(const api::Claim& claim) {
    Json refs = Json::array();
    for (const auto& assertion : claim.assertions()) {
      for (const auto& speaker : assertion.attribution().chain()) {
        if (speaker.name().empty()) continue;
        const bool person = speaker.type() == "PERSON";
        const std::string id = AddIdentity(speaker.name(), person ? "individual" : "organization");
        if (std::find(refs.begin(), refs.end(), id) == refs.end()) refs.push_back(id);
      }
    }
    if (refs.empty()) refs.push_back(publisher_);
    return refs;
  }

  static void AddReferences(const api::ClaimAssertion& assertion, const Documents& documents,
                            Json& report) {
    Json reference = {
        {"source_name", assertion.outlet().empty() ? "unknown outlet" : assertion.outlet()},
        {"description", "“" + assertion.quote() + "”"},
        {"external_id", assertion.name()}};
    const auto found = documents.find(assertion.document());
    if (found != documents.end() && !found->second.url.empty()) {
      reference["url"] = found->second.url;
    }
    report["external_references"].push_back(reference);
  }

  const ExportOptions options_;
  const Write write_;
  std::string publisher_;
  std::set<std::string> known_;
  bool first_ = true;
};

}  // namespace

std::unique_ptr<Exporter> StixExporter(const ExportOptions& options, Write write) {
  return std::make_unique<Stix>(options, std::move(write));
}

}  // namespace consilience::cli
