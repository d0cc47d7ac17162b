# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# shellcheck shell=bash
# Completion for bash. The command knows what there is: see `airlock complete` in tools/airlock/CommandTable.h.

_airlock() {
  local IFS=$'\n'
  # shellcheck disable=SC2207
  COMPREPLY=($("$1" complete "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null))
}
complete -o default -F _airlock airlock
