// What the rules know of reporting words beyond their weights: families and their effect on the
// content.
#ifndef CONSILIENCE_SERVICES_EXTRACTION_ATTRIBUTION_CUE_LEXICON_H_
#define CONSILIENCE_SERVICES_EXTRACTION_ATTRIBUTION_CUE_LEXICON_H_

#include <cstdint>
#include <filesystem>
#include <vector>

#include "absl/status/statusor.h"
#include "services/extraction/lexicon/lexicon.h"
#include "services/extraction/lexicon/vocabulary.h"

namespace consilience::extraction {

enum CueFlag : uint32_t {
  kHearer = 1 << 0,    // takes the person told as its object: told Reuters
  kDenies = 1 << 1,    // the speaker says that the content is false: denied
  kHedges = 1 << 2,    // the speaker is not sure of the content: suspect, estimate
  kDocument = 1 << 3,  // speaks by its own name: statement, report
  kReports = 1 << 4,   // with a subject and something said it leaves nothing to weigh: say, confirm
  kOwns = 1 << 5,      // with a mere object it says whose that is: claimed the attack
  kCites = 1 << 6,     // names whose word it is: quoting a source in the ministry
  kBody = 1 << 7,      // ends the name of a body of people: Disaster Management Authority
  kActs = 1 << 8,      // with a mere object it does something and says nothing: appointed him
  kFinds = 1 << 10,    // what a document does that says something: a poll found
  kOutlet = 1 << 9,    // ends the name of an outlet: the Enterprise-Record
  kLets = 1 << 11,     // takes somebody and a bare infinitive: lets employers demand
  kCounts = 1 << 12,   // says with a number of what it counts how many there are: recorded 12 cases
  kCalls = 1 << 13,    // says of something what it is: called the claim a lie
  kFalsity = 1 << 14,  // what is not so: untrue, baseless
  kTruth = 1 << 15,    // what is so: true, correct
  kAccount = 1 << 16,  // what somebody has said: claim, figure
  kRevises = 1 << 19,  // gives another number for what was counted: raised the toll to 62
  kDefinite = 1 << 17,       // opens a phrase that points at what is known: the, its
  kDemonstrative = 1 << 18,  // does so whatever follows: this act of cowardice
};

// Thread-safe once loaded.
class CueLexicon {
 public:
  // Reads cues.tsv and cue_phrases.tsv of `folder`.
  static absl::StatusOr<CueLexicon> Load(const std::filesystem::path& folder,
                                         Vocabulary& vocabulary);

  // CueFlags of a lemma.
  uint32_t Flags(WordId lemma) const { return lemma < flags_.size() ? flags_[lemma] : 0; }

  // Prepositional cues: "according to", "in the words of".
  const Lexicon& phrases() const { return phrases_; }
  // Adverbs and adjectives that report without naming anybody: "reportedly", "alleged".
  const Lexicon& adverbs() const { return adverbs_; }
  // How something was said, which belongs to the cue: "said in a statement".
  const Lexicon& manners() const { return manners_; }

 private:
  std::vector<uint32_t> flags_;  // by WordId
  Lexicon phrases_;
  Lexicon adverbs_;
  Lexicon manners_;
};

}  // namespace consilience::extraction

#endif  // CONSILIENCE_SERVICES_EXTRACTION_ATTRIBUTION_CUE_LEXICON_H_
