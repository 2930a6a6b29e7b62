#include "services/ingest/store/metadata_json.h"

#include <array>
#include <nlohmann/json.hpp>
#include <utility>

#include "services/common/errors/catalogue.h"

namespace consilience::ingest {
namespace {

using Json = nlohmann::json;

struct Member {
  const char* name;
  MetadataValue Metadata::*value;
};

constexpr std::array<Member, 6> kMembers = {{{"title", &Metadata::title},
                                             {"publication_date", &Metadata::publication_date},
                                             {"outlet", &Metadata::outlet},
                                             {"url", &Metadata::url},
                                             {"byline", &Metadata::byline},
                                             {"wire", &Metadata::wire}}};

// In the order of Basis.
constexpr std::array<const char*, 4> kBases = {"", "inferred", "read", "given"};

Basis BasisNamed(const std::string& name) {
  for (size_t i = 0; i < kBases.size(); ++i) {
    if (name == kBases[i]) return static_cast<Basis>(i);
  }
  return Basis::kUnknown;
}

template <typename Value>
Json Write(const Value& value) {
  return {{"value", value.value},
          {"basis", kBases[static_cast<size_t>(value.basis)]},
          {"evidence", value.evidence}};
}

template <typename Value>
void Read(const Json& json, Value& value) {
  value.value = json.at("value").get<std::string>();
  value.basis = BasisNamed(json.at("basis").get<std::string>());
  value.evidence = json.at("evidence").get<std::string>();
}

}  // namespace

std::string MetadataToJson(const Metadata& metadata) {
  Json json = Json::object();
  for (const Member& member : kMembers) {
    const MetadataValue& value = metadata.*member.value;
    if (!value.known()) continue;
    Json& entry = json[member.name] = Write(value);
    for (const Candidate& other : value.conflicting) entry["conflicting"].push_back(Write(other));
  }
  return json.dump();
}

absl::StatusOr<Metadata> MetadataFromJson(std::string_view text) {
  Metadata metadata;
  try {
    const Json json = Json::parse(text);
    for (const Member& member : kMembers) {
      const auto found = json.find(member.name);
      if (found == json.end()) continue;
      MetadataValue& value = metadata.*member.value;
      Read(*found, value);
      if (!found->contains("conflicting")) continue;
      for (const Json& other : found->at("conflicting")) {
        Read(other, value.conflicting.emplace_back());
      }
    }
  } catch (const Json::exception& error) {
    return common::StoreCorrupt("of documents", error.what());
  }
  return metadata;
}

}  // namespace consilience::ingest
