#pragma once

#include "support/loaded.hpp"
#include "support/owned.hpp"

#include <libpq-fe.h>

/// libpq's functions, without their prefix.
namespace pes::postgresql::pq {

inline constexpr LoadedLibrary library{"libpq.so.5", "libpq5"};

inline constexpr Loaded<library, "PQclear", decltype(PQclear)> clear;
inline constexpr Loaded<library, "PQconnectdbParams", decltype(PQconnectdbParams)> connect;
inline constexpr Loaded<library, "PQconnectionNeedsPassword", decltype(PQconnectionNeedsPassword)>
    needs_password;
inline constexpr Loaded<library, "PQconnectionUsedPassword", decltype(PQconnectionUsedPassword)>
    used_password;
inline constexpr Loaded<library, "PQconsumeInput", decltype(PQconsumeInput)> consume_input;
inline constexpr Loaded<library, "PQdb", decltype(PQdb)> database;
inline constexpr Loaded<library, "PQerrorMessage", decltype(PQerrorMessage)> error_message;
inline constexpr Loaded<library, "PQexec", decltype(PQexec)> execute;
inline constexpr Loaded<library, "PQexecParams", decltype(PQexecParams)> execute_with;
inline constexpr Loaded<library, "PQfinish", decltype(PQfinish)> finish;
inline constexpr Loaded<library, "PQfreemem", decltype(PQfreemem)> free_memory;
inline constexpr Loaded<library, "PQgetisnull", decltype(PQgetisnull)> is_null;
inline constexpr Loaded<library, "PQgetlength", decltype(PQgetlength)> length;
inline constexpr Loaded<library, "PQgetvalue", decltype(PQgetvalue)> value;
inline constexpr Loaded<library, "PQhost", decltype(PQhost)> host;
inline constexpr Loaded<library, "PQnotifies", decltype(PQnotifies)> notifies;
inline constexpr Loaded<library, "PQntuples", decltype(PQntuples)> rows;
inline constexpr Loaded<library, "PQport", decltype(PQport)> port;
inline constexpr Loaded<library, "PQresultErrorField", decltype(PQresultErrorField)> error_field;
inline constexpr Loaded<library, "PQresultStatus", decltype(PQresultStatus)> result_status;
inline constexpr Loaded<library, "PQsetNoticeReceiver", decltype(PQsetNoticeReceiver)>
    set_notice_receiver;
inline constexpr Loaded<library, "PQsocket", decltype(PQsocket)> socket;
inline constexpr Loaded<library, "PQstatus", decltype(PQstatus)> status;
inline constexpr Loaded<library, "PQtransactionStatus", decltype(PQtransactionStatus)>
    transaction_status;

using Handle = Owned<PGconn, finish>;
using Answer = Owned<PGresult, clear>;
using Notification = Owned<PGnotify, free_memory>;

}  // namespace pes::postgresql::pq
