#include "net/form_upload.hpp"

#include "pes/error.hpp"
#include "support/file.hpp"
#include "support/text.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <new>

namespace pes::net {

class FileSlice {
 public:
  explicit FileSlice(const FormFile& file)
      : path_(file.file), descriptor_(open_for_reading(path_)), begin_(file.offset) {
    size_ = file.size ? *file.size : size_of_file() - begin_;
  }

  [[nodiscard]] std::uint64_t size() const noexcept { return size_; }

  void require_read() const {
    if (error_ != 0) throw_io(tr("cannot read"), path_, error_);
  }

  static std::size_t read(char* buffer, std::size_t size, std::size_t count, void* slice) {
    return static_cast<FileSlice*>(slice)->read_next(buffer, size * count);
  }

  static int seek(void* slice, curl_off_t offset, int origin) {
    if (origin != SEEK_SET) return CURL_SEEKFUNC_CANTSEEK;
    static_cast<FileSlice*>(slice)->position_ = static_cast<std::uint64_t>(offset);
    return CURL_SEEKFUNC_OK;
  }

 private:
  std::uint64_t size_of_file() const {
    struct stat facts {};
    if (::fstat(descriptor_.get(), &facts) != 0) throw_io(tr("cannot read"), path_, errno);
    return static_cast<std::uint64_t>(facts.st_size);
  }

  std::size_t read_next(char* buffer, std::size_t room) {
    const std::size_t wanted = std::min<std::uint64_t>(room, size_ - position_);
    ssize_t count = 0;
    do {
      count = ::pread(descriptor_.get(), buffer, wanted, static_cast<off_t>(begin_ + position_));
    } while (count < 0 && errno == EINTR);
    if (count < 0) error_ = errno;
    // The file was longer when it was opened.
    if (count == 0 && wanted > 0) error_ = ENODATA;
    if (error_ != 0) return CURL_READFUNC_ABORT;
    position_ += static_cast<std::uint64_t>(count);
    return static_cast<std::size_t>(count);
  }

  std::filesystem::path path_;
  FileDescriptor descriptor_;
  std::uint64_t begin_ = 0;
  std::uint64_t size_ = 0;
  std::uint64_t position_ = 0;  // in the slice
  int error_ = 0;
};

namespace {

/// The functions of curl's mime part only fail when there is no memory left.
void require(CURLcode code) {
  if (code != CURLE_OK) throw std::bad_alloc();
}

}  // namespace

FormUpload::FormUpload(CURL* handle, const Form& form) : mime_(curl::mime_init(handle)) {
  if (!mime_) throw std::bad_alloc();
  for (const FormPart& part : form) {
    std::visit([this](const auto& content) { add(content); }, part);
  }
}

FormUpload::~FormUpload() = default;

void FormUpload::require_files_read() const {
  for (const auto& slice : slices_) slice->require_read();
}

void FormUpload::add(const FormField& field) {
  curl_mimepart* const part = add_part(field.name);
  require(curl::mime_data(part, field.value.data(), field.value.size()));
}

void FormUpload::add(const FormFile& file) {
  slices_.push_back(std::make_unique<FileSlice>(file));
  FileSlice& slice = *slices_.back();
  size_ += slice.size();
  curl_mimepart* const part = add_part(file.name);
  require(curl::mime_filename(part, file.file_name.c_str()));
  require(curl::mime_type(part, "application/octet-stream"));
  require(curl::mime_data_cb(part, static_cast<curl_off_t>(slice.size()), FileSlice::read,
                             FileSlice::seek, nullptr, &slice));
}

curl_mimepart* FormUpload::add_part(const std::string& name) {
  curl_mimepart* const part = curl::mime_addpart(mime_.get());
  if (part == nullptr) throw std::bad_alloc();
  require(curl::mime_name(part, name.c_str()));
  return part;
}

}  // namespace pes::net
