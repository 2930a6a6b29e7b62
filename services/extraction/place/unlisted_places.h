// Places whose names the gazetteer does not know, told by how they stand.
#ifndef CONSILIENCE_SERVICES_EXTRACTION_PLACE_UNLISTED_PLACES_H_
#define CONSILIENCE_SERVICES_EXTRACTION_PLACE_UNLISTED_PLACES_H_

#include <cstddef>
#include <filesystem>
#include <string>

#include "absl/status/statusor.h"
#include "services/extraction/lexicon/lexicon.h"
#include "services/extraction/text/text.h"

namespace consilience::extraction {

// Thread-safe once loaded.
class UnlistedPlaces {
 public:
  // Reads `rules`/places/unlisted.tsv.
  static absl::StatusOr<UnlistedPlaces> Load(const std::filesystem::path& rules,
                                             Vocabulary& vocabulary);

  // Some word of tokens [begin, end) is no part of a place's name: an institution's, a month, a
  // people's.
  bool IsNever(const Text& text, size_t begin, size_t end) const;

  // "in the | Aude region": words that lead to a place stand before a token, or before its "the".
  bool IsLedTo(const Text& text, size_t token) const;

  // Whether the capitalised words of tokens [begin, end) stand as a place does: "in Zorbville on
  // Friday", "an attack on Zorbville".
  bool StandsAsPlace(const Text& text, size_t begin, size_t end) const;

  // Tokens [begin, end) stand before the comma of a dateline: "ALLEN, Texas (AP)".
  static bool OpensDateline(const Text& text, size_t begin, size_t end);
  // They stand before the agency of one: "ZORBVILLE (Reuters) -".
  static bool IsDateline(const Text& text, size_t begin, size_t end);

  // The name at tokens [begin, end) is a part of a longer one: "Bani | Suheila", "St. | Mary's".
  bool IsPartOfName(const Text& text, size_t begin, size_t end) const;

  // "ALLEN" → "Allen".
  static std::string WithoutCapitals(std::string name);

 private:
  // As they are named in the file, in this order.
  enum class Role { kLead, kStruck, kFollow, kNever, kPrefix, kCounted };

  bool Is(Role role, const Text& text, size_t begin, size_t end) const;
  // A phrase of `role` ends before the token.
  bool EndsBefore(Role role, const Text& text, size_t token) const;
  bool GoesOn(const Text& text, size_t token) const;

  Lexicon words_;  // payload: Role
};

}  // namespace consilience::extraction

#endif  // CONSILIENCE_SERVICES_EXTRACTION_PLACE_UNLISTED_PLACES_H_
