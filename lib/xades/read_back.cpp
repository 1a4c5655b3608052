#include "xades/read_back.hpp"

#include "helios/flow_reader.hpp"
#include "helios/flow_source.hpp"

#include <limits>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace pes::xades {

/// What is published of the file, from its first byte.
class ReadBack::GrowingFile final : public xml::ByteSource {
 public:
  explicit GrowingFile(ReadBack& owner) : owner_(owner), file_(owner.file_) {}

  std::string_view next() override {
    const std::uint64_t available = owner_.wait_beyond(offset_);
    const std::string_view piece = file_.next_up_to(available - offset_);
    offset_ += piece.size();
    return piece;
  }
  [[nodiscard]] std::string name() const override { return file_.name(); }

 private:
  ReadBack& owner_;
  helios::FileSource file_;
  std::uint64_t offset_ = 0;
};

ReadBack::ReadBack(std::filesystem::path file, helios::DigestPlan digests)
    : file_(std::move(file)), digests_(std::move(digests)) {
  lane_.add([this] {
    reading_ = helios::read_flow([this] { return std::make_unique<GrowingFile>(*this); },
                                 ReadLimits{}, digests_);
  });
}

ReadBack::~ReadBack() {
  {
    const std::lock_guard lock(mutex_);
    given_up_ = true;
  }
  changed_.notify_all();
}

void ReadBack::publish(std::uint64_t size) {
  {
    const std::lock_guard lock(mutex_);
    published_ = size;
  }
  changed_.notify_all();
}

helios::Reading ReadBack::finish() {
  publish(std::numeric_limits<std::uint64_t>::max());
  lane_.finish();
  return std::move(reading_);
}

std::uint64_t ReadBack::wait_beyond(std::uint64_t offset) {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return given_up_ || published_ > offset; });
  if (given_up_) throw GivenUp();
  return published_;
}

}  // namespace pes::xades
