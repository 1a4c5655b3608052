#include "sandbox/upload.hpp"

#include "crypto/digest.hpp"
#include "sandbox/routes.hpp"
#include "sandbox/staging.hpp"
#include "support/encoding.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

namespace pes::sandbox {
namespace {

constexpr std::size_t longest_field = 65536;

/// A file part being received.
class IncomingFile {
 public:
  IncomingFile(std::string name, const std::filesystem::path& path, std::uint64_t kept)
      : staged_(path), sha1_(port::DigestAlgorithm::sha1), kept_(kept) {
    file_.name = std::move(name);
    file_.path = path;
  }

  void append(std::string_view bytes) {
    if (file_.size < kept_) staged_.write(bytes.substr(0, kept_ - file_.size));
    sha1_.update(bytes);
    file_.size += bytes.size();
  }

  UploadedFile finish() {
    staged_.finish();
    file_.sha1 = hex(sha1_.finish());
    return std::move(file_);
  }

 private:
  UploadedFile file_;
  StagedFile staged_;
  crypto::Digester sha1_;
  std::uint64_t kept_;
};

/// Takes the parts of a form one after the other.
class Receiver {
 public:
  Receiver(std::filesystem::path folder, std::uint64_t kept)
      : folder_(std::move(folder)), kept_(kept) {}

  bool begin_part(const httplib::MultipartFormData& part) {
    end_part();
    name_ = part.name;
    if (part.filename.empty()) {
      upload_.fields[name_].clear();
    } else {
      const std::filesystem::path path = folder_ / ("part-" + std::to_string(++rank_));
      file_ = std::make_unique<IncomingFile>(part.filename, path, kept_);
    }
    return true;
  }

  bool append(std::string_view bytes) {
    if (file_ != nullptr) {
      file_->append(bytes);
      return true;
    }
    std::string& field = upload_.fields[name_];
    field += bytes;
    return field.size() <= longest_field;
  }

  Upload finish() {
    end_part();
    return std::move(upload_);
  }

 private:
  void end_part() {
    if (file_ == nullptr) return;
    upload_.files.insert_or_assign(name_, file_->finish());
    file_.reset();
  }

  std::filesystem::path folder_;
  std::uint64_t kept_;
  Upload upload_;
  std::string name_;
  int rank_ = 0;
  std::unique_ptr<IncomingFile> file_;
};

}  // namespace

std::optional<Upload> receive_upload(const httplib::Request& request,
                                     const httplib::ContentReader& reader,
                                     const std::filesystem::path& folder, std::uint64_t kept) {
  if (!request.is_multipart_form_data()) {
    drain(request, reader);
    return Upload{};
  }
  Receiver receiver(folder, kept);
  const bool complete =
      reader([&](const httplib::MultipartFormData& part) { return receiver.begin_part(part); },
             [&](const char* data, std::size_t size) {
               return receiver.append({data, size});
             });
  if (!complete) return std::nullopt;
  return receiver.finish();
}

}  // namespace pes::sandbox
