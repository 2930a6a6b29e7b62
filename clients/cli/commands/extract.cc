// consil extract: what texts assert, without any server.
#include <thread>

#include "clients/cli/commands/commands.h"
#include "clients/cli/commands/support.h"
#include "clients/cli/input/input_reader.h"
#include "clients/cli/offline/annotate.h"
#include "clients/cli/offline/ordered_pool.h"
#include "clients/cli/output/progress.h"
#include "clients/cli/render/numbers.h"
#include "fmt/format.h"
#include "services/common/text/utf8.h"
#include "services/extraction/extractor.h"
#include "services/extraction/json/analysis_json.h"
#include "services/extraction/pack/rules_path.h"

namespace consilience::cli {
namespace {

constexpr int kMostThreads = 1024;

struct ExtractOptions {
  std::vector<std::string> paths;
  std::string manifest;
  std::string date;
  std::string rules;
  std::vector<std::string> packs;
  bool explain = false;
  size_t threads = 0;
};

bool HasRows(const Context& context) {
  return context.is_text() || context.format() == Format::kCsv || context.format() == Format::kTsv;
}

// One document's result, made on a worker: text ready to write, or rows of the table.
struct Extracted {
  std::string text;
  std::vector<Row> rows;
  std::string problem;  // why there is none
  std::string warning;
};

class Extraction {
 public:
  Extraction(const Context& context, const ExtractOptions& options,
             const extraction::Extractor& extractor)
      : context_(context), options_(options), extractor_(extractor) {}

  Extracted operator()(const InputItem& item) const {
    Extracted result;
    if (!item.status.ok()) {
      result.problem = std::string(item.status.message());
      return result;
    }
    if (const auto broken = common::FindInvalidUtf8(item.content)) {
      result.problem = fmt::format(
          "{}: not UTF-8 at byte {}; convert it first, for instance with `iconv -t UTF-8`",
          item.label, *broken);
      return result;
    }
    if (!item.date_status.ok()) {
      result.warning = std::string(item.date_status.message()) + "; taken as unknown";
    }
    // The extractor wants the day alone.
    const std::string& date = item.metadata.date.empty() ? options_.date : item.metadata.date;
    const extraction::Analysis analysis = extractor_.Extract({.text = item.content,
                                                              .published = date.substr(0, 10),
                                                              .outlet = item.metadata.outlet,
                                                              .title = item.metadata.title});
    if (options_.explain) {
      result.text =
          Annotated(item.id, item.content, analysis, context_.palette(), context_.width());
    } else if (HasRows(context_)) {
      for (const extraction::Assertion& assertion : analysis.assertions) {
        result.rows.push_back(AssertionRow(item.id, item.content, assertion));
      }
    } else if (context_.format() == Format::kName) {
      result.text = item.id;
    } else {
      result.text = extraction::ToJson(item.id, item.content, analysis);
    }
    return result;
  }

 private:
  const Context& context_;
  const ExtractOptions& options_;
  const extraction::Extractor& extractor_;
};

// Writes results as they come, in the order of the input.
class ResultWriter {
 public:
  ResultWriter(Context& context, bool explain, Sink& sink, Progress& progress)
      : context_(context),
        explain_(explain),
        sink_(sink),
        progress_(progress),
        records_(sink, context.format(), AssertionColumns(), context.width(), context.palette()) {}

  void Write(const Extracted& result) {
    progress_.Advance(1);
    if (!result.warning.empty()) Say(result.warning);
    if (!result.problem.empty()) {
      ++problems_;
      Say("refused " + result.problem);
      return;
    }
    for (const Row& row : result.rows) {
      records_.Write({.cells = row, .message = nullptr, .name = ""});
    }
    if (explain_) {
      sink_.Write(result.text);
    } else if (context_.format() == Format::kJson) {
      sink_.Write((documents_ == 0 ? "[\n" : ",\n") + result.text);
    } else if (!result.text.empty()) {
      sink_.Write(result.text + "\n");
    }
    ++documents_;
  }

  void Finish() {
    if (!explain_ && context_.format() == Format::kJson) {
      sink_.Write(documents_ == 0 ? "[]\n" : "\n]\n");
    } else if (!explain_ && HasRows(context_)) {
      records_.Finish();
    }
  }

  size_t problems() const { return problems_; }

 private:
  void Say(const std::string& line) {
    progress_.Clear();
    context_.Warn(line);
  }

  Context& context_;
  const bool explain_;
  Sink& sink_;
  Progress& progress_;
  RecordWriter records_;
  size_t documents_ = 0;
  size_t problems_ = 0;
};

absl::StatusOr<extraction::Extractor> LoadExtractor(const ExtractOptions& options) {
  const auto rules = extraction::FindRules(options.rules);
  if (!rules.ok()) return rules.status();
  return extraction::Extractor::Load(*rules, {options.packs.begin(), options.packs.end()});
}

absl::StatusOr<int> Extract(Context& context, const ExtractOptions& options) {
  if (absl::Status status = CheckDay(options.date, "--date"); !status.ok()) return status;
  auto reader = InputReader::Open(options.paths, options.manifest);
  if (!reader.ok()) return reader.status();
  const auto extractor = LoadExtractor(options);
  if (!extractor.ok()) return extractor.status();
  auto sink = context.Output(context.is_text());
  if (!sink.ok()) return sink.status();

  const bool reads_quietly = context.shows_progress() && !context.terminal().output_is_terminal;
  Progress progress("documents", reader->total(), reads_quietly);
  ResultWriter writer(context, options.explain, **sink, progress);
  const size_t threads =
      options.threads > 0 ? options.threads : std::max(1U, std::thread::hardware_concurrency());
  RunOrdered<InputItem, Extracted>(
      threads, [&] { return reader->Next(); }, Extraction(context, options, *extractor),
      [&](const Extracted& result) { writer.Write(result); });
  writer.Finish();
  progress.Clear();
  return writer.problems() == 0 ? kSuccess : kFailure;
}

}  // namespace

void AddExtract(CLI::App& parent, Context& context) {
  auto options = std::make_shared<ExtractOptions>();
  CLI::App* command = AddCommand(
      parent, "extract",
      "Find what texts assert, without any server. With -o jsonl one line a document, in the order "
      "of "
      "the input: {\"id\", \"assertions\", \"mentions\"}.",
      "  consil extract article.txt --date 2016-11-22\n"
      "  consil extract article.txt --date 2016-11-22 --explain\n"
      "  consil extract articles/ --manifest manifest.jsonl -o jsonl --out assertions.jsonl\n"
      "  consil extract - -o jsonl < batch.jsonl\n");
  command
      ->add_option(
          "path", options->paths,
          "files, folders, or - for stdin: text, HTML, RSS and Atom, WARC, archives; *.jsonl "
          "holds one {id, text, date, source} a line")
      ->required();
  command
      ->add_option("--manifest", options->manifest,
                   "JSONL that says what is known of each file: {file, date, outlet, url, title}")
      ->option_text("FILE");
  command->add_option("--date", options->date, "day of publication of those that state none")
      ->option_text("DAY");
  command->add_flag("--explain", options->explain,
                    "the text with its assertions marked, and what each was understood to say");
  command
      ->add_option("--rules", options->rules, "folder of the rules [those that came with consil]")
      ->option_text("DIR");
  command->add_option("--pack", options->packs, "a rule pack of your own; may be repeated")
      ->option_text("DIR");
  command->add_option("--threads", options->threads, "how many to work with [all cores]")
      ->option_text("N")
      ->check(CLI::Range(0, kMostThreads));
  Run(command, context, options, Extract);
}

}  // namespace consilience::cli
