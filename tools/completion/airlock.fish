# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# Completion for fish. The command knows what there is: see `airlock complete` in tools/airlock/CommandTable.h.

complete -c airlock -a '(set -l words (commandline -opc) (commandline -ct); $words[1] complete $words[2..-1] 2>/dev/null)'
