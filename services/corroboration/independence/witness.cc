#include "services/corroboration/independence/witness.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "services/common/text/utf8.h"
#include "services/corroboration/independence/domestic.h"
#include "services/corroboration/matching/words.h"

namespace consilience::corroboration {
namespace {

using extraction::Speaker;
using extraction::SpeakerType;

SourceKind KindOf(SpeakerType type) {
  switch (type) {
    case SpeakerType::kPerson:
      return SourceKind::kPerson;
    case SpeakerType::kWire:
      return SourceKind::kWire;
    case SpeakerType::kOutlet:
      return SourceKind::kOutlet;
    case SpeakerType::kUnnamed:
      return SourceKind::kUnnamed;
    case SpeakerType::kOrganisation:
    case SpeakerType::kDocument:
    case SpeakerType::kUnknown:
      return SourceKind::kOrganisation;
  }
  return SourceKind::kUnspecified;
}

// The name under which a speaker counts, and whether it is a person's. Empty for the unnamed.
struct SpokenName {
  std::string name;
  bool person = false;
};

// "AFAD", "CeMI".
bool IsAcronym(std::string_view word) {
  const auto capital = [](char c) { return c >= 'A' && c <= 'Z'; };
  return std::count_if(word.begin(), word.end(), capital) > 1 &&
         word.find_first_of("-.'") == std::string_view::npos;
}

// "AFAD" of "the disaster administration (AFAD)"; empty without such an acronym.
std::string AcronymOf(const std::string& words) {
  constexpr size_t kShortest = 3;
  const size_t open = words.rfind(" (");
  if (open == std::string::npos || !words.ends_with(')')) return "";
  const std::string acronym = words.substr(open + 2, words.size() - open - 3);
  const bool capitals =
      std::all_of(acronym.begin(), acronym.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
  return capitals && acronym.size() >= kShortest ? acronym : "";
}

// The acronym that ends a name, without what its bearer is said to be: "AFAD" of "disaster agency
// AFAD". What follows a preposition is no name by itself ("ministry of IT"), and capitals before it
// belong to it.
std::string WithoutCalling(const std::string& name, const Configuration& config) {
  const size_t last = name.rfind(' ');
  if (last == std::string::npos || !IsAcronym(std::string_view(name).substr(last + 1))) return name;
  const std::string calling = name.substr(0, last);
  const bool plain =
      std::none_of(calling.begin(), calling.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
  const std::string before = calling.substr(calling.rfind(' ') + 1);
  return plain && !config.joining_words.contains(before) ? name.substr(last + 1) : name;
}

// What an institution is called, of a name that the directory does not know.
std::string BareName(const std::string& name, const Configuration& config,
                     const SourceDirectory& directory) {
  if (name.empty() || directory.Find(directory.Resolve(name, /*person=*/false)) != nullptr) {
    return name;
  }
  const std::string acronym = AcronymOf(name);
  return NameOfOffice(acronym.empty() ? WithoutCalling(name, config) : acronym, config, directory);
}

SpokenName NameOfSpeaker(const Speaker& speaker, const Configuration& config) {
  const bool person = speaker.type == SpeakerType::kPerson;
  const bool institution =
      speaker.type == SpeakerType::kDocument || speaker.type == SpeakerType::kOrganisation;
  if (!speaker.organisation.empty()) {
    // A statement is its issuer's word, and so is that of the person whose office it is to speak.
    const bool voice = config.voice_roles.contains(FoldedName(speaker.role));
    if (voice || (institution && speaker.name.empty())) return {speaker.organisation, false};
  }
  return {speaker.name, person};
}

void Describe(const Source* known, const SpokenName& name, SpeakerType type, Witness& witness) {
  witness.kind = name.person ? SourceKind::kPerson : KindOf(type);
  // An organisation that a person speaks for is not a person.
  if (!name.person && type == SpeakerType::kPerson) witness.kind = SourceKind::kOrganisation;
  witness.display_name = name.name;
  if (known == nullptr) return;
  witness.display_name = known->display_name;
  witness.party = known->party;
  if (known->kind != SourceKind::kUnspecified) witness.kind = known->kind;
}

struct Voice {
  std::string key;
  std::string source;  // id; empty when the outlet is not known
  std::string display_name;
};

// A title tells a person which document it is; without one the head of its id has to.
std::string UnknownOutlet(const DocumentContext& document) {
  constexpr size_t kIdHead = 8;
  constexpr size_t kTitleHead = 40;
  if (document.title.empty()) {
    return fmt::format("unknown outlet (document {})", document.id.substr(0, kIdHead));
  }
  if (document.title.size() <= kTitleHead) {
    return fmt::format("unknown outlet (“{}”)", document.title);
  }
  return fmt::format("unknown outlet (“{}…”)",
                     common::PrefixOnBoundary(document.title, kTitleHead));
}

Voice OutletOf(const DocumentContext& document, const SourceDirectory& directory) {
  std::string id = document.url.empty() ? "" : directory.ByHost(document.url);
  if (id.empty() && !document.outlet.empty()) id = directory.Resolve(document.outlet, false);
  if (id.empty()) {
    return {"document " + document.id, "", UnknownOutlet(document)};
  }
  const std::string voice = directory.Voice(id);
  const Source* known = directory.Find(voice);
  return {"source " + voice, voice, known != nullptr ? known->display_name : document.outlet};
}

// What the deepest speaker's word came through: the next speaker outwards, else the outlet.
void SetRelay(const RecordedAssertion& assertion, size_t speaker, const Configuration& config,
              const SourceDirectory& directory, Witness& witness) {
  const auto& chain = assertion.said.chain;
  for (size_t i = speaker + 1; i < chain.size(); ++i) {
    SpokenName name = NameOfSpeaker(chain[i], config);
    if (name.name.empty()) continue;
    if (!name.person) name.name = BareName(name.name, config, directory);
    const std::string id = directory.Resolve(name.name, name.person);
    if (id == witness.source) continue;
    const Source* known = directory.Find(id);
    witness.relay = "source " + id;
    witness.relay_display_name = known != nullptr ? known->display_name : name.name;
    return;
  }
  const Voice outlet = OutletOf(assertion.document, directory);
  witness.relay = outlet.key;
  witness.relay_display_name = outlet.display_name;
}

Witness OwnVoice(const RecordedAssertion& assertion, const SourceDirectory& directory) {
  const Voice outlet = OutletOf(assertion.document, directory);
  Witness witness;
  witness.relay = outlet.key;
  witness.relay_display_name = outlet.display_name;
  witness.display_name = outlet.display_name;
  witness.source = outlet.source;
  witness.kind = SourceKind::kOutlet;
  witness.level = outlet.source.empty() ? WitnessLevel::kDocument : WitnessLevel::kOutlet;
  if (const Source* known = directory.Find(outlet.source); known != nullptr) {
    witness.party = known->party;
    if (known->kind != SourceKind::kUnspecified) witness.kind = known->kind;
  }
  return witness;
}

// Fills `witness` from one speaker; false when nothing is known of him.
bool FromSpeaker(const Speaker& speaker, const Configuration& config,
                 const SourceDirectory& directory, Witness& witness) {
  SpokenName name = NameOfSpeaker(speaker, config);
  if (!name.person) name.name = BareName(name.name, config, directory);
  // "The disaster administration (AFAD)" is described and named.
  const std::string acronym = AcronymOf(speaker.description);
  if (name.name.empty() && !acronym.empty()) name = {acronym, false};
  const bool unnamed = (speaker.type == SpeakerType::kUnnamed && acronym.empty()) ||
                       name.name.empty() || config.nameless.contains(FoldedName(name.name));
  if (!unnamed) {
    witness.source = directory.Resolve(name.name, name.person);
    Describe(directory.Find(witness.source), name, speaker.type, witness);
    witness.level = witness.kind == SourceKind::kWire || witness.kind == SourceKind::kOutlet
                        ? WitnessLevel::kWire
                        : WitnessLevel::kNamed;
    return true;
  }
  const std::string& words = speaker.description.empty() ? speaker.name : speaker.description;
  if (words.empty()) return false;
  witness.level = WitnessLevel::kUnnamed;
  witness.kind = SourceKind::kUnnamed;
  witness.description = FoldedName(words);
  witness.display_name = words;
  return true;
}

}  // namespace

Witness WitnessOf(const RecordedAssertion& assertion, const Configuration& config,
                  const SourceDirectory& directory) {
  const auto& chain = assertion.said.chain;
  for (size_t i = 0; i < chain.size(); ++i) {
    Witness witness;
    if (!FromSpeaker(chain[i], config, directory, witness)) continue;
    SetRelay(assertion, i, config, directory, witness);
    if (witness.level == WitnessLevel::kUnnamed) {
      witness.display_name =
          fmt::format("{} (to {})", witness.display_name, witness.relay_display_name);
    }
    return witness;
  }
  return OwnVoice(assertion, directory);
}

Source MetSource(const RecordedAssertion& assertion, const Configuration& config,
                 const SourceDirectory& directory) {
  const Witness witness = WitnessOf(assertion, config, directory);
  Source source;
  if (witness.source.empty() || directory.Find(witness.source) != nullptr) return source;
  source.id = witness.source;
  source.display_name = witness.display_name;
  source.kind = witness.kind;
  source.party = witness.party;
  return source;
}

}  // namespace consilience::corroboration
