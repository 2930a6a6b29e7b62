#include "tests/support/postgres.h"

#include <poll.h>
#include <pwd.h>
#include <signal.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <stdexcept>

namespace consilience::testing {
namespace {

constexpr std::chrono::seconds kStartTimeout{30};
constexpr std::chrono::seconds kStopTimeout{10};

// Debian keeps the servers of each version apart and out of the path.
std::string Program(const std::string& name) {
  for (const char* version : {"17", "16", "15", "14"}) {
    const std::string path = std::string("/usr/lib/postgresql/") + version + "/bin/" + name;
    if (std::filesystem::exists(path)) return path;
  }
  return name;
}

std::string Owner() {
  if (geteuid() != 0) return "";
  return getpwnam("postgres") != nullptr ? "postgres" : "nobody";
}

}  // namespace

PostgresServer::PostgresServer(const std::vector<std::string>& settings) : owner_(Owner()) {
  if (!owner_.empty()) {
    const passwd* user = getpwnam(owner_.c_str());
    if (chown(dir_.path().c_str(), user->pw_uid, user->pw_gid) != 0) {
      throw std::runtime_error("cannot give " + dir_.path().string() + " to " + owner_);
    }
  }
  const CommandResult made = RunCommand(
      AsOwner({Program("initdb"), "--pgdata=" + (dir_ / "data").string(), "--username=consilience",
               "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync", "--no-instructions"}));
  if (made.exit_code != 0) throw std::runtime_error("initdb: " + made.err);
  std::ofstream conf(dir_ / "data" / "postgresql.conf", std::ios::app);
  conf << "listen_addresses = ''\nunix_socket_directories = '" << dir_.path().string() << "'\n";
  for (const std::string& setting : settings) conf << setting << "\n";
  conf.close();
  Start();
}

PostgresServer::~PostgresServer() {
  // SIGQUIT ends it at once and lets it take its shared memory with it.
  process_->Signal(SIGQUIT);
  process_->Wait(kStopTimeout);
}

std::vector<std::string> PostgresServer::AsOwner(std::vector<std::string> command) const {
  // Without a test to end it, a server would go on for ever.
  std::vector<std::string> prefix = {"setpriv", "--pdeathsig=QUIT"};
  if (!owner_.empty()) {
    prefix.insert(prefix.end(), {"--reuid=" + owner_, "--regid=" + owner_, "--init-groups"});
  }
  command.insert(command.begin(), prefix.begin(), prefix.end());
  return command;
}

void PostgresServer::Start() {
  process_ = std::make_unique<Process>(
      AsOwner({Program("postgres"), "-D", (dir_ / "data").string()}), dir_ / "log");
  const auto deadline = std::chrono::steady_clock::now() + kStartTimeout;
  while (
      RunCommand({Program("pg_isready"), "--quiet", "--host=" + dir_.path().string()}).exit_code !=
      0) {
    if (!process_->Running() || std::chrono::steady_clock::now() > deadline) {
      throw std::runtime_error("PostgreSQL does not start: " + process_->Log());
    }
    poll(nullptr, 0, 20);
  }
}

void PostgresServer::Kill() {
  process_->Signal(SIGQUIT);
  process_->Wait(kStopTimeout);
}

std::string PostgresServer::CreateDatabase() {
  const std::string name = "test" + std::to_string(++databases_);
  Sql("CREATE DATABASE " + name);
  return Uri(name);
}

std::string PostgresServer::Uri(const std::string& database) const {
  return "postgres://consilience@/" + database + "?host=" + dir_.path().string();
}

std::string PostgresServer::Sql(const std::string& sql, const std::string& database) const {
  const CommandResult result =
      RunCommand({"psql", "--no-psqlrc", "--tuples-only", "--no-align", "--quiet",
                  "--set=ON_ERROR_STOP=1", "--dbname=" + Uri(database), "--command=" + sql});
  if (result.exit_code != 0) throw std::runtime_error("psql: " + result.err);
  return result.out.substr(0, result.out.find_last_not_of('\n') + 1);
}

PostgresServer& SharedPostgres() {
  static PostgresServer server;
  return server;
}

}  // namespace consilience::testing
