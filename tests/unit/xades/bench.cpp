#include "unit/xades/bench.hpp"

#include "crypto/digest.hpp"
#include "support/encoding.hpp"
#include "support/text.hpp"
#include "unit/crypto/test_keys.hpp"
#include "xades/canonical_form.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace pes::test {

const Instant signing_instant = std::chrono::sys_days(std::chrono::year(2026) / 1 / 5) +
                                std::chrono::hours(13) + std::chrono::minutes(45);

namespace {

std::string id_attribute(const std::string& id) { return id.empty() ? "" : " Id=\"" + id + "\""; }

std::string bordereau(const std::string& id, const std::string& objet) {
  return fill(R"(  <Bordereau{1}>
   <BlocBordereau>
    <Exer V="2026"/><IdBord V="12"/>
   </BlocBordereau>
   <!-- commentaire -->
   <Piece><BlocPiece><InfoPce><IdPce V='832'/><Obj V="{2}"/></InfoPce></BlocPiece></Piece>
  </Bordereau>
)",
              {id_attribute(id), objet});
}

std::string block(const char* name, const char* header, const std::vector<std::string>& ids,
                  const FlowWish& wish) {
  if (ids.empty()) return "";
  std::string content;
  for (const std::string& id : ids) content += bordereau(id, wish.objet);
  return fill(" <{1}>\n  <{2}><IdVer V=\"1\"/>{3}</{2}>\n{4} </{1}>\n",
              {name, header, wish.demat, content});
}

/// The first element of that local name.
xades::Element find(xades::Element root, std::string_view name) {
  for (const xades::Element element : root.subtree()) {
    if (element.name() == name) return element;
  }
  throw std::runtime_error("no element " + std::string(name));
}

}  // namespace

std::string flow(const FlowWish& wish) {
  return fill(R"(<?xml version="1.0" encoding="{1}"?>
<!-- produit pour un essai -->
<n:PES_Aller xmlns:n="http://www.minefi.gouv.fr/cp/helios/pes_v2/Rev0/aller" xmlns:ds="http://www.w3.org/2000/09/xmldsig#" xmlns:xad="http://uri.etsi.org/01903/v1.1.1#"{2}>
 <Enveloppe><Parametres><Version V="2"/><TypFic V="PESALR2"/><NomFic V="essai"/></Parametres></Enveloppe>
 <EnTetePES><DteStr V="2026-01-05"/><IdPost V="034000"/><IdColl V="12345678912345"/><CodCol V="123"/><CodBud V="12"/></EnTetePES>
{3}{4} {5}
</n:PES_Aller>
)",
              {wish.encoding, id_attribute(wish.root_id),
               block("PES_DepenseAller", "EnTeteDepense", wish.depenses, wish),
               block("PES_RecetteAller", "EnTeteRecette", wish.recettes, wish), wish.pj});
}

std::string replaced(std::string text, std::string_view from, std::string_view to) {
  const std::size_t place = text.find(from);
  if (place == std::string::npos) throw std::runtime_error("no " + std::string(from));
  return text.replace(place, from.size(), to);
}

std::string between(const std::string& text, std::string_view begin, std::string_view end) {
  const std::size_t first = text.find(begin);
  const std::size_t last = text.find(end, first);
  if (first == std::string::npos || last == std::string::npos) {
    throw std::runtime_error("no " + std::string(begin) + " or " + std::string(end));
  }
  return text.substr(first, last + end.size() - first);
}

std::string with_crlf(std::string_view text) {
  std::string result;
  for (const char c : text) {
    if (c == '\n') result += '\r';
    result += c;
  }
  return result;
}

std::string read_bytes(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

port::Signer& test_signer() {
  static const std::unique_ptr<port::Signer> signer =
      signer_of(*make_certificate(shared_key()), shared_key());
  return *signer;
}

std::unique_ptr<port::Signer> signer_of(X509& certificate, EVP_PKEY& key) {
  const Scratch scratch;
  const auto file = scratch.path() / "cle.pem";
  write_file(file, pem(key) + pem(certificate));
  return open_signer({file, {}}, [] { return Secret(); });
}

void Bench::put(std::string_view text) const { write_file(input(), text); }

SigningRequest Bench::request() const {
  SigningRequest request;
  request.input = input();
  request.output = output();
  request.properties.city = "Sète";
  request.properties.postal_code = "34200";
  request.signing_time = signing_instant;
  return request;
}

std::set<std::string> Bench::others() const {
  std::set<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(scratch_.path())) {
    names.insert(entry.path().filename().string());
  }
  names.erase(input().filename().string());
  return names;
}

std::string signed_flow(const FlowWish& wish, port::Signer& signer) {
  const Bench bench(flow(wish));
  sign_pes_aller(bench.request(), signer);
  return read_bytes(bench.output());
}

std::string signed_over_bordereaux() {
  const Bench bench(signed_flow());
  SigningRequest request = bench.request();
  request.mode = SignatureMode::root;
  sign_pes_aller(request, test_signer());
  return read_bytes(bench.output());
}

VerifyOptions usual_rules() { return {.limits = {}, .now = signing_instant}; }

VerifyReport verified(std::string_view text, const VerifyOptions& options) {
  const Bench bench(text);
  return verify_pes_aller(bench.input(), options);
}

const Check& check_of(const VerifyReport& report, int number) {
  const auto is_it = [&](const Check& check) { return check.number == number; };
  const auto of_file = std::find_if(report.checks.begin(), report.checks.end(), is_it);
  if (of_file != report.checks.end()) return *of_file;
  const auto& checks = report.signatures.at(0).checks;
  const auto found = std::find_if(checks.begin(), checks.end(), is_it);
  if (found == checks.end()) throw std::runtime_error("no check " + std::to_string(number));
  return *found;
}

std::string numbers(const VerifyReport& report, Check::Result result) {
  std::vector<std::string> found;
  for (int number = 1; number <= 25; ++number) {
    if (contains(report, result, number)) found.push_back(std::to_string(number));
  }
  return join(found, " ");
}

bool contains(const VerifyReport& report, Check::Result result, int number) {
  const auto is_in = [&](const std::vector<Check>& checks) {
    return std::any_of(checks.begin(), checks.end(), [&](const Check& check) {
      return check.number == number && check.result == result;
    });
  };
  return is_in(report.checks) ||
         std::any_of(report.signatures.begin(), report.signatures.end(),
                     [&](const SignatureReport& signature) { return is_in(signature.checks); });
}

std::string failures(std::string_view text) {
  return numbers(verified(text), Check::Result::failed);
}

std::string canonical(const std::string& text, std::string_view name) {
  const xades::XmlDocument document = xades::parse_document(text);
  return xades::canonical_form(find(xades::Element::root_of(document), name)).value();
}

std::string signed_again(const std::string& text, port::Signer& signer,
                         port::DigestAlgorithm algorithm) {
  const Bytes digest = crypto::digest(algorithm, canonical(text, "SignedInfo"));
  const std::string old = between(text, "_SV\">", "</ds:SignatureValue>");
  const Bytes value = signer.sign(algorithm, digest);
  return replaced(text, old, "_SV\">" + base64(value) + "</ds:SignatureValue>");
}

std::string with_properties_signed_again(const std::string& text, port::Signer& signer) {
  const Bytes digest =
      crypto::digest(port::DigestAlgorithm::sha256, canonical(text, "SignedProperties"));
  const std::string reference = between(text, "<ds:Reference Type", "</ds:Reference>");
  const std::string old = between(reference, "<ds:DigestValue>", "</ds:DigestValue>");
  const std::string with_digest =
      replaced(reference, old, "<ds:DigestValue>" + base64(digest) + "</ds:DigestValue>");
  return signed_again(replaced(text, reference, with_digest), signer);
}

std::string signed_instead_by(port::Signer& signer, const std::string& text) {
  const auto digest_of = [](const Certificate& certificate) {
    return base64(crypto::digest(port::DigestAlgorithm::sha256, as_text(certificate.der)));
  };
  const Certificate& own = test_signer().certificate();
  const Certificate& other = signer.certificate();
  const std::string named = replaced(text, digest_of(own), digest_of(other));
  return with_properties_signed_again(replaced(named, base64(own.der, 76), base64(other.der, 76)),
                                      signer);
}

}  // namespace pes::test
