#pragma once

#include <array>
#include <string_view>

/// The codes of the PES (pes §6, §12), with those that v5.30 of the schemas added.
namespace pes::preflight::codes {

inline constexpr std::array<std::string_view, 4> typ_bord_depense{"01", "02", "03", "04"};
inline constexpr std::array<std::string_view, 13> typ_pce_depense{
    "01", "02", "03", "04", "05", "06", "07", "08", "09", "10", "11", "12", "13"};
inline constexpr std::array<std::string_view, 15> nat_pce_depense{
    "01", "02", "03", "04", "05", "06", "07", "08", "09", "10", "11", "12", "13", "14", "18"};
inline constexpr std::array<std::string_view, 20> mod_regl_depense{
    "01", "02", "03", "04", "05", "06", "07", "08", "09", "10",
    "11", "12", "13", "14", "15", "16", "17", "18", "19", "20"};
inline constexpr std::array<std::string_view, 5> nat_pce_orig_depense{"01", "02", "03", "04", "05"};
inline constexpr std::array<std::string_view, 3> cod_int_mor{"01", "02", "03"};
inline constexpr std::array<std::string_view, 5> cod_op_spec{"01", "02", "03", "04", "05"};

inline constexpr std::array<std::string_view, 6> typ_bord_recette{"01", "02", "03",
                                                                  "04", "05", "06"};
inline constexpr std::array<std::string_view, 13> typ_pce_recette{
    "01", "02", "03", "04", "05", "06", "07", "09", "10", "11", "12", "14", "15"};
inline constexpr std::array<std::string_view, 12> nat_pce_recette{
    "01", "02", "03", "04", "05", "06", "07", "08", "09", "10", "11", "18"};
inline constexpr std::array<std::string_view, 4> nat_pce_orig_recette{"01", "02", "03", "05"};
inline constexpr std::array<std::string_view, 6> edition{"01", "02", "03", "04", "05", "06"};
inline constexpr std::array<std::string_view, 21> typ_tiers{
    "01", "02", "03", "04", "05", "06", "07", "10", "11", "12", "13",
    "14", "15", "20", "21", "22", "23", "24", "25", "26", "30"};
inline constexpr std::array<std::string_view, 2> nat_prel{"01", "02"};
inline constexpr std::array<std::string_view, 7> per_prel{"01", "02", "03", "04", "05", "06", "07"};
inline constexpr std::array<std::string_view, 4> sequence_pres{"01", "02", "03", "04"};
inline constexpr std::array<std::string_view, 3> cod_ass_deb{"1", "2", "3"};
inline constexpr std::array<std::string_view, 3> cod_ayant_droit{"01", "02", "03"};
inline constexpr std::array<std::string_view, 2> typ_flux{"01", "02"};
inline constexpr std::array<std::string_view, 9> mod_regl_recouvrement{"01", "02", "03", "04", "05",
                                                                       "06", "07", "08", "09"};

inline constexpr std::array<std::string_view, 12> nat_id_tiers{"01", "02", "03", "04", "05", "06",
                                                               "07", "08", "09", "10", "11", "12"};
inline constexpr std::array<std::string_view, 23> cat_tiers{
    "01", "20", "21", "22", "23", "24", "25", "26", "27", "28", "29", "50",
    "60", "61", "62", "63", "64", "65", "70", "71", "72", "73", "74"};
inline constexpr std::array<std::string_view, 11> nat_jur{"01", "02", "03", "04", "05", "06",
                                                          "07", "08", "09", "10", "11"};
inline constexpr std::array<std::string_view, 3> typ_adr{"0", "1", "2"};

inline constexpr std::array<std::string_view, 10> type_fact{"01", "02", "03", "04", "05",
                                                            "06", "07", "08", "09", "10"};

inline constexpr std::array<std::string_view, 3> support{"01", "02", "03"};
inline constexpr std::array<std::string_view, 14> type_pj{"001", "002", "003", "004", "005",
                                                          "006", "007", "008", "009", "010",
                                                          "011", "012", "013", "014"};
inline constexpr std::array<std::string_view, 9> domaine{"01", "02", "03", "04", "05",
                                                         "06", "07", "08", "09"};
inline constexpr std::array<std::string_view, 10> type_objet{"01", "02", "03", "04", "05",
                                                             "06", "07", "08", "09", "10"};

}  // namespace pes::preflight::codes
