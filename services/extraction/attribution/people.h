// The named people of a text: full names, roles and the organisations they belong to.
#ifndef CONSILIENCE_SERVICES_EXTRACTION_ATTRIBUTION_PEOPLE_H_
#define CONSILIENCE_SERVICES_EXTRACTION_ATTRIBUTION_PEOPLE_H_

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "services/extraction/attribution/cue_lexicon.h"
#include "services/extraction/attribution/organisations.h"
#include "services/extraction/attribution/syntax.h"
#include "services/extraction/model/mention.h"

namespace consilience::extraction {

// The words of tokens [begin, end) as written, with single spaces.
std::string WordsOf(const Text& text, TokenSpan span);

// An organisation named within a token span.
struct NamedOrganisation {
  TokenSpan span;
  int32_t index = 0;  // into Organisations
};

// The first organisation named in `span`; short acronyms only in capitals, single everyday words
// only capitalised or after "the".
std::optional<NamedOrganisation> OrganisationIn(const Syntax& syntax,
                                                const Organisations& organisations, TokenSpan span);

// A noun phrase taken apart: "Observatory head Rami Abdel Rahman".
struct NameParts {
  TokenSpan name;       // "Rami Abdel Rahman"; empty when there is none
  TokenSpan before;     // "Observatory head"
  bool titled = false;  // a title or a noun for a person stands before the name
};

NameParts SplitName(const Syntax& syntax, const Lexicon& titles, const NounPhrase& noun);

class NamedPeople {
 public:
  NamedPeople(const Syntax& syntax, const CueLexicon& cues, const Organisations& organisations,
              const Lexicon& titles);

  // The person of a noun phrase that names one, under the fullest name of the text; nothing for
  // anybody else.
  std::optional<Speaker> Find(const NounPhrase& noun) const;

 private:
  void Read(const NounPhrase& noun);
  bool IsNameOfBody(const NounPhrase& noun) const;
  void Describe(const NounPhrase& noun, const NameParts& parts, Speaker& person) const;
  std::string_view LastName(TokenSpan name) const;

  const Syntax& syntax_;
  const CueLexicon& cues_;
  const Organisations& organisations_;
  const Lexicon& titles_;
  std::vector<Speaker> people_;
  absl::flat_hash_map<std::string_view, size_t, std::hash<std::string_view>> by_last_name_;
};

}  // namespace consilience::extraction

#endif  // CONSILIENCE_SERVICES_EXTRACTION_ATTRIBUTION_PEOPLE_H_
