#include "clients/cli/help.h"

#include <algorithm>

#include "clients/cli/output/text_width.h"
#include "clients/cli/suggest.h"
#include "fmt/format.h"

namespace consilience::cli {
namespace {

constexpr int kWidest = 100;
constexpr int kNarrowest = 36;
// Names wider than this share of a line stand on a line of their own.
constexpr double kNameShare = 0.3;

}  // namespace

std::string FullName(const CLI::App* app) {
  std::string name = app->get_name();
  for (const CLI::App* up = app->get_parent(); up != nullptr; up = up->get_parent()) {
    name.insert(0, up->get_name() + " ");
  }
  return name;
}

namespace {

struct Entry {
  std::string name;
  std::string text;
};

std::string Listed(const std::string& title, const std::vector<Entry>& entries, int page) {
  if (entries.empty()) return "";
  const int most = static_cast<int>(kNameShare * page);
  int width = 0;
  for (const Entry& entry : entries) {
    if (DisplayWidth(entry.name) <= most) {
      width = std::max(width, DisplayWidth(entry.name));
    }
  }
  std::string out = "\n" + title + ":\n";
  for (const Entry& entry : entries) {
    std::string begin = "  " + PaddedRight(entry.name, width) + "  ";
    for (const std::string& line : Wrapped(entry.text, page - width - 4)) {
      if (DisplayWidth(begin) > width + 4) {
        out += begin.substr(0, begin.find_last_not_of(' ') + 1) + "\n";
        begin = std::string(static_cast<size_t>(width) + 4, ' ');
      }
      out += begin + line + "\n";
      begin = std::string(static_cast<size_t>(width) + 4, ' ');
    }
  }
  return out;
}

std::string OptionName(const CLI::Option* option) {
  std::string name;
  for (const std::string& short_name : option->get_snames()) name += "-" + short_name + ", ";
  for (const std::string& long_name : option->get_lnames()) name += "--" + long_name + ", ";
  if (name.size() >= 2) name.resize(name.size() - 2);
  if (option->get_items_expected_max() != 0 && !option->get_option_text().empty()) {
    name += " " + option->get_option_text();
  }
  return name;
}

std::string PositionalName(const CLI::Option* option) {
  std::string name = option->get_name(true);
  if (option->get_items_expected_max() > 1) name += "…";
  return option->get_required() ? name : "[" + name + "]";
}

bool IsGlobal(const CLI::Option* option) { return option->get_group() == kGlobalOptions; }

std::string Usage(const CLI::App* app) {
  std::string usage = "\nUsage: " + FullName(app);
  if (!CommandsOf(*app).empty()) return usage + " COMMAND …\n";
  for (const CLI::Option* option : app->get_options()) {
    if (option->get_positional()) usage += " " + PositionalName(option);
  }
  return usage + " [options]\n";
}

// The option that `word` ("--state=x", "-o") names, here or further up.
const CLI::Option* FindOption(const CLI::App* app, const std::string& word) {
  const std::string name = word.substr(0, word.find('='));
  for (; app != nullptr; app = app->get_parent()) {
    for (const CLI::Option* option : app->get_options()) {
      if (option->nonpositional() && option->check_name(name)) return option;
      // "-ojson": a short option with its value.
      if (name.size() > 2 && name[1] != '-' && option->nonpositional() &&
          option->check_name(name.substr(0, 2))) {
        return option;
      }
    }
  }
  return nullptr;
}

std::string UnknownOption(const CLI::App* app, const std::string& word) {
  const std::string name = word.substr(0, word.find('='));
  std::vector<std::string> known;
  for (const CLI::App* up = app; up != nullptr; up = up->get_parent()) {
    for (const CLI::Option* option : up->get_options()) {
      for (const std::string& long_name : option->get_lnames()) known.push_back("--" + long_name);
    }
  }
  const auto nearest = Nearest(name, known);
  return fmt::format("{} has no option {}{}\n  `{} --help` lists them.", FullName(app), name,
                     nearest ? fmt::format("; did you mean {}?", *nearest) : "", FullName(app));
}

std::string UnknownCommand(const CLI::App* app, const std::string& word) {
  std::vector<std::string> known;
  for (const CLI::App* command : CommandsOf(*app)) known.push_back(command->get_name());
  const auto nearest = Nearest(word, known);
  return fmt::format("{} has no command \"{}\"{}\n  `{} --help` lists them.", FullName(app), word,
                     nearest ? fmt::format("; did you mean \"{}\"?", *nearest) : "", FullName(app));
}

}  // namespace

std::vector<const CLI::App*> CommandsOf(const CLI::App& app) {
  std::vector<const CLI::App*> commands;
  for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; })) {
    if (!command->get_group().empty()) commands.push_back(command);
  }
  return commands;
}

HelpFormatter::HelpFormatter(int columns)
    : width_(columns == 0 ? kWidest : std::clamp(columns, kNarrowest, kWidest)) {}

std::string HelpFormatter::make_help(const CLI::App* app, std::string /*name*/,
                                     CLI::AppFormatMode /*mode*/) const {
  std::string out;
  for (const std::string& line : Wrapped(app->get_description(), width_)) out += line + "\n";
  if (!app->get_footer().empty()) out += "\nExamples:\n" + app->get_footer();
  out += Usage(app);

  std::vector<Entry> commands;
  for (const CLI::App* command : CommandsOf(*app)) {
    const std::string text = command->get_description();
    commands.push_back({command->get_name(), text.substr(0, text.find(". "))});
  }
  out += Listed("Commands", commands, width_);

  std::vector<Entry> positionals;
  std::vector<Entry> options;
  std::vector<Entry> global;
  for (const CLI::Option* option : app->get_options()) {
    if (option->get_group().empty()) continue;
    if (option->get_positional()) {
      positionals.push_back({PositionalName(option), option->get_description()});
    } else {
      (IsGlobal(option) ? global : options)
          .push_back({OptionName(option), option->get_description()});
    }
  }
  out += Listed("Arguments", positionals, width_) + Listed("Options", options, width_) +
         Listed(kGlobalOptions, global, width_);
  if (app->get_parent() != nullptr) {
    out += "\nOptions of every command (-o, --out, --server, …): consil --help\n";
  }
  return out;
}

std::optional<std::string> FindTypo(const CLI::App& root, const std::vector<std::string>& words) {
  const CLI::App* app = &root;
  for (size_t i = 0; i < words.size(); ++i) {
    const std::string& word = words[i];
    if (word == "--") return std::nullopt;
    if (word.size() > 1 && word.front() == '-') {
      const CLI::Option* option = FindOption(app, word);
      if (option == nullptr) {
        const bool is_number = word.find_first_not_of("-.0123456789") == std::string::npos;
        if (is_number) continue;
        return UnknownOption(app, word);
      }
      const bool has_value =
          word.find('=') != std::string::npos || (word[1] != '-' && word.size() > 2);
      if (option->get_items_expected_max() > 0 && !has_value) ++i;
      continue;
    }
    const std::vector<const CLI::App*> commands = CommandsOf(*app);
    if (commands.empty()) continue;
    const auto command =
        std::find_if(commands.begin(), commands.end(),
                     [&](const CLI::App* candidate) { return candidate->check_name(word); });
    if (command == commands.end()) return UnknownCommand(app, word);
    app = *command;
  }
  return std::nullopt;
}

}  // namespace consilience::cli
