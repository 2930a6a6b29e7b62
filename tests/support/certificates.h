// Certificates for tests, made by openssl when they are needed.
#ifndef CONSILIENCE_TESTS_SUPPORT_CERTIFICATES_H_
#define CONSILIENCE_TESTS_SUPPORT_CERTIFICATES_H_

#include <filesystem>
#include <string>

namespace consilience::testing {

struct IssuedFiles {
  std::string certificate;
  std::string key;  // readable by its owner only
};

// A certificate authority whose files are in a folder. Throws when openssl fails.
class Authority {
 public:
  // `folder` must exist; several authorities may share it under different names.
  Authority(std::filesystem::path folder, const std::string& name);

  const std::string& certificate() const { return files_.certificate; }

  // A certificate for `name` with the subject alternative names DNS:`name`, DNS:localhost and
  // IP:127.0.0.1. Issuing the same name again replaces its files one after the other, key first.
  IssuedFiles Issue(const std::string& name) const;

 private:
  std::filesystem::path folder_;
  IssuedFiles files_;
};

}  // namespace consilience::testing

#endif  // CONSILIENCE_TESTS_SUPPORT_CERTIFICATES_H_
