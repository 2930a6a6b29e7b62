// Fractions in words and digits: "a third", "three quarters", "2½", "one in five", "a quarter of a
// million".
#ifndef CONSILIENCE_SERVICES_EXTRACTION_QUANTITY_FRACTION_H_
#define CONSILIENCE_SERVICES_EXTRACTION_QUANTITY_FRACTION_H_

#include "services/extraction/quantity/cardinal.h"

namespace consilience::extraction {

struct Fraction {
  size_t end = 0;  // of the tokens read; 0 if there is no fraction
  double value = 0;
  double numerator = 0;  // of "10 out of 12"
  bool count = false;    // multiplied up to a count: "half a million", "two million and a half"

  explicit operator bool() const { return end != 0; }
};

class FractionReader {
 public:
  FractionReader(const CardinalReader& cardinals, const Text& text)
      : cardinals_(cardinals), text_(text) {}

  // The fraction that starts with the cardinal `whole`, which was read at `at`.
  Fraction AfterCardinal(size_t at, const Cardinal& whole) const;

  // The fraction that starts at `at` without a cardinal: "a third", "half a million", "½".
  Fraction At(size_t at) const;

 private:
  struct Part {
    size_t end = 0;
    double value = 0;
  };

  Part Denominator(size_t at, bool singular) const;
  Part Simple(size_t at) const;
  Part Added(size_t at) const;
  Part Glyph(size_t at) const;
  Part MultiplierAfter(size_t at) const;
  Fraction WithMultiplier(Part part) const;
  Fraction Slash(size_t at, const Cardinal& numerator) const;
  Fraction Mixed(const Cardinal& whole) const;
  Fraction Ratio(const Cardinal& numerator) const;
  Fraction Denominated(const Cardinal& numerator) const;
  bool FollowsSubject(size_t at, size_t end) const;
  bool CountsOn(size_t at, double value) const;
  bool IsShareArticle(size_t at, size_t end) const;

  const CardinalReader& cardinals_;
  const Text& text_;
};

}  // namespace consilience::extraction

#endif  // CONSILIENCE_SERVICES_EXTRACTION_QUANTITY_FRACTION_H_
