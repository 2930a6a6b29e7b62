#include "services/ingest/readers/assemble.h"
#include "services/ingest/readers/container_readers.h"
#include "services/ingest/readers/errors.h"
#include "services/ingest/readers/gzip.h"
#include "services/ingest/readers/warc_reader.h"

namespace consilience::ingest {
namespace {

// Reads a compressed WARC a member at a time, from the member that `members` stands at.
class WarcMembers {
 public:
  WarcMembers(GzipMembers& members, const Request& request, const ReadOptions& options,
              const ItemCallback& callback)
      : members_(members), request_(request), options_(options), callback_(callback) {}

  bool Read() {
    uint64_t records = 0;
    for (bool more = true; more;) {
      GzipMemberSource source(members_);
      Input member(source);
      if (!ReadWarcRecords(member, request_, options_, callback_, records)) return false;
      absl::Status status = source.status();
      if (status.ok()) {
        const absl::StatusOr<bool> next = members_.Next();
        status = next.status();
        more = next.ok() && *next;
      }
      if (status.ok()) continue;
      if (!Deliver(status, request_.label, "application/warc", callback_)) return false;
      more = FindNext();
    }
    return true;
  }

 private:
  // The next place that is a member's beginning and not only looks like one.
  bool FindNext() {
    for (;;) {
      const absl::StatusOr<bool> found = members_.Resync();
      if (!found.ok() || !*found) return false;
      const absl::StatusOr<bool> next = members_.Next();
      if (next.ok()) return *next;
    }
  }

  GzipMembers& members_;
  const Request& request_;
  const ReadOptions& options_;
  const ItemCallback& callback_;
};

}  // namespace

Match GzipReader::Recognise(const Head& head) const {
  return IsGzip(head.bytes) ? Match::kCertain : Match::kNo;
}

bool GzipReader::Read(Input& input, const Request& request, const ReadOptions& options,
                      const ItemCallback& callback) const {
  if (request.depth >= options.limits.container_depth) {
    return Deliver(ContainersTooDeep({format(), 0}, options.limits.container_depth), request.label,
                   format(), callback);
  }
  Request inner = request;
  inner.given.format.clear();
  ++inner.depth;
  // The head tells what is inside; it was only peeked, so the file is then read from its start.
  const absl::StatusOr<std::string_view> head = input.Peek(kHeadBytes);
  if (!head.ok()) return Deliver(head.status(), request.label, format(), callback);
  const bool is_warc = [&] {
    Input copy(*head);
    GzipMembers members(copy, options.limits);
    GzipSource source(members);
    Input inside(source);
    const absl::StatusOr<std::string_view> bytes = inside.Peek(5);
    return bytes.ok() && bytes->starts_with("WARC/");
  }();
  GzipMembers members(input, options.limits);
  if (is_warc) {
    const absl::StatusOr<bool> first = members.Next();
    if (!first.ok()) return Deliver(first.status(), request.label, format(), callback);
    return WarcMembers(members, inner, options, callback).Read();
  }
  GzipSource source(members);
  Input inside(source);
  return ReadItems(inside, inner, options, callback);
}

}  // namespace consilience::ingest
