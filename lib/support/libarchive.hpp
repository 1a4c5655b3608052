#pragma once

#include "support/loaded.hpp"

#include <archive.h>
#include <archive_entry.h>

/// libarchive's functions, without their prefix.
namespace pes::libarchive {

inline constexpr LoadedLibrary library{"libarchive.so.13", "libarchive13"};

inline constexpr Loaded<library, "archive_errno", decltype(archive_errno)> error_number;
inline constexpr Loaded<library, "archive_error_string", decltype(archive_error_string)>
    error_string;
inline constexpr Loaded<library, "archive_read_data", decltype(archive_read_data)> read_data;
inline constexpr Loaded<library, "archive_read_free", decltype(archive_read_free)> read_free;
inline constexpr Loaded<library, "archive_read_new", decltype(archive_read_new)> read_new;
inline constexpr Loaded<library, "archive_read_next_header", decltype(archive_read_next_header)>
    read_next_header;
inline constexpr Loaded<library, "archive_read_open_fd", decltype(archive_read_open_fd)>
    read_open_fd;
inline constexpr Loaded<library, "archive_read_support_format_zip",
                        decltype(archive_read_support_format_zip)>
    read_support_format_zip;
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
inline constexpr Loaded<library, "archive_entry_filetype", decltype(archive_entry_filetype)>
    entry_filetype;
inline constexpr Loaded<library, "archive_entry_free", decltype(archive_entry_free)> entry_free;
inline constexpr Loaded<library, "archive_entry_is_encrypted", decltype(archive_entry_is_encrypted)>
    entry_is_encrypted;
inline constexpr Loaded<library, "archive_entry_new", decltype(archive_entry_new)> entry_new;
inline constexpr Loaded<library, "archive_entry_pathname", decltype(archive_entry_pathname)>
    entry_pathname;
inline constexpr Loaded<library, "archive_entry_pathname_utf8",
                        decltype(archive_entry_pathname_utf8)>
    entry_pathname_utf8;
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
