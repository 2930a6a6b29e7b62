// consil man: manual pages, made from the command tree, so that they cannot lag behind it.
#include "clients/cli/commands/commands.h"
#include "clients/cli/commands/support.h"
#include "clients/cli/help.h"
#include "fmt/format.h"

namespace consilience::cli {
namespace {

struct ManOptions {
  std::vector<std::string> path;
};

// Text as roff prints it: dashes stay dashes, and no line is taken for a request.
std::string Roff(const std::string& text) {
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool begins_line = i == 0 || text[i - 1] == '\n';
    if (begins_line && (c == '.' || c == '\'')) out += "\\&";
    if (c == '\\') {
      out += "\\e";
    } else if (c == '-') {
      out += "\\-";
    } else {
      out += c;
    }
  }
  return out;
}

std::string Dashed(std::string name) {
  for (char& c : name) {
    if (c == ' ') c = '-';
  }
  return name;
}

std::string Upper(std::string name) {
  for (char& c : name) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return name;
}

std::string OptionsOf(const CLI::App& app, bool global) {
  std::string text;
  for (const CLI::Option* option : app.get_options()) {
    if (option->get_group().empty() || (option->get_group() == kGlobalOptions) != global) continue;
    std::string names = option->get_positional() ? option->get_name(true) : option->get_name();
    if (!option->get_positional() && !option->get_option_text().empty()) {
      names += " " + option->get_option_text();
    }
    text += fmt::format(".TP\n.B {}\n{}\n", Roff(names), Roff(option->get_description()));
  }
  return text;
}

std::string Section(const char* title, const std::string& text) {
  return text.empty() ? "" : fmt::format(".SH {}\n{}", title, text);
}

// A command and everything below it on one page.
std::string Commands(const CLI::App& app, const std::string& path) {
  std::string text;
  for (const CLI::App* command : CommandsOf(app)) {
    const std::string name = path.empty() ? command->get_name() : path + " " + command->get_name();
    text += fmt::format(".SS {}\n{}\n", Roff(name), Roff(command->get_description()));
    const std::string options = OptionsOf(*command, false);
    text += options + Commands(*command, name);
  }
  return text;
}

std::string Page(const CLI::App& app) {
  const std::string name = Dashed(FullName(&app));
  std::string page = fmt::format(".TH {} 1 \"\" \"Consilience {}\" \"User Commands\"\n",
                                 Upper(name), CONSILIENCE_VERSION);
  const std::string description = app.get_description();
  page += Section("NAME", fmt::format("{} \\- {}\n", Roff(name),
                                      Roff(description.substr(0, description.find(". ")))));
  page += Section("SYNOPSIS", fmt::format(".B {}\n{}\n", Roff(FullName(&app)),
                                          CommandsOf(app).empty() ? "[options]" : "COMMAND …"));
  page += Section("DESCRIPTION", Roff(description) + "\n");
  if (!app.get_footer().empty()) {
    page += Section("EXAMPLES", ".nf\n" + Roff(app.get_footer()) + ".fi\n");
  }
  page += Section("OPTIONS", OptionsOf(app, false));
  page += Section("COMMANDS", Commands(app, ""));
  if (app.get_parent() == nullptr) {
    page += Section("OPTIONS OF EVERY COMMAND", OptionsOf(app, true));
    page += Section("EXIT STATUS",
                    ".TP\n.B 0\nsuccess\n.TP\n.B 1\nfailure\n.TP\n.B 2\nwrong usage\n.TP\n.B 3\n"
                    "the condition that was asked for is false\n.TP\n.B 4\nno valid token, or not "
                    "allowed\n.TP\n.B 64 + n\na call failed with gRPC code n\n.TP\n.B 130\n"
                    "interrupted\n");
    page += Section("FILES",
                    ".TP\n.I ~/.config/consil/config\ncontexts and settings; `consil config path` "
                    "says where\n");
  }
  return page;
}

absl::StatusOr<const CLI::App*> Find(const CLI::App& root, const std::vector<std::string>& path) {
  const CLI::App* app = &root;
  for (const std::string& word : path) {
    const CLI::App* next = nullptr;
    for (const CLI::App* command : CommandsOf(*app)) {
      if (command->get_name() == word) next = command;
    }
    if (next == nullptr) {
      return absl::InvalidArgumentError(
          fmt::format("{} has no command \"{}\"", FullName(app), word));
    }
    app = next;
  }
  return app;
}

}  // namespace

void AddMan(CLI::App& root, Context& context) {
  auto options = std::make_shared<ManOptions>();
  CLI::App* command = AddCommand(root, "man", "The manual page of consil, or of one command",
                                 "  consil man | man -l -\n"
                                 "  consil man claims explain | man -l -\n");
  command->add_option("command", options->path, "for instance: claims explain");
  command->callback([&root, &context, options] {
    context.action = [&root, options](Context& running) -> absl::StatusOr<int> {
      const auto app = Find(root, options->path);
      if (!app.ok()) return app.status();
      auto sink = running.Output(false);
      if (!sink.ok()) return sink.status();
      (*sink)->Write(Page(**app));
      return kSuccess;
    };
  });
}

}  // namespace consilience::cli
