#include "clients/cli/interrupt.h"

#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <climits>
#include <csignal>

namespace consilience::cli {
namespace {

// What the handler may touch: no locks, no allocation.
char file_to_remove[PATH_MAX];
volatile std::sig_atomic_t has_file = 0;
volatile std::sig_atomic_t has_line = 0;
const char* volatile last_words = nullptr;
volatile std::sig_atomic_t pager_process = 0;
volatile std::sig_atomic_t pager_pipe = -1;

void EndProcess(int signal) {
  if (has_file != 0) unlink(file_to_remove);
  if (has_line != 0) {
    constexpr char kClear[] = "\r\033[K";
    [[maybe_unused]] const ssize_t ignored = write(STDERR_FILENO, kClear, sizeof kClear - 1);
  }
  if (const char* words = last_words; words != nullptr) {
    size_t size = 0;
    while (words[size] != '\0') ++size;
    [[maybe_unused]] const ssize_t ignored = write(STDERR_FILENO, words, size);
  }
  if (pager_process != 0) {
    close(pager_pipe);
    waitpid(pager_process, nullptr, 0);
  }
  _exit(128 + signal);
}

}  // namespace

void HandleSignals() {
  struct sigaction action {};
  action.sa_handler = EndProcess;
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGTERM, &action, nullptr);
  std::signal(SIGPIPE, SIG_IGN);
}

void RemoveOnInterrupt(const std::string& path) {
  has_file = 0;
  if (path.empty() || path.size() >= sizeof file_to_remove) return;
  *std::copy(path.begin(), path.end(), file_to_remove) = '\0';
  has_file = 1;
}

void LeaveToPagerOnInterrupt(pid_t pager, int pipe) {
  pager_pipe = pipe;
  pager_process = pager;
}

void SayOnInterrupt(const char* words) { last_words = words; }

void ClearLineOnInterrupt(bool clear) { has_line = clear ? 1 : 0; }

}  // namespace consilience::cli
