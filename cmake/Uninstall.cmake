# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# cmake -DMANIFEST=FILE -P Uninstall.cmake: removes the files that `cmake --install` lists there, and the folders that are
# empty then and are Airlock's own. DESTDIR in the environment counts as it did for the installation.

if(NOT EXISTS ${MANIFEST})
  message(FATAL_ERROR "no ${MANIFEST}: nothing was installed from here")
endif()
file(STRINGS ${MANIFEST} files)
set(folders "")
foreach(file IN LISTS files)
  set(file "$ENV{DESTDIR}${file}")
  if(EXISTS ${file} OR IS_SYMLINK ${file})
    message(STATUS "Removing ${file}")
    file(REMOVE ${file})
  endif()
  get_filename_component(folder ${file} DIRECTORY)
  while(folder MATCHES "/[Aa]irlock(/|$)")
    list(APPEND folders ${folder})
    get_filename_component(folder ${folder} DIRECTORY)
  endwhile()
endforeach()
# The innermost first.
list(REMOVE_DUPLICATES folders)
list(SORT folders ORDER DESCENDING)
foreach(folder IN LISTS folders)
  file(GLOB left ${folder}/*)
  if(IS_DIRECTORY ${folder} AND NOT left)
    file(REMOVE_RECURSE ${folder})
  endif()
endforeach()
