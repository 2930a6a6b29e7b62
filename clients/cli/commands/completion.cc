// consil completion bash | zsh | fish: generated from the command tree, so that it cannot lag
// behind it.
#include "clients/cli/commands/commands.h"
#include "clients/cli/commands/support.h"
#include "clients/cli/help.h"
#include "fmt/format.h"

namespace consilience::cli {
namespace {

struct CompletionOptions {
  std::string shell;
};

// What can follow a command: "claims list" → its options, or its subcommands.
struct Node {
  std::string path;  // without "consil", words joined by spaces
  std::vector<std::pair<std::string, std::string>> words;  // word, what it is
};

std::string FirstSentence(const std::string& text) { return text.substr(0, text.find(". ")); }

void Collect(const CLI::App& app, const std::string& path, std::vector<Node>& nodes) {
  Node node{path, {}};
  for (const CLI::App* command : CommandsOf(app)) {
    node.words.emplace_back(command->get_name(), FirstSentence(command->get_description()));
  }
  for (const CLI::App* up = &app; up != nullptr; up = up->get_parent()) {
    for (const CLI::Option* option : up->get_options()) {
      if (option->get_group().empty()) continue;
      if (up != &app && option->get_group() != kGlobalOptions) continue;
      for (const std::string& name : option->get_lnames()) {
        node.words.emplace_back("--" + name, option->get_description());
      }
    }
  }
  nodes.push_back(std::move(node));
  for (const CLI::App* command : CommandsOf(app)) {
    Collect(*command, path.empty() ? command->get_name() : path + " " + command->get_name(), nodes);
  }
}

std::string SingleQuoted(const std::string& text) {
  std::string quoted = "'";
  for (const char c : text) {
    if (c == '\'') {
      quoted += "'\\''";
    } else {
      quoted += c;
    }
  }
  return quoted + "'";
}

// The words of the command line that are commands, up to the cursor, as one string; the same loop
// for bash and zsh.
constexpr char kWalk[] = R"(  local named="" word i
  for ((i = FIRST; i < CURSOR; i++)); do
    word="${words_before[i]}"
    case "$known" in *"|${named:+$named }$word|"*) named="${named:+$named }$word" ;; esac
  done
)";

std::string Walk(const std::string& first, const std::string& cursor) {
  std::string walk = kWalk;
  walk.replace(walk.find("FIRST"), 5, first);
  walk.replace(walk.find("CURSOR"), 6, cursor);
  return walk;
}

std::string Known(const std::vector<Node>& nodes) {
  std::string known = "|";
  for (const Node& node : nodes) known += node.path + "|";
  return known;
}

std::string Bash(const std::vector<Node>& nodes) {
  std::string script = fmt::format(
      "# bash completion for consil\n_consil() {{\n  local known={}\n"
      "  local -a words_before=(\"${{COMP_WORDS[@]}}\")\n{}  local candidates=\"\"\n"
      "  case \"$named\" in\n",
      SingleQuoted(Known(nodes)), Walk("1", "COMP_CWORD"));
  for (const Node& node : nodes) {
    std::string words;
    for (const auto& [word, what] : node.words) {
      if (!words.empty()) words += ' ';
      words += word;
    }
    script +=
        fmt::format("    {}) candidates={} ;;\n", SingleQuoted(node.path), SingleQuoted(words));
  }
  script +=
      "  esac\n"
      "  COMPREPLY=($(compgen -W \"$candidates\" -- \"${COMP_WORDS[COMP_CWORD]}\"))\n"
      "  if [ ${#COMPREPLY[@]} -eq 0 ]; then COMPREPLY=($(compgen -f -- "
      "\"${COMP_WORDS[COMP_CWORD]}\")); fi\n"
      "}\ncomplete -F _consil consil\n";
  return script;
}

std::string Zsh(const std::vector<Node>& nodes) {
  std::string script = fmt::format(
      "#compdef consil\n_consil() {{\n  local known={}\n"
      "  local -a words_before candidates\n  words_before=(\"${{words[@]}}\")\n{}"
      "  case \"$named\" in\n",
      SingleQuoted(Known(nodes)), Walk("2", "CURRENT"));
  for (const Node& node : nodes) {
    script += fmt::format("    {}) candidates=(", SingleQuoted(node.path));
    for (const auto& [word, what] : node.words) {
      std::string escaped = what;
      for (size_t i = 0; (i = escaped.find(':', i)) != std::string::npos; i += 2) {
        escaped.insert(i, 1, '\\');
      }
      script += fmt::format(" {}", SingleQuoted(fmt::format("{}:{}", word, escaped)));
    }
    script += " ) ;;\n";
  }
  return script + "  esac\n  _describe 'consil' candidates || _files\n}\ncompdef _consil consil\n";
}

std::string Fish(const std::vector<Node>& nodes) {
  std::string script =
      "# fish completion for consil\n"
      "function __consil_path\n"
      "  set -l path\n"
      "  for word in (commandline -opc)[2..-1]\n"
      "    string match -q -- '-*' $word; or set -a path $word\n"
      "  end\n"
      "  test \"$path\" = \"$argv[1]\"; or string match -q -- \"$argv[1] *\" \"$path\"\n"
      "end\n"
      "function __consil_here\n"
      "  set -l path\n"
      "  for word in (commandline -opc)[2..-1]\n"
      "    string match -q -- '-*' $word; or set -a path $word\n"
      "  end\n"
      "  test \"$path\" = \"$argv[1]\"\n"
      "end\n";
  for (const Node& node : nodes) {
    for (const auto& [word, what] : node.words) {
      const bool is_option = word.starts_with("--");
      script += fmt::format("complete -c consil -n \"{} '{}'\" {} {} -d {}\n",
                            is_option ? "__consil_path" : "__consil_here", node.path,
                            is_option ? "-l" : "-f -a", is_option ? word.substr(2) : word,
                            SingleQuoted(what));
    }
  }
  return script;
}

}  // namespace

void AddCompletion(CLI::App& root, Context& context) {
  auto options = std::make_shared<CompletionOptions>();
  CLI::App* command =
      AddCommand(root, "completion", "Completion for a shell",
                 "  consil completion bash > ~/.local/share/bash-completion/completions/consil\n"
                 "  consil completion zsh > ~/.zfunc/_consil\n"
                 "  consil completion fish > ~/.config/fish/completions/consil.fish\n");
  command->add_option("shell", options->shell, "bash, zsh or fish")
      ->required()
      ->check(CLI::IsMember({"bash", "zsh", "fish"}));
  command->callback([&root, &context, options] {
    context.action = [&root, options](Context& running) -> absl::StatusOr<int> {
      auto sink = running.Output(false);
      if (!sink.ok()) return sink.status();
      std::vector<Node> nodes;
      Collect(root, "", nodes);
      if (options->shell == "bash") (*sink)->Write(Bash(nodes));
      if (options->shell == "zsh") (*sink)->Write(Zsh(nodes));
      if (options->shell == "fish") (*sink)->Write(Fish(nodes));
      return kSuccess;
    };
  });
}

}  // namespace consilience::cli
