#include "services/common/server/tls_files.h"

#include <fmt/format.h>
#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <sys/stat.h>

#include <fstream>
#include <iterator>
#include <utility>

#include "services/common/errors/catalogue.h"
#include "services/common/log/log.h"
#include "services/common/time/clock.h"

namespace consilience::common {
namespace {

constexpr char kCertificateFlag[] = "tls-certificate";
constexpr char kKeyFlag[] = "tls-key";
constexpr char kClientCaFlag[] = "client-ca";

template <auto Free>
struct Freed {
  template <typename T>
  void operator()(T* object) const {
    Free(object);
  }
};
using Bio = std::unique_ptr<BIO, Freed<BIO_free>>;
using Certificate = std::unique_ptr<X509, Freed<X509_free>>;
using Key = std::unique_ptr<EVP_PKEY, Freed<EVP_PKEY_free>>;

absl::Status Wrong(std::string_view setting, std::string_view path, std::string_view rule) {
  return SettingInvalid(setting, path, fmt::format("--{}", setting), rule);
}

absl::StatusOr<std::string> Read(std::string_view setting, const std::string& path) {
  if (path.empty()) return Wrong(setting, path, "is needed for TLS: give the path of a PEM file");
  std::ifstream file(path, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  if (!file || text.empty()) {
    return Wrong(setting, path,
                 "cannot be read: it does not exist, is empty or this user may not read it");
  }
  return text;
}

Bio Memory(const std::string& text) {
  return Bio(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
}

Certificate ParseCertificate(const std::string& pem) {
  return Certificate(PEM_read_bio_X509(Memory(pem).get(), nullptr, nullptr, nullptr));
}

// Without a terminal there is nobody to ask for a passphrase.
int NoPassphrase(char*, int, int, void*) { return -1; }

absl::StatusOr<std::string> ReadKey(const std::string& path, X509& certificate,
                                    const std::string& certificate_path) {
  auto pem = Read(kKeyFlag, path);
  if (!pem.ok()) return pem;
  struct stat found {};
  if (stat(path.c_str(), &found) != 0 || (found.st_mode & S_IRWXO) != 0) {
    return Wrong(kKeyFlag, path,
                 fmt::format("everybody on this machine may use it (mode {:04o}): chmod 0600, or "
                             "0640 with a group of its own",
                             found.st_mode & 07777));
  }
  const Key key(PEM_read_bio_PrivateKey(Memory(*pem).get(), nullptr, NoPassphrase, nullptr));
  if (key == nullptr) {
    return Wrong(kKeyFlag, path, "holds no private key in PEM, or one under a passphrase");
  }
  if (X509_check_private_key(&certificate, key.get()) != 1) {
    return Wrong(kKeyFlag, path,
                 fmt::format("is not the key of the certificate {}: give the pair that was issued "
                             "together",
                             certificate_path));
  }
  return pem;
}

absl::Time TimeOf(const ASN1_TIME* time) {
  std::tm parts{};
  ASN1_TIME_to_tm(time, &parts);
  return absl::FromTM(parts, absl::UTCTimeZone());
}

absl::Status CheckValidity(X509& certificate, const std::string& path, absl::Time now) {
  const absl::Time from = TimeOf(X509_get0_notBefore(&certificate));
  const absl::Time until = TimeOf(X509_get0_notAfter(&certificate));
  if (now < from) {
    return Wrong(kCertificateFlag, path, "is valid only from " + FormatRfc3339(from));
  }
  if (now >= until) {
    return Wrong(kCertificateFlag, path,
                 "ended at " + FormatRfc3339(until) + ": have a new one issued");
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<TlsMaterial> ReadTlsMaterial(const TlsOptions& options, absl::Time now) {
  TlsMaterial material;
  auto chain = Read(kCertificateFlag, options.certificate);
  if (!chain.ok()) return chain.status();
  const Certificate certificate = ParseCertificate(*chain);
  if (certificate == nullptr) {
    return Wrong(kCertificateFlag, options.certificate, "holds no certificate in PEM");
  }
  auto key = ReadKey(options.key, *certificate, options.certificate);
  if (!key.ok()) return key.status();
  if (auto status = CheckValidity(*certificate, options.certificate, now); !status.ok()) {
    return status;
  }
  if (!options.client_ca.empty()) {
    auto authorities = Read(kClientCaFlag, options.client_ca);
    if (!authorities.ok()) return authorities.status();
    if (ParseCertificate(*authorities) == nullptr) {
      return Wrong(kClientCaFlag, options.client_ca, "holds no certificate in PEM");
    }
    material.client_ca = *std::move(authorities);
  }
  material.certificate = *std::move(chain);
  material.key = *std::move(key);
  material.not_after = TimeOf(X509_get0_notAfter(certificate.get()));
  return material;
}

TlsFiles::TlsFiles(TlsOptions options, TlsMaterial material)
    : options_(std::move(options)),
      watch_({options_.certificate, options_.key, options_.client_ca}, absl::Seconds(1)),
      current_(std::make_shared<const TlsMaterial>(std::move(material))) {}

absl::StatusOr<std::shared_ptr<TlsFiles>> TlsFiles::Open(TlsOptions options) {
  auto material = ReadTlsMaterial(options, RealClock().Now());
  if (!material.ok()) return material.status();
  return std::shared_ptr<TlsFiles>(new TlsFiles(std::move(options), *std::move(material)));
}

void TlsFiles::OnChange(std::function<void(const TlsMaterial&)> told) {
  told_ = std::move(told);
  told_(*Current());
}

std::shared_ptr<const TlsMaterial> TlsFiles::Current() {
  const absl::Time now = RealClock().Now();
  const MutexLock lock(mutex_);
  if (!watch_.Changed(now)) return current_;
  auto material = ReadTlsMaterial(options_, now);
  if (!material.ok()) {
    log::Error("the changed certificate is not taken up", {{"status", material.status()}});
    return current_;
  }
  current_ = std::make_shared<const TlsMaterial>(*std::move(material));
  log::Info("certificate taken up", {{"not_after", FormatRfc3339(current_->not_after)}});
  if (told_) told_(*current_);
  return current_;
}

}  // namespace consilience::common
