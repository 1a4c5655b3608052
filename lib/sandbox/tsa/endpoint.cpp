#include "sandbox/tsa/endpoint.hpp"

#include "sandbox/tsa/authority.hpp"

namespace pes::sandbox::tsa {

void add_endpoint(Routes& routes, const Context& context) {
  routes.post(path, [&](const httplib::Request& request, httplib::Response& response) {
    if (request.get_header_value("Content-Type") != "application/timestamp-query") {
      answer_html(response, 415, "Type de contenu inattendu");
      return;
    }
    response.set_content(answer(context.layout, request.body), "application/timestamp-reply");
  });
}

}  // namespace pes::sandbox::tsa
