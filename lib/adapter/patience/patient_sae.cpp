#include "adapter/patience/circuit.hpp"

#include <utility>

namespace pes {

namespace {

class PatientSae final : public port::Sae {
 public:
  PatientSae(std::unique_ptr<port::Sae> sae, std::shared_ptr<Circuit> circuit)
      : sae_(std::move(sae)), circuit_(std::move(circuit)) {}

  [[nodiscard]] std::string name() const override { return sae_->name(); }

  std::string test_connection() override {
    return circuit_->repeat([&] { return sae_->test_connection(); });
  }

  port::SaeDeposit deposit(const std::filesystem::path& bordereau_seda,
                           const std::filesystem::path& archive,
                           const std::string& archive_name) override {
    return circuit_->once<port::SaeUnknown>(
        [&] { return sae_->deposit(bordereau_seda, archive, archive_name); });
  }

  port::SaeAnswer acknowledgement(const std::string& agency, const std::string& transfer) override {
    return circuit_->repeat([&] { return sae_->acknowledgement(agency, transfer); });
  }

  port::SaeAnswer reply(const std::string& agency, const std::string& transfer) override {
    return circuit_->repeat([&] { return sae_->reply(agency, transfer); });
  }

  [[nodiscard]] std::chrono::seconds pause(int tries) const override { return sae_->pause(tries); }

  [[nodiscard]] std::chrono::seconds settling_time() const override {
    return sae_->settling_time();
  }

  [[nodiscard]] std::optional<Error> interruption() const override {
    return circuit_->interruption();
  }

 private:
  std::unique_ptr<port::Sae> sae_;
  std::shared_ptr<Circuit> circuit_;
};

}  // namespace

std::unique_ptr<port::Sae> make_patient_sae(std::unique_ptr<port::Sae> sae,
                                            std::shared_ptr<Circuit> circuit) {
  return std::make_unique<PatientSae>(std::move(sae), std::move(circuit));
}

}  // namespace pes
