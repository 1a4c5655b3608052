// Whatever S²LOW or the SAE answers, it is understood or refused, what is shown of it stays on
// one line of a terminal, and what is not known is never taken for a failure or an acceptance.

#include "adapter/sae/asalae_json.hpp"
#include "adapter/tdt/s2low_answer.hpp"
#include "adapter/tdt/s2low_status.hpp"
#include "fuzz/property.hpp"
#include "net/excerpt.hpp"
#include "pes/pes_acquit.hpp"
#include "pes/pes_retour.hpp"
#include "pes/seda.hpp"
#include "support/text.hpp"

#include <nlohmann/json.hpp>

#include <array>

namespace {

using namespace pes;
using namespace pes::fuzz;

void require_one_line(std::string_view text) {
  constexpr std::size_t most = 512 + 1;  // and the dots
  require(is_valid_utf8(text), "what is shown is UTF-8", text);
  require(length_in_characters(text) <= most, "what is shown is short", text);
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    const bool begins_c1 = byte == 0xC2 && static_cast<unsigned char>(text[i + 1]) < 0xA0;
    require(byte >= 0x20 && byte != 0x7F && !begins_c1,
            "what is shown does not write on the terminal", text);
  }
}

void read_xml_of_tdt(std::string_view body, std::string_view root) {
  const auto answer = tdt::read_s2low_answer(body, root);
  if (!answer) return;
  for (const auto& text : {answer->id, answer->resultat, answer->message, answer->status}) {
    require_one_line(text);
  }
}

void read_list_of_retours(std::string_view body) {
  const auto list = tdt::read_retour_list(body);
  if (!list) return;
  require_one_line(list->message);
  for (const port::TdtRetour& retour : list->retours) {
    require(!retour.id.empty() && retour.id.find_first_not_of("0123456789") == std::string::npos,
            "a PES Retour has a number", retour.id);
    for (const auto& text : {retour.name, retour.received}) require_one_line(text);
  }
}

void read_import(std::string_view body) {
  read_xml_of_tdt(body, "import");
  read_list_of_retours(body);
}
void read_transaction(std::string_view body) { read_xml_of_tdt(body, "transaction"); }

void read_account_refusal(std::string_view body) {
  const auto words = tdt::account_refusal(body);
  require(!words || body.starts_with("KO"), "only KO refuses an account");
  if (words) require_one_line(*words);
  require_one_line(net::excerpt(body));
}

void read_status(std::string_view body) {
  const auto code = tdt::status_number(body);
  if (!code) return;
  constexpr int error = -1;
  const port::TdtStatus status = tdt::s2low_status(*code, {});
  require((status.stage == port::TdtStatus::Stage::failed) == (*code == error),
          "the status -1 alone is a failure", body);
  require(!status.label.empty(), "each status has a label", body);
}

void tell_acquit(std::string_view body) {
  const bool is_told = tdt::is_pes_acquit(body);
  const std::string refusal = refusal_of([&] { read_pes_acquit(body); });
  require(is_told || !refusal.empty(),
          "an acquit that can be read is not taken for another answer");
  const std::string no_retour = refusal_of([&] { read_pes_retour(body, "retour"); });
  require(tdt::is_pes_retour(body) || !no_retour.empty(),
          "a PES Retour that can be read is not taken for another answer");
}

void read_json(std::string_view body) {
  constexpr long ok = 200;
  net::HttpAnswer answer{.status = ok, .body = std::string(body)};
  const auto value = sae::success(answer);
  if (value) {
    for (const auto* name : {"version", "chunk_session_identifier"}) {
      require(is_valid_utf8(sae::member_text(*value, name)), "a member is UTF-8");
    }
  }
  answer.status = ok + 1;
  require(!sae::success(answer), "HTTP 200 alone is a success");
}

void read_message(std::string_view body, SaeMessageExpected expected) {
  constexpr std::string_view transfer = "PES_1";
  refusal_of([&] {
    const SaeMessageContent content = read_sae_message(body, expected, transfer);
    const bool is_accepted = content.kind == SaeMessageContent::Kind::accepted;
    require(content.kind != SaeMessageContent::Kind::rejected || content.archive_id.empty(),
            "what was rejected has no cote", content.archive_id);
    require(is_accepted || !content.with_reservation, "who reserves accepts", content.reply_code);
  });
}

void read_acknowledgement(std::string_view body) {
  read_message(body, SaeMessageExpected::acknowledgement);
}
void read_reply(std::string_view body) { read_message(body, SaeMessageExpected::reply); }

}  // namespace

/// @param data which answer is expected, '0' for the first, then its bytes
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr std::array readers{read_import, read_transaction, read_account_refusal, read_status,
                               tell_acquit, read_json,        read_acknowledgement, read_reply};
  if (size == 0) return 0;
  readers.at(data[0] % readers.size())(as_text(data + 1, size - 1));
  return 0;
}
