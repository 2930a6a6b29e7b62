// From the text of a document to what it asserts: the whole of the extraction service as one pure
// function.
//
//   text → tokens, sentences, quotes → quantities, times, places, people → frames → assertions
//
// The same document and the same rules give the same analysis, on any machine, in time linear in
// the text.
#ifndef CONSILIENCE_SERVICES_EXTRACTION_EXTRACTOR_H_
#define CONSILIENCE_SERVICES_EXTRACTION_EXTRACTOR_H_

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "services/extraction/model/assertion.h"
#include "services/extraction/pack/rule_pack.h"
#include "services/extraction/place/gazetteer.h"

namespace consilience::extraction {

struct Document {
  std::string_view text;  // UTF-8, less than 4 GiB
  std::string published;  // "2016-11-22", or empty when unknown
  std::string outlet;     // name of the outlet, or empty when unknown
  // The headline, where it is no part of the text: says where things happened.
  std::string_view title = {};
};

// Thread-safe once loaded; make one and share it.
class Extractor {
 public:
  // Reads the shipped rules in `rules` and then each folder of `packs`, which hold packs of their
  // own. Errors name file, line and rule.
  static absl::StatusOr<Extractor> Load(const std::filesystem::path& rules,
                                        const std::vector<std::filesystem::path>& packs = {});

  Extractor(Extractor&&) noexcept;
  Extractor& operator=(Extractor&&) noexcept;
  ~Extractor();

  // Assertions in the order of the text; every span lies within it.
  Analysis Extract(const Document& document) const;

  const RulePacks& packs() const;
  const Gazetteer& gazetteer() const;
  // Hexadecimal digest of every file that the rules were read from.
  const std::string& digest() const;

 private:
  struct Rules;
  explicit Extractor(std::unique_ptr<Rules> rules);

  std::unique_ptr<Rules> rules_;
};

}  // namespace consilience::extraction

#endif  // CONSILIENCE_SERVICES_EXTRACTION_EXTRACTOR_H_
