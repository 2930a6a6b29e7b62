#include "clients/cli/output/sink.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <utility>

#include "clients/cli/interrupt.h"
#include "fmt/format.h"

extern char** environ;

namespace consilience::cli {
namespace {

constexpr size_t kBufferBytes = 64 << 10;

bool IsOnPath(const std::string& command, const Environment& environment) {
  const std::string program = command.substr(0, command.find(' '));
  if (program.find('/') != std::string::npos) return access(program.c_str(), X_OK) == 0;
  const std::string path = environment("PATH").value_or("/usr/bin:/bin");
  for (size_t begin = 0; begin <= path.size();) {
    const size_t end = std::min(path.find(':', begin), path.size());
    if (access((path.substr(begin, end - begin) + "/" + program).c_str(), X_OK) == 0) return true;
    begin = end + 1;
  }
  return false;
}

// The shell command of the pager; empty when none is wanted or there.
std::string PagerCommand(const Environment& environment) {
  std::string command = "less";
  if (const auto pager = environment("PAGER")) command = *pager;
  if (const auto pager = environment("CONSIL_PAGER")) command = *pager;
  if (command == "cat" || command.empty() || !IsOnPath(command, environment)) return "";
  return command;
}

}  // namespace

Sink::Sink(int descriptor, std::string path, pid_t pager)
    : descriptor_(descriptor), path_(std::move(path)), pager_(pager) {}

// A file that was not closed was not finished either.
Sink::~Sink() {
  if (descriptor_ < 0) return;
  if (!temporary_path_.empty()) status_ = absl::AbortedError("left unfinished");
  Close().IgnoreError();
}

std::unique_ptr<Sink> Sink::ToStdout() {
  return std::unique_ptr<Sink>(new Sink(STDOUT_FILENO, "", 0));
}

std::unique_ptr<Sink> Sink::ToPager(const Environment& environment) {
  const std::string command = PagerCommand(environment);
  int ends[2];
  if (command.empty() || pipe2(ends, O_CLOEXEC) != 0) return ToStdout();
  // F: leave at once when it fits the screen; R: let colours through; X: leave the text on the
  // screen.
  if (!environment("LESS")) setenv("LESS", "FRX", 0);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, ends[0], STDIN_FILENO);
  const char* arguments[] = {"sh", "-c", command.c_str(), nullptr};
  pid_t pager = 0;
  // What this process ignores the pager would inherit.
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  sigset_t defaults;
  sigemptyset(&defaults);
  sigaddset(&defaults, SIGPIPE);
  posix_spawnattr_setsigdefault(&attributes, &defaults);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF);
  const int failed =
      posix_spawn(&pager, "/bin/sh", &actions, &attributes, const_cast<char**>(arguments), environ);
  posix_spawn_file_actions_destroy(&actions);
  posix_spawnattr_destroy(&attributes);
  close(ends[0]);
  if (failed != 0) {
    close(ends[1]);
    return ToStdout();
  }
  LeaveToPagerOnInterrupt(pager, ends[1]);
  return std::unique_ptr<Sink>(new Sink(ends[1], "", pager));
}

absl::StatusOr<std::unique_ptr<Sink>> Sink::ToFile(const std::string& path) {
  std::string temporary = path + ".XXXXXX";
  const int descriptor = mkostemp(temporary.data(), O_CLOEXEC);
  if (descriptor < 0) {
    return absl::InvalidArgumentError(fmt::format(
        "cannot write \"{}\": {}; choose another --out FILE", path, std::strerror(errno)));
  }
  const mode_t mask = umask(0);
  umask(mask);
  fchmod(descriptor, 0666 & ~mask);
  std::unique_ptr<Sink> sink(new Sink(descriptor, path, 0));
  sink->temporary_path_ = temporary;
  RemoveOnInterrupt(temporary);
  return sink;
}

void Sink::Write(std::string_view text) {
  buffer_ += text;
  if (buffer_.size() >= kBufferBytes) Flush();
}

void Sink::Flush() {
  std::string_view rest = buffer_;
  while (!rest.empty() && status_.ok()) {
    const ssize_t written = write(descriptor_, rest.data(), rest.size());
    if (written >= 0) {
      rest.remove_prefix(static_cast<size_t>(written));
    } else if (errno == EPIPE) {
      if (pager_ != 0) waitpid(pager_, nullptr, 0);
      _exit(0);
    } else if (errno != EINTR) {
      status_ = absl::DataLossError(fmt::format("cannot write {}: {}",
                                                path_.empty() ? "the output" : "\"" + path_ + "\"",
                                                std::strerror(errno)));
    }
  }
  buffer_.clear();
}

absl::Status Sink::Close() {
  Flush();
  const int descriptor = std::exchange(descriptor_, -1);
  if (descriptor != STDOUT_FILENO && descriptor >= 0 && close(descriptor) != 0 && status_.ok()) {
    status_ = absl::DataLossError(fmt::format("cannot write: {}", std::strerror(errno)));
  }
  if (pager_ != 0) {
    waitpid(pager_, nullptr, 0);
    LeaveToPagerOnInterrupt(0, -1);
  }
  if (!temporary_path_.empty()) {
    RemoveOnInterrupt("");
    if (!status_.ok()) {
      unlink(temporary_path_.c_str());
    } else if (rename(temporary_path_.c_str(), path_.c_str()) != 0) {
      status_ = absl::DataLossError(fmt::format(
          "cannot write \"{}\": {}; choose another --out FILE", path_, std::strerror(errno)));
      unlink(temporary_path_.c_str());
    }
  }
  return status_;
}

}  // namespace consilience::cli
