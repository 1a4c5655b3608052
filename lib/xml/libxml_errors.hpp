#pragma once

#include "xml/libxml.hpp"

namespace pes::xml {

/// Takes libxml2's errors of this thread, from all of its layers, which otherwise go to stderr.
class LibxmlErrors {
 public:
  /// @param taker throws nothing, since it is called from C
  LibxmlErrors(void* user_data, xmlStructuredErrorFunc taker)
      : previous_(*libxml::structured_error()),
        previous_data_(*libxml::structured_error_context()) {
    libxml::set_structured_error_func(user_data, taker);
  }
  LibxmlErrors(const LibxmlErrors&) = delete;
  LibxmlErrors& operator=(const LibxmlErrors&) = delete;
  ~LibxmlErrors() { libxml::set_structured_error_func(previous_data_, previous_); }

 private:
  xmlStructuredErrorFunc previous_;
  void* previous_data_;
};

}  // namespace pes::xml
