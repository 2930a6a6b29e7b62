// Who is who: names, spellings, owners and mergers of sources, as data files and people say.
//
// What is known in advance and what people corrected is kept in memory: it is small and every
// scoring asks for it. Sources that were merely met are not in here; their id follows from their
// name alone.
#ifndef CONSILIENCE_SERVICES_CORROBORATION_INDEPENDENCE_SOURCE_DIRECTORY_H_
#define CONSILIENCE_SERVICES_CORROBORATION_INDEPENDENCE_SOURCE_DIRECTORY_H_

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "services/corroboration/model/source.h"

namespace consilience::corroboration {

// The key under which spellings of one name meet. Persons' names are reduced to the consonants of
// their words ("Walid Al-Moallem" and "Walid Muallem" are both "wld mlm"), because transliterations
// differ in vowels, doubling and articles; single-word names and organisations are only folded.
std::string NameKey(std::string_view name, bool person);

// The id of a source with this name; spellings with one key have one id.
std::string SourceId(std::string_view name, bool person);

class SourceDirectory {
 public:
  // Tab-separated: name, kind, party, owner, aliases (|), hosts (|). Errors name file and line.
  static absl::StatusOr<SourceDirectory> Parse(std::string_view tsv, const std::string& file);

  // Adds or replaces. InvalidArgument when a name or alias belongs to another source, or when the
  // source would own itself or be merged into itself, directly or through others.
  absl::Status Put(const Source& source);

  // The source that a name leads to, through aliases and mergers; the id of the name itself where
  // nothing is known of it.
  std::string Resolve(std::string_view name, bool person) const;
  // Through mergers.
  std::string Canonical(std::string_view id) const;
  // The one that owns a source in the end; the source itself when nobody does.
  std::string Voice(std::string_view id) const;
  // The source that publishes under a host or a parent domain of it; empty when none is known.
  std::string ByHost(std::string_view url) const;

  // Null when nothing but the name is known.
  const Source* Find(std::string_view id) const;
  std::vector<Source> All() const;

 private:
  absl::Status CheckChains(const Source& source) const;

  std::map<std::string, Source, std::less<>> sources_;
  std::map<std::string, std::string, std::less<>> id_by_key_;
  std::map<std::string, std::string, std::less<>> id_by_host_;
};

}  // namespace consilience::corroboration

#endif  // CONSILIENCE_SERVICES_CORROBORATION_INDEPENDENCE_SOURCE_DIRECTORY_H_
