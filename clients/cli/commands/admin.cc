// consil admin export | import | verify: a whole installation as one file, and out of it again.
#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

#include "clients/cli/admin/stores.h"
#include "clients/cli/commands/commands.h"
#include "clients/cli/commands/support.h"
#include "clients/cli/output/progress.h"
#include "clients/cli/output/sink.h"
#include "fmt/format.h"
#include "services/common/store/transfer/stream.h"
#include "services/common/store/transfer/transfer.h"

namespace consilience::cli {
namespace {

using common::transfer::Access;
using common::transfer::Manifest;

constexpr char kStandard[] = "-";  // stdin or stdout
constexpr size_t kChunk = size_t{1} << 17U;

struct AdminOptions {
  std::string file;
  StorePlaces places;
};

// A file or stdin, chunk by chunk.
class Input {
 public:
  static absl::StatusOr<std::unique_ptr<Input>> Open(const std::string& path) {
    if (path == kStandard) return std::make_unique<Input>("the input", STDIN_FILENO);
    const int descriptor = open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) return Unreadable(path);
    return std::make_unique<Input>(path, descriptor);
  }
  Input(std::string name, int descriptor) : name_(std::move(name)), descriptor_(descriptor) {}
  ~Input() {
    if (descriptor_ != STDIN_FILENO) close(descriptor_);
  }
  Input(const Input&) = delete;
  Input& operator=(const Input&) = delete;

  const std::string& name() const { return name_; }
  absl::StatusOr<std::string_view> Read() {
    while (true) {
      const ssize_t bytes = read(descriptor_, chunk_.data(), chunk_.size());
      if (bytes >= 0) return std::string_view(chunk_.data(), static_cast<size_t>(bytes));
      if (errno != EINTR) return Unreadable(name_);
    }
  }

 private:
  static absl::Status Unreadable(const std::string& name) {
    return absl::NotFoundError(fmt::format("{} cannot be read: {}", name, std::strerror(errno)));
  }

  const std::string name_;
  const int descriptor_;
  std::array<char, kChunk> chunk_{};
};

// "5 documents, 1,204 rows in all".
std::string Contents(const Manifest& manifest) {
  std::int64_t rows = 0;
  std::int64_t documents = 0;
  for (const auto& table : manifest.tables) {
    rows += table.rows;
    if (table.name == "ingest.document") documents = table.rows;
  }
  return fmt::format("{} document{}, {} rows in all", documents, documents == 1 ? "" : "s", rows);
}

// The digest alone on stdout, so that two of them can be compared; the rest on stderr.
absl::StatusOr<int> Report(Context& context, std::string_view done, const Manifest& manifest) {
  auto sink = context.Output(false);
  if (!sink.ok()) return sink.status();
  (*sink)->Write(manifest.Digest() + "\n");
  context.Note(fmt::format("{} {}.", done, Contents(manifest)));
  return kSuccess;
}

// The rows that are done, on a line that rewrites itself.
common::transfer::Advance Advancing(Progress& progress) {
  return [&progress](std::int64_t rows) { progress.Advance(static_cast<size_t>(rows)); };
}

absl::StatusOr<int> ExportAll(Context& context, const AdminOptions& options) {
  const bool to_stdout = options.file == kStandard;
  if (to_stdout && context.terminal().output_is_terminal) {
    return absl::InvalidArgumentError("an export is no text for a terminal; name a file");
  }
  auto installation = OpenInstallation(options.places, Access::kRead);
  if (!installation.ok()) return installation.status();
  auto file = to_stdout ? Sink::ToStdout() : Sink::ToFile(options.file);
  if (!file.ok()) return file.status();
  Progress progress("rows", 0, context.shows_progress());
  common::transfer::StreamWriter writer([&](std::string_view bytes) {
    (*file)->Write(bytes);
    return absl::OkStatus();
  });
  const auto manifest = Export(installation->parts, writer, Advancing(progress));
  progress.Clear();
  if (!manifest.ok()) return manifest.status();
  if (absl::Status status = (*file)->Close(); !status.ok()) return status;
  if (!to_stdout) return Report(context, "Exported", *manifest);
  context.Note(fmt::format("Exported {}: {}", Contents(*manifest), manifest->Digest()));
  return kSuccess;
}

absl::StatusOr<int> ReadAll(Context& context, const AdminOptions& options,
                            std::span<const common::transfer::Part> parts, std::string_view done) {
  const auto input = Input::Open(options.file);
  if (!input.ok()) return input.status();
  Progress progress("rows", 0, context.shows_progress());
  common::transfer::StreamReader reader((*input)->name(), [&] { return (*input)->Read(); });
  const auto manifest = Import(parts, reader, Advancing(progress));
  progress.Clear();
  if (!manifest.ok()) return manifest.status();
  return Report(context, done, *manifest);
}

absl::StatusOr<int> ImportAll(Context& context, const AdminOptions& options) {
  auto installation = OpenInstallation(options.places, Access::kWrite);
  if (!installation.ok()) return installation.status();
  return ReadAll(context, options, installation->parts, "Imported");
}

absl::StatusOr<int> VerifyAll(Context& context, const AdminOptions& options) {
  return ReadAll(context, options, PartsOnly(), "Whole:");
}

using RunAdmin = absl::StatusOr<int> (*)(Context&, const AdminOptions&);

CLI::App* AddVerb(CLI::App& admin, Context& context, const std::string& name, RunAdmin run,
                  const std::string& description, const std::string& examples) {
  auto options = std::make_shared<AdminOptions>();
  CLI::App* command = AddCommand(admin, name, description, examples);
  command->add_option("file", options->file, "the file; - is stdout or stdin")
      ->option_text("FILE")
      ->required();
  if (run != &VerifyAll) {
    StorePlaces& places = options->places;
    command
        ->add_option("--store", places.both,
                     "folder of consilienced, postgres://USER@HOST/DATABASE, or file:PATH of a "
                     "file that holds such a line")
        ->option_text("WHERE");
    command->add_option("--ingest-store", places.ingest, "the same, of ingest alone")
        ->option_text("WHERE");
    command
        ->add_option("--corroboration-store", places.corroboration,
                     "the same, of corroboration alone")
        ->option_text("WHERE");
  }
  Run(command, context, options, run);
  return command;
}

}  // namespace

void AddAdmin(CLI::App& parent, Context& context) {
  CLI::App* admin = AddCommand(parent, "admin",
                               "Moves and backs up what the services keep, while they are stopped",
                               "  consil admin export backup.consilience --store data\n"
                               "  consil admin verify backup.consilience\n");
  admin->require_subcommand(1);
  AddVerb(*admin, context, "export", &ExportAll,
          "Writes everything that ingest and corroboration keep into one file; prints its digest",
          "  consil admin export backup.consilience --store data\n"
          "  consil admin export - --store postgres://ann@db/news | ssh vault 'cat > backup'\n");
  AddVerb(*admin, context, "import", &ImportAll,
          "Puts such a file into new stores of either kind; prints the digest of what they keep",
          "  consil admin import backup.consilience --store postgres://ann@db/news\n"
          "  consil admin import backup.consilience --ingest-store /var/lib/ingest "
          "--corroboration-store /var/lib/corroboration\n");
  AddVerb(*admin, context, "verify", &VerifyAll,
          "Reads such a file to its end without keeping it; prints its digest",
          "  consil admin verify backup.consilience\n");
}

}  // namespace consilience::cli
