#!/bin/sh
# Installs what is missing, builds everything with warnings as errors, runs every test, then each
# fuzzer for some seconds.
set -eu
cd "$(dirname "$0")/.."

tests/setup/packages.sh tests
# Enough for a stack trace with its lines, and compiled a quarter faster.
cmake --preset dev -DCMAKE_CXX_FLAGS_DEBUG=-g1
cmake --build --preset dev
ctest --preset dev

cmake --preset fuzz
cmake --build --preset fuzz
ctest --preset fuzz
