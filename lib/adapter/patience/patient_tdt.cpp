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
    circuit_->repeat([&] { tdt_->test_connection(); });
  }

  bool may_follow() override {
    return circuit_->repeat([&] { return tdt_->may_follow(); });
  }

  std::vector<std::string> logins() override {
    return circuit_->repeat([&] { return tdt_->logins(); });
  }

  port::TdtSubmission submit(const std::filesystem::path& file, const std::string& name) override {
    return circuit_->once<port::TdtUnknown>([&] { return tdt_->submit(file, name); });
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

  port::TdtSearch find(const FlowName& flow, Instant since,
                       const std::function<bool(const std::string&)>& is_anothers) override {
    return circuit_->repeat([&] { return tdt_->find(flow, since, is_anothers); });
  }

  std::vector<port::TdtRetour> unread_retours() override {
    return circuit_->repeat([&] { return tdt_->unread_retours(); });
  }

  port::TdtFile retour(const std::string& id) override {
    return circuit_->repeat([&] { return tdt_->retour(id); });
  }

  void mark_retour_read(const std::string& id) override {
    circuit_->repeat([&] { tdt_->mark_retour_read(id); });
  }

  std::vector<std::string> transactions(int status, Instant since) override {
    return circuit_->repeat([&] { return tdt_->transactions(status, since); });
  }

  bool tell_archived(const std::string& transaction_id) override {
    return circuit_->repeat([&] { return tdt_->tell_archived(transaction_id); });
  }

  Secret page(const std::string& transaction_id) override {
    return circuit_->repeat([&] { return tdt_->page(transaction_id); });
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
