// Versions of questions as bytes.
#include "services/corroboration/store/codec.h"
#include "services/corroboration/store/codec_parts.h"
#include "services/corroboration/wire/claim_wire.h"

namespace consilience::corroboration {
namespace {

using Strings = google::protobuf::RepeatedPtrField<std::string>;

void Put(const std::vector<std::string>& list, Strings& wire) {
  wire.Assign(list.begin(), list.end());
}

std::vector<std::string> Taken(const Strings& wire) { return {wire.begin(), wire.end()}; }

storage::v1::ListChange ChangeTo(const ListChange& change) {
  storage::v1::ListChange wire;
  Put(change.gone, *wire.mutable_gone());
  Put(change.added, *wire.mutable_added());
  return wire;
}

ListChange ChangeFrom(const storage::v1::ListChange& wire) {
  return {Taken(wire.gone()), Taken(wire.added())};
}

storage::v1::ClaimBefore BeforeTo(const ClaimBefore& claim) {
  storage::v1::ClaimBefore wire;
  wire.set_id(claim.id);
  if (claim.whole != nullptr) {
    *wire.mutable_whole() = ClaimAloneTo(*claim.whole);
    return wire;
  }
  *wire.mutable_corroboration() = ToWire(claim.corroboration);
  wire.set_update_time_us(claim.update_time_us);
  *wire.mutable_documents() = ChangeTo(claim.documents);
  *wire.mutable_outlets() = ChangeTo(claim.outlets);
  *wire.mutable_sources() = ChangeTo(claim.sources);
  return wire;
}

ClaimBefore BeforeFrom(const storage::v1::ClaimBefore& wire) {
  ClaimBefore claim;
  claim.id = wire.id();
  if (wire.has_whole()) {
    claim.whole = std::make_shared<const ClaimRow>(ClaimFrom(wire.whole()));
    return claim;
  }
  claim.corroboration = FromWire(wire.corroboration());
  claim.update_time_us = wire.update_time_us();
  claim.documents = ChangeFrom(wire.documents());
  claim.outlets = ChangeFrom(wire.outlets());
  claim.sources = ChangeFrom(wire.sources());
  return claim;
}

}  // namespace

std::string Encode(const QuestionVersion& version) {
  storage::v1::QuestionVersion wire;
  wire.set_id(version.id);
  wire.set_question(version.question);
  wire.set_time_us(version.time_us);
  wire.set_absent(version.absent);
  wire.set_gone(version.gone);
  if (!version.absent) *wire.mutable_before() = RecordTo(version.before);
  Put(version.added_members, *wire.mutable_added_members());
  Put(version.added_sources, *wire.mutable_added_sources());
  Put(version.added_dependences, *wire.mutable_added_dependences());
  Put(version.added_claims, *wire.mutable_added_claims());
  for (const ClaimBefore& claim : version.claims) *wire.add_claims() = BeforeTo(claim);
  return Bytes(wire);
}

std::optional<QuestionVersion> DecodeVersion(std::string_view bytes) {
  storage::v1::QuestionVersion wire;
  if (!wire.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) return std::nullopt;
  auto before = RecordFrom(wire.before());
  if (!before) return std::nullopt;
  QuestionVersion version;
  version.id = wire.id();
  version.question = wire.question();
  version.time_us = wire.time_us();
  version.absent = wire.absent();
  version.gone = wire.gone();
  version.before = *std::move(before);
  version.added_members = Taken(wire.added_members());
  version.added_sources = Taken(wire.added_sources());
  version.added_dependences = Taken(wire.added_dependences());
  version.added_claims = Taken(wire.added_claims());
  for (const auto& claim : wire.claims()) version.claims.push_back(BeforeFrom(claim));
  return version;
}

}  // namespace consilience::corroboration
