#include "journal_verification.hpp"

#include "exit_status.hpp"
#include "input_file.hpp"
#include "pes/flow.hpp"
#include "stamping.hpp"
#include "ui/json.hpp"
#include "ui/language.hpp"

#include <fstream>
#include <iterator>
#include <vector>

namespace pes::cmd {

namespace {

std::string_view word(port::JournalFault::Kind kind) {
  using Kind = port::JournalFault::Kind;
  switch (kind) {
    case Kind::altered:
      return "altered";
    case Kind::removed:
      return "removed";
    case Kind::reordered:
      return "reordered";
    case Kind::truncated:
      return "truncated";
    case Kind::unreadable:
      return "unreadable";
    case Kind::stamp:
      return "stamp";
  }
  return {};
}

/// Every dossier knows the last event that made it what it is.
std::vector<port::Witness> witnesses(Session& session, int& status) {
  std::vector<port::Witness> result;
  session.store().visit(
      [&](const Dossier& dossier) {
        result.push_back({.id_j = dossier.id_j,
                          .sha256 = dossier.id_j_sha256,
                          .source = say("dossier {1}", {dossier.id_d.text()})});
      },
      [&](const DossierId& id, const Error& error) {
        session.console().error(error, id.text());
        status = exit_status_of(error.code());
      });
  return result;
}

/// The same word, for a person.
std::string_view label(port::JournalFault::Kind kind) {
  using Kind = port::JournalFault::Kind;
  switch (kind) {
    case Kind::altered:
      return tr("altered");
    case Kind::removed:
      return tr("removed");
    case Kind::reordered:
      return tr("reordered");
    case Kind::truncated:
      return tr("truncated");
    case Kind::unreadable:
      return tr("unreadable");
    case Kind::stamp:
      return tr("time stamp");
  }
  return {};
}

ui::Json faults_json(const std::vector<port::JournalFault>& faults) {
  ui::Json result = ui::Json::array();
  for (const port::JournalFault& fault : faults) {
    result.push_back({{"kind", std::string(word(fault.kind))},
                      {"line", fault.line},
                      {"id_j", fault.id_j == 0 ? ui::Json(nullptr) : ui::Json(fault.id_j)},
                      {"message", fault.message}});
  }
  return result;
}

/// How many events bear a time stamp, and whether it is known who stamped.
struct Stamped {
  std::size_t stamped = 0;
  std::size_t waiting = 0;
  bool is_judged = false;
};

ui::Json stamps_json(const Stamped& stamped) {
  return {{"stamped", stamped.stamped},
          {"waiting", stamped.waiting},
          {"authority_judged", stamped.is_judged}};
}

void show_faults(ui::Console& console, const std::vector<port::JournalFault>& faults) {
  for (const port::JournalFault& fault : faults) {
    console.result(
        say("line {1}, {2}: {3}", {std::to_string(fault.line), label(fault.kind), fault.message}));
  }
}

void note_stamps(ui::Console& console, const Stamped& stamped) {
  if (stamped.stamped == 0) return;
  console.note(say("time stamps: {1}, events that wait for theirs: {2}",
                   {std::to_string(stamped.stamped), std::to_string(stamped.waiting)}));
  if (stamped.is_judged) return;
  console.warning(say("who made the time stamps is not judged: name the authorities in {1}",
                      {"journal.tsa_trust"}));
}

std::string content_of(const std::string& file) {
  const InputFile input(file, "journal.json");
  std::ifstream stream(input.path(), std::ios::binary);
  if (!stream) {
    throw Error(ErrorCode::file_unknown, say("there is no file {1}", {file}));
  }
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

int status_of(const std::vector<port::JournalFault>& faults) {
  return faults.empty() ? exit_status::done : exit_status::damaged;
}

}  // namespace

int verify_journal(Session& session) {
  int status = exit_status::done;
  auto faults = session.journal().verify(witnesses(session, status));
  const auto authorities = time_stamp_authorities(session);
  flow::StampVerification stamps = flow::verify_stamps(session.journal(), session.stamps(),
                                                       authorities ? &*authorities : nullptr);
  faults.insert(faults.end(), stamps.faults.begin(), stamps.faults.end());
  if (!faults.empty()) status = exit_status::damaged;
  const Stamped stamped{stamps.stamped, stamps.waiting, authorities.has_value()};
  ui::Console& console = session.console();
  if (console.json()) {
    ui::Json document = ui::with_schema("journal");
    document["sound"] = faults.empty();
    document["faults"] = faults_json(faults);
    document["stamps"] = stamps_json(stamped);
    console.result_json(document);
    return status;
  }
  show_faults(console, faults);
  if (faults.empty()) {
    console.result(tr("the journal is whole: every event follows the one before"));
  } else {
    console.hint(tr("keep this home as it is, and compare the journal with a backup"));
  }
  note_stamps(console, stamped);
  return status;
}

int verify_proof_bundle(Session& session, const std::string& file) {
  const auto authorities = time_stamp_authorities(session);
  const flow::BundleVerification bundle =
      flow::verify_bundle(content_of(file), authorities ? &*authorities : nullptr);
  const Stamped stamped{bundle.stamped, bundle.events - bundle.stamped, authorities.has_value()};
  ui::Console& console = session.console();
  if (console.json()) {
    ui::Json document = ui::with_schema("journal");
    document["sound"] = bundle.faults.empty();
    document["faults"] = faults_json(bundle.faults);
    document["stamps"] = stamps_json(stamped);
    console.result_json(document);
    return status_of(bundle.faults);
  }
  show_faults(console, bundle.faults);
  if (bundle.faults.empty()) {
    console.result(say("the bundle is whole: events: {1}", {std::to_string(bundle.events)}));
  }
  note_stamps(console, stamped);
  return status_of(bundle.faults);
}

}  // namespace pes::cmd
