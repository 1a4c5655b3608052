#include "adapter/patience/circuit.hpp"

#include <utility>

namespace pes {

namespace {

class PatientTsa final : public port::Tsa {
 public:
  PatientTsa(std::unique_ptr<port::Tsa> tsa, std::shared_ptr<Circuit> circuit)
      : tsa_(std::move(tsa)), circuit_(std::move(circuit)) {}

  [[nodiscard]] std::string name() const override { return tsa_->name(); }

  std::string stamp(std::string_view sha256) override {
    return circuit_->repeat([&] { return tsa_->stamp(sha256); });
  }

 private:
  std::unique_ptr<port::Tsa> tsa_;
  std::shared_ptr<Circuit> circuit_;
};

}  // namespace

std::unique_ptr<port::Tsa> make_patient_tsa(std::unique_ptr<port::Tsa> tsa,
                                            std::shared_ptr<Circuit> circuit) {
  return std::make_unique<PatientTsa>(std::move(tsa), std::move(circuit));
}

}  // namespace pes
