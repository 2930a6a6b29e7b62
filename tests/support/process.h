// Real programs under test: started, watched, killed.
#ifndef CONSILIENCE_TESTS_SUPPORT_PROCESS_H_
#define CONSILIENCE_TESTS_SUPPORT_PROCESS_H_

#include <sys/types.h>

#include <chrono>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace consilience::testing {

// A directory of its own, removed with everything in it at the end of its scope.
class TempDir {
 public:
  TempDir();
  ~TempDir();
  TempDir(const TempDir&) = delete;
  TempDir& operator=(const TempDir&) = delete;

  const std::filesystem::path& path() const { return path_; }
  std::filesystem::path operator/(const std::string& name) const { return path_ / name; }

 private:
  std::filesystem::path path_;
};

struct CommandResult {
  int exit_code = -1;  // 128 + the signal when it was killed by one
  std::string out;
  std::string err;
};

// Runs a program to its end. `input` becomes its standard input; `environment` is added to ours.
CommandResult RunCommand(const std::vector<std::string>& command, const std::string& input = "",
                         const std::map<std::string, std::string>& environment = {});

// A program that goes on beside the test. Its standard error goes to `log`. Killed, if it still
// runs, at the end of its scope. Not thread-safe.
class Process {
 public:
  Process(const std::vector<std::string>& command, const std::filesystem::path& log);
  ~Process();
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  pid_t pid() const { return pid_; }
  bool Running();
  void Signal(int signal) const;
  // Waits for its end; the exit code, 128 + the signal, or -1 when it outlives the timeout.
  int Wait(std::chrono::milliseconds timeout);
  std::string Log() const;

 private:
  pid_t pid_ = -1;
  int exit_code_ = -1;
  bool ended_ = false;
  std::filesystem::path log_;
};

// Waits until `file` exists and has a line; that line, or empty after the timeout or when `process`
// ended.
std::string WaitForLine(const std::filesystem::path& file, Process& process,
                        std::chrono::milliseconds timeout);

std::string ReadFile(const std::filesystem::path& path);
void WriteFile(const std::filesystem::path& path, const std::string& content);

}  // namespace consilience::testing

#endif  // CONSILIENCE_TESTS_SUPPORT_PROCESS_H_
