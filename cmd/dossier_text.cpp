#include "dossier_text.hpp"

#include "exit_status.hpp"
#include "pes/dossier_type.hpp"
#include "pes/flow.hpp"
#include "pes/standing.hpp"
#include "ui/dates.hpp"
#include "ui/language.hpp"

#include <algorithm>

namespace pes::cmd {

namespace {

/// The command that presses this button.
std::string command_for(Action action, const std::string& id) {
  switch (action) {
    case Action::modification:
      return "pes edit " + id;
    case Action::supression:
      return "pes delete " + id;
    case Action::orientation:
      return "pes send " + id;
    case Action::send_archive:
      return "pes archive " + id;
    default:
      return "pes run " + id;
  }
}

std::string command_giving_number(const std::string& id) {
  return fill("pes send {1} --transaction <number>", {id});
}

/// Who will settle a sending whose answer was lost, and when.
std::string how_it_is_settled(const Dossier& dossier) {
  const std::string& id = dossier.id_d.text();
  const Attempt& attempt = *dossier.attempt;
  if (attempt.kind == Attempt::Kind::sae_deposit) {
    return tr("the SAE will be asked at the next: pes run");
  }
  if (dossier.job && !dossier.job->is_lock) {
    return say(
        "pes run asks the TdT from {1} on; whoever reads its number on the TdT's page: "
        "pes send {2} --transaction <number>",
        {local_date_time(dossier.job->next_try), id});
  }
  if (attempt.received) {
    return say("read its number on the TdT's page, then: pes send {1} --transaction <number>",
               {id});
  }
  return say("once the cause is mended: pes send {1} --resend {2}", {id, attempt.id});
}

/// The same as one command, `<number>` and all.
std::string settling_command(const Dossier& dossier) {
  const std::string& id = dossier.id_d.text();
  const Attempt& attempt = *dossier.attempt;
  if (attempt.kind == Attempt::Kind::sae_deposit) return "pes run " + id;
  if (dossier.job && !dossier.job->is_lock) return "pes run " + id;
  if (attempt.received) return command_giving_number(id);
  return "pes send " + id + " --resend " + attempt.id;
}

Error unknown_fate(const Dossier& dossier) {
  const Attempt& attempt = *dossier.attempt;
  const std::string started = local_date_time(attempt.started);
  return {ErrorCode::fate_unknown,
          attempt.received
              ? say("dossier {1}: the sending {2} of {3} arrived, under a number not known yet",
                    {dossier.id_d.text(), attempt.id, started})
              : say("dossier {1}: nobody knows whether the sending {2} of {3} arrived",
                    {dossier.id_d.text(), attempt.id, started}),
          how_it_is_settled(dossier)};
}

Error suspended(const Dossier& dossier) {
  const Job& job = *dossier.job;
  return {ErrorCode::dossier_failed,
          say("suspended before « {1} »: {2}", {button(job.etat_cible), job.last_message}),
          say("to let it go on: {1}", {next_command(dossier)})};
}

/// How a person gets out of an error.
std::string way_out(const Dossier& dossier) {
  const std::string& id = dossier.id_d.text();
  if (flow::has_no_number(dossier)) {
    return say(
        "if it is this flow that the TdT has, read its number on the TdT's page, then: {1}; "
        "otherwise: {2}",
        {command_giving_number(id), command_for(Action::supression, id)});
  }
  const auto retry = flow::retry_of(dossier);
  if (!retry) return {};
  return say("to try again, « {1} »: {2}", {button(*retry), next_command(dossier)});
}

Error error_state(const Dossier& dossier, const std::string& last_message) {
  const std::string_view state = label(dossier.state());
  return {standing_of(dossier) == Standing::tdt_error ? ErrorCode::service_refused
                                                      : ErrorCode::dossier_failed,
          last_message.empty() ? std::string(state) : fill("{1} : {2}", {state, last_message}),
          way_out(dossier)};
}

void explain_job(ui::Console& console, const Job& job) {
  console.note(
      say("next: « {1} », from {2} on (tries: {3})",
          {button(job.etat_cible), local_date_time(job.next_try), std::to_string(job.nb_try)}));
  if (!job.last_message.empty()) console.note(job.last_message);
}

void explain_waiting(ui::Console& console, const Dossier& dossier) {
  explain_job(console, *dossier.job);
  if (flow::may_be_told_its_number(dossier)) {
    console.hint(say("a person gave the number {1}; if it is another flow's: {2}",
                     {std::string(dossier.value(field::pes_tedetis_transaction_id)),
                      command_giving_number(dossier.id_d.text())}));
  }
}

void explain_retry(ui::Console& console, const Dossier& dossier) {
  if (const auto retry = flow::retry_of(dossier)) {
    console.hint(say("to try again, « {1} »: {2}",
                     {button(*retry), command_for(*retry, dossier.id_d.text())}));
  }
}

/// What a person can do with a dossier that waits for nothing.
void explain_rest(ui::Console& console, const Dossier& dossier) {
  const std::string& id = dossier.id_d.text();
  if (flow::retry_of(dossier)) return explain_retry(console, dossier);
  const auto possible = flow::possible_actions(dossier);
  const auto may = [&](Action action) {
    return std::find(possible.begin(), possible.end(), action) != possible.end();
  };
  if (may(Action::orientation)) {
    console.hint(say("to send it: pes send {1}", {id}));
  } else if (may(Action::modification)) {
    for (const std::string& fault : flow::form_faults(dossier)) console.note(fault);
    console.hint(say("see all that is missing: pes check {1}", {id}));
  }
}

bool is_answer_short_of_success(const Dossier& dossier) {
  const int status = exit_status_of(dossier);
  return status != exit_status::done && status != exit_status::pending &&
         dossier.state() != Action::termine;
}

}  // namespace

std::string heading(const Dossier& dossier) {
  return fill("{1} ({2})", {dossier.titre(), dossier_type(dossier.type).label});
}

void show_heading(Session& session, const Dossier& dossier) {
  session.console().title(fill("{1} {2}", {dossier.id_d.text(), heading(dossier)}));
  session.console().title(session.settings().entities().path(dossier.id_e));
}

std::string standing(const Dossier& dossier) {
  return fill("{1} : {2}", {dossier.id_d.text(), label(dossier.state())});
}

ui::Table states_table(const Dossier& dossier) {
  using ui::Table;
  Table table({{"État", Table::Cut::two_lines},
               {"Date"},
               {"Utilisateur", Table::Cut::middle},
               {"Journal", Table::Cut::never, Table::Shown::with_room},
               {tr("Identifier"), Table::Cut::never, Table::Shown::in_pipes}});
  for (const Row& row : dossier.etats) {
    table.add({std::string(label(row.action)), local_date_time(row.date), row.user.name,
               std::to_string(row.id_j), dossier.id_d.text()});
  }
  return table;
}

std::optional<Error> trouble(const Dossier& dossier, const std::string& last_message) {
  switch (standing_of(dossier)) {
    case Standing::fate_unknown:
      return unknown_fate(dossier);
    case Standing::suspended:
      return suspended(dossier);
    case Standing::tdt_error:
    case Standing::failed:
      return error_state(dossier, last_message);
    case Standing::draft:
    case Standing::under_way:
    case Standing::finished:
    case Standing::refused:
    case Standing::rejected:
      return std::nullopt;
  }
  return std::nullopt;
}

std::string next_command(const Dossier& dossier) {
  const std::string& id = dossier.id_d.text();
  switch (standing_of(dossier)) {
    case Standing::fate_unknown:
      return settling_command(dossier);
    case Standing::suspended:
      return (is_held_back_by_person(*dossier.job) ? "pes jobs resume " : "pes send ") + id;
    case Standing::rejected:
    case Standing::tdt_error:
    case Standing::failed:
      if (flow::has_no_number(dossier)) return command_giving_number(id);
      if (const auto retry = flow::retry_of(dossier)) return command_for(*retry, id);
      break;
    case Standing::refused:
      return "pes show " + id + " --acquit";
    case Standing::draft:
    case Standing::under_way:
    case Standing::finished:
      break;
  }
  return "pes status " + id;
}

void explain(ui::Console& console, const Dossier& dossier, const std::string& last_message) {
  if (dossier.value(field::pes_etat_ack) == "2") {
    console.warning(say("« Acquittement KO »: see what is refused and why: pes show {1} --acquit",
                        {dossier.id_d.text()}));
  }
  if (const auto error = trouble(dossier, last_message)) {
    console.note(error->message());
    console.hint(error->hint());
  } else if (dossier.job) {
    explain_waiting(console, dossier);
    explain_retry(console, dossier);
  } else {
    if (!last_message.empty()) console.note(last_message);
    explain_rest(console, dossier);
  }
}

std::string last_message(const port::Journal& journal, const Dossier& dossier) {
  if (!is_answer_short_of_success(dossier)) return {};
  const auto event = journal.find(dossier.last_row().id_j);
  return event ? event->message : std::string();
}

}  // namespace pes::cmd
