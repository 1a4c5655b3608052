#pragma once

#include "preflight/findings.hpp"
#include "preflight/values.hpp"

namespace pes::preflight {

/// What Hélios wants of an « avis des sommes à payer », a PES_Facture that it prints (pes §12).
/// At the end of a FactureIndiv.
void check_asap(const Values& values, Findings& findings);

/// Whom an « avis des sommes à payer » is paid to and sent by: one of each.
class AsapTiers {
 public:
  void begin();
  /// At the end of a Tiers of the PES_Facture.
  void add(const Values& values);
  /// At the end of the PES_Facture.
  void check(const Values& values, Findings& findings) const;

 private:
  int paid_to_ = 0;
  int sent_by_ = 0;
};

/// The PES_Facture of a titre, which its PJRefs name: one at most.
class AsapOfTitre {
 public:
  void begin() { count_ = 0; }
  /// At the end of a PJRef.
  void refer(const Values& values);
  /// At the end of the pièce.
  void check(const Values& values, Findings& findings) const;

 private:
  int count_ = 0;
};

}  // namespace pes::preflight
