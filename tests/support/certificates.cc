#include "tests/support/certificates.h"

#include <stdexcept>
#include <utility>
#include <vector>

#include "tests/support/process.h"

namespace consilience::testing {
namespace {

IssuedFiles FilesOf(const std::filesystem::path& folder, const std::string& name) {
  return {(folder / (name + ".crt")).string(), (folder / (name + ".key")).string()};
}

void Run(const std::vector<std::string>& command) {
  const CommandResult result = RunCommand(command);
  if (result.exit_code != 0) throw std::runtime_error("openssl failed: " + result.err);
}

std::vector<std::string> Request(const IssuedFiles& files, const std::string& name) {
  return {"openssl",
          "req",
          "-x509",
          "-newkey",
          "ec",
          "-pkeyopt",
          "ec_paramgen_curve:prime256v1",
          "-nodes",
          "-days",
          "2",
          "-subj",
          "/CN=" + name,
          "-keyout",
          files.key,
          "-out",
          files.certificate};
}

}  // namespace

Authority::Authority(std::filesystem::path folder, const std::string& name)
    : folder_(std::move(folder)), files_(FilesOf(folder_, name)) {
  Run(Request(files_, name));
}

IssuedFiles Authority::Issue(const std::string& name) const {
  const IssuedFiles fresh = FilesOf(folder_, name + ".new");
  std::vector<std::string> command = Request(fresh, name);
  const std::vector<std::string> signing = {
      "-CA",     files_.certificate,
      "-CAkey",  files_.key,
      "-addext", "subjectAltName=DNS:" + name + ",DNS:localhost,IP:127.0.0.1",
      "-addext", "basicConstraints=critical,CA:FALSE"};
  command.insert(command.end(), signing.begin(), signing.end());
  Run(command);
  const IssuedFiles files = FilesOf(folder_, name);
  std::filesystem::permissions(fresh.key, std::filesystem::perms::owner_read);
  std::filesystem::rename(fresh.key, files.key);
  std::filesystem::rename(fresh.certificate, files.certificate);
  return files;
}

}  // namespace consilience::testing
