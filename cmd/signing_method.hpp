#pragma once

#include "command.hpp"
#include "output_file.hpp"
#include "pes/signature.hpp"
#include "session.hpp"
#include "signing_key.hpp"

#include <functional>
#include <optional>
#include <string>

namespace pes::cmd {

/// Who signs: a key that is here, or somebody else, in two steps.
struct SigningMethodOptions {
  SigningKeyOptions key;
  bool any_usage = false;
  bool set_dematerialisee = false;
  std::string mode;
  std::string prepare, finish, inject;  // files, or `-`
  Existing existing = Existing::kept;   // of what is written elsewhere than in a dossier
};
void add_signing_method_options(Command& command, SigningMethodOptions& options);

/// True when the signature is made elsewhere: one flow at a time.
bool is_split(const SigningMethodOptions& options);

std::optional<SignatureMode> mode_asked(const SigningMethodOptions& options);

/// Makes the signed file of a request, for an entity.
using MakeSigned =
    std::function<SigningOutcome(const SigningRequest& request, const std::string& id_e)>;

/// As the options say. @param keys outlives what is returned
MakeSigned signing_method(const SigningMethodOptions& options, Session& session, SigningKeys& keys);

/// What --prepare does: the document for whoever signs is written, the flow stays as it is.
/// The certificate may stand alone; a key's file is opened only when it does not show its own.
void prepare(const SigningMethodOptions& options, Session& session, SigningKeys& keys,
             const SigningRequest& request, const std::string& id_e);

/// What stops a signature from being made, found without PIN nor effect.
void require_signable(const SigningMethodOptions& options, Session& session,
                      const SigningRequest& request, const std::string& id_e);

}  // namespace pes::cmd
