# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# airlock_embed(OUT FILE...): writes OUT, a C++ fragment with one line
# {"stem", "text"}, a file, to be included into a table. So the one .so holds
# its models and rule pages wherever it is copied.

function(airlock_embed OUT)
  set(rows "")
  foreach(file ${ARGN})
    get_filename_component(stem ${file} NAME_WE)
    file(READ ${file} text)
    # String literals have a size limit in some compilers: join pieces.
    string(LENGTH "${text}" length)
    set(at 0)
    set(literal "")
    while(at LESS length)
      string(SUBSTRING "${text}" ${at} 8000 piece)
      string(APPEND literal "R\"airlock(${piece})airlock\"\n")
      math(EXPR at "${at} + 8000")
    endwhile()
    string(APPEND rows "{\"${stem}\",\n${literal}},\n")
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${file})
  endforeach()
  # Through a copy, so that an unchanged fragment rebuilds nothing.
  file(WRITE ${OUT}.new "${rows}")
  configure_file(${OUT}.new ${OUT} COPYONLY)
endfunction()
