#include "pkcs11/module.hpp"

#include "pes/error.hpp"
#include "support/text.hpp"

#include <string_view>

namespace pes::pkcs11 {

namespace {

std::string_view words(const char* text) { return text == nullptr ? "" : text; }

Error cannot_load(const std::filesystem::path& file, std::string_view cause) {
  return {ErrorCode::key_missing, say("the PKCS#11 module {1} cannot be loaded", {file.native()}),
          tr("give the library that came with the card or token (…pkcs11….so), of the same "
             "architecture as pes"),
          cause};
}

/// Modules that hold the authorities a system trusts, and no key.
bool holds_trust_anchors(CK_FUNCTION_LIST* module) {
  const Text policy(p11::config_option(module, "trust-policy"));
  return policy && std::string_view(policy.get()) == "yes";
}

}  // namespace

std::shared_ptr<const Modules> Modules::at(const std::filesystem::path& file) {
  const std::shared_ptr<Modules> modules(new Modules());
  CK_FUNCTION_LIST* module = p11::module_load(file.c_str(), 0);
  if (module == nullptr) throw cannot_load(file, words(p11::message()));
  const CK_RV answer = p11::module_initialize(module);
  if (answer != CKR_OK) {
    p11::module_release(module);
    throw cannot_load(file, words(p11::strerror(answer)));
  }
  modules->alone_ = module;
  modules->all_ = {module};
  return modules;
}

std::shared_ptr<const Modules> Modules::configured() {
  const std::shared_ptr<Modules> modules(new Modules());
  // Those that do not load are left out by p11-kit, unless they are marked critical.
  modules->configured_.reset(p11::modules_load_and_initialize(0));
  if (!modules->configured_) return modules;
  for (CK_FUNCTION_LIST** module = modules->configured_.get(); *module != nullptr; ++module) {
    if (!holds_trust_anchors(*module)) modules->all_.push_back(*module);
  }
  return modules;
}

Modules::~Modules() {
  if (alone_ == nullptr) return;
  p11::module_finalize(alone_);
  p11::module_release(alone_);
}

}  // namespace pes::pkcs11
