#include "services/corroboration/independence/relays.h"

#include <algorithm>
#include <set>

#include "services/corroboration/independence/copies.h"
#include "services/corroboration/matching/union_find.h"

namespace consilience::corroboration {
namespace {

// Relays in the order of their keys, joined where one prints what the other does.
class RelaySets {
 public:
  RelaySets(const std::vector<size_t>& entries, const std::map<size_t, Witness>& witnesses) {
    for (const size_t i : entries) {
      names_.emplace(witnesses.at(i).relay, witnesses.at(i).relay_display_name);
    }
    size_t next = 0;
    for (const auto& [key, name] : names_) index_[key] = next++;
    sets_ = UnionFind(next);
  }

  void Join(const std::string& a, const std::string& b) { sets_.Join(index_.at(a), index_.at(b)); }

  // The smallest key of the set stands for all of it.
  const std::string& Representative(const std::string& key) {
    const size_t root = sets_.Find(index_.at(key));
    return std::next(names_.begin(), static_cast<std::ptrdiff_t>(root))->first;
  }

  const std::string& NameOf(const std::string& key) const { return names_.at(key); }

 private:
  std::map<std::string, std::string> names_;
  std::map<std::string, size_t> index_;
  UnionFind sets_{0};
};

}  // namespace

std::vector<Relay> FindRelays(const std::vector<Entry>& entries,
                              const std::vector<std::vector<size_t>>& origins,
                              const std::map<size_t, Witness>& witnesses,
                              const QuoteOptions& options) {
  std::vector<size_t> all;
  for (const auto& origin : origins) all.insert(all.end(), origin.begin(), origin.end());
  std::sort(all.begin(), all.end());
  RelaySets relays(all, witnesses);
  for (const CopyPair& pair : FindCopies(entries, all, options)) {
    relays.Join(witnesses.at(pair.first).relay, witnesses.at(pair.second).relay);
  }
  std::vector<Relay> result;
  for (const auto& origin : origins) {
    std::set<std::string> ways;
    for (const size_t i : origin) ways.insert(relays.Representative(witnesses.at(i).relay));
    Relay relay;
    if (ways.size() == 1) relay = {*ways.begin(), relays.NameOf(*ways.begin())};
    result.push_back(std::move(relay));
  }
  return result;
}

}  // namespace consilience::corroboration
