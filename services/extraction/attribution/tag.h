// Coarse parts of speech, as many as attribution needs to find who says what.
#ifndef CONSILIENCE_SERVICES_EXTRACTION_ATTRIBUTION_TAG_H_
#define CONSILIENCE_SERVICES_EXTRACTION_ATTRIBUTION_TAG_H_

#include <cstdint>
#include <optional>
#include <string_view>

namespace consilience::extraction {

enum class Tag : uint8_t {
  kOther,
  kNoun,        // singular common noun
  kPlural,      // plural common noun
  kName,        // proper name
  kPronoun,     // may be a subject: he, they, everyone
  kObject,      // is no subject: him, them, itself
  kClitic,      // pronoun with its auxiliary: they've, I'm
  kPossessive,  // his, its
  kDeterminer,
  kAdjective,
  kAdverb,
  kNumber,
  kTime,        // Monday, yesterday
  kBase,        // say
  kPresent,     // says
  kPast,        // said
  kParticiple,  // said, after have or be; or a reduced relative clause
  kGerund,      // saying
  kModal,
  kBe,
  kHave,
  kDo,
  kTo,
  kNot,
  kPreposition,
  kConjunction,  // and, or, but
  kThat,
  kSubordinator,  // because, if, while
  kWh,            // who, which, what
  kGenitive,      // 's
  kHyphen,        // joins two words: rebel-held
  kDot,           // belongs to an abbreviation: Sen.
  kComma,
  kStop,
  kColon,
  kSemicolon,
  kDash,
  kOpen,  // ( or [
  kClose,
  kQuote,
  kCount,
};

using TagSet = uint64_t;

constexpr TagSet Bit(Tag tag) { return TagSet{1} << static_cast<unsigned>(tag); }

template <typename... Tags>
constexpr TagSet Bits(Tags... tags) {
  return (TagSet{0} | ... | Bit(tags));
}

constexpr bool In(Tag tag, TagSet set) { return (Bit(tag) & set) != 0; }

inline constexpr TagSet kNouns = Bits(Tag::kNoun, Tag::kPlural);
inline constexpr TagSet kVerbs =
    Bits(Tag::kBase, Tag::kPresent, Tag::kPast, Tag::kParticiple, Tag::kGerund);
inline constexpr TagSet kAuxiliaries = Bits(Tag::kModal, Tag::kBe, Tag::kHave, Tag::kDo);
// What a noun phrase may end with.
inline constexpr TagSet kHeads =
    kNouns | Bits(Tag::kName, Tag::kPronoun, Tag::kObject, Tag::kNumber);

// The tag a data file calls `name`: "noun", "subordinator" …
std::optional<Tag> TagFromName(std::string_view name);

// The name a data file gives to `tag`.
std::string_view TagName(Tag tag);

}  // namespace consilience::extraction

#endif  // CONSILIENCE_SERVICES_EXTRACTION_ATTRIBUTION_TAG_H_
