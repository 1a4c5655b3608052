#pragma once

#include "support/loaded.hpp"

#include <sqlite3.h>

/// SQLite's functions, without their prefix.
namespace pes::sqlite {

inline constexpr LoadedLibrary library{"libsqlite3.so.0", "libsqlite3-0"};

inline constexpr Loaded<library, "sqlite3_bind_int64", decltype(sqlite3_bind_int64)> bind_int64;
inline constexpr Loaded<library, "sqlite3_bind_null", decltype(sqlite3_bind_null)> bind_null;
inline constexpr Loaded<library, "sqlite3_bind_text", decltype(sqlite3_bind_text)> bind_text;
inline constexpr Loaded<library, "sqlite3_busy_timeout", decltype(sqlite3_busy_timeout)>
    busy_timeout;
inline constexpr Loaded<library, "sqlite3_close_v2", decltype(sqlite3_close_v2)> close;
inline constexpr Loaded<library, "sqlite3_column_bytes", decltype(sqlite3_column_bytes)>
    column_bytes;
inline constexpr Loaded<library, "sqlite3_column_int64", decltype(sqlite3_column_int64)>
    column_int64;
inline constexpr Loaded<library, "sqlite3_column_text", decltype(sqlite3_column_text)> column_text;
inline constexpr Loaded<library, "sqlite3_column_type", decltype(sqlite3_column_type)> column_type;
inline constexpr Loaded<library, "sqlite3_errmsg", decltype(sqlite3_errmsg)> error_message;
inline constexpr Loaded<library, "sqlite3_exec", decltype(sqlite3_exec)> execute;
inline constexpr Loaded<library, "sqlite3_finalize", decltype(sqlite3_finalize)> finalize;
inline constexpr Loaded<library, "sqlite3_open_v2", decltype(sqlite3_open_v2)> open;
inline constexpr Loaded<library, "sqlite3_prepare_v2", decltype(sqlite3_prepare_v2)> prepare;
inline constexpr Loaded<library, "sqlite3_reset", decltype(sqlite3_reset)> reset;
inline constexpr Loaded<library, "sqlite3_step", decltype(sqlite3_step)> step;

}  // namespace pes::sqlite
