#include "unit/xml/random_document.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

namespace pes::test {

namespace {

using Scope = std::map<std::string, std::string>;  // prefix to namespace

class Generator {
 public:
  explicit Generator(std::mt19937& random) : random_(random), latin1_(one_in(2)) {}

  std::string document() {
    text_ = latin1_ ? "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>\n"
                    : "<?xml version='1.0' encoding='UTF-8'?>\r\n";
    misc();
    element({{"", ""}}, 0);
    misc();
    return std::move(text_);
  }

 private:
  std::size_t below(std::size_t bound) {
    return std::uniform_int_distribution<std::size_t>(0, bound - 1)(random_);
  }
  bool one_in(std::size_t n) { return below(n) == 0; }
  template <std::size_t size>
  std::string pick(const std::array<std::string_view, size>& choices) {
    return std::string(choices[below(size)]);
  }

  void misc() {
    while (one_in(3)) one_in(2) ? comment() : instruction();
  }
  void comment() {
    text_ += pick<6>({"<!-- a > b -->", "<!---->", "<!-- <x y='z'> & ' -->", "<!--\r\n- -->",
                      "<!--a\rb\r-->", "<!--\n\r\r\n-->"});
    if (one_in(3)) text_ += "<!--" + accent() + "-->";
  }
  void instruction() {
    text_ += pick<4>({"<?target?>", "<?target   some <data> ' ?>", "<?t >?>", "<?t a\r\nb?>"});
  }
  void blanks() { text_ += pick<5>({" ", "\n", "\t", " \r\n ", "  "}); }

  /// Declares prefixes at random; `xmlns=""` too. No namespace has an `&`, which libxml2
  /// 2.9 does not escape in a canonical form.
  std::vector<std::string> declarations(Scope& scope) {
    static constexpr std::array<std::string_view, 5> prefixes = {"", "a", "b", "ds", "long-one"};
    static constexpr std::array<std::string_view, 5> uris = {
        "urn:one", "urn:two", "http://example.org/a?b=%20c", "urn:it&#39;s", "urn:one"};
    static constexpr std::array<std::string_view, 5> read = {
        "urn:one", "urn:two", "http://example.org/a?b=%20c", "urn:it's", "urn:one"};
    std::vector<std::string> written;
    std::set<std::string> declared;
    while (one_in(2)) {
      const std::string prefix = pick(prefixes);
      if (!declared.insert(prefix).second) continue;
      const std::string name = prefix.empty() ? "xmlns" : "xmlns:" + prefix;
      if (prefix.empty() && one_in(3)) {
        scope[""] = "";
        written.push_back(name + "=''");
        continue;
      }
      const std::size_t rank = below(uris.size());
      scope[prefix] = read[rank];
      written.push_back(name + "=\"" + std::string(uris[rank]) + "\"");
    }
    return written;
  }

  std::string any_prefix(const Scope& scope) {
    auto chosen = scope.begin();
    std::advance(chosen, below(scope.size()));
    return chosen->first;
  }

  std::vector<std::string> attributes(const Scope& scope) {
    std::vector<std::string> written;
    std::set<std::pair<std::string, std::string>> used;
    while (!one_in(3)) {
      const std::string local = pick<6>({"V", "Id", "z", "aa", "a", "B"});
      const std::string prefix = one_in(2) ? "" : any_prefix(scope);
      const std::string uri = prefix.empty() ? "" : scope.at(prefix);
      if (!used.insert({uri, local}).second) continue;
      written.push_back((prefix.empty() ? local : prefix + ":" + local) + attribute_value());
    }
    if (one_in(6)) written.emplace_back("xml:lang=\"fr\"");
    if (one_in(6)) written.emplace_back("xml:space='preserve'");
    return written;
  }

  std::string attribute_value() {
    const bool single = one_in(2);
    std::string value;
    while (!one_in(4)) {
      value += pick<14>({"x", ">", single ? "\"" : "'", "&lt;", "&amp;", "&quot;", "&apos;", "&#9;",
                         "&#xA;", "&#13;", "\t", "\n", "\r\n", "&#x1F600;"});
      if (one_in(4)) value += accent();
    }
    const char quote = single ? '\'' : '"';
    return "=" + (quote + value) + quote;
  }

  std::string accent() {
    if (latin1_) return pick<4>({"\xE9", "\xC0", "\x80", "\x9F"});
    return pick<4>({"é", "€", "\xF0\x9F\x98\x80", "\xC2\x85"});
  }

  void content(const Scope& scope, int depth) {
    while (!one_in(4)) {
      switch (below(9)) {
        case 0:
          text_ += pick<7>({"text", ">", "\n", "\r\n", "\r", "\t ", "]] >"});
          break;
        case 1:
          text_ += pick<7>({"&lt;", "&gt;", "&amp;", "&quot;", "&#13;", "&#xD;", "&#8364;"});
          break;
        case 2:
          text_ += pick<5>({"<![CDATA[]]>", "<![CDATA[<a b='>'>&amp;]]>", "<![CDATA[]]]>",
                            "<![CDATA[\r\n]>]]>", "<![CDATA[x]]]]>"});
          break;
        case 3:
          comment();
          break;
        case 4:
          instruction();
          break;
        case 5:
          text_ += accent();
          break;
        case 6:
          text_ += std::string(below(700), 'q');
          break;
        default:
          if (depth < 6) element(scope, depth + 1);
      }
    }
  }

  void element(Scope scope, int depth) {
    std::vector<std::string> written = declarations(scope);
    const std::string prefix = any_prefix(scope);
    const std::string local = pick<5>({"Bordereau", "e", "x.y-z", "_", "Signature"});
    const std::string name = prefix.empty() ? local : prefix + ":" + local;
    for (std::string& attribute : attributes(scope)) written.push_back(std::move(attribute));
    std::shuffle(written.begin(), written.end(), random_);
    text_ += "<" + name;
    for (const std::string& attribute : written) {
      blanks();
      text_ += attribute;
    }
    if (one_in(3)) blanks();
    if (one_in(3)) {
      text_ += "/>";
      return;
    }
    text_ += ">";
    content(scope, depth);
    text_ += "</" + name;
    if (one_in(4)) blanks();
    text_ += ">";
  }

  std::mt19937& random_;
  bool latin1_;
  std::string text_;
};

}  // namespace

std::string random_document(std::mt19937& random) { return Generator(random).document(); }

}  // namespace pes::test
