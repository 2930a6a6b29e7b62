#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <utility>

#include "services/common/errors/catalogue.h"
#include "services/common/errors/written.h"
#include "services/common/query/filter.h"
#include "services/corroboration/model/names.h"
#include "services/corroboration/reliability/accuracies.h"
#include "services/corroboration/service/handlers.h"
#include "services/corroboration/service/paging.h"
#include "services/corroboration/wire/assertion_wire.h"
#include "services/corroboration/wire/claim_wire.h"

namespace consilience::corroboration {
namespace {

const std::vector<common::FilterField>& SourceFields() {
  static const std::vector<common::FilterField> fields = {
      {"kind", SourceKindNames()}, "display_name", "party", "owner", "host"};
  return fields;
}

std::vector<std::string> FieldOf(const Source& source, std::string_view field) {
  if (field == "kind") return {std::string(NameOf(source.kind))};
  if (field == "party") return {source.party};
  if (field == "owner") return {source.owner.empty() ? "" : "sources/" + source.owner};
  if (field == "host") return source.hosts;
  std::vector<std::string> names = source.aliases;
  names.push_back(source.display_name);
  return names;
}

// What the engine has learned of a source: its accuracy over all families and how many assertions
// on its word are live.
struct Standing {
  SourceCounts total;
  int64_t assertions = 0;
};

void AddTo(const QuestionView& view, std::map<std::string, Standing>& standings) {
  for (const Contribution& c : view.record->beliefs.lessons.accuracies) {
    SourceCounts& total = standings[c.source].total;
    total.right += c.right;
    total.wrong += c.wrong;
  }
  for (const Explanation& explanation : view.explanations) {
    for (const WitnessTerm& term : explanation.origins) {
      if (term.source.empty()) continue;
      standings[term.source].assertions += static_cast<int64_t>(term.assertions.size());
    }
  }
}

absl::StatusOr<std::map<std::string, Standing>> StandingsIn(
    Engine& engine, const std::vector<std::string>& questions) {
  std::map<std::string, Standing> standings;
  for (const std::string& id : questions) {
    const auto view = engine.FindQuestion(id);
    if (!view.ok()) return view.status();
    if (*view) AddTo(**view, standings);
  }
  return standings;
}

v1::Source Message(const Engine& engine, const Source& source, const Standing& standing) {
  v1::Source wire = ToWire(source);
  wire.set_accuracy(PublishedAccuracy(standing.total, source.kind, engine.parts().config));
  wire.set_accuracy_weight(static_cast<double>(standing.total.right + standing.total.wrong) / 1e6);
  wire.set_assertion_count(standing.assertions);
  return wire;
}

absl::StatusOr<v1::Source> Message(Engine& engine, const Source& source) {
  const auto ids = engine.store().QuestionsOfSource(source.id);
  if (!ids.ok()) return ids.status();
  const auto standings = StandingsIn(engine, *ids);
  if (!standings.ok()) return standings.status();
  const auto found = standings->find(source.id);
  return Message(engine, source, found == standings->end() ? Standing() : found->second);
}

// Of all sources, by one walk through the questions.
absl::StatusOr<std::map<std::string, Standing>> AllStandings(Engine& engine) {
  std::vector<std::string> ids;
  const absl::Status status = engine.store().ScanQuestions("", [&](const QuestionRecord& question) {
    ids.push_back(question.id);
    return true;
  });
  if (!status.ok()) return status;
  return StandingsIn(engine, ids);
}

// The sort value of a source in an order that is computed; bytewise comparison is the order.
std::string SortOf(const v1::Source& source, const std::string& order_by) {
  if (order_by == "accuracy desc") return fmt::format("{:.9f}", 1.0 - source.accuracy());
  return fmt::format("{:020}", INT64_MAX - source.assertion_count());
}

// Sources in an order that hangs on everything recorded.
absl::Status ListByStanding(Engine& engine, const common::Filter& filter,
                            const std::string& order_by, size_t size, const Cursor& after,
                            const std::string& query, v1::ListSourcesResponse& response) {
  const auto standings = AllStandings(engine);
  if (!standings.ok()) return standings.status();
  const auto sources = engine.store().ListSources({}, SIZE_MAX / 2);
  if (!sources.ok()) return sources.status();
  std::map<std::pair<std::string, std::string>, v1::Source> sorted;
  for (const Source& source : *sources) {
    if (!filter.Matches([&](std::string_view field) { return FieldOf(source, field); })) continue;
    const auto found = standings->find(source.id);
    v1::Source message =
        Message(engine, source, found == standings->end() ? Standing() : found->second);
    const std::pair key(SortOf(message, order_by), source.id);
    const bool later = after.id.empty() || key > std::pair(after.value, after.id);
    if (later) sorted.emplace(key, std::move(message));
  }
  Cursor last;
  for (auto& [key, message] : sorted) {
    if (static_cast<size_t>(response.sources_size()) == size) {
      response.set_next_page_token(MakePageToken(last, query));
      break;
    }
    *response.add_sources() = std::move(message);
    last = {key.first, key.second};
  }
  return absl::OkStatus();
}

absl::StatusOr<Source> LookUp(Engine& engine, const std::string& name, std::string_view field) {
  const auto id = IdIn("sources", name, field);
  if (!id.ok()) return id.status();
  const auto directory = engine.directory();
  if (const Source* known = directory->Find(*id); known != nullptr) return *known;
  const auto source = engine.store().FindSource(*id);
  if (!source.ok()) return source.status();
  if (!*source) return common::ResourceNotFound("source", name);
  return **source;
}

absl::Status NameMissing() {
  return common::FieldMissing("source.display_name", "give the name it is known by");
}

absl::Status CheckKind(v1::SourceKind kind) {
  if (kind == v1::SOURCE_KIND_UNSPECIFIED) {
    return common::FieldMissing("source.kind", "say what kind of source it is");
  }
  if (v1::SourceKind_IsValid(kind)) return absl::OkStatus();
  return common::FieldInvalid("source.kind", fmt::format("{}", int{kind}),
                              fmt::format("one of {}", fmt::join(SourceKindNames(), ", ")));
}

// What a caller wrote of a source. A kind that is none is refused before it is made one of ours.
absl::Status CheckWritten(const v1::Source& source) {
  absl::Status status = common::CheckLine("source.display_name", source.display_name());
  for (const std::string& alias : source.aliases()) {
    status.Update(common::RequireLine("source.aliases", alias, "leave out names that are empty"));
  }
  for (const std::string& host : source.hosts()) {
    status.Update(common::RequireLine("source.hosts", host, "leave out hosts that are empty"));
  }
  status.Update(common::CheckLine("source.party", source.party()));
  status.Update(common::CheckLine("source.language", source.language()));
  return status;
}

absl::Status Reply(Engine& engine, const Source& source, v1::Source& response) {
  auto message = Message(engine, source);
  if (!message.ok()) return message.status();
  response = *std::move(message);
  return absl::OkStatus();
}

// What the registry refuses (a name that is taken, an owner that would own itself) names the field.
absl::Status Put(Engine& engine, const std::vector<Source>& sources, const std::string& subject) {
  for (const Source& source : sources) {
    if (source.owner.empty()) continue;
    const auto owner = LookUp(engine, "sources/" + source.owner, "source.owner");
    if (!owner.ok()) return owner.status();
  }
  const absl::Status status = engine.PutSources(sources, subject);
  if (!absl::IsInvalidArgument(status)) return status;
  return common::FieldInvalid("source", sources.front().display_name,
                              std::string(status.message()));
}

absl::Status CopyField(const std::string& path, const Source& from, Source& to) {
  if (path == "display_name") {
    // The id derives from the first name, so the older name stays as an alias.
    to.aliases.push_back(to.display_name);
    to.display_name = from.display_name;
  } else if (path == "kind") {
    to.kind = from.kind;
  } else if (path == "aliases") {
    to.aliases = from.aliases;
  } else if (path == "owner") {
    to.owner = from.owner;
  } else if (path == "party") {
    to.party = from.party;
  } else if (path == "hosts") {
    to.hosts = from.hosts;
  } else if (path == "language") {
    to.language = from.language;
  } else {
    return common::UpdateMaskFieldUnknown(
        path, {"display_name", "kind", "aliases", "owner", "party", "hosts", "language"});
  }
  std::sort(to.aliases.begin(), to.aliases.end());
  to.aliases.erase(std::unique(to.aliases.begin(), to.aliases.end()), to.aliases.end());
  return absl::OkStatus();
}

}  // namespace

absl::Status CreateSource(Engine& engine, const v1::CreateSourceRequest& request,
                          v1::Source& response) {
  absl::Status written = CheckWritten(request.source());
  if (written.ok() && request.source().display_name().empty()) written = NameMissing();
  if (written.ok()) written = CheckKind(request.source().kind());
  if (!written.ok()) return written;
  Source source = FromWire(request.source());
  source.id = SourceId(source.display_name, source.kind == SourceKind::kPerson);
  const auto directory = engine.directory();
  const bool person = source.kind == SourceKind::kPerson;
  std::vector<std::string> names = source.aliases;
  names.push_back(source.display_name);
  for (const std::string& name : names) {
    const Source* taken = directory->Find(directory->Resolve(name, person));
    if (taken != nullptr) return common::ResourceAlreadyExists("source", "sources/" + taken->id);
  }
  if (absl::Status status = Put(engine, {source}, "created"); !status.ok()) return status;
  return Reply(engine, source, response);
}

absl::Status GetSource(Engine& engine, const v1::GetSourceRequest& request, v1::Source& response) {
  const auto source = LookUp(engine, request.name(), "name");
  if (!source.ok()) return source.status();
  return Reply(engine, *source, response);
}

absl::Status ListSources(Engine& engine, const v1::ListSourcesRequest& request,
                         v1::ListSourcesResponse& response) {
  const auto filter = common::Filter::Parse(request.filter(), SourceFields());
  if (!filter.ok()) return filter.status();
  const auto size = PageSize(request.page_size());
  if (!size.ok()) return size.status();
  const std::string& order_by = request.order_by();
  const bool by_name = order_by.empty() || order_by == "display_name";
  if (!by_name && order_by != "assertion_count desc" && order_by != "accuracy desc") {
    return common::FieldInvalid("order_by", order_by,
                                "one of: display_name, assertion_count desc, accuracy desc");
  }
  const std::string query = fmt::format("sources\n{}\n{}", request.filter(), order_by);
  auto cursor = ReadPageToken(request.page_token(), query);
  if (!cursor.ok()) return cursor.status();
  if (!by_name) {
    return ListByStanding(engine, *filter, order_by, *size, *cursor, query, response);
  }
  while (true) {
    const auto sources = engine.store().ListSources(*cursor, *size + 1);
    if (!sources.ok()) return sources.status();
    for (const Source& source : *sources) {
      if (filter->Matches([&](std::string_view field) { return FieldOf(source, field); })) {
        if (static_cast<size_t>(response.sources_size()) == *size) {
          response.set_next_page_token(MakePageToken(*cursor, query));
          return absl::OkStatus();
        }
        auto message = Message(engine, source);
        if (!message.ok()) return message.status();
        *response.add_sources() = *std::move(message);
      }
      *cursor = {source.display_name, source.id};
    }
    if (sources->size() <= *size) return absl::OkStatus();
  }
}

absl::Status UpdateSource(Engine& engine, const v1::UpdateSourceRequest& request,
                          v1::Source& response) {
  auto source = LookUp(engine, request.source().name(), "source.name");
  if (!source.ok()) return source.status();
  const std::string& given = request.source().etag();
  if (!given.empty() && given != EtagOf(*source)) {
    return common::EtagMismatch("source", request.source().name(), given, EtagOf(*source));
  }
  if (request.update_mask().paths().empty()) {
    return common::FieldMissing("update_mask", "name the fields to change");
  }
  if (absl::Status status = CheckWritten(request.source()); !status.ok()) return status;
  const Source wanted = FromWire(request.source());
  for (const std::string& path : request.update_mask().paths()) {
    if (path == "display_name" && wanted.display_name.empty()) return NameMissing();
    if (path == "kind") {
      if (absl::Status status = CheckKind(request.source().kind()); !status.ok()) return status;
    }
    if (absl::Status status = CopyField(path, wanted, *source); !status.ok()) return status;
  }
  if (absl::Status status = Put(engine, {*source}, "updated"); !status.ok()) return status;
  return Reply(engine, *source, response);
}

absl::Status MergeSources(Engine& engine, const v1::MergeSourcesRequest& request,
                          v1::Source& response) {
  const auto kept = LookUp(engine, request.name(), "name");
  if (!kept.ok()) return kept.status();
  if (request.others().empty()) return common::FieldMissing("others", "name what is joined to it");
  const absl::Status written =
      common::RequireNote("reason", request.reason(), "say why, for the record");
  if (!written.ok()) return written;
  std::vector<Source> sources = {*kept};
  for (const std::string& name : request.others()) {
    auto other = LookUp(engine, name, "others");
    if (!other.ok()) return other.status();
    other->merged_into = kept->id;
    sources.push_back(*std::move(other));
  }
  if (absl::Status status = Put(engine, sources, request.reason()); !status.ok()) return status;
  return Reply(engine, *kept, response);
}

absl::Status GetSourceDependence(Engine& engine, const v1::GetSourceDependenceRequest& request,
                                 v1::GetSourceDependenceResponse& response) {
  const auto source = LookUp(engine, request.name(), "name");
  if (!source.ok()) return source.status();
  const double least = request.min_probability();
  if (!(least >= 0.0 && least <= 1.0)) {
    return common::FieldInvalid("min_probability", fmt::format("{}", least), "give 0 to 1");
  }
  const auto size = PageSize(request.page_size());
  if (!size.ok()) return size.status();
  const std::string query = fmt::format("dependence\n{}\n{}", request.name(), least);
  const auto after = ReadPageToken(request.page_token(), query);
  if (!after.ok()) return after.status();
  const auto dependences = engine.DependencesOf(*source);
  if (!dependences.ok()) return dependences.status();
  Cursor last;
  const double prior = CopyPrior(engine.parts().config.copying.model).dependent();
  for (const SourceDependence& dependence : *dependences) {
    const double probability = dependence.posterior.dependent();
    if (least > 0.0 ? probability < least : probability <= prior) break;
    const std::string sort = fmt::format("{:.17f}", 1.0 - probability);
    if (!after->id.empty() &&
        std::pair(sort, dependence.other.id) <= std::pair(after->value, after->id)) {
      continue;
    }
    if (static_cast<size_t>(response.dependences_size()) == *size) {
      response.set_next_page_token(MakePageToken(last, query));
      break;
    }
    last = {sort, dependence.other.id};
    const auto claims = engine.SharedErrors(source->id, dependence.other.id);
    if (!claims.ok()) return claims.status();
    *response.add_dependences() = ToWire(*source, dependence, *claims);
  }
  return absl::OkStatus();
}

}  // namespace consilience::corroboration
