#pragma once

#include "support/loaded.hpp"

#include <archive.h>
#include <archive_entry.h>

/// libarchive's functions, without their prefix.
namespace pes::libarchive {

inline constexpr LoadedLibrary library{"libarchive.so.13", "libarchive13"};

inline constexpr Loaded<library, "archive_errno", decltype(archive_errno)> error_number;
inline constexpr Loaded<library, "archive_write_add_filter_gzip",
                        decltype(archive_write_add_filter_gzip)>
    write_add_filter_gzip;
inline constexpr Loaded<library, "archive_write_close", decltype(archive_write_close)> write_close;
inline constexpr Loaded<library, "archive_write_data", decltype(archive_write_data)> write_data;
inline constexpr Loaded<library, "archive_write_free", decltype(archive_write_free)> write_free;
inline constexpr Loaded<library, "archive_write_header", decltype(archive_write_header)>
    write_header;
inline constexpr Loaded<library, "archive_write_new", decltype(archive_write_new)> write_new;
inline constexpr Loaded<library, "archive_write_open_fd", decltype(archive_write_open_fd)>
    write_open_fd;
inline constexpr Loaded<library, "archive_write_set_filter_option",
                        decltype(archive_write_set_filter_option)>
    write_set_filter_option;
inline constexpr Loaded<library, "archive_write_set_format_pax_restricted",
                        decltype(archive_write_set_format_pax_restricted)>
    write_set_format_pax_restricted;
inline constexpr Loaded<library, "archive_entry_free", decltype(archive_entry_free)> entry_free;
inline constexpr Loaded<library, "archive_entry_new", decltype(archive_entry_new)> entry_new;
inline constexpr Loaded<library, "archive_entry_set_filetype", decltype(archive_entry_set_filetype)>
    entry_set_filetype;
inline constexpr Loaded<library, "archive_entry_set_mtime", decltype(archive_entry_set_mtime)>
    entry_set_mtime;
inline constexpr Loaded<library, "archive_entry_set_pathname", decltype(archive_entry_set_pathname)>
    entry_set_pathname;
inline constexpr Loaded<library, "archive_entry_set_perm", decltype(archive_entry_set_perm)>
    entry_set_perm;
inline constexpr Loaded<library, "archive_entry_set_size", decltype(archive_entry_set_size)>
    entry_set_size;

}  // namespace pes::libarchive
