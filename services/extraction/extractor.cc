#include "services/extraction/extractor.h"

#include <algorithm>
#include <utility>

#include "services/extraction/attribution/attribution.h"
#include "services/extraction/frames/actor_context.h"
#include "services/extraction/frames/attribution_context.h"
#include "services/extraction/frames/context.h"
#include "services/extraction/frames/currencies.h"
#include "services/extraction/frames/draft_builder.h"
#include "services/extraction/frames/frame_finder.h"
#include "services/extraction/frames/links.h"
#include "services/extraction/frames/rates.h"
#include "services/extraction/frames/repeats.h"
#include "services/extraction/frames/scene.h"
#include "services/extraction/frames/speaker_mending.h"
#include "services/extraction/frames/units.h"
#include "services/extraction/frames/withdrawn.h"
#include "services/extraction/pack/digest.h"
#include "services/extraction/place/place_finder.h"
#include "services/extraction/population/people_finder.h"
#include "services/extraction/population/population_lexicon.h"
#include "services/extraction/quantity/number_reader.h"
#include "services/extraction/quantity/quantity_tagger.h"
#include "services/extraction/text/text.h"
#include "services/extraction/time/time_tagger.h"

namespace consilience::extraction {
namespace {

// Longer sentences are read in pieces, so that no text makes matching slow.
constexpr uint32_t kMaxSentence = 400;

// How many sentences after an assertion a rule that follows one may still speak.
constexpr uint32_t kFollowReach = 6;
constexpr size_t kFollowDrafts = 32;  // and how many assertions

// Packs of the shipped rules, in the order in which they build on one another.
constexpr std::string_view kShippedPacks[] = {"grammar", "conflict", "general"};

// What is around an article is not what it says.
bool IsRead(SegmentKind kind) {
  return kind != SegmentKind::kRepeatedHeadline && kind != SegmentKind::kLanguageBar &&
         kind != SegmentKind::kFurniture && kind != SegmentKind::kCaption;
}

bool IsHeading(SegmentKind kind) {
  return kind == SegmentKind::kHeadline || kind == SegmentKind::kSubheading;
}

// Moves `next` on to the first of the people that end in the sentence or after it.
ClassSet PossibleClasses(const Scene& scene, const Sentence& sentence,
                         std::span<const People> people, size_t& next) {
  while (next < people.size() && people[next].end <= sentence.begin) ++next;
  ClassSet all = scene.PossibleClasses(sentence);
  for (size_t i = next; i < people.size() && people[i].begin < sentence.end; ++i) {
    all.set(kPop);  // also those within the name of a party
    AddClassesOf(people[i], all);
  }
  return all;
}

// What the text has just said, newest first, for rules that follow something.
void SetSaidLately(const std::vector<Draft>& drafts, uint32_t sentence, std::vector<Said>& said) {
  said.clear();
  const size_t first = drafts.size() > kFollowDrafts ? drafts.size() - kFollowDrafts : 0;
  for (size_t i = drafts.size(); i-- > first && drafts[i].sentence + kFollowReach >= sentence;) {
    said.push_back({drafts[i].assertion.kind, drafts[i].assertion.measure});
  }
}

// A heading says in short what the text below says in full; only its figures are read.
void KeepCasualties(std::vector<Draft>& drafts, size_t first) {
  const auto begin = drafts.begin() + static_cast<std::ptrdiff_t>(first);
  drafts.erase(
      std::remove_if(begin, drafts.end(),
                     [](const Draft& draft) { return draft.assertion.kind != Kind::kCasualty; }),
      drafts.end());
}

}  // namespace

// Everything that is built once from the data and then only read. The stages hold references into
// it, so it never moves.
struct Extractor::Rules {
  Vocabulary vocabulary;
  std::optional<TextAnalyser> text;
  std::optional<NumberReader> numbers;
  std::optional<TimeTagger> times;
  std::optional<QuantityTagger> quantities;
  std::optional<Gazetteer> gazetteer;
  std::optional<PlaceFinder> places;
  std::optional<PopulationLexicon> population;
  RulePacks packs;
  std::optional<PeopleFinder> people;
  std::optional<UnitBuilder> units;
  std::optional<FrameFinder> frames;
  std::optional<DraftBuilder> drafts;
  PlaceSources place_sources;
  ActorSources actor_sources;
  std::optional<WithdrawnClasses> withdrawn;
  TimeClasses time_classes;
  std::optional<AttributionFinder> attributions;
  std::string digest;

  absl::Status LoadLexicons(const std::filesystem::path& folder);
  absl::Status LoadPacks(const std::filesystem::path& folder,
                         const std::vector<std::filesystem::path>& user);
  std::vector<Draft> FindDrafts(const Scene& scene) const;
  std::vector<int> TitlePlaces(const Document& document) const;
};

absl::Status Extractor::Rules::LoadLexicons(const std::filesystem::path& folder) {
  // First, because it knows which words are common and should have the first numbers.
  auto reporting = AttributionFinder::Load(folder, vocabulary);
  if (!reporting.ok()) return reporting.status();
  attributions.emplace(*std::move(reporting));
  auto analyser = TextAnalyser::Load(folder, vocabulary);
  if (!analyser.ok()) return analyser.status();
  text.emplace(*std::move(analyser));
  auto reader = NumberReader::Load(folder, vocabulary);
  if (!reader.ok()) return reader.status();
  numbers.emplace(*std::move(reader));
  auto timer = TimeTagger::Load(folder, vocabulary);
  if (!timer.ok()) return timer.status();
  times.emplace(*std::move(timer));
  auto tagger = QuantityTagger::Load(folder, vocabulary);
  if (!tagger.ok()) return tagger.status();
  quantities.emplace(*std::move(tagger));
  auto names = Gazetteer::Load(folder, vocabulary);
  if (!names.ok()) return names.status();
  gazetteer.emplace(*std::move(names));
  auto finder = PlaceFinder::Load(folder, *gazetteer, vocabulary);
  if (!finder.ok()) return finder.status();
  places.emplace(*std::move(finder));
  auto terms = PopulationLexicon::Load(folder, vocabulary);
  if (!terms.ok()) return terms.status();
  population.emplace(*std::move(terms));
  return absl::OkStatus();
}

absl::Status Extractor::Rules::LoadPacks(const std::filesystem::path& folder,
                                         const std::vector<std::filesystem::path>& user) {
  for (const std::string_view pack : kShippedPacks) {
    if (absl::Status s = packs.Load(folder / pack, vocabulary); !s.ok()) return s;
  }
  for (const std::filesystem::path& extra : user) {
    if (absl::Status s = packs.Load(extra, vocabulary); !s.ok()) return s;
  }
  if (absl::Status s = packs.Build(vocabulary); !s.ok()) return s;
  people.emplace(*population, packs.classes());
  units.emplace(*population, packs);
  frames.emplace(packs);
  drafts.emplace(*population, packs.classes());
  const ClassTable& classes = packs.classes();
  time_classes = {classes.Find("$begin"), classes.Find("$compared"), classes.Find("$have"),
                  classes.Find("$elsewhere"), classes.Find("$rise")};
  actor_sources = {&*population, classes.Find("$have"), classes.Find("$modal"),
                   classes.Find("$adv"), classes.Find("$advance.noun")};
  withdrawn.emplace(classes);
  place_sources = {&*gazetteer,
                   &*places,
                   &*population,
                   classes.Find("$in"),
                   classes.Find("$who"),
                   classes.Find("$have"),
                   classes.Find("$war"),
                   classes.Find("$area"),
                   classes.Find("$captured.pp"),
                   classes.Find("$carried_to"),
                   classes.Find("$sent"),
                   classes.Find("$with_parts"),
                   classes.Find("$sender"),
                   classes.Find("$audience"),
                   classes.Find("$facility"),
                   classes.Find("$including")};
  return absl::OkStatus();
}

std::vector<Draft> Extractor::Rules::FindDrafts(const Scene& scene) const {
  const std::vector<People> found = people->Find(scene);
  std::vector<Draft> result;
  result.reserve(scene.text().sentences().size());  // more than most texts assert: none is moved
  UnitRow row;
  row.units.reserve(kMaxSentence);
  row.classes.reserve(kMaxSentence);
  std::vector<Said> said;
  size_t next_people = 0;
  const Text& analysed = scene.text();
  for (size_t i = 0; i < analysed.sentences().size(); ++i) {
    const Sentence& sentence = analysed.sentences()[i];
    if (sentence.begin == sentence.end) continue;
    const SegmentKind segment = analysed.segments()[analysed.SegmentOf(sentence.begin)].kind;
    if (!IsRead(segment)) continue;
    for (uint32_t begin = sentence.begin; begin < sentence.end; begin += kMaxSentence) {
      Sentence piece = sentence;
      piece.begin = begin;
      piece.end = std::min(sentence.end, begin + kMaxSentence);
      if (!frames->MayMatch(PossibleClasses(scene, piece, found, next_people))) continue;
      units->Build(scene, piece, found, next_people, row);
      const size_t first = result.size();
      const auto at = static_cast<uint32_t>(i);
      SetSaidLately(result, at, said);
      const std::vector<Frame> matched = frames->Find(row, found, said);
      drafts->Build(scene, row, found, matched, at, result);
      if (IsHeading(segment)) KeepCasualties(result, first);
    }
  }
  return result;
}

Extractor::Extractor(std::unique_ptr<Rules> rules) : rules_(std::move(rules)) {}
Extractor::Extractor(Extractor&&) noexcept = default;
Extractor& Extractor::operator=(Extractor&&) noexcept = default;
Extractor::~Extractor() = default;

const RulePacks& Extractor::packs() const { return rules_->packs; }
const Gazetteer& Extractor::gazetteer() const { return *rules_->gazetteer; }
const std::string& Extractor::digest() const { return rules_->digest; }

absl::StatusOr<Extractor> Extractor::Load(const std::filesystem::path& rules,
                                          const std::vector<std::filesystem::path>& packs) {
  auto loaded = std::make_unique<Rules>();
  if (absl::Status s = loaded->LoadLexicons(rules); !s.ok()) return s;
  if (absl::Status s = loaded->LoadPacks(rules, packs); !s.ok()) return s;
  std::vector<std::filesystem::path> folders = {rules};
  folders.insert(folders.end(), packs.begin(), packs.end());
  auto digest = DigestRules(folders);
  if (!digest.ok()) return digest.status();
  loaded->digest = *std::move(digest);
  return Extractor(std::move(loaded));
}

// Places in the gazetteer that a headline names which the text does not begin with.
std::vector<int> Extractor::Rules::TitlePlaces(const Document& document) const {
  std::vector<int> named;
  if (document.title.empty() || document.text.starts_with(document.title)) return named;
  for (const FoundPlace& place : places->Find(text->Analyse(document.title))) {
    if (place.place >= 0) named.push_back(place.place);
  }
  return named;
}

Analysis Extractor::Extract(const Document& document) const {
  Analysis analysis;
  analysis.rules_digest = rules_->digest;
  const Text text = rules_->text->Analyse(document.text);
  std::vector<Number> numbers = rules_->numbers->Read(text);
  analysis.times = rules_->times->Tag(text, numbers, document.published);
  analysis.quantities = rules_->quantities->Tag(text, analysis.times, numbers);
  analysis.numbers.assign(numbers.begin(), numbers.end());
  std::vector<FoundPlace> places = rules_->places->Find(text);
  const Scene scene(text, rules_->packs.words(), analysis.quantities, analysis.times, places);
  std::vector<Draft> drafts = rules_->FindDrafts(scene);
  AttributionResult reported = rules_->attributions->Find(text);
  analysis.attributions = std::move(reported.attributions);
  MendSpeakers(scene, analysis.attributions);
  JoinAttributions(scene, analysis.attributions, reported.credits, drafts);
  DropCountedSpeakers(analysis.attributions, drafts);
  JudgeWithdrawn(scene, *rules_->withdrawn, analysis.attributions, drafts);
  TellRates(scene, drafts);
  const ScenePlaces scene_places(scene, rules_->place_sources, analysis.attributions,
                                 rules_->TitlePlaces(document));
  ResolvePlaces(scene, scene_places, rules_->place_sources, analysis.attributions, drafts);
  NameCurrencies(*rules_->gazetteer, scene_places.Country(), drafts);
  ResolveTimes(scene, rules_->time_classes, analysis.attributions, document.published, drafts);
  InheritEventDays(scene, rules_->time_classes, document.published, drafts);
  EndPastStates(scene, document.published, drafts);
  ResolveActors(scene, rules_->actor_sources, scene_places.Country(), analysis.attributions,
                drafts);
  SettleOthers(drafts);
  MergeRepeats(*rules_->gazetteer, drafts);
  DropIdleConfirmations(drafts);
  AddStatements(scene, analysis.attributions, drafts);
  LinkDenials(scene.text(), *rules_->attributions, drafts);
  LinkConfirmations(drafts);
  analysis.places.reserve(places.size());
  for (FoundPlace& place : places) analysis.places.push_back(std::move(place.mention));
  analysis.assertions.reserve(drafts.size());
  for (Draft& draft : drafts) analysis.assertions.push_back(std::move(draft.assertion));
  return analysis;
}

}  // namespace consilience::extraction
