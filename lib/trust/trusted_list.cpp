#include "trust/trusted_list.hpp"

#include "crypto/certificate.hpp"
#include "pes/error.hpp"
#include "support/encoding.hpp"
#include "support/file.hpp"
#include "support/text.hpp"
#include "xml/well_formed.hpp"

#include <pugixml.hpp>

#include <algorithm>
#include <array>
#include <string>

namespace pes::trust {

namespace {

/// pugixml knows no namespaces; local names are enough in a list of one vocabulary.
std::string_view local_name(const pugi::xml_node& node) {
  const std::string_view name = node.name();
  const std::size_t colon = name.find(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

pugi::xml_node child(const pugi::xml_node& parent, std::string_view name) {
  return parent.find_child([&](const pugi::xml_node& node) { return local_name(node) == name; });
}

std::vector<pugi::xml_node> children(const pugi::xml_node& parent, std::string_view name) {
  std::vector<pugi::xml_node> found;
  for (const pugi::xml_node node : parent) {
    if (local_name(node) == name) found.push_back(node);
  }
  return found;
}

std::string text(const pugi::xml_node& node) { return std::string(trimmed(node.child_value())); }

std::string text(const pugi::xml_node& parent, std::string_view name) {
  return text(child(parent, name));
}

/// In French when the list says it so, or else in English, or else as it comes first.
std::string name_in(const pugi::xml_node& names) {
  const std::vector<pugi::xml_node> all = children(names, "Name");
  for (const char* language : {"fr", "en"}) {
    for (const pugi::xml_node& name : all) {
      if (std::string_view(name.attribute("xml:lang").value()) == language) return text(name);
    }
  }
  return all.empty() ? std::string() : text(all.front());
}

/// A status of the time before eIDAS bears another prefix and means as much (TS 119 612 §5.5.4).
bool is_granted_status(std::string_view uri) {
  constexpr std::array granted{"/granted", "/undersupervision", "/supervisionincessation",
                               "/accredited"};
  return std::any_of(granted.begin(), granted.end(),
                     [&](std::string_view end) { return uri.ends_with(end); });
}

/// What a service's certificates are for, when it says it (TS 119 612 §5.5.9.4).
bool is_for_signatures(const pugi::xml_node& information) {
  bool says = false;
  for (const auto& extension :
       children(child(information, "ServiceInformationExtensions"), "Extension")) {
    for (const auto& additional : children(extension, "AdditionalServiceInformation")) {
      const std::string uri = text(additional, "URI");
      if (uri.ends_with("/ForeSignatures")) return true;
      says = says || uri.ends_with("/ForeSeals") || uri.ends_with("/ForWebSiteAuthentication");
    }
  }
  return !says;
}

void add_period(const pugi::xml_node& information, ListedService& service) {
  const auto from = parse_iso8601(text(information, "StatusStartingTime"));
  if (!from) return;
  const bool granted =
      is_granted_status(text(information, "ServiceStatus")) && is_for_signatures(information);
  service.periods.push_back({*from, granted});
}

std::vector<ListedService::Period> periods_of(const pugi::xml_node& node) {
  ListedService service;
  add_period(child(node, "ServiceInformation"), service);
  for (const auto& instance : children(child(node, "ServiceHistory"), "ServiceHistoryInstance")) {
    add_period(instance, service);
  }
  std::sort(service.periods.begin(), service.periods.end(),
            [](const auto& left, const auto& right) { return left.from > right.from; });
  return service.periods;
}

void add_service(const pugi::xml_node& node, std::vector<ListedService>& services) {
  const pugi::xml_node information = child(node, "ServiceInformation");
  if (!std::string_view(text(information, "ServiceTypeIdentifier")).ends_with("/Svctype/CA/QC")) {
    return;
  }
  for (const auto& identity : children(child(information, "ServiceDigitalIdentity"), "DigitalId")) {
    const std::optional<Bytes> der = from_base64(text(identity, "X509Certificate"));
    X509Certificate certificate = der ? crypto::x509_from(*der) : nullptr;
    if (certificate) services.push_back({std::move(certificate), periods_of(node)});
  }
}

TrustedList describe(const pugi::xml_node& scheme) {
  TrustedList list;
  list.territory = text(scheme, "SchemeTerritory");
  list.scheme_operator = name_in(child(scheme, "SchemeOperatorName"));
  list.sequence_number = text(scheme, "TSLSequenceNumber");
  list.issued = parse_iso8601(text(scheme, "ListIssueDateTime"));
  list.next_update = parse_iso8601(text(child(scheme, "NextUpdate"), "dateTime"));
  return list;
}

bool is_territory(std::string_view text) {
  return text.size() == 2 &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

}  // namespace

bool ListedService::is_granted(Instant at) const {
  const auto current = std::find_if(periods.begin(), periods.end(),
                                    [&](const Period& period) { return period.from <= at; });
  return current != periods.end() && current->granted;
}

ListContent read_trusted_list(std::string_view xml, std::string_view name) {
  if (xml.find("<!DOCTYPE") != std::string_view::npos) {
    throw Error(ErrorCode::input_doctype, say("{1} declares a document type", {name}),
                tr("a trusted list has none: take it again from its operator"));
  }
  xml::require_well_formed(xml, std::string(name));
  pugi::xml_document document;
  const pugi::xml_parse_result parsed = document.load_buffer(xml.data(), xml.size());
  const pugi::xml_node root = document.document_element();
  ListContent content{describe(child(root, "SchemeInformation")), {}};
  if (!parsed || local_name(root) != "TrustServiceStatusList" ||
      !is_territory(content.list.territory)) {
    throw Error(ErrorCode::input_invalid,
                say("{1} is no trusted list of a member state (ETSI TS 119 612)", {name}),
                tr("take the XML form of the list from its operator"));
  }
  for (const auto& provider :
       children(child(root, "TrustServiceProviderList"), "TrustServiceProvider")) {
    for (const auto& service : children(child(provider, "TSPServices"), "TSPService")) {
      add_service(service, content.services);
    }
  }
  content.list.services = content.services.size();
  return content;
}

std::size_t count_granted(const std::vector<ListedService>& services, Instant at) {
  return static_cast<std::size_t>(
      std::count_if(services.begin(), services.end(),
                    [&](const ListedService& service) { return service.is_granted(at); }));
}

std::vector<std::filesystem::path> list_files(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> files;
  std::error_code missing;
  if (folder.empty() || !std::filesystem::is_directory(folder, missing)) return files;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() == ".xml") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace pes::trust

namespace pes {

std::vector<TrustedList> trusted_lists(const std::filesystem::path& folder, Instant now) {
  std::vector<TrustedList> lists;
  for (const auto& file : trust::list_files(folder)) {
    const std::string xml = read_file(file, trust::largest_list);
    trust::ListContent content = trust::read_trusted_list(xml, file.native());
    content.list.granted = trust::count_granted(content.services, now);
    content.list.file = file;
    lists.push_back(std::move(content.list));
  }
  return lists;
}

}  // namespace pes
