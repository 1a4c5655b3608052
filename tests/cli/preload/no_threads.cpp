// Preloaded: a system that has no thread to give.

#include <pthread.h>

#include <cerrno>

extern "C" int pthread_create(pthread_t* /*thread*/, const pthread_attr_t* /*attributes*/,
                              void* (* /*work*/)(void*), void* /*argument*/) {
  return EAGAIN;
}
