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
constexpr std::size_t glance = 65536;

std::string bytes_at(const FileDescriptor& file, const std::filesystem::path& path, off_t offset) {
  std::string bytes(glance, '\0');
  std::size_t filled = 0;
  while (filled < bytes.size()) {
    const ssize_t count = ::pread(file.get(), bytes.data() + filled, bytes.size() - filled,
                                  offset + static_cast<off_t>(filled));
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) throw_io(tr("cannot read"), path, errno);
    if (count == 0) break;
    filled += static_cast<std::size_t>(count);
  }
  bytes.resize(filled);
  return bytes;
}

std::string first_bytes(const std::filesystem::path& path) {
  return bytes_at(open_for_reading(path), path, 0);
}

struct End {
  std::uint64_t offset = 0;
  std::string bytes;
};

End end_of(const std::filesystem::path& path) {
  const FileDescriptor file = open_for_reading(path);
  struct stat facts {};
  if (::fstat(file.get(), &facts) != 0) throw_io(tr("cannot read"), path, errno);
  const off_t offset = std::max<off_t>(0, facts.st_size - static_cast<off_t>(glance));
  return {static_cast<std::uint64_t>(offset), bytes_at(file, path, offset)};
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
  const std::string end = end_of(file).bytes;
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
  const End end = end_of(file);
  const std::size_t tag = end.bytes.rfind("</");
  return tag == std::string::npos ? 0 : end.offset + tag;
}

}  // namespace pes::xades
