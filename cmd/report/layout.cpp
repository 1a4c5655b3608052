#include "report/layout.hpp"

#include "ui/language.hpp"
#include "ui/numbers.hpp"

#include <algorithm>

namespace pes::cmd {

namespace {

void write_row(Markup& page, const std::vector<std::string>& cells) {
  page.element("tr", {}, [&] {
    page.element("th", {{"scope", "row"}}, cells.front());
    for (std::size_t i = 1; i < cells.size(); ++i) page.element("td", {}, cells[i]);
  });
}

void write_list(Markup& page, std::size_t from, std::size_t to,
                const std::function<void(std::size_t)>& write_card) {
  page.element("ul", {{"class", "cards"}}, [&] {
    for (std::size_t rank = from; rank < to; ++rank) write_card(rank);
  });
}

}  // namespace

void write_cards(Markup& page, std::size_t count,
                 const std::function<void(std::size_t)>& write_card) {
  constexpr std::size_t at_once = 4;
  write_list(page, 0, std::min(count, at_once), write_card);
  if (count <= at_once) return;
  page.element("details", {}, [&] {
    page.element("summary", {}, say("{1} more", {ui::count_text(count - at_once)}));
    write_list(page, at_once, count, write_card);
  });
}

void write_section(Markup& page, std::string_view id, const std::string& heading,
                   const std::function<void()>& inside) {
  const std::string heading_id = std::string(id) + "-heading";
  page.element("section", {{"id", id}, {"aria-labelledby", heading_id}}, [&] {
    page.element("h2", {{"id", heading_id}}, heading);
    inside();
  });
}

void write_table(Markup& page, const NumberTable& table) {
  page.element("table", {}, [&] {
    page.element("caption", {}, table.caption);
    page.element("thead", {}, [&] {
      page.element("tr", {}, [&] {
        for (const std::string& name : table.header) page.element("th", {{"scope", "col"}}, name);
      });
    });
    page.element("tbody", {}, [&] {
      for (const auto& cells : table.rows) write_row(page, cells);
    });
  });
}

void write_folded_table(Markup& page, const NumberTable& table) {
  page.element("details", {{"class", "unfolds"}}, [&] {
    page.element("summary", {}, table.caption);
    write_table(page, table);
  });
}

void write_pair(Markup& page, const std::function<void()>& chart, const NumberTable& table) {
  page.element("div", {{"class", "pair"}}, [&] {
    page.element("div", {{"class", "chart"}}, chart);
    page.element("div", {{"class", "numbers"}}, [&] { write_table(page, table); });
  });
}

}  // namespace pes::cmd
