#include "dry_run.hpp"

#include "pes/error.hpp"
#include "ui/language.hpp"

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace pes::cmd {

namespace {

class RehearsedJournal final : public port::Journal {
 public:
  explicit RehearsedJournal(const port::Journal& real) : real_(real) {}

  Event append(Event event) override { return event; }
  void continue_with(const std::vector<std::string>& /*lines*/) override {}
  [[nodiscard]] std::uint64_t position() const override { return real_.position(); }
  std::uint64_t visit(std::uint64_t from,
                      const std::function<bool(const Event&)>& callback) const override {
    return real_.visit(from, callback);
  }
  void visit_dossier(const DossierId& id, std::uint64_t first,
                     const std::function<bool(const Event&)>& callback) const override {
    real_.visit_dossier(id, first, callback);
  }
  [[nodiscard]] std::optional<Event> find(std::uint64_t id_j) const override {
    return real_.find(id_j);
  }
  [[nodiscard]] std::vector<port::JournalFault> verify(
      std::vector<port::Witness> witnesses) const override {
    return real_.verify(std::move(witnesses));
  }

 private:
  const port::Journal& real_;
};

class RehearsedDossier final : public port::HeldDossier {
 public:
  explicit RehearsedDossier(Dossier dossier) : dossier_(std::move(dossier)) {}

  [[nodiscard]] const Dossier& dossier() const override { return dossier_; }
  [[nodiscard]] std::optional<std::uint64_t> interrupted_since() const override {
    return std::nullopt;
  }
  StoredFile keep(std::string_view /*field*/, std::string_view name,
                  const std::filesystem::path& source) override {
    return {.name = std::string(name),
            .path = std::filesystem::absolute(source).native(),
            .size = std::filesystem::file_size(source),
            .sha256 = {}};
  }
  StoredFile keep_bytes(std::string_view /*field*/, std::string_view name,
                        std::string_view bytes) override {
    return {.name = std::string(name), .path = {}, .size = bytes.size(), .sha256 = {}};
  }
  std::filesystem::path scratch(std::string_view name) override { nothing_is_built(name); }
  StoredFile keep_scratch(std::string_view /*field*/, std::string_view name,
                          const std::filesystem::path& /*scratch*/) override {
    nothing_is_built(name);
  }
  void record(Dossier& dossier, Event event) override {
    apply(dossier, event);
    save(dossier);
  }
  void save(const Dossier& dossier) override { dossier_ = dossier; }
  [[nodiscard]] bool owes_save() const override { return false; }
  void erase() override {}

 private:
  [[noreturn]] static void nothing_is_built(std::string_view name) {
    throw Error(ErrorCode::internal, say("a rehearsal does not build {1}", {name}));
  }

  Dossier dossier_;
};

class RehearsedStore final : public port::Store {
 public:
  explicit RehearsedStore(const port::Store& real) : real_(real) {}

  std::unique_ptr<port::HeldDossier> create(const DossierId& id, std::string_view /*command*/,
                                            std::uint64_t /*journal_position*/) override {
    if (exists(id)) {
      throw Error(ErrorCode::state_forbids, say("dossier {1} exists already", {id.text()}));
    }
    Dossier dossier;
    dossier.id_d = id;
    return std::make_unique<RehearsedDossier>(std::move(dossier));
  }
  std::unique_ptr<port::HeldDossier> hold(const DossierId& id, std::string_view /*command*/,
                                          std::uint64_t /*journal_position*/) override {
    return std::make_unique<RehearsedDossier>(real_.read(id));
  }
  [[nodiscard]] Dossier read(const DossierId& id) const override { return real_.read(id); }
  [[nodiscard]] DossierPage query(const DossierQuery& query) const override {
    return real_.query(query);
  }
  [[nodiscard]] DueDossiers due(Instant now, std::size_t limit) const override {
    return real_.due(now, limit);
  }
  void wait_for_news(Instant /*until*/, const std::function<bool()>& /*stop*/) override {}
  void visit(const std::function<void(const Dossier&)>& callback,
             const std::function<void(const DossierId&, const Error&)>& damaged) const override {
    real_.visit(callback, damaged);
  }
  [[nodiscard]] ReadableFile readable(const DossierId& id, const StoredFile& file) const override {
    const std::filesystem::path place(file.path);
    return place.is_absolute() ? ReadableFile(place) : real_.readable(id, file);
  }
  std::optional<DossierId> claim(const FlowName& /*name*/, const DossierId& /*id*/,
                                 const std::optional<DossierId>& /*instead_of*/) override {
    return std::nullopt;
  }
  void let_go(const FlowName& /*name*/, const DossierId& /*id*/) override {}

 private:
  [[nodiscard]] bool exists(const DossierId& id) const {
    try {
      (void)real_.read(id);
      return true;
    } catch (const Error& error) {
      if (error.code() == ErrorCode::dossier_unknown) return false;
      throw;
    }
  }

  const port::Store& real_;
};

}  // namespace

flow::Outcome rehearsed(Session& session, const FlowAct& act) {
  const flow::Services& real = session.services();
  RehearsedStore store(real.store);
  RehearsedJournal journal(real.journal);
  flow::Services rehearsal{.store = store,
                           .journal = journal,
                           .stamps = real.stamps,
                           .clock = real.clock,
                           .settings = real.settings,
                           .user = real.user,
                           .command = real.command,
                           .listener = {}};
  return act(rehearsal);
}

flow::Outcome rehearsed_or_done(Session& session, const FlowAct& act) {
  return session.options().dry_run ? rehearsed(session, act) : act(session.services());
}

}  // namespace pes::cmd
