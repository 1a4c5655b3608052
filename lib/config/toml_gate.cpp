#include "config/toml_gate.hpp"

#include "pes/error.hpp"
#include "support/text.hpp"

#include <algorithm>
#include <set>
#include <vector>

namespace pes::config {

namespace {

bool is_bare_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '-';
}

/// Words of letters, digits, `_` and `-`, joined by dots.
bool is_key(std::string_view name) {
  const std::vector<std::string> words = split(name, '.');
  return std::all_of(words.begin(), words.end(), [](const std::string& word) {
    return !word.empty() && std::all_of(word.begin(), word.end(), is_bare_character);
  });
}

bool is_number(std::string_view value) {
  return !value.empty() && value.find_first_not_of("0123456789") == std::string_view::npos &&
         (value.front() != '0' || value.size() == 1);
}

bool is_control(char c) { return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7F; }

bool is_quote(char c) { return c == '"' || c == '\''; }

bool is_nothing_or_comment(std::string_view rest) {
  const std::string_view text = trimmed(rest);
  return text.empty() || text.front() == '#';
}

/// « a.b.c » is within « a » and « a.b ».
std::vector<std::string> prefixes(const std::string& name) {
  std::vector<std::string> result;
  for (std::size_t dot = name.find('.'); dot != std::string::npos; dot = name.find('.', dot + 1)) {
    result.push_back(name.substr(0, dot));
  }
  return result;
}

class Gate {
 public:
  explicit Gate(const std::filesystem::path& file) : file_(file) {}

  void pass(std::string_view whole_line) {
    ++line_;
    if (!is_valid_utf8(whole_line)) {
      refuse(tr("this is not UTF-8"), tr("save the file in UTF-8"));
    }
    const std::string_view line = trimmed(whole_line);
    if (std::any_of(line.begin(), line.end(), is_control)) {
      refuse(tr("there is a control character"), tr("take it out"));
    }
    if (is_nothing_or_comment(line)) return;
    if (line.front() == '[') {
      pass_table(line);
    } else {
      pass_value(line);
    }
  }

  GatedText passed;

 private:
  [[noreturn]] void refuse(const std::string& problem, std::string_view hint) const {
    throw Error(ErrorCode::config_invalid,
                fill("{1}:{2}: {3}", {file_.native(), std::to_string(line_), problem}), hint);
  }

  void pass_table(std::string_view line) {
    const std::size_t close = std::min(line.find(']'), line.size() - 1);
    const std::string_view name = line.substr(1, close - 1);
    // « default » is the only name that CLI11 keeps for itself.
    const bool well_formed = line[close] == ']' && is_key(name) && lowered_ascii(name) != "default";
    if (!well_formed || !is_nothing_or_comment(line.substr(close + 1))) {
      refuse(tr("this is no table"), tr("write the name of a table between brackets: [tdt]"));
    }
    table_ = name;
    if (by_dots_.contains(table_) || !by_header_.insert(table_).second) refuse_second(table_);
    for (const std::string& above : prefixes(table_ + ".")) {
      if (passed.lines.contains(above)) refuse_second(above);
    }
    passed.text += "[" + table_ + "]\n";
  }

  void pass_value(std::string_view line) {
    const std::size_t equals = line.find('=');
    if (equals == std::string_view::npos) {
      refuse(tr("this is neither key = value nor [table]"),
             tr("begin a comment with #, write a key as name = \"value\""));
    }
    const std::string name(trimmed(line.substr(0, equals)));
    if (!is_key(name)) {
      refuse(say("« {1} » is no key", {name}),
             tr("a key is made of letters, digits, _ and -, without quotes"));
    }
    const std::string full_name = table_.empty() ? name : table_ + "." + name;
    if (!passed.lines.emplace(full_name, line_).second) {
      refuse(say("the key {1} is already given on line {2}",
                 {full_name, std::to_string(passed.lines.at(full_name))}),
             tr("keep one of the two"));
    }
    claim_names(full_name, name);
    const std::string_view value = value_in(trimmed(line.substr(equals + 1)));
    passed.text.append(name).append(" = ").append(value).append("\n");
  }

  /// TOML lets a table be made by its header or by keys with dots, not by both, and a name
  /// be a table or a value.
  void claim_names(const std::string& full_name, const std::string& name) {
    if (is_table(full_name)) refuse_second(full_name);
    const std::size_t own_part = full_name.size() - name.size();
    for (const std::string& made : prefixes(full_name)) {
      if (passed.lines.contains(made)) refuse_second(made);
      if (made.size() < own_part) continue;
      if (by_header_.contains(made)) refuse_second(made);
      by_dots_.insert(made);
    }
  }

  [[nodiscard]] bool is_table(const std::string& name) const {
    const auto below = by_header_.lower_bound(name + ".");
    const bool has_table_below = below != by_header_.end() && below->starts_with(name + ".");
    return has_table_below || by_header_.contains(name) || by_dots_.contains(name);
  }

  [[noreturn]] void refuse_second(const std::string& name) const {
    refuse(say("the table or key {1} already stands above", {name}),
           tr("bring the keys of a table together"));
  }

  /// The value at the front of `text`, with its quotes, without what may follow.
  [[nodiscard]] std::string_view value_in(std::string_view text) const {
    if (!text.empty() && is_quote(text.front())) return string_in(text);

    const std::string_view value = trimmed(text.substr(0, text.find('#')));
    if (value.empty()) refuse(tr("the value is missing"), tr("write name = \"value\""));
    if (value.front() == '[' || value.front() == '{') {
      refuse(tr("lists and inline tables are not used here"), tr("write name = \"value\""));
    }
    if (value != "true" && value != "false" && !is_number(value)) {
      refuse(tr("this value needs quotes"), tr("write name = \"value\""));
    }
    return value;
  }

  [[nodiscard]] std::string_view string_in(std::string_view text) const {
    const char quote = text.front();
    const std::size_t close = text.find(quote, 1);
    if (close == std::string_view::npos) {
      refuse(tr("the string is not closed"), tr("end it on the same line with the same quote"));
    }
    if (!is_nothing_or_comment(text.substr(close + 1))) {
      refuse(tr("something follows the closing quote"),
             tr("a string that holds \" is written between ', and the other way round"));
    }
    const std::string_view content = text.substr(1, close - 1);
    if (content.find('\\') != std::string_view::npos) {
      refuse(tr("\\ is not used here"),
             tr("a string that holds \" is written between ', and the other way round"));
    }
    if (!content.empty() && is_quote(content.front()) && content.front() == content.back()) {
      refuse(tr("the string has quotes within its quotes"), tr("keep one pair"));
    }
    return text.substr(0, close + 1);
  }

  const std::filesystem::path& file_;
  std::size_t line_ = 0;
  std::string table_;
  std::set<std::string> by_header_;  // tables opened by [table]
  std::set<std::string> by_dots_;    // tables made by a key with dots
};

}  // namespace

GatedText gate(std::string_view text, const std::filesystem::path& file) {
  constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
  if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());

  Gate gate(file);
  for (const std::string& line : split(text, '\n')) gate.pass(line);
  return gate.passed;
}

}  // namespace pes::config
