// Who a source is: a named person with role and organisation, an organisation, an unnamed speaker
// with a description; pronouns and definite descriptions go back to whoever spoke before.
#ifndef CONSILIENCE_SERVICES_EXTRACTION_ATTRIBUTION_SPEAKERS_H_
#define CONSILIENCE_SERVICES_EXTRACTION_ATTRIBUTION_SPEAKERS_H_

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "services/extraction/attribution/cue_lexicon.h"
#include "services/extraction/attribution/glosses.h"
#include "services/extraction/attribution/organisations.h"
#include "services/extraction/attribution/people.h"
#include "services/extraction/attribution/syntax.h"
#include "services/extraction/model/mention.h"

namespace consilience::extraction {

// Reads the sources of one text in their order.
class SpeakerResolver {
 public:
  SpeakerResolver(const Syntax& syntax, const CueLexicon& cues, const Organisations& organisations,
                  const Lexicon& titles);

  // The speaker of a source, remembered for the pronouns that follow; nothing for "I" and "we",
  // whose speaker is the one of the quote, and for a pronoun that goes back to nobody. A joint
  // source is one speaker, named "A + B".
  std::optional<Speaker> Resolve(TokenSpan source);

  // The last speaker resolved.
  std::optional<Speaker> Last() const;

 private:
  struct Known {
    Speaker speaker;
    WordId head = kNoWord;  // lemma of the noun that named it
    bool plural = false;
    uint32_t token = 0;
  };

  std::optional<Known> ResolvePhrase(TokenSpan phrase, TokenSpan source) const;
  std::optional<Known> OneOf(TokenSpan phrase, TokenSpan source) const;
  uint32_t EndOfBody(const NounPhrase& noun, uint32_t limit) const;
  std::optional<Known> NamedAfter(const NounPhrase& noun, TokenSpan source) const;
  std::optional<Known> NamedBodyAfter(const NounPhrase& noun, TokenSpan name) const;
  std::optional<Known> ResolveRelative(uint32_t token) const;
  std::optional<Known> ResolvePronoun(uint32_t token) const;
  std::optional<Known> ResolveCommon(const NounPhrase& noun, TokenSpan phrase,
                                     TokenSpan source) const;
  // How many speakers back a pronoun or description may reach, and how many tokens back a pronoun
  // looks for a person who has not spoken yet.
  static constexpr size_t kMaxRecall = 30;
  static constexpr uint32_t kMaxMention = 60;

  std::optional<Known> RecallMonitor(const NounPhrase& noun) const;
  std::optional<Known> RecallAuthor(const NounPhrase& noun, WordId head) const;
  std::optional<Known> Recall(const NounPhrase& noun, WordId head) const;
  std::optional<Known> SubjectBeforeSentence(uint32_t token) const;
  std::optional<Known> LastMentioned(uint32_t before) const;
  std::optional<Known> RecallAgency(const NounPhrase& noun) const;
  Speaker OfOrganisation(int32_t index, TokenSpan span) const;
  Speaker OfNamed(const NamedOrganisation& named, const NounPhrase& noun) const;
  std::optional<NamedOrganisation> NameAround(const NounPhrase& noun) const;
  void OpenAtCapitals(uint32_t head, TokenSpan& name) const;
  void OpenAtName(uint32_t head, TokenSpan& name, SpeakerType& type) const;
  bool IsCalledAgency(const Known& known) const;
  bool NamesOneBody(uint32_t begin, uint32_t joint) const;
  std::string_view KindOf(const Speaker& speaker) const;
  void ReadMentions();

  const Syntax& syntax_;
  const CueLexicon& cues_;
  const Organisations& organisations_;
  Glosses glosses_;
  NamedPeople people_;
  std::vector<Known> spoken_;                // in the order of the text
  std::vector<NamedOrganisation> mentions_;  // organisations named anywhere in the text, in order
};

}  // namespace consilience::extraction

#endif  // CONSILIENCE_SERVICES_EXTRACTION_ATTRIBUTION_SPEAKERS_H_
