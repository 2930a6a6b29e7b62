// who_says HOST:PORT "sentence": who says so, and who says otherwise.
#include <cstdio>
#include <string>

#include "clients/cpp/claims_client.h"
#include "clients/cpp/connection.h"
#include "clients/cpp/errors.h"

namespace {

namespace client = consilience::client;
namespace api = consilience::corroboration::v1;

absl::Status Print(const client::ClaimsClient& claims, const api::StatementMatch& match) {
  api::ExplainClaimRequest request;
  request.set_name(match.claim().name());
  const absl::StatusOr<api::Explanation> explanation = claims.ExplainClaim(request);
  if (!explanation.ok()) return explanation.status();
  std::printf("%s  %s\n", api::ClaimRelation::Type_Name(match.relation()).c_str(),
              match.claim().display_name().c_str());
  for (const auto& origin : explanation->origins()) {
    std::printf("    on the word of %s (independence %.2f)\n", origin.display_name().c_str(),
                origin.independence());
  }
  return absl::OkStatus();
}

absl::Status Run(const std::string& address, const std::string& statement) {
  client::ConnectionOptions options;
  options.server = address;
  options.deadline = absl::Seconds(10);
  options.user_agent = "who-says";
  const auto connection = client::Connection::Open(options);
  if (!connection.ok()) return connection.status();
  const client::ClaimsClient claims(*connection);

  api::CheckStatementRequest request;
  request.set_statement(statement);
  const auto answer = claims.CheckStatement(request);
  if (!answer.ok()) return answer.status();
  for (const auto& check : answer->checks()) {
    std::printf("%s\n", check.summary().c_str());
    for (const auto& match : check.matches()) {
      if (absl::Status status = Print(claims, match); !status.ok()) return status;
    }
  }
  return absl::OkStatus();
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) {
    std::fprintf(stderr, "usage: who_says HOST:PORT \"sentence\"\n");
    return 2;
  }
  const absl::Status status = Run(argv[1], argv[2]);
  if (!status.ok()) std::fprintf(stderr, "who_says: %s\n", client::Describe(status).c_str());
  return status.ok() ? 0 : 1;
}
