#include "verification_rules.hpp"

#include <array>

namespace pes::cmd {

namespace {

/// Marks a string for the catalogue.
constexpr const char* translatable(const char* english) { return english; }

constexpr std::array rules{
    VerificationRule{1, "file.format",
                     translatable("the file is well-formed XML within bounds, without DOCTYPE")},
    VerificationRule{2, "file.root",
                     translatable("the root is PES_Aller, and the flow follows the schemas")},
    VerificationRule{3, "ids.unique", translatable("every Id is a name that stands once")},
    VerificationRule{4, "signatures.place",
                     translatable("each signature is the last child of the root or of a "
                                  "Bordereau, alone there")},
    VerificationRule{5, "signature.shape",
                     translatable("the signature has one of each part, and properties of its own")},
    VerificationRule{6, "canonicalization.method",
                     translatable("the canonicalization is the exclusive one")},
    VerificationRule{7, "signature.algorithm",
                     translatable("the signature algorithm is RSA with SHA-2")},
    VerificationRule{8, "references.form",
                     translatable("it signs two things, the content and the signed properties")},
    VerificationRule{9, "digest.algorithm", translatable("the digest algorithm is SHA-2")},
    VerificationRule{10, "references.transforms",
                     translatable("nothing can be dropped from what is digested")},
    VerificationRule{11, "references.content", translatable("it signs the element it stands in")},
    VerificationRule{12, "references.properties", translatable("it signs its own properties")},
    VerificationRule{13, "references.digest",
                     translatable("content and properties are those that were signed")},
    VerificationRule{14, "certificate.choice",
                     translatable("which certificate signed can be told")},
    VerificationRule{15, "signature.value",
                     translatable("the signature was made by the key of that certificate")},
    VerificationRule{16, "certificate.digest",
                     translatable("the certificate is the one that the signed properties name")},
    VerificationRule{17, "properties.time",
                     translatable("it says when it was made, and that is possible")},
    VerificationRule{18, "properties.policy",
                     translatable("it follows a signature policy of the DGFiP for Hélios")},
    VerificationRule{19, "properties.role", translatable("it says in what role it was made")},
    VerificationRule{20, "certificate.chain",
                     translatable("the certificate was issued by a trusted authority")},
    VerificationRule{21, "certificate.dates",
                     translatable("the certificates were valid at that time")},
    VerificationRule{22, "certificate.usage",
                     translatable("the certificate is made to sign documents")},
    VerificationRule{23, "certificate.revocation",
                     translatable("the certificates were not revoked at that time")},
    VerificationRule{24, "file.coverage",
                     translatable("signatures cover the root or every Bordereau")},
    VerificationRule{25, "file.dematerialised",
                     translatable("InfoDematerialisee says that the flow is signed")},
};

}  // namespace

std::span<const VerificationRule> verification_rules() { return rules; }

}  // namespace pes::cmd
