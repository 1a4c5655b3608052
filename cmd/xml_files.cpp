#include "xml_files.hpp"

#include "pes/error.hpp"
#include "ui/language.hpp"

#include <algorithm>
#include <filesystem>
#include <system_error>

namespace pes::cmd {

namespace {

bool is_xml(const std::filesystem::path& file) {
  std::string extension = file.extension().native();
  std::transform(extension.begin(), extension.end(), extension.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return extension == ".xml";
}

std::vector<std::string> xml_files_in(const std::string& folder) {
  std::vector<std::string> files;
  std::error_code failure;
  std::filesystem::recursive_directory_iterator entry(folder, failure);
  for (; !failure && entry != std::filesystem::recursive_directory_iterator();
       entry.increment(failure)) {
    std::error_code dangling;
    if (entry->is_regular_file(dangling) && is_xml(entry->path())) {
      files.push_back(entry->path().native());
    }
  }
  if (failure) {
    throw Error(ErrorCode::io_failed, say("{1} cannot be read: {2}", {folder, failure.message()}));
  }
  if (files.empty()) {
    throw Error(ErrorCode::file_unknown, say("there is no XML file in {1}", {folder}),
                tr("flows are looked for under names that end in .xml"));
  }
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace

std::vector<std::string> with_files_of_folders(const std::vector<std::string>& words) {
  std::vector<std::string> all;
  for (const std::string& word : words) {
    std::error_code unreadable;
    if (std::filesystem::is_directory(word, unreadable)) {
      const std::vector<std::string> files = xml_files_in(word);
      all.insert(all.end(), files.begin(), files.end());
    } else {
      all.push_back(word);
    }
  }
  return all;
}

}  // namespace pes::cmd
