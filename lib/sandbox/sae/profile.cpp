#include "sandbox/sae/profile.hpp"

#include "pes/error.hpp"
#include "support/owned.hpp"
#include "support/text.hpp"

#include <libxml/parser.h>
#include <libxml/relaxng.h>

namespace pes::sandbox::sae {
namespace {

using Document = Owned<xmlDoc, xmlFreeDoc>;
using ProfileParser = Owned<xmlRelaxNGParserCtxt, xmlRelaxNGFreeParserCtxt>;
using Profile = Owned<xmlRelaxNG, xmlRelaxNGFree>;
using ProfileCheck = Owned<xmlRelaxNGValidCtxt, xmlRelaxNGFreeValidCtxt>;

void ignore_error(void*, xmlErrorPtr) {}

}  // namespace

bool follows_profile(std::string_view bordereau, const std::filesystem::path& profile) {
  const ProfileParser parser(xmlRelaxNGNewParserCtxt(profile.c_str()));
  if (parser != nullptr) {
    xmlRelaxNGSetParserStructuredErrors(parser.get(), ignore_error, nullptr);
  }
  const Profile schema(parser == nullptr ? nullptr : xmlRelaxNGParse(parser.get()));
  if (schema == nullptr) {
    throw Error(ErrorCode::config_invalid,
                say("{1} is no usable RELAX NG schema", {profile.native()}));
  }
  const Document document(xmlReadMemory(bordereau.data(), static_cast<int>(bordereau.size()),
                                        nullptr, nullptr, XML_PARSE_NONET | XML_PARSE_NOERROR));
  const ProfileCheck check(xmlRelaxNGNewValidCtxt(schema.get()));
  if (check == nullptr) throw std::bad_alloc();
  xmlRelaxNGSetValidStructuredErrors(check.get(), ignore_error, nullptr);
  return document != nullptr && xmlRelaxNGValidateDoc(check.get(), document.get()) == 0;
}

}  // namespace pes::sandbox::sae
