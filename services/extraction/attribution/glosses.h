// Short names as a text itself explains them: "the Rapid Support Forces (RSF)". What the text says
// goes before what a list knows, for a short name may be that of several.
#ifndef CONSILIENCE_SERVICES_EXTRACTION_ATTRIBUTION_GLOSSES_H_
#define CONSILIENCE_SERVICES_EXTRACTION_ATTRIBUTION_GLOSSES_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "services/extraction/attribution/organisations.h"
#include "services/extraction/attribution/syntax.h"
#include "services/extraction/model/mention.h"

namespace consilience::extraction {

// Of one text. Refers to the syntax and the organisations, which must outlive it.
class Glosses {
 public:
  Glosses(const Syntax& syntax, const Organisations& organisations);

  // Whether a token is a short name that the text explains.
  bool Explains(uint32_t token) const { return Find(token) != nullptr; }

  // Gives a speaker, or the body that he speaks for, the full name of the short one in `source`.
  void Expand(TokenSpan source, Speaker& speaker) const;

 private:
  struct Gloss {
    WordId word = kNoWord;  // the short name
    TokenSpan full;         // the first place where the full one stands
  };

  const Gloss* Find(uint32_t token) const;
  bool IsShortName(uint32_t token) const;
  TokenSpan FullBefore(uint32_t bracket, uint32_t token) const;
  TokenSpan FullAnywhere(uint32_t token);
  void ReadCapitals();
  uint32_t EndOfInitials(uint32_t begin, uint32_t limit, std::string_view letters) const;
  std::string NameOf(const Gloss& gloss) const;

  const Syntax& syntax_;
  const Organisations& organisations_;
  std::vector<Gloss> glosses_;      // few
  std::vector<uint32_t> capitals_;  // tokens a full name may open with; empty until one is needed
};

}  // namespace consilience::extraction

#endif  // CONSILIENCE_SERVICES_EXTRACTION_ATTRIBUTION_GLOSSES_H_
