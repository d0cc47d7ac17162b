# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# cmake -DSCRIPT=... -DPAGE=... -DDATE=... -DVERSION=... -P ScriptManual.cmake: the manual page of a script, made of
# the comment on top of it, whose first line is "NAME: what it does."

file(STRINGS ${SCRIPT} lines)
set(text "")
foreach(line IN LISTS lines)
  if(line MATCHES "^#!|SPDX-License-Identifier")
    continue()
  endif()
  if(NOT line MATCHES "^#")
    break()
  endif()
  string(REGEX REPLACE "^# ?" "" line "${line}")
  string(REPLACE "\\" "\\e" line "${line}")
  string(REPLACE "-" "\\-" line "${line}")
  string(REGEX REPLACE "^([.'])" "\\\\&\\1" line "${line}")
  string(APPEND text "${line}\n")
endforeach()
string(REGEX REPLACE "^\n*([^:\n]+): ([^\n]*)\\.\n\n?" "" text "${text}")
set(what "${CMAKE_MATCH_2}")
get_filename_component(name ${SCRIPT} NAME)
string(TOUPPER ${name} title)
string(REPLACE "-" "\\-" escaped ${name})
string(REGEX REPLACE "\n\n+" "\n.sp\n" text "${text}")
file(WRITE ${PAGE} ".TH ${title} 1 \"${DATE}\" \"airlock ${VERSION}\" \"Airlock\"
.SH NAME
${escaped} \\- ${what}
.SH DESCRIPTION
.nf
${text}.fi
.SH SEE ALSO
.BR airlock (1),
.BR airlock\\-plugin (7)
")
