#include "clients/cli/output/json.h"

#include "google/protobuf/io/coded_stream.h"
#include "google/protobuf/io/zero_copy_stream_impl_lite.h"
#include "google/protobuf/util/json_util.h"
#include "google/protobuf/util/type_resolver_util.h"

namespace consilience::cli {
namespace {

namespace pb = google::protobuf;

constexpr char kUrlPrefix[] = "type.googleapis.com";

// A type resolver is dear to make and safe to share.
pb::util::TypeResolver* Resolver() {
  static auto* const kResolver =
      pb::util::NewTypeResolverForDescriptorPool(kUrlPrefix, pb::DescriptorPool::generated_pool());
  return kResolver;
}

// Maps by key; MessageToJsonString would take their keys in a random order.
std::string Serialized(const pb::Message& message) {
  std::string bytes;
  message.ByteSizeLong();  // fills in the sizes that are written
  pb::io::StringOutputStream stream(&bytes);
  pb::io::CodedOutputStream coded(&stream);
  coded.SetSerializationDeterministic(true);
  message.SerializeWithCachedSizes(&coded);
  coded.Trim();
  return bytes;
}

}  // namespace

std::string ToJson(const pb::Message& message, bool indented) {
  pb::util::JsonPrintOptions options;
  options.always_print_primitive_fields = true;
  options.add_whitespace = indented;
  std::string json;
  const std::string url =
      std::string(kUrlPrefix) + "/" + std::string(message.GetDescriptor()->full_name());
  // Fails only for an Any of unknown type, and no message of ours holds one.
  const auto status =
      pb::util::BinaryToJsonString(Resolver(), url, Serialized(message), &json, options);
  if (!status.ok()) return "{}";
  while (!json.empty() && json.back() == '\n') json.pop_back();
  return json;
}

}  // namespace consilience::cli
