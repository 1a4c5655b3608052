#!/bin/sh
# Installs the Debian 12 packages that building pes needs and, called with "tests", those
# that its tests need as well. What is already there is left alone.
set -eu

build='ca-certificates cmake g++ gettext libarchive-dev libcli11-dev libcpp-httplib-dev libcurl4-openssl-dev
  libp11-kit-dev libpq-dev libpugixml-dev libsqlite3-dev
  libssl-dev libxml2-dev ninja-build nlohmann-json3-dev pkg-config'
tests='bash-completion clang curl doctest-dev fish libclang-rt-14-dev libxml2-utils mandoc openssl
  postgresql procps python3 ecj jq libxml-security-java softhsm2 xmlsec1 zsh'

wanted=$build
[ "${1:-}" = tests ] && wanted="$wanted $tests"

missing=
for package in $wanted; do
  dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' ||
    missing="$missing $package"
done
[ -n "$missing" ] || exit 0

as_root=
if [ "$(id -u)" != 0 ]; then
  command -v sudo >/dev/null || {
    echo "packages.sh: run as root, or install:$missing" >&2
    exit 1
  }
  as_root=sudo
fi
echo "Installing:$missing"
$as_root apt-get update -qq
# shellcheck disable=SC2086 # a list of words
$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing
