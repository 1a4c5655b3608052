#include "contract/sandbox_partner.hpp"
#include "contract/tdt_contract.hpp"
#include "pes/patience.hpp"
#include "unit/flow/bench.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <limits>
#include <set>
#include <string>
#include <utility>

namespace {

using namespace pes::test;

/// A small flow, ISO-8859-1, that says only what the TdT and Hélios look at.
std::string flow_text(const pes::FlowName& name, const std::string& id_coll) {
  return "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>"
         "<n:PES_Aller xmlns:n=\"http://www.minefi.gouv.fr/cp/helios/pes_v2/Rev0/aller\">"
         "<Enveloppe><Parametres><Version V=\"2\"/><TypFic V=\"PESALR2\"/><NomFic V=\"" +
         name.nom_fic +
         "\"/></Parametres></Enveloppe><EnTetePES><DteStr V=\"2026-01-05\"/>"
         "<IdPost V=\"034000\"/><IdColl V=\"" +
         id_coll + "\"/><CodCol V=\"" + name.cod_col +
         "\"/><CodBud V=\"12\"/></EnTetePES><PES_DepenseAller><Bordereau><BlocBordereau>"
         "<Exer V=\"2026\"/><IdBord V=\"1\"/></BlocBordereau></Bordereau></PES_DepenseAller>"
         "</n:PES_Aller>";
}

/// S²LOW as the sandbox plays it, in one of its generations.
class S2lowBench : public TdtBench {
 public:
  explicit S2lowBench(std::string generation) : generation_(std::move(generation)) {
    write_json("platform.json", {{"generation", generation_}});
  }

  std::unique_ptr<pes::port::Tdt> open() override { return open_with(agent()); }

  [[nodiscard]] pes::Login login() const override { return {agent().login, agent().password}; }

  std::unique_ptr<pes::port::Tdt> open_with_archivist() override {
    if (generation_ == "v4") return nullptr;  // nobody may list there
    return open_though_no_list();
  }

  std::unique_ptr<pes::port::Tdt> open_though_no_list() {
    const pes::HttpsAccess archivist =
        partner_.access(partner_.server().tdt_url(), SandboxPartner::Account::archivist);
    return adapter(
        {.https = agent(), .archivist = pes::Login{archivist.login, archivist.password}});
  }

  std::unique_ptr<pes::port::Tdt> open_with_wrong_password() override {
    return open_with(with_wrong_password(agent()));
  }

  std::unique_ptr<pes::port::Tdt> open_without_login() override {
    pes::HttpsAccess access = agent();
    access.login.clear();
    access.password = {};
    return open_with(std::move(access));
  }

  std::unique_ptr<pes::port::Tdt> open_unknown() override {
    write_json("accounts.json", nlohmann::json::array());
    return open();
  }

  std::unique_ptr<pes::port::Tdt> open_where_nobody_listens() override {
    return open_with(to_nobody(agent()));
  }

  Parking open_parking() override {
    write_json(
        "accounts.json",
        nlohmann::json::array(
            {{{"login", "agent-test"}, {"password_file", "tdt.password"}},
             {{"login", "depot-test"}, {"password_file", "sae.password"}, {"permission", "CS"}}}));
    return {.sender = open_with(partner_.access(partner_.server().tdt_url(), "depot-test",
                                                partner_.folder() / "identities/sae.password")),
            .follower = open()};
  }

  Flow write(const std::string& nom_fic, Fate fate) override {
    Flow flow{.file = partner_.folder() / (nom_fic + ".xml"), .name = {nom_fic, "123"}};
    flow.name.nom_fic += scenario_of(fate);
    const bool is_too_long = fate == Fate::refused_by_tdt;
    pes::test::write(flow.file,
                     flow_text(flow.name, is_too_long ? "123456789012345" : "12345678901234"));
    if (fate == Fate::cancelled) cancelled_.insert(flow.name.nom_fic);
    return flow;
  }

  pes::port::TdtFile receive_retour() override {
    const std::string name = "PES2R_" + std::to_string(++retours_) + ".xml";
    const std::string bytes =
        "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>\r\n<PES_Retour><!-- \xE9 " + name +
        " --></PES_Retour>\n";
    pes::test::write(partner_.folder() / "tdt/retours/drop" / name, bytes);
    return {.bytes = bytes, .name = name};
  }

  void trouble_exchange(int nth, Trouble trouble) override {
    partner_.trouble_exchange(nth, trouble);
  }

  void advance() override {
    while (partner_.advance()) {
    }
    for (const auto& transaction : pes::sandbox::transactions(partner_.folder())) {
      if (cancelled_.contains(transaction.nom_fic)) cancel(transaction.id);
    }
  }

  [[nodiscard]] std::size_t received() const override {
    return pes::sandbox::transactions(partner_.folder()).size();
  }

 protected:
  virtual std::unique_ptr<pes::port::Tdt> adapter(pes::S2lowAccess access) {
    return pes::make_s2low(std::move(access));
  }

 private:
  static std::string scenario_of(Fate fate) {
    switch (fate) {
      case Fate::refused:
        return "-SCENARIO-refuse";
      case Fate::technical:
        return "-SCENARIO-technique";
      case Fate::unanswered:
        return "-SCENARIO-muet";
      case Fate::accepted:
      case Fate::refused_by_tdt:
      case Fate::cancelled:
        break;
    }
    return {};
  }

  [[nodiscard]] pes::HttpsAccess agent() const {
    return partner_.access(partner_.server().tdt_url(), SandboxPartner::Account::agent);
  }

  std::unique_ptr<pes::port::Tdt> open_with(pes::HttpsAccess access) {
    return adapter({.https = std::move(access), .archivist = {}});
  }

  void write_json(const std::string& name, const nlohmann::json& value) {
    pes::test::write(partner_.folder() / "tdt" / name, value.dump());
  }

  /// No endpoint does it.
  void cancel(const std::string& id) {
    const auto file = partner_.folder() / "tdt/transactions" / id / "state.json";
    auto state = nlohmann::json::parse(content(file));
    state["workflow"].push_back({{"status", 0}, {"message", ""}, {"date", "2026-01-05T10:00:00Z"}});
    pes::test::write(file, state.dump());
  }

  std::string generation_;
  SandboxPartner partner_;
  std::set<std::string> cancelled_;
  int retours_ = 0;
};

/// Each look at it comes an hour later: no pause that a service asks for lasts.
class HurriedClock final : public pes::port::Clock {
 public:
  [[nodiscard]] pes::Instant now() const override { return now_ += std::chrono::hours(1); }
  [[nodiscard]] bool is_over() const override { return false; }
  void wait_until(pes::Instant /*instant*/) override {}

 private:
  mutable pes::Instant now_{};
};

/// The same behind the wrapper that asks again and leaves alone, which here does neither: the
/// contract is of single exchanges.
class PatientBench final : public S2lowBench {
 public:
  using S2lowBench::S2lowBench;

 private:
  std::unique_ptr<pes::port::Tdt> adapter(pes::S2lowAccess access) override {
    return pes::make_patient_tdt(S2lowBench::adapter(std::move(access)), circuit_);
  }

  HurriedClock clock_;
  std::shared_ptr<pes::Circuit> circuit_ = pes::make_circuit(
      {.tries = 1, .failures = std::numeric_limits<int>::max()}, clock_, [] { return 0.0; }, {});
};

TEST_SUITE("contract") {
  TEST_CASE("S²LOW of generation v4 keeps the contract of TdTs") {
    S2lowBench bench("v4");
    tdt_contract(bench);
  }

  TEST_CASE("S²LOW of generation v4 has no list in which a flow could be looked for") {
    S2lowBench bench("v4");

    const auto found = bench.open_though_no_list()->find({"FLUX-1", "123"}, pes::Instant{},
                                                         [](const std::string&) { return false; });

    CHECK(std::holds_alternative<pes::port::TdtNoSearch>(found));
  }

  TEST_CASE("S²LOW of generation v5 keeps the contract of TdTs") {
    S2lowBench bench("v5");
    tdt_contract(bench);
  }

  TEST_CASE("S²LOW behind patience keeps the contract of TdTs") {
    PatientBench bench("v5");
    tdt_contract(bench);
  }

  TEST_CASE("the TdT that tests play in memory keeps what it has of the contract") {
    ScriptedTdt tdt;

    SUBCASE("PES Retours") {
      retours_of_tdt_contract(tdt, [&] {
        const std::string id = std::to_string(tdt.retours.size() + 1);
        return pes::port::TdtFile{.bytes = tdt.retours[id] = "<PES_Retour id=\"" + id + "\"/>",
                                  .name = "PES2R_" + id + ".xml"};
      });
    }
    SUBCASE("archives") { archiving_of_tdt_contract(tdt, {"12", "13"}); }
  }

  TEST_CASE("S²LOW of generation v5-sym keeps the contract of TdTs") {
    S2lowBench bench("v5-sym");
    tdt_contract(bench);
  }
}

}  // namespace
