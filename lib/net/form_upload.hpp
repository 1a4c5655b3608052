#pragma once

#include "net/curl.hpp"
#include "net/form.hpp"

#include <cstdint>
#include <memory>
#include <vector>

namespace pes::net {

class FileSlice;

/// A form made ready for curl, its files open: what cannot be read is known before
/// anything is sent.
class FormUpload {
 public:
  /// Throws as open_for_reading.
  FormUpload(CURL* handle, const Form& form);
  FormUpload(const FormUpload&) = delete;
  FormUpload& operator=(const FormUpload&) = delete;
  ~FormUpload();

  [[nodiscard]] curl_mime* mime() const noexcept { return mime_.get(); }
  /// Of the files, in bytes.
  [[nodiscard]] std::uint64_t size() const noexcept { return size_; }
  /// Throws io_failed when a file could not be read to its end during the transfer.
  void require_files_read() const;

 private:
  void add(const FormField& field);
  void add(const FormFile& file);
  curl_mimepart* add_part(const std::string& name);

  std::vector<std::unique_ptr<FileSlice>> slices_;
  curl::Mime mime_;  // freed first: it reads from the slices
  std::uint64_t size_ = 0;
};

}  // namespace pes::net
