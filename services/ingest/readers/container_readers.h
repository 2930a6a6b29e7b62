// Files of files: gzip, and tar, zip and what else libarchive unpacks.
#ifndef CONSILIENCE_SERVICES_INGEST_READERS_CONTAINER_READERS_H_
#define CONSILIENCE_SERVICES_INGEST_READERS_CONTAINER_READERS_H_

#include "services/ingest/readers/reader.h"

namespace consilience::ingest {

// One compressed file of any format. Of a compressed WARC each member is a record, so a damaged one
// is an error of its own and the rest goes on; of other formats what follows the damage is lost.
class GzipReader final : public Reader {
 public:
  std::string_view format() const override { return "application/gzip"; }
  std::string_view short_name() const override { return "gzip"; }
  Match Recognise(const Head& head) const override;
  bool Read(Input& input, const Request& request, const ReadOptions& options,
            const ItemCallback& callback) const override;
};

// Every regular file in it, in its own order, read as it comes. A manifest.jsonl holds for the
// files that follow it. Hidden files are left out. Also single files packed by bzip2, xz or zstd.
class ArchiveReader final : public Reader {
 public:
  std::string_view format() const override { return "application/x-archive"; }
  std::string_view short_name() const override { return "archive"; }
  Match Recognise(const Head& head) const override;
  bool Read(Input& input, const Request& request, const ReadOptions& options,
            const ItemCallback& callback) const override;
};

}  // namespace consilience::ingest

#endif  // CONSILIENCE_SERVICES_INGEST_READERS_CONTAINER_READERS_H_
