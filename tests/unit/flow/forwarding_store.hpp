#pragma once

#include "pes/port/store.hpp"

#include <functional>
#include <memory>
#include <optional>

namespace pes::test {

/// Another store, before which something may happen.
class ForwardingStore final : public port::Store {
 public:
  explicit ForwardingStore(port::Store& store) : store_(store) {}

  std::unique_ptr<port::HeldDossier> create(const DossierId& id, std::string_view command,
                                            std::uint64_t position) override {
    before_create();
    return store_.create(id, command, position);
  }
  std::unique_ptr<port::HeldDossier> hold(const DossierId& id, std::string_view command,
                                          std::uint64_t position) override {
    return store_.hold(id, command, position);
  }
  [[nodiscard]] Dossier read(const DossierId& id) const override { return store_.read(id); }
  void visit(const std::function<void(const Dossier&)>& callback,
             const std::function<void(const DossierId&, const Error&)>& damaged) const override {
    store_.visit(callback, damaged);
  }
  std::optional<DossierId> claim(const FlowName& name, const DossierId& id,
                                 const std::optional<DossierId>& instead_of) override {
    return store_.claim(name, id, instead_of);
  }
  void let_go(const FlowName& name, const DossierId& id) override { store_.let_go(name, id); }
  [[nodiscard]] ReadableFile readable(const DossierId& id, const StoredFile& file) const override {
    return store_.readable(id, file);
  }
  [[nodiscard]] DossierPage query(const DossierQuery& query) const override {
    return store_.query(query);
  }
  [[nodiscard]] DueDossiers due(Instant now, std::size_t limit) const override {
    before_due();
    return store_.due(now, limit);
  }
  void wait_for_news(Instant until, const std::function<bool()>& stop) override {
    waiting(until, stop);
  }

  std::function<void()> before_create = [] {};
  std::function<void()> before_due = [] {};
  std::function<void(Instant, const std::function<bool()>&)> waiting =
      [](Instant, const std::function<bool()>&) {};

 private:
  port::Store& store_;
};

}  // namespace pes::test
