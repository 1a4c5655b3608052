#!/bin/sh
# Collects every text that a person reads.
# Usage: extract.sh <template.pot>
set -eu

template=$(realpath "$1")
cd "$(dirname "$0")/../.."
# Without line numbers nor date, the catalogue changes only when a text does.
find cmd lib -name '*.[ch]pp' | LC_ALL=C sort |
  xgettext --files-from=- --output="$template" --language=C++ --from-code=UTF-8 --add-location=file \
    --package-name=pes --keyword --keyword=tr --keyword=say:1 --keyword=translatable \
    --keyword=type_name
sed -i '/^"POT-Creation-Date:/d; /^"Report-Msgid-Bugs-To:/d' "$template"
