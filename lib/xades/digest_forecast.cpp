#include "xades/digest_forecast.hpp"

#include "pes/error.hpp"
#include "support/file.hpp"
#include "support/text.hpp"
#include "xades/algorithms.hpp"
#include "xml/tag_scanner.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

namespace pes::xades {

using port::DigestAlgorithm;

namespace {

/// A signature takes five to ten kilobytes, what precedes the first Bordereau two.
constexpr std::uint64_t glance = 65536;

struct Part {
  std::uint64_t offset = 0;
  std::string bytes;
};

Part part_at(std::uint64_t offset, std::uint64_t size, const FileDescriptor& file,
             const std::filesystem::path& path) {
  std::string bytes(size, '\0');
  std::size_t filled = 0;
  while (filled < bytes.size()) {
    const ssize_t count = ::pread(file.get(), bytes.data() + filled, bytes.size() - filled,
                                  static_cast<off_t>(offset + filled));
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) throw_io(tr("cannot read"), path, errno);
    if (count == 0) break;
    filled += static_cast<std::size_t>(count);
  }
  bytes.resize(filled);
  return {offset, std::move(bytes)};
}

std::uint64_t size_of(const FileDescriptor& file, const std::filesystem::path& path) {
  struct stat facts {};
  if (::fstat(file.get(), &facts) != 0) throw_io(tr("cannot read"), path, errno);
  return static_cast<std::uint64_t>(facts.st_size);
}

std::string first_bytes(const std::filesystem::path& path) {
  const FileDescriptor file = open_for_reading(path);
  return part_at(0, std::min(glance, size_of(file, path)), file, path).bytes;
}

Part last_bytes(const std::filesystem::path& path) {
  const FileDescriptor file = open_for_reading(path);
  const std::uint64_t whole = size_of(file, path);
  const std::uint64_t size = std::min(glance, whole);
  return part_at(whole - size, size, file, path);
}

/// Takes `</…name>` off the end.
bool take_end_tag(std::string_view& text, std::string_view name) {
  text = trimmed(text);
  if (!text.ends_with('>')) return false;
  const std::size_t begin = text.rfind("</");
  if (begin == std::string_view::npos) return false;
  if (!trimmed(text.substr(begin, text.size() - 1 - begin)).ends_with(name)) return false;
  text = text.substr(0, begin);
  return true;
}

bool is_signed_as_a_whole(std::string_view end) {
  return take_end_tag(end, "PES_Aller") && take_end_tag(end, "Signature");
}

}  // namespace

helios::DigestPlan forecast_verification(const std::filesystem::path& file) {
  const std::string end = last_bytes(file).bytes;
  helios::DigestPlan plan;
  // Which of the two cannot be told before the Bordereau is over, and digesting both beside
  // the reading costs next to nothing.
  if (!is_signed_as_a_whole(end)) {
    plan.bordereaux = {DigestAlgorithm::sha256, DigestAlgorithm::sha1};
    return plan;
  }
  for (const auto& [algorithm, uri] : digest_uris) {
    if (end.find("\"" + std::string(uri) + "\"") != std::string::npos)
      plan.root.push_back(algorithm);
  }
  return plan;
}

helios::DigestPlan forecast_signing(const std::filesystem::path& file) {
  const std::string start = first_bytes(file);
  const std::size_t bordereau = start.find("<Bordereau");
  const std::string_view tag =
      bordereau == std::string::npos
          ? std::string_view()
          : std::string_view(start).substr(bordereau, start.find('>', bordereau) - bordereau);
  if (xml::attribute_value(tag, "Id")) return {{}, {DigestAlgorithm::sha256}};
  return {{DigestAlgorithm::sha256}, {}};
}

std::uint64_t last_end_tag(const std::filesystem::path& file) {
  const Part end = last_bytes(file);
  const std::size_t tag = end.bytes.rfind("</");
  return tag == std::string::npos ? 0 : end.offset + tag;
}

}  // namespace pes::xades
