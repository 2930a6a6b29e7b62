// One unary call: deadline and token in, StatusOr out. Used by the clients of this folder.
#ifndef CONSILIENCE_CLIENTS_CPP_CALL_H_
#define CONSILIENCE_CLIENTS_CPP_CALL_H_

#include <grpcpp/client_context.h>

#include <memory>
#include <utility>

#include "absl/status/statusor.h"
#include "clients/cpp/connection.h"
#include "clients/cpp/errors.h"
#include "clients/cpp/paging.h"

namespace consilience::client {

// `Stub` is a generated StubInterface; `method` one of its blocking methods.
template <class Stub, class Request, class Response>
absl::StatusOr<Response> Call(const Connection& connection, Service service, Stub& stub,
                              grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&,
                                                           Response*),
                              const Request& request) {
  grpc::ClientContext context;
  connection.PrepareCall(context);
  Response response;
  const grpc::Status status = (stub.*method)(&context, request, &response);
  if (!status.ok()) return FromCall(status, connection.AddressOf(service));
  return response;
}

// The items of every page of a List method, from the page that `request` names. `list` makes the
// call, `items` picks the repeated field.
template <class Item, class Request, class List, class Items>
PagedRange<Item> Pages(Request request, List list, Items items) {
  const std::string first_token = request.page_token();
  return PagedRange<Item>([=](const std::string& token) mutable -> absl::StatusOr<Page<Item>> {
    request.set_page_token(token.empty() ? first_token : token);
    auto response = list(request);
    if (!response.ok()) return response.status();
    auto* fields = items(*response);
    Page<Item> page;
    page.items.assign(std::make_move_iterator(fields->begin()),
                      std::make_move_iterator(fields->end()));
    page.next_page_token = response->next_page_token();
    return page;
  });
}

}  // namespace consilience::client

#endif  // CONSILIENCE_CLIENTS_CPP_CALL_H_
