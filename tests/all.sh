#!/bin/sh
# Installs what is missing, builds everything with warnings as errors, runs every test, then each
# fuzzer for some seconds.
set -eu
cd "$(dirname "$0")/.."

tests/setup/packages.sh tests
cmake --preset dev
cmake --build --preset dev
ctest --preset dev

cmake --preset fuzz
cmake --build --preset fuzz
ctest --preset fuzz
