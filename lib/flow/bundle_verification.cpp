#include "crypto/digest.hpp"
#include "pes/flow.hpp"
#include "support/encoding.hpp"
#include "support/text.hpp"

#include <nlohmann/json.hpp>

#include <array>
#include <utility>

namespace pes::flow {

namespace {

using Json = nlohmann::ordered_json;
using Kind = port::JournalFault::Kind;

/// What stands beside the columns of the line.
constexpr std::array proof_keys{"sha256", "ligne", "preuve", "date_horodatage"};

[[noreturn]] void no_bundle() {
  throw Error(ErrorCode::input_invalid, tr("this is no bundle of proofs"),
              tr("make one with: pes journal <dossier> --export"));
}

std::string text(const Json& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::uint64_t number(const Json& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_number_unsigned() ? found->get<std::uint64_t>() : 0;
}

/// Reads the events of a bundle in their order; each is judged by itself, then beside the one
/// before it.
class Verification {
 public:
  explicit Verification(const TimeStampAuthorities* authorities) : authorities_(authorities) {}

  void add(const Json& row) {
    if (!row.is_object()) no_bundle();
    ++result_.events;
    id_j_ = number(row, "id_j");
    const std::string line = text(row, "ligne");
    const std::string sha256 = crypto::sha256_hex(line);
    judge_columns(row, line);
    if (text(row, "sha256") != sha256) {
      report(Kind::altered, say("event {1} is not the line that its digest is of", {place()}));
    }
    judge_stamp(row, sha256);
    judge_order(row, sha256);
  }

  BundleVerification finish() { return std::move(result_); }

 private:
  void judge_columns(const Json& row, const std::string& line) {
    Json columns = row;
    for (const char* const key : proof_keys) columns.erase(key);
    if (columns != Json::parse(line, nullptr, false)) {
      report(Kind::altered, say("the columns of event {1} are not those of its line", {place()}));
    }
  }

  void judge_stamp(const Json& row, const std::string& sha256) {
    const std::string proof = text(row, "preuve");
    if (proof.empty()) return;
    ++result_.stamped;
    const auto reply = from_base64(proof);
    const TimeStampVerdict verdict =
        verify_time_stamp(reply ? as_text(*reply) : std::string_view(), sha256, authorities_);
    if (!verdict.fault.empty()) {
      report(Kind::stamp,
             say("the time stamp of event {1} proves nothing: {2}", {place(), verdict.fault}));
    } else if (iso8601(verdict.stamp->time) != text(row, "date_horodatage")) {
      report(Kind::altered, say("event {1} does not bear the time of its time stamp", {place()}));
    }
  }

  /// Between two events of a dossier there may be others of other dossiers.
  void judge_order(const Json& row, const std::string& sha256) {
    const std::string before = std::exchange(last_sha256_, sha256);
    const std::uint64_t last = std::exchange(last_id_j_, id_j_);
    if (id_j_ <= last) {
      report(Kind::reordered, say("event {1} is not in its place", {place()}));
    } else if (id_j_ == last + 1 && last != 0 && text(row, "previous") != before) {
      report(Kind::altered, say("event {1} does not follow the one before it", {place()}));
    }
  }

  [[nodiscard]] std::string place() const { return std::to_string(id_j_); }

  void report(Kind kind, std::string message) {
    result_.faults.push_back(
        {.kind = kind, .line = result_.events, .id_j = id_j_, .message = std::move(message)});
  }

  const TimeStampAuthorities* authorities_;
  std::uint64_t id_j_ = 0;
  std::uint64_t last_id_j_ = 0;
  std::string last_sha256_;
  BundleVerification result_;
};

}  // namespace

BundleVerification verify_bundle(std::string_view bundle, const TimeStampAuthorities* authorities) {
  const Json rows = Json::parse(bundle, nullptr, false);
  if (!rows.is_array()) no_bundle();
  Verification verification(authorities);
  for (const Json& row : rows) verification.add(row);
  return verification.finish();
}

}  // namespace pes::flow
