#!/bin/sh
# Installs what is missing, builds pes, and tells its whole story on a test flow with the
# embedded sandbox. Usage: tests/tour.sh [folder for the home, a new one by default]
set -eu
cd "$(dirname "$0")/.."
root=$PWD

tests/setup/packages.sh
cmake --preset release -DPES_TESTS=OFF
cmake --build --preset release
PATH=$root/build/release/bin:$PATH
# Accents as they are, wherever this runs.
export LC_ALL=C.UTF-8

place=${1:-$(mktemp -d "${TMPDIR:-/tmp}/pes-tour.XXXXXX")}
mkdir -p "$place"
cp tests/data/pes/test-032022.xml "$place"
cd "$place"

tell() {
  printf '\n$ %s\n' "$*"
  "$@"
}

tell pes init demo --sandbox --user adminMegalis
cd demo
tell pes entities
tell pes create ../test-032022.xml --objet TEST-PES-0322 --id O5uC72H
tell pes check ../test-032022.xml
tell pes keys list
tell pes sign O5uC72H
tell pes check O5uC72H
tell pes show O5uC72H --get fichier_pes -o ../signed.xml
tell pes verify ../signed.xml
tell pes send O5uC72H --wait --yes
tell pes status O5uC72H
tell pes list
tell pes show O5uC72H
tell pes journal O5uC72H
tell pes journal --verify

printf '\nThe home of this tour is %s\n' "$place/demo"
