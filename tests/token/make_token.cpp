// Makes SoftHSM tokens for the tests of the command line: `make_token <folder> <label>
// <bits>[,always][,authentication][,expired][,qualified][,ec]…` puts one key a further word on a
// new token. The folder then has softhsm2.conf; the module is printed. 77: there is no SoftHSM.

#include "token/soft_token.hpp"

#include <iostream>
#include <string>

using namespace pes;
using namespace pes::test;

namespace {

bool has(const std::string& words, const std::string& word) {
  return ("," + words + ",").find("," + word + ",") != std::string::npos;
}

StoredKeyWish wish_of(const std::string& words, int rank) {
  StoredKeyWish wish;
  wish.id = std::string(1, static_cast<char>(rank));
  wish.label = "signature " + std::to_string(rank);
  wish.always_authenticate = has(words, "always");
  if (has(words, "authentication")) wish.certificate.key_usage = "critical,digitalSignature";
  if (has(words, "expired")) {
    wish.certificate.not_after = std::chrono::sys_days(std::chrono::year(2025) / 1 / 1);
  }
  if (has(words, "qualified")) {
    wish.certificate.extensions = {{"1.3.6.1.5.5.7.1.3", "DER:300A3008060604008E460101"}};
  }
  wish.certificate.serial = std::to_string(1000 + rank);
  return wish;
}

}  // namespace

int main(int count, char** arguments) {
  constexpr int skipped = 77;
  if (soft_module().empty()) return skipped;
  const std::vector<std::string> words(arguments + 1, arguments + count);
  try {
    const SoftTokens tokens(words.at(0));
    tokens.make(words.at(1));
    for (std::size_t i = 2; i < words.size(); ++i) {
      const crypto::Pkey key = has(words[i], "ec")
                                   ? make_ec_key()
                                   : make_rsa_key(static_cast<unsigned>(std::stoul(words[i])));
      tokens.put(words.at(1), *key, wish_of(words[i], static_cast<int>(i - 1)));
    }
  } catch (const std::exception& failure) {
    std::cerr << failure.what() << '\n';
    return 1;
  }
  std::cout << soft_module().native() << '\n';
  return 0;
}
