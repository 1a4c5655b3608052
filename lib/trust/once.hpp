#pragma once

#include <exception>
#include <future>
#include <map>
#include <mutex>
#include <string>

namespace pes::trust {

/// Values that are costly to get: each is got once, by whoever asks first, while others wait.
template <typename Value>
class Once {
 public:
  /// @param make how to get it; what it throws is thrown to all who ask
  template <typename Make>
  Value get(const std::string& key, Make make) {
    std::promise<Value> promise;
    std::shared_future<Value> value;
    bool is_first = false;
    {
      const std::lock_guard lock(mutex_);
      const auto [place, is_new] = values_.try_emplace(key);
      if (is_new) place->second = promise.get_future().share();
      value = place->second;
      is_first = is_new;
    }
    if (is_first) {
      try {
        promise.set_value(make());
      } catch (...) {
        promise.set_exception(std::current_exception());
      }
    }
    return value.get();
  }

 private:
  std::mutex mutex_;
  std::map<std::string, std::shared_future<Value>> values_;
};

}  // namespace pes::trust
