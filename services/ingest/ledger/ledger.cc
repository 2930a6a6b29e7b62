#include "services/ingest/ledger/ledger.h"

#include <algorithm>

#include "services/common/errors/catalogue.h"
#include "services/common/text/digest.h"
#include "services/ingest/errors.h"
#include "services/ingest/model/canonical_url.h"
#include "services/ingest/passages/words.h"

namespace consilience::ingest {
namespace {

constexpr size_t kReprocessPage = 500;

// Names such as "17" tell apart the items of one file; only URIs tell them apart everywhere.
std::string UriOrNothing(const std::string& external_id) {
  constexpr std::string_view kSchemeCharacters =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-.";
  const size_t end = external_id.find_first_not_of(kSchemeCharacters);
  const bool has_scheme = end != std::string::npos && end >= 2 && external_id[end] == ':' &&
                          external_id.size() > end + 1;
  return has_scheme ? external_id : "";
}

// Numbers compare as numbers, anything else by its characters, and nothing is before everything.
bool IsEarlierVersion(std::string_view a, std::string_view b) {
  const auto is_number = [](std::string_view text) {
    return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
  };
  if (is_number(a) && is_number(b) && a.size() != b.size()) return a.size() < b.size();
  return a < b;
}

Document NewDocument(const Arrival& arrival, absl::Time now) {
  const ReadDocument& read = arrival.document;
  Document document;
  document.digest = arrival.digest;
  document.id = document.digest.substr(0, kIdDigits);
  document.text_bytes = read.text.size();
  document.format = read.format;
  document.language = read.language;
  document.metadata = read.metadata;
  document.canonical_url = CanonicalUrl(read.metadata.url.value);
  document.external_id = UriOrNothing(read.external_id);
  document.version = read.version;
  document.create_time = now;
  document.update_time = now;
  return document;
}

Appearance AppearanceOf(const Document& document, absl::Time now) {
  const Metadata& metadata = document.metadata;
  return {metadata.outlet.value, metadata.url.value, metadata.publication_date.value, now};
}

bool SamePlace(const Appearance& a, const Appearance& b) {
  return a.outlet == b.outlet && a.url == b.url && a.publication_date == b.publication_date;
}

// What the replacement leaves open it takes over from what it replaces.
void Inherit(const Metadata& from, Metadata& to) {
  for (const auto field : {&Metadata::title, &Metadata::publication_date, &Metadata::outlet,
                           &Metadata::url, &Metadata::byline, &Metadata::wire}) {
    if (!(to.*field).known()) to.*field = from.*field;
  }
}

// The state before `withdrawn` came goes on in the history of corroboration, not here.
absl::Status Withdraw(Records& records, Document& document, State state, std::string_view reason,
                      absl::Time now) {
  if (!IsWithdrawn(document.state)) {
    if (auto status = records.passages().Remove(document.number); !status.ok()) return status;
  }
  document.state = state;
  document.reason = std::string(reason);
  return records.Enqueue(document.id, now);
}

absl::Status Save(Records& records, Document& document, absl::Time now) {
  ++document.revision;
  document.update_time = now;
  return records.Update(document);
}

// `document` takes the place of `known`, or, being an earlier version of the same item, is stored
// behind it.
absl::Status Succeed(Records& records, const Arrival& arrival, Document& known, Receipt& receipt,
                     absl::Time now) {
  Document& document = receipt.document;
  const bool same_item = !document.external_id.empty() && document.external_id == known.external_id;
  if (arrival.supersedes.empty() && same_item &&
      IsEarlierVersion(document.version, known.version)) {
    document.state = State::kSuperseded;
    document.superseded_by = known.id;
    document.reason = "version " + known.version + " of the item was there before it";
    receipt.outcome = Outcome::kOutdated;
    return absl::OkStatus();
  }
  if (!arrival.supersedes.empty()) Inherit(known.metadata, document.metadata);
  document.canonical_url = CanonicalUrl(document.metadata.url.value);
  document.supersedes = known.id;
  known.superseded_by = document.id;
  receipt.outcome = Outcome::kRevision;
  const std::string_view reason = !arrival.reason.empty() ? std::string_view(arrival.reason)
                                  : same_item             ? "a newer version of the same item"
                                                          : "a newer text under the same URL";
  const auto status = Withdraw(records, known, State::kSuperseded, reason, now);
  return status.ok() ? Save(records, known, now) : status;
}

absl::Status Keep(Records& records, const Arrival& arrival, Document& document, absl::Time now) {
  const ReadDocument& read = arrival.document;
  auto status = records.Insert(document, read.text);
  if (status.ok()) {
    status = records.AddReading(
        document, {read.segments, read.source_map, read.source_offset, read.warnings});
  }
  if (!status.ok() || IsWithdrawn(document.state)) return status;
  status = records.passages().Add(document.number, arrival.fingerprints);
  return status.ok() ? records.Enqueue(document.id, now) : status;
}

absl::Status AddDuplicate(Records& records, const Document& known, const Document& again,
                          absl::Time now) {
  const Appearance appearance = AppearanceOf(again, now);
  const bool says_nothing = SamePlace(appearance, Appearance{});
  if (says_nothing || SamePlace(appearance, AppearanceOf(known, now))) return absl::OkStatus();
  return records.AddAppearance(known.id, appearance);
}

}  // namespace

std::string EtagOf(const Document& document) { return std::to_string(document.revision); }

void Prepare(Arrival& arrival) {
  if (arrival.retraction.has_value() || !arrival.digest.empty()) return;
  const std::string& text = arrival.document.text;
  arrival.digest = common::Sha256Hex(text);
  arrival.fingerprints = Winnow(FindWords(text));
}

absl::StatusOr<std::vector<absl::StatusOr<Receipt>>> Ledger::Accept(std::vector<Arrival> arrivals) {
  for (Arrival& arrival : arrivals) Prepare(arrival);
  std::vector<absl::StatusOr<Receipt>> receipts;
  const absl::Status status = store_.Write([&](Records& records) -> absl::Status {
    const absl::Time now = clock_.Now();
    receipts.clear();
    for (const Arrival& arrival : arrivals) {
      auto receipt = arrival.retraction.has_value() ? AcceptRetraction(records, arrival, now)
                                                    : AcceptOne(records, arrival, now);
      // What the caller did wrong was found before anything was written; what the store could not
      // do undoes the whole transaction.
      const bool refused = receipt.ok() || absl::IsInvalidArgument(receipt.status()) ||
                           absl::IsNotFound(receipt.status()) ||
                           absl::IsFailedPrecondition(receipt.status());
      if (!refused) return receipt.status();
      receipts.push_back(std::move(receipt));
    }
    return absl::OkStatus();
  });
  if (!status.ok()) return status;
  return receipts;
}

absl::StatusOr<Receipt> Ledger::AcceptOne(Records& records, const Arrival& arrival,
                                          absl::Time now) {
  Receipt receipt{NewDocument(arrival, now)};
  Document& document = receipt.document;
  const auto known = records.Find(document.id);
  if (!known.ok()) return known.status();
  if (known->has_value()) {
    if ((*known)->id == arrival.supersedes) return ReplacementUnchanged(NameOf(document.id));
    if (!arrival.validate_only) {
      const auto status = AddDuplicate(records, **known, document, now);
      if (!status.ok()) return status;
    }
    return Receipt{**known, Outcome::kDuplicate};
  }
  auto predecessor = Predecessor(records, arrival, document);
  if (!predecessor.ok()) return predecessor.status();
  if (arrival.validate_only) {
    receipt.outcome = Outcome::kValidated;
    return receipt;
  }
  if (predecessor->has_value()) {
    const auto status = Succeed(records, arrival, **predecessor, receipt, now);
    if (!status.ok()) return status;
  }
  if (auto status = Keep(records, arrival, document, now); !status.ok()) return status;
  return receipt;
}

absl::StatusOr<Receipt> Ledger::AcceptRetraction(Records& records, const Arrival& arrival,
                                                 absl::Time now) {
  const ReadRetraction& retraction = *arrival.retraction;
  auto found =
      FindByIdentity(records, UriOrNothing(retraction.external_id), CanonicalUrl(retraction.url));
  if (!found.ok()) return found.status();
  if (!found->has_value()) return Receipt{Document(), Outcome::kNotHeld};
  Receipt receipt{**std::move(found), Outcome::kRetracted};
  Document& document = receipt.document;
  if (arrival.validate_only) {
    receipt.outcome = Outcome::kValidated;
  } else if (!IsWithdrawn(document.state)) {
    auto status = Withdraw(records, document, State::kRetracted, retraction.reason, now);
    if (status.ok()) status = Save(records, document, now);
    if (!status.ok()) return status;
  }
  return receipt;
}

absl::StatusOr<std::optional<Document>> Ledger::FindByIdentity(Records& records,
                                                               const std::string& external_id,
                                                               const std::string& canonical_url) {
  auto id = records.FindByExternalId(external_id);
  if (id.ok() && !id->has_value()) id = records.FindByUrl(canonical_url);
  if (!id.ok()) return id.status();
  if (!id->has_value()) return std::optional<Document>();
  return records.Find(**id);
}

absl::StatusOr<std::optional<Document>> Ledger::Predecessor(Records& records,
                                                            const Arrival& arrival,
                                                            const Document& document) {
  if (!arrival.supersedes.empty()) {
    auto earlier = records.Get(arrival.supersedes);
    if (!earlier.ok()) return earlier.status();
    if (IsWithdrawn(earlier->state)) {
      return DocumentWithdrawn(NameOf(earlier->id), NameOf(earlier->state), "be superseded");
    }
    return std::optional<Document>(*std::move(earlier));
  }
  auto earlier = FindByIdentity(records, document.external_id, document.canonical_url);
  if (earlier.ok() && earlier->has_value() && IsWithdrawn((*earlier)->state)) {
    return std::optional<Document>();
  }
  return earlier;
}

absl::StatusOr<Document> Ledger::Modify(
    std::string_view id, std::string_view etag,
    const std::function<absl::Status(Records&, Document&)>& change) {
  absl::StatusOr<Document> result = Document();
  const absl::Status status = store_.Write([&](Records& records) -> absl::Status {
    result = records.Get(id);
    if (!result.ok()) return result.status();
    if (!etag.empty() && etag != EtagOf(*result)) {
      return common::EtagMismatch("document", NameOf(id), etag, EtagOf(*result));
    }
    if (auto changed = change(records, *result); !changed.ok()) return changed;
    return Save(records, *result, clock_.Now());
  });
  if (!status.ok()) return status;
  return result;
}

absl::StatusOr<Document> Ledger::Update(std::string_view id, std::string_view etag,
                                        const std::vector<Change>& changes) {
  return Modify(id, etag, [&](Records& records, Document& document) -> absl::Status {
    if (IsWithdrawn(document.state)) {
      return DocumentWithdrawn(NameOf(id), NameOf(document.state), "be updated");
    }
    for (const Change& change : changes) {
      MetadataValue& value = document.metadata.*change.field;
      std::vector<Candidate> others = std::move(value.conflicting);
      if (value.known()) others.insert(others.begin(), {value.value, value.basis, value.evidence});
      std::erase_if(others, [&](const Candidate& other) { return other.value == change.value; });
      const Basis basis = change.value.empty() ? Basis::kUnknown : Basis::kGiven;
      const char* evidence = change.value.empty() ? "" : "UpdateDocument";
      value = {change.value, basis, evidence, std::move(others)};
    }
    document.canonical_url = CanonicalUrl(document.metadata.url.value);
    document.state = State::kPending;
    document.reason.clear();
    return records.Enqueue(id, clock_.Now());
  });
}

absl::StatusOr<Document> Ledger::Retract(std::string_view id, std::string_view etag,
                                         std::string_view reason) {
  return Modify(id, etag, [&](Records& records, Document& document) -> absl::Status {
    if (document.state == State::kErased) {
      return DocumentWithdrawn(NameOf(id), NameOf(document.state), "be retracted");
    }
    return Withdraw(records, document, State::kRetracted, reason, clock_.Now());
  });
}

absl::StatusOr<Document> Ledger::Erase(std::string_view id, std::string_view etag,
                                       std::string_view reason) {
  return Modify(id, etag, [&](Records& records, Document& document) -> absl::Status {
    // Out of the index first: that needs the text.
    auto status = Withdraw(records, document, State::kErased, reason, clock_.Now());
    if (status.ok()) status = records.EraseText(id);
    return status;
  });
}

absl::StatusOr<int64_t> Ledger::Reprocess(const std::function<bool(const Document&)>& wanted) {
  int64_t count = 0;
  std::optional<Cursor> after;
  // A page a transaction: writers do not wait for a million documents.
  for (bool more = true; more;) {
    int64_t queued_here = 0;
    std::optional<Cursor> end;
    const absl::Status status = store_.Write([&](Records& records) -> absl::Status {
      auto page = records.List(Order::kOldestFirst, after, kReprocessPage);
      if (!page.ok()) return page.status();
      more = page->size() == kReprocessPage;
      queued_here = 0;
      for (Document& document : *page) {
        end = Cursor{"", document.number};
        if (IsWithdrawn(document.state) || !wanted(document)) continue;
        ++queued_here;
        if (auto queued = records.Enqueue(document.id, clock_.Now()); !queued.ok()) return queued;
        if (document.state != State::kFailed) continue;
        document.state = State::kPending;
        document.reason.clear();
        if (auto saved = Save(records, document, clock_.Now()); !saved.ok()) return saved;
      }
      return absl::OkStatus();
    });
    if (!status.ok()) return status;
    count += queued_here;
    after = end;
  }
  return count;
}

}  // namespace consilience::ingest
