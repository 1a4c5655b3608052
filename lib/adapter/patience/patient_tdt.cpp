#include "adapter/patience/circuit.hpp"

#include <utility>

namespace pes {

namespace {

class PatientTdt final : public port::Tdt {
 public:
  PatientTdt(std::unique_ptr<port::Tdt> tdt, std::shared_ptr<Circuit> circuit)
      : tdt_(std::move(tdt)), circuit_(std::move(circuit)) {}

  [[nodiscard]] std::string name() const override { return tdt_->name(); }

  void test_connection() override {
    circuit_->repeat([&] {
      tdt_->test_connection();
      return true;
    });
  }

  port::TdtSubmission submit(const std::filesystem::path& file, const std::string& name) override {
    circuit_->require_closed();
    try {
      port::TdtSubmission submission = tdt_->submit(file, name);
      if (const auto* const unknown = std::get_if<port::TdtUnknown>(&submission)) {
        circuit_->lost(unknown->reason, unknown->retry_after);
      } else {
        circuit_->answered();
      }
      return submission;
    } catch (const Error& error) {
      circuit_->failed(error);
      throw;
    }
  }

  port::TdtStatus status(const std::string& transaction_id) override {
    return circuit_->repeat([&] { return tdt_->status(transaction_id); });
  }

  std::optional<Acquit> acquit(const std::string& transaction_id) override {
    return circuit_->repeat([&] { return tdt_->acquit(transaction_id); });
  }

  [[nodiscard]] std::chrono::seconds pause(int tries) const override { return tdt_->pause(tries); }

  [[nodiscard]] std::chrono::seconds settling_time() const override {
    return tdt_->settling_time();
  }

  port::TdtSearch find(const FlowName& flow, Instant since) override {
    return circuit_->repeat([&] { return tdt_->find(flow, since); });
  }

  [[nodiscard]] std::optional<Error> interruption() const override {
    return circuit_->interruption();
  }

 private:
  std::unique_ptr<port::Tdt> tdt_;
  std::shared_ptr<Circuit> circuit_;
};

}  // namespace

std::unique_ptr<port::Tdt> make_patient_tdt(std::unique_ptr<port::Tdt> tdt,
                                            std::shared_ptr<Circuit> circuit) {
  return std::make_unique<PatientTdt>(std::move(tdt), std::move(circuit));
}

}  // namespace pes
