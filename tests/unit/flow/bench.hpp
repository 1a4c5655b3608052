#pragma once

#include "pes/adapters.hpp"
#include "pes/due_queue.hpp"
#include "pes/flow.hpp"
#include "support/scratch.hpp"

#include <algorithm>
#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace pes::test {

/// A clock that stands still until it is told otherwise; waiting moves it.
class StillClock final : public port::Clock {
 public:
  explicit StillClock(Instant now) : now_(now) {}
  [[nodiscard]] Instant now() const override {
    if (is_running_) now_ += std::chrono::seconds(1);
    return now_;
  }
  [[nodiscard]] bool is_over() const override { return is_over_; }
  void wait_until(Instant instant) override { now_ = std::max(now_, instant); }
  void set(Instant instant) { now_ = instant; }
  void end() { is_over_ = true; }
  /// Each look at it is a second later.
  void runs_on_its_own() { is_running_ = true; }

 private:
  mutable Instant now_;
  bool is_running_ = false;
  bool is_over_ = false;
};

/// A TdT whose next answers are written down beforehand; it counts what it is asked.
class ScriptedTdt final : public port::Tdt {
 public:
  [[nodiscard]] std::string name() const override { return "TdT de test"; }
  void test_connection() override {}
  port::TdtSubmission submit(const std::filesystem::path&, const std::string& name) override {
    ++submissions;
    submitted_name = name;
    return next_submission();
  }
  port::TdtStatus status(const std::string&) override { return next_status(); }
  std::optional<Acquit> acquit(const std::string&) override {
    if (acquit_bytes.empty()) return std::nullopt;
    return Acquit{.bytes = acquit_bytes, .name = "acquit.xml"};
  }
  [[nodiscard]] std::chrono::seconds pause(int) const override { return std::chrono::seconds(45); }
  [[nodiscard]] std::chrono::seconds settling_time() const override {
    return std::chrono::minutes(5);
  }
  port::TdtSearch find(const FlowName& flow, Instant,
                       const std::function<bool(const std::string&)>& is_anothers) override {
    searched.push_back(flow.nom_fic + " " + flow.cod_col);
    port::TdtSearch search = next_search();
    const auto* const found = std::get_if<port::TdtFound>(&search);
    if (found != nullptr && is_anothers(found->transaction_id)) return port::TdtNotFound{};
    return search;
  }
  [[nodiscard]] std::optional<Error> interruption() const override { return interrupted; }
  bool may_follow() override { return true; }
  std::vector<std::string> logins() override { return {}; }
  std::vector<port::TdtRetour> unread_retours() override {
    std::vector<port::TdtRetour> unread;
    for (const auto& [id, bytes] : retours) {
      if (!marked.contains(id)) {
        unread.push_back({.id = id, .name = "PES2R_" + id + ".xml", .received = "2022-03-02"});
      }
    }
    return unread;
  }
  port::TdtFile retour(const std::string& id) override {
    ++downloads[id];
    if (!retours.contains(id)) throw Error(ErrorCode::service_refused, "retour inconnu");
    return {.bytes = retours.at(id), .name = "PES2R_" + id + ".xml"};
  }
  void mark_retour_read(const std::string& id) override {
    before_marking(id);
    marked.insert(id);
  }
  std::vector<std::string> transactions(int, Instant) override { return {}; }
  bool tell_archived(const std::string& transaction) override {
    told_archived.push_back(transaction);
    return std::count(told_archived.begin(), told_archived.end(), transaction) == 1;
  }
  Secret page(const std::string&) override { return {}; }

  std::optional<Error> interrupted;
  std::function<port::TdtSearch()> next_search = [] { return port::TdtNoSearch{}; };
  std::vector<std::string> searched;
  std::function<port::TdtSubmission()> next_submission = [] {
    return port::TdtAccepted{.transaction_id = "123"};
  };
  std::function<port::TdtStatus()> next_status = [] {
    return port::TdtStatus{.stage = port::TdtStatus::Stage::acquit, .code = 8};
  };
  std::vector<std::string> told_archived;
  std::map<std::string, std::string> retours;  // number to bytes
  std::set<std::string> marked;
  std::map<std::string, int> downloads;
  std::function<void(const std::string&)> before_marking = [](const std::string&) {};
  std::string acquit_bytes;
  std::string submitted_name;
  int submissions = 0;
};

class ScriptedSae final : public port::Sae {
 public:
  [[nodiscard]] std::string name() const override { return "SAE de test"; }
  std::string test_connection() override { return "test"; }
  port::SaeDeposit deposit(const std::filesystem::path& bordereau_seda,
                           const std::filesystem::path&, const std::string&) override {
    ++deposits;
    bordereaux.push_back(content(bordereau_seda));
    return next_deposit();
  }
  port::SaeAnswer acknowledgement(const std::string& agency, const std::string& transfer) override {
    agencies.insert(agency);
    transfers.push_back(transfer);
    return next_acknowledgement(transfer);
  }
  port::SaeAnswer reply(const std::string& agency, const std::string& transfer) override {
    agencies.insert(agency);
    return next_reply(transfer);
  }
  [[nodiscard]] std::chrono::seconds pause(int) const override { return std::chrono::seconds(60); }
  [[nodiscard]] std::chrono::seconds settling_time() const override {
    return std::chrono::minutes(5);
  }
  [[nodiscard]] std::optional<Error> interruption() const override { return interrupted; }

  std::optional<Error> interrupted;
  std::function<port::SaeDeposit()> next_deposit = [] { return port::SaeDeposited{}; };
  std::function<port::SaeAnswer(const std::string&)> next_acknowledgement =
      [](const std::string& transfer) { return port::SaeMessage{acknowledgement_of(transfer)}; };
  std::function<port::SaeAnswer(const std::string&)> next_reply = [](const std::string& transfer) {
    return port::SaeMessage{reply_of(transfer, "000")};
  };
  std::vector<std::string> transfers;
  std::set<std::string> agencies;       // that were said to have made them
  std::vector<std::string> bordereaux;  // deposited, whatever the answer
  int deposits = 0;

  static std::string acknowledgement_of(const std::string& transfer) {
    return R"(<Acknowledgement xmlns="fr:gouv:culture:archivesdefrance:seda:v1.0">)"
           "<Comment>Pris en compte</Comment><Date>2022-03-02T16:03:07+01:00</Date>"
           "<AcknowledgementIdentifier>ACK_1</AcknowledgementIdentifier>"
           "<MessageReceivedIdentifier>" +
           transfer + "</MessageReceivedIdentifier></Acknowledgement>";
  }
  static std::string reply_of(const std::string& transfer, const std::string& code) {
    const std::string archive = code == "000" ? "<Archive><ArchivalAgencyArchiveIdentifier>160"
                                                "</ArchivalAgencyArchiveIdentifier></Archive>"
                                              : "";
    return R"(<ArchiveTransferReply xmlns="fr:gouv:culture:archivesdefrance:seda:v1.0">)"
           "<Comment>Commentaire</Comment><ReplyCode>" +
           code + "</ReplyCode><TransferIdentifier>" + transfer +
           "</TransferIdentifier><TransferReplyIdentifier>ATR_1</TransferReplyIdentifier>" +
           archive + "</ArchiveTransferReply>";
  }
};

/// A home with the tutorial's entities, scripted partners and a clock that stands still.
class Bench {
 public:
  explicit Bench(Instant now)
      : clock(now),
        settings(tutorial_settings()),
        store((create_home(home()), make_file_store(home()))),
        journal(make_file_journal(home())),
        stamps(make_file_stamps(home())),
        services{*store,   *journal,
                 *stamps,  clock,
                 settings, {.id_u = "1", .name = "adminMegalis"},
                 "test",   [this](const flow::Notice& notice) { notices.push_back(notice); }},
        partners{[this](const std::string&) -> port::Tdt& { return tdt; },
                 [this](const std::string&) -> port::Sae& { return sae; }} {}

  [[nodiscard]] std::filesystem::path home() const { return scratch.path() / "home"; }

  /// Every event of the journal, in order.
  [[nodiscard]] std::vector<Event> events() const {
    std::vector<Event> all;
    journal->visit(0, [&](const Event& event) {
      all.push_back(event);
      return true;
    });
    return all;
  }

  static Settings tutorial_settings() {
    Settings settings;
    settings.set_entities(
        EntityTree({{.id_e = "1", .denomination = "zTest_Megalis", .entite_mere = "0"},
                    {.id_e = "2", .denomination = "test", .entite_mere = "1"}}));
    for (const auto& [key, value] :
         std::map<std::string, std::string>{{"sae.archival_agency", "FRAD000"},
                                            {"sae.transferring_agency", "VERSANT"},
                                            {"sae.originating_agency", "PRODUCTEUR"},
                                            {"sae.agreement", "ACCORD"},
                                            {"sae.profile", "PROFIL"}}) {
      settings.set(key, "", {.value = value, .origin = Origin::project_file});
    }
    return settings;
  }

  Scratch scratch;
  StillClock clock;
  Settings settings;
  std::unique_ptr<port::Store> store;
  std::unique_ptr<port::Journal> journal;
  std::unique_ptr<port::Stamps> stamps;
  ScriptedTdt tdt;
  ScriptedSae sae;
  std::vector<flow::Notice> notices;
  flow::Services services;
  flow::Partners partners;
};

struct RunReport {
  std::vector<flow::Step> steps;  // the last of each dossier that was looked at
  std::vector<std::pair<DossierId, Error>> errors;
  std::size_t not_started = 0;
};
/// What one worker does of all that is due.
inline RunReport run_due(flow::Services& services, const flow::Partners& partners) {
  RunReport report;
  const auto unseen = [&](const DossierId& id, const Error& error) {
    report.errors.emplace_back(id, error);
  };
  flow::DueQueue queue(services.store, services.clock, flow::DueQueue::Until::all_is_done,
                       {.damaged = unseen, .silent = {}});
  flow::work(services, partners, queue,
             {.step = {},
              .left = [&](const flow::Step& step) { report.steps.push_back(step); },
              .unseen = unseen});
  report.not_started = queue.not_started();
  return report;
}

inline std::string acquit_with(const std::string& etat) {
  return R"(<?xml version="1.0" encoding="ISO-8859-1"?>)"
         R"(<n:PES_ACQUIT xmlns:n="http://www.minefi.gouv.fr/cp/helios/pes_v2/Rev0/retour/v2">)"
         R"(<Enveloppe><Parametres><NomFic V="f"/></Parametres></Enveloppe>)"
         R"(<EnTetePES><DteStr V="2022-03-02"/><CodCol V="123"/></EnTetePES>)"
         R"(<ACQUIT><EnTeteAcquit><IdVer V="2"/></EnTeteAcquit>)"
         R"(<ElementACQUIT><DomaineAck V="5"/><EtatAck V=")" +
         etat +
         R"("/><NumBord V="41"/><ExerciceBord V="2022"/></ElementACQUIT></ACQUIT></n:PES_ACQUIT>)";
}

}  // namespace pes::test
