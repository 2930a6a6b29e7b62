#include "clients/cpp/sources_client.h"

#include <utility>

#include "clients/cpp/call.h"
#include "consilience/corroboration/v1/source_service.grpc.pb.h"

namespace consilience::client {

namespace api = corroboration::v1;
using Stub = api::SourceService::StubInterface;

struct SourcesClient::Impl : StubCalls<Stub> {
  using StubCalls<Stub>::StubCalls;
};

SourcesClient::SourcesClient(std::shared_ptr<Connection> connection) {
  auto stub = api::SourceService::NewStub(connection->ChannelTo(Service::kCorroboration));
  impl_ = std::make_unique<Impl>(std::move(connection), Service::kCorroboration, std::move(stub));
}

SourcesClient::~SourcesClient() = default;

absl::StatusOr<api::Source> SourcesClient::CreateSource(
    const api::CreateSourceRequest& request) const {
  return impl_->Do(&Stub::CreateSource, request);
}

absl::StatusOr<api::Source> SourcesClient::GetSource(const api::GetSourceRequest& request) const {
  return impl_->Do(&Stub::GetSource, request);
}

PagedRange<api::Source> SourcesClient::ListSources(const api::ListSourcesRequest& request) const {
  return impl_->List<api::Source>(&Stub::ListSources, request,
                                  [](auto& page) { return page.mutable_sources(); });
}

absl::StatusOr<api::Source> SourcesClient::UpdateSource(
    const api::UpdateSourceRequest& request) const {
  return impl_->Do(&Stub::UpdateSource, request);
}

absl::StatusOr<api::Source> SourcesClient::MergeSources(
    const api::MergeSourcesRequest& request) const {
  return impl_->Do(&Stub::MergeSources, request);
}

PagedRange<api::SourceDependence> SourcesClient::GetSourceDependence(
    const api::GetSourceDependenceRequest& request) const {
  return impl_->List<api::SourceDependence>(&Stub::GetSourceDependence, request,
                                            [](auto& page) { return page.mutable_dependences(); });
}

}  // namespace consilience::client
