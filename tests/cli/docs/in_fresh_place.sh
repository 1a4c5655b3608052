#!/bin/sh
# Runs a command in a new empty folder, with nothing of the caller's settings.
# Usage: in_fresh_place.sh <folder of pes> <command> [<argument>…]
set -eu

tool=$1
shift
place=$(mktemp -d "${TMPDIR:-/tmp}/pes-docs.XXXXXX")
trap 'rm -rf "$place"' EXIT
cd "$place"
mkdir home config data state
env -i PATH="$tool:/usr/local/bin:/usr/bin:/bin" HOME="$place/home" XDG_CONFIG_HOME="$place/config" \
  XDG_DATA_HOME="$place/data" XDG_STATE_HOME="$place/state" TMPDIR="${TMPDIR:-/tmp}" \
  TZ=Europe/Paris LANG=C.UTF-8 TERM=dumb PYTHONDONTWRITEBYTECODE=1 "$@"
