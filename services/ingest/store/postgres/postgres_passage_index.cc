#include "services/ingest/store/postgres/postgres_passage_index.h"

#include <algorithm>
#include <string>

namespace consilience::ingest {
namespace {

constexpr int kWordBits = 24;
// Words beyond are not indexed: such a text would have more words than 10 MiB can hold.
constexpr uint32_t kMostWords = (uint32_t{1} << kWordBits) - 1;
constexpr size_t kPostingsAtOnce = 1U << 15U;
constexpr size_t kHashBytes = 8;

int64_t PlaceOf(DocumentNumber document, uint32_t word) {
  return static_cast<int64_t>(document) << kWordBits | word;
}

std::string PackHashes(const std::vector<int64_t>& hashes) {
  std::string packed;
  packed.reserve(hashes.size() * kHashBytes);
  for (const int64_t hash : hashes) {
    for (size_t i = kHashBytes; i > 0; --i) {
      packed.push_back(static_cast<char>(static_cast<uint64_t>(hash) >> ((i - 1) * 8) & 0xFFU));
    }
  }
  return packed;
}

std::vector<int64_t> UnpackHashes(std::string_view packed) {
  std::vector<int64_t> hashes;
  for (size_t at = 0; at + kHashBytes <= packed.size(); at += kHashBytes) {
    uint64_t hash = 0;
    for (const char c : packed.substr(at, kHashBytes)) {
      hash = hash << 8U | static_cast<unsigned char>(c);
    }
    hashes.push_back(static_cast<int64_t>(hash));
  }
  return hashes;
}

}  // namespace

absl::Status PostgresPassageIndex::Add(DocumentNumber document,
                                       std::span<const Fingerprint> fingerprints) {
  if (left_out_.contains(document)) return absl::OkStatus();
  std::vector<int64_t> hashes;
  for (const Fingerprint& fingerprint : fingerprints) {
    if (fingerprint.word > kMostWords) continue;
    hashes.push_back(static_cast<int64_t>(fingerprint.hash));
    postings_.emplace_back(hashes.back(), PlaceOf(document, fingerprint.word));
  }
  transaction_.Later(
      "INSERT INTO posting_set(project, document, hashes) VALUES ($1, $2, $3) "
      "ON CONFLICT DO NOTHING",
      document, PackHashes(hashes));
  if (postings_.size() >= kPostingsAtOnce) SendSome();
  return absl::OkStatus();
}

// In the order of the index, so that neighbours go to one page.
void PostgresPassageIndex::SendSome() {
  std::sort(postings_.begin(), postings_.end());
  std::vector<int64_t> hashes;
  std::vector<int64_t> places;
  for (const auto& [hash, place] : std::exchange(postings_, {})) {
    hashes.push_back(hash);
    places.push_back(place);
  }
  transaction_.Later(
      "INSERT INTO posting(project, hash, place) "
      "SELECT $1, * FROM unnest($2::bigint[], $3::bigint[]) ON CONFLICT DO NOTHING",
      hashes, places);
}

absl::Status PostgresPassageIndex::Finish() {
  if (!postings_.empty()) SendSome();
  return transaction_.Send();
}

absl::Status PostgresPassageIndex::Remove(DocumentNumber document) {
  if (!postings_.empty()) SendSome();
  const auto rows = transaction_.Query(
      "DELETE FROM posting_set WHERE project = $1 AND document = $2 RETURNING hashes", document);
  if (!rows.ok()) return rows.status();
  if (rows->empty()) return absl::OkStatus();
  transaction_.Later(
      "DELETE FROM posting WHERE project = $1 AND hash = ANY($2) AND place BETWEEN $3 AND $4",
      UnpackHashes(rows->Text(0, 0)), PlaceOf(document, 0), PlaceOf(document, kMostWords));
  return absl::OkStatus();
}

absl::StatusOr<std::vector<PostingHit>> PostgresPassageIndex::Find(
    std::span<const Fingerprint> fingerprints, size_t per_hash) const {
  std::vector<int64_t> hashes;
  for (const Fingerprint& fingerprint : fingerprints) {
    hashes.push_back(static_cast<int64_t>(fingerprint.hash));
  }
  const auto rows = transaction_.Query(
      "SELECT f.at, p.place FROM unnest($2::bigint[]) WITH ORDINALITY AS f(hash, at) "
      "CROSS JOIN LATERAL (SELECT place FROM posting WHERE project = $1 AND hash = f.hash "
      "ORDER BY place LIMIT $3) AS p ORDER BY f.at, p.place",
      hashes, per_hash);
  if (!rows.ok()) return rows.status();
  std::vector<PostingHit> hits;
  hits.reserve(static_cast<size_t>(rows->size()));
  for (int i = 0; i < rows->size(); ++i) {
    const int64_t place = rows->Int(i, 1);
    hits.push_back({static_cast<uint32_t>(rows->Int(i, 0) - 1),
                    {static_cast<DocumentNumber>(place >> kWordBits),
                     static_cast<uint32_t>(place & kMostWords)}});
  }
  return hits;
}

}  // namespace consilience::ingest
