#include "sandbox/tdt/endpoints.hpp"

#include <utility>

namespace pes::sandbox::tdt {

void add_endpoints(Routes& routes, const Context& context) {
  add_connection_endpoints(routes, context);
  add_import_endpoint(routes, context);
  add_follow_endpoints(routes, context);
  add_retour_endpoints(routes, context);
  add_archivist_endpoints(routes, context);
}

void send_xml(httplib::Response& response, std::string content) {
  response.set_header("Content-type", "text/xml;charset=utf-8");
  response.body = std::move(content);
}

void send_file(httplib::Response& response, std::string content, const std::string& name) {
  send_xml(response, std::move(content));
  response.set_header("Content-disposition", "attachment; filename=\"" + name + "\"");
  response.set_header("Expires", "0");
  response.set_header("Cache-Control", "must-revalidate, post-check=0,pre-check=0");
  response.set_header("Pragma", "public");
}

}  // namespace pes::sandbox::tdt
