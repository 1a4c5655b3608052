#pragma once

#include "pkcs11/p11_handles.hpp"

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace pes::pkcs11 {

/// PKCS#11 modules, loaded and initialised; they go with this object, which the tokens and
/// sessions made from it keep.
class Modules {
 public:
  /// Throws key_missing, naming the file.
  static std::shared_ptr<const Modules> at(const std::filesystem::path& file);
  /// Those that p11-kit is configured with, trust anchors left out.
  static std::shared_ptr<const Modules> configured();

  Modules(const Modules&) = delete;
  Modules& operator=(const Modules&) = delete;
  ~Modules();

  [[nodiscard]] const std::vector<CK_FUNCTION_LIST*>& all() const noexcept { return all_; }

 private:
  Modules() = default;

  CK_FUNCTION_LIST* alone_ = nullptr;
  ConfiguredModules configured_;
  std::vector<CK_FUNCTION_LIST*> all_;
};

}  // namespace pes::pkcs11
