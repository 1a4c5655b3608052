#!/bin/sh
# mandoc finds no error in the manual pages. Sections are out of their customary order on
# purpose: that is a warning.
set -u

if ! command -v mandoc >/dev/null; then
  echo 'skipped: mandoc is not there'
  exit 77
fi

status=0
linted=0
for page in "$1"/*.[0-9]; do
  mandoc -T lint -W error "$page" || status=1
  linted=$((linted + 1))
done
echo "$linted pages looked at"
[ "$linted" -gt 1 ] || status=1
exit "$status"
