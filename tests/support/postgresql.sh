#!/bin/sh
# A PostgreSQL server of its own in a folder, reached by a socket there and no otherwise.
#
#   postgresql.sh start FOLDER   prints `postgresql://…`; exits with 77 where there is no PostgreSQL
#   postgresql.sh stop FOLDER
#   postgresql.sh sql FOLDER STATEMENTS   prints what they give
#
# PostgreSQL does not run as root: there, the server is its own user's.
set -eu

command=$1
folder=$2

programs=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1)
[ -n "$programs" ] || programs=$(dirname "$(command -v initdb || echo /nowhere/initdb)")
[ -x "$programs/initdb" ] || {
  echo "skipped: PostgreSQL is not installed (package postgresql)" >&2
  exit 77
}

as_server() {
  if [ "$(id -u)" = 0 ]; then
    setpriv --reuid=postgres --regid=postgres --clear-groups -- "$@"
  else
    "$@"
  fi
}

case $command in
start)
  mkdir -p "$folder/data"
  if [ "$(id -u)" = 0 ]; then
    id postgres >/dev/null 2>&1 || {
      echo "skipped: root runs this test, and there is no user postgres" >&2
      exit 77
    }
    chown -R postgres:postgres "$folder"
    chmod 755 "$folder"
  fi
  as_server "$programs/initdb" -D "$folder/data" -U pes -A trust -E UTF8 --locale=C.UTF-8 \
    --no-sync >"$folder/log" 2>&1
  # One role has to tell its password.
  as_server sh -c 'echo "local all with_password scram-sha-256" | cat - "$0" >"$0.new" && mv "$0.new" "$0"' \
    "$folder/data/pg_hba.conf"
  # A crash of the machine is not tested; one of the server is, and needs no fsync.
  as_server "$programs/pg_ctl" -D "$folder/data" -l "$folder/data/log" -w -t 120 -o "-c fsync=off -c \
listen_addresses= -c unix_socket_directories=$folder -c max_connections=100 -c shared_buffers=16MB" \
    start >>"$folder/log" 2>&1 || {
    cat "$folder/log" "$folder/data/log" >&2
    exit 1
  }
  echo "postgresql://pes@/postgres?host=$folder"
  ;;
stop)
  as_server "$programs/pg_ctl" -D "$folder/data" -m immediate stop >/dev/null 2>&1 || true
  ;;
sql)
  "$programs/psql" -h "$folder" -U pes -d postgres -v ON_ERROR_STOP=1 -qAt -c "$3"
  ;;
*)
  echo "postgresql.sh: start, stop or sql" >&2
  exit 2
  ;;
esac
