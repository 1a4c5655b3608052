#include "crypto/time_stamp_query.hpp"
#include "net/excerpt.hpp"
#include "net/https_client.hpp"
#include "pes/adapters.hpp"
#include "pes/port/tsa.hpp"
#include "pes/time_stamp.hpp"
#include "support/text.hpp"

#include <utility>

namespace pes {

namespace tsa {

namespace {

// RFC 3161 §3.4
constexpr const char* query_type = "application/timestamp-query";
constexpr const char* reply_type = "application/timestamp-reply";

class Rfc3161 final : public port::Tsa {
 public:
  explicit Rfc3161(TsaAccess access)
      : is_sandbox_(access.is_sandbox), client_(std::move(access.https), "journal.tsa") {}

  [[nodiscard]] std::string name() const override {
    return is_sandbox_ ? "horodatage bac à sable (test)" : "horodatage " + client_.url();
  }

  std::string stamp(std::string_view sha256) override {
    const crypto::StampQuery query(sha256);
    const net::Posted posted = client_.post(
        "", net::Document{.content_type = query_type, .bytes = query.der()}, reply_type);
    if (const auto* const unanswered = std::get_if<net::Unanswered>(&posted)) {
      throw Error(unanswered->error);
    }
    const auto& answer = std::get<net::HttpAnswer>(posted);
    if (answer.status != 200 || !crypto::is_time_stamp_reply(answer.body)) {
      throw client_.unusable(answer);
    }
    require_granted(answer.body);
    require_ours(query, answer.body, sha256);
    return answer.body;
  }

 private:
  void require_granted(const std::string& reply) const {
    const std::string refusal = net::one_line(crypto::time_stamp_refusal(reply));
    if (refusal.empty()) return;
    throw Error(ErrorCode::service_refused,
                say("{1} grants no time stamp: {2}", {client_.url(), refusal}),
                say("check {1}", {"journal.tsa"}));
  }

  /// A reply to another question, or of another time, proves nothing.
  void require_ours(const crypto::StampQuery& query, const std::string& reply,
                    std::string_view sha256) const {
    const std::string fault = query.is_answered_by(reply)
                                  ? verify_time_stamp(reply, sha256, nullptr).fault
                                  : std::string(tr("it answers another question"));
    if (fault.empty()) return;
    throw Error(ErrorCode::service_unexpected,
                say("the time stamp of {1} cannot be used: {2}", {client_.url(), fault}),
                say("check {1}", {"journal.tsa"}));
  }

  bool is_sandbox_;
  net::HttpsClient client_;
};

}  // namespace

}  // namespace tsa

std::unique_ptr<port::Tsa> make_rfc3161(TsaAccess access) {
  return std::make_unique<tsa::Rfc3161>(std::move(access));
}

}  // namespace pes
