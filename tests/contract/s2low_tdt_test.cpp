#include "contract/sandbox_partner.hpp"
#include "contract/tdt_contract.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

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
class S2lowBench final : public TdtBench {
 public:
  explicit S2lowBench(std::string generation) : generation_(std::move(generation)) {
    write_json("platform.json", {{"generation", generation_}});
  }

  std::unique_ptr<pes::port::Tdt> open() override { return open_with(agent()); }

  std::unique_ptr<pes::port::Tdt> open_with_search() override {
    if (generation_ == "v4") return nullptr;  // nobody may list there
    return open_with_archivist();
  }

  std::unique_ptr<pes::port::Tdt> open_with_archivist() {
    const pes::HttpsAccess archivist =
        partner_.access(partner_.server().tdt_url(), SandboxPartner::Account::archivist);
    return pes::make_s2low(
        {.https = agent(), .archivist = pes::Login{archivist.login, archivist.password}});
  }

  std::unique_ptr<pes::port::Tdt> open_with_wrong_password() override {
    return open_with(with_wrong_password(agent()));
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

  void trouble_next(Trouble trouble) override { partner_.trouble_exchange(1, trouble); }

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

  static std::unique_ptr<pes::port::Tdt> open_with(pes::HttpsAccess access) {
    return pes::make_s2low({.https = std::move(access), .archivist = {}});
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
};

TEST_SUITE("contract") {
  TEST_CASE("S²LOW of generation v4 keeps the contract of TdTs") {
    S2lowBench bench("v4");
    tdt_contract(bench);
  }

  TEST_CASE("S²LOW of generation v4 has no list in which a flow could be looked for") {
    S2lowBench bench("v4");

    const auto found = bench.open_with_archivist()->find(
        {"FLUX-1", "123"}, pes::Instant{}, [](const std::string&) { return false; });

    CHECK(std::holds_alternative<pes::port::TdtNoSearch>(found));
  }

  TEST_CASE("S²LOW of generation v5 keeps the contract of TdTs") {
    S2lowBench bench("v5");
    tdt_contract(bench);
  }

  TEST_CASE("S²LOW of generation v5-sym keeps the contract of TdTs") {
    S2lowBench bench("v5-sym");
    tdt_contract(bench);
  }
}

}  // namespace
