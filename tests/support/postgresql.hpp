#pragma once

#include "support/scratch.hpp"

#include <sys/wait.h>

#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <memory>
#include <string>

namespace pes::test {

/// A PostgreSQL server for this process, in a folder that goes with it. Where there is no
/// PostgreSQL it says that the test is skipped, and is not there.
class PostgresqlServer {
 public:
  PostgresqlServer() {
    const std::string command = script("start");
    const std::unique_ptr<FILE, int (*)(FILE*)> output(::popen(command.c_str(), "r"), ::pclose);
    for (int c = std::fgetc(output.get()); c != EOF && c != '\n'; c = std::fgetc(output.get())) {
      url_ += static_cast<char>(c);
    }
    if (!is_there()) std::cout << "SKIPPED: PostgreSQL cannot be started here\n";
  }
  PostgresqlServer(const PostgresqlServer&) = delete;
  PostgresqlServer& operator=(const PostgresqlServer&) = delete;
  ~PostgresqlServer() {
    // NOLINTNEXTLINE(cert-env33-c): our own script
    if (is_there() && std::system(script("stop").c_str()) != 0) {
      std::cerr << "PostgreSQL does not stop: " << url_ << '\n';
    }
  }

  [[nodiscard]] bool is_there() const { return url_.starts_with("postgresql://"); }
  /// The address of a schema of its own: as good as a database of its own.
  [[nodiscard]] std::string url(const std::string& schema) const {
    return url_ + "&options=-csearch_path%3D" + schema;
  }
  [[nodiscard]] const std::string& url() const { return url_; }

 private:
  [[nodiscard]] std::string script(const std::string& command) const {
    return PES_POSTGRESQL_SCRIPT " " + command + " " + scratch_.path().native();
  }

  Scratch scratch_;
  std::string url_;
};

}  // namespace pes::test
