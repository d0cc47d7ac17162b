# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# What `cmake --install` puts where, and what `cpack` makes of it (tools/package calls it). The targets themselves are
# installed where they are made.

include(CMakePackageConfigHelpers)

set(AIRLOCK_MAINTAINER "Airlock developers <airlock@example.org>" CACHE STRING "Whom packages name as their maintainer")
set(AIRLOCK_PACKAGE_RELEASE 1)
# Of this version; what builds reproducibly says it in the environment.
if(NOT DEFINED ENV{SOURCE_DATE_EPOCH})
  set(ENV{SOURCE_DATE_EPOCH} 1796040000)
endif()
string(TIMESTAMP AIRLOCK_DATE "%Y-%m-%d" UTC)
string(TIMESTAMP AIRLOCK_DEBIAN_DATE "%a, %d %b %Y %H:%M:%S +0000" UTC)

find_program(AIRLOCK_GZIP gzip REQUIRED)
set(packaging ${CMAKE_SOURCE_DIR}/tools/packaging)
set(made ${CMAKE_BINARY_DIR}/install)
file(MAKE_DIRECTORY ${made})

# The command writes the manual pages, from what --help says.
set(pages "")
foreach(page airlock.1 airlock-plugin.7)
  get_filename_component(name ${page} NAME_WE)
  add_custom_command(OUTPUT ${made}/${page}.gz
    COMMAND sh -c "$<TARGET_FILE:airlock-tool> manual ${name} ${AIRLOCK_DATE} > ${made}/${page}"
    COMMAND ${AIRLOCK_GZIP} -9nf ${made}/${page}
    DEPENDS airlock-tool COMMENT "Writing ${page}" VERBATIM)
  list(APPEND pages ${made}/${page}.gz)
endforeach()
# The script's is what stands on top of it.
add_custom_command(OUTPUT ${made}/airlock-kcheck.1.gz
  COMMAND ${CMAKE_COMMAND} -DSCRIPT=${CMAKE_SOURCE_DIR}/tools/airlock-kcheck -DPAGE=${made}/airlock-kcheck.1
    -DDATE=${AIRLOCK_DATE} -DVERSION=${PROJECT_VERSION} -P ${CMAKE_SOURCE_DIR}/cmake/ScriptManual.cmake
  COMMAND ${AIRLOCK_GZIP} -9nf ${made}/airlock-kcheck.1
  DEPENDS ${CMAKE_SOURCE_DIR}/tools/airlock-kcheck ${CMAKE_SOURCE_DIR}/cmake/ScriptManual.cmake
  COMMENT "Writing airlock-kcheck.1" VERBATIM)

configure_file(${packaging}/changelog.in ${made}/changelog.Debian @ONLY)
add_custom_command(OUTPUT ${made}/changelog.gz ${made}/changelog.Debian.gz
  COMMAND sh -c "${AIRLOCK_GZIP} -9n < ${CMAKE_SOURCE_DIR}/CHANGELOG.md > ${made}/changelog.gz"
  COMMAND sh -c "${AIRLOCK_GZIP} -9n < ${made}/changelog.Debian > ${made}/changelog.Debian.gz"
  DEPENDS ${CMAKE_SOURCE_DIR}/CHANGELOG.md ${made}/changelog.Debian COMMENT "Packing the changelogs" VERBATIM)
add_custom_target(install-files ALL
  DEPENDS ${pages} ${made}/airlock-kcheck.1.gz ${made}/changelog.gz ${made}/changelog.Debian.gz)

install(FILES ${made}/airlock.1.gz ${made}/airlock-kcheck.1.gz DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
install(FILES ${made}/airlock-plugin.7.gz DESTINATION ${CMAKE_INSTALL_MANDIR}/man7)

install(PROGRAMS tools/airlock-kcheck DESTINATION ${CMAKE_INSTALL_BINDIR})
install(FILES annotations/include/airlock.h DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(DIRECTORY annotations/models/ DESTINATION ${CMAKE_INSTALL_DATADIR}/airlock/models
        FILES_MATCHING PATTERN "*.json")
install(FILES plugin/report/report.schema.json DESTINATION ${CMAKE_INSTALL_DATADIR}/airlock)

install(FILES ${packaging}/copyright ${made}/changelog.gz DESTINATION ${CMAKE_INSTALL_DOCDIR})
# Pages are where the repository has them, and so is what they link to: their links hold.
install(FILES README.md ARCHITECTURE.md CONTRIBUTING.md DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(DIRECTORY docs DESTINATION ${CMAKE_INSTALL_DOCDIR} FILES_MATCHING PATTERN "*.md")
install(DIRECTORY plugin/rules/ DESTINATION ${CMAKE_INSTALL_DOCDIR}/plugin/rules FILES_MATCHING PATTERN "*.md")
foreach(file annotations/README.md plugin/report/report.schema.json test/boot/README.md test/kernel/TRIAGE.md
        test/kernel/vhost-callers.txt test/oracle/README.md test/oracle/found/README.md)
  get_filename_component(folder ${file} DIRECTORY)
  install(FILES ${file} DESTINATION ${CMAKE_INSTALL_DOCDIR}/${folder})
endforeach()
install(DIRECTORY examples DESTINATION ${CMAKE_INSTALL_DOCDIR} PATTERN LICENSE EXCLUDE)

install(FILES tools/completion/airlock.bash DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions
        RENAME airlock)
install(FILES tools/completion/airlock.fish DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d)
# A Debian package has some things elsewhere.
install(CODE "
  set(share \"\${CMAKE_INSTALL_PREFIX}/${CMAKE_INSTALL_DATADIR}\")
  set(zsh site-functions)
  if(\"\$ENV{AIRLOCK_PACKAGE}\" STREQUAL DEB)
    set(zsh vendor-completions)
    file(INSTALL \"${packaging}/lintian-overrides\" DESTINATION \"\${share}/lintian/overrides\" RENAME airlock)
    file(INSTALL \"${made}/changelog.Debian.gz\" DESTINATION \"\${share}/doc/airlock\")
  else()
    file(INSTALL \"${CMAKE_SOURCE_DIR}/LICENSE\" DESTINATION \"\${share}/doc/airlock\")
  endif()
  file(INSTALL \"${CMAKE_SOURCE_DIR}/tools/completion/_airlock\" DESTINATION \"\${share}/zsh/\${zsh}\")")

# find_package(Airlock)
set(AIRLOCK_PLUGIN ${AIRLOCK_INSTALL_PLUGINDIR}/airlock.so)
set(config_folder lib/cmake/Airlock)
configure_package_config_file(${packaging}/AirlockConfig.cmake.in ${made}/AirlockConfig.cmake
  INSTALL_DESTINATION ${config_folder} PATH_VARS AIRLOCK_PLUGIN CMAKE_INSTALL_INCLUDEDIR)
write_basic_package_version_file(${made}/AirlockConfigVersion.cmake COMPATIBILITY SameMinorVersion
  ARCH_INDEPENDENT) # it is the compiler that has to fit
install(FILES ${made}/AirlockConfig.cmake ${made}/AirlockConfigVersion.cmake DESTINATION ${config_folder})

add_custom_target(uninstall
  COMMAND ${CMAKE_COMMAND} -DMANIFEST=${CMAKE_BINARY_DIR}/install_manifest.txt
    -P ${CMAKE_SOURCE_DIR}/cmake/Uninstall.cmake
  COMMENT "Removing what 'cmake --install' wrote" VERBATIM)

set(CPACK_GENERATOR DEB TGZ)
find_program(AIRLOCK_RPMBUILD rpmbuild)
if(AIRLOCK_RPMBUILD)
  list(APPEND CPACK_GENERATOR RPM)
endif()
set(CPACK_PROJECT_CONFIG_FILE ${packaging}/CPackProject.cmake)
set(CPACK_PACKAGE_NAME airlock)
set(CPACK_PACKAGE_VENDOR Airlock)
set(CPACK_PACKAGE_CONTACT ${AIRLOCK_MAINTAINER})
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "static checker for user memory access in Linux kernel style C")
set(CPACK_PACKAGE_DESCRIPTION_FILE ${packaging}/description)
set(CPACK_PACKAGE_DIRECTORY ${CMAKE_BINARY_DIR}/packages)
set(CPACK_RESOURCE_FILE_LICENSE ${CMAKE_SOURCE_DIR}/LICENSE)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
  OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_RELEASE ${AIRLOCK_PACKAGE_RELEASE})
set(CPACK_DEBIAN_PACKAGE_SECTION devel)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
# The plugin runs in this Clang and no other; the command reads its headers.
set(CPACK_DEBIAN_PACKAGE_DEPENDS clang-${LLVM_VERSION_MAJOR})
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_RPM_FILE_NAME RPM-DEFAULT)
set(CPACK_RPM_PACKAGE_RELEASE ${AIRLOCK_PACKAGE_RELEASE})
set(CPACK_RPM_PACKAGE_LICENSE "Apache-2.0 WITH LLVM-exception")
math(EXPR next_clang "${LLVM_VERSION_MAJOR} + 1")
set(CPACK_RPM_PACKAGE_REQUIRES "clang >= ${LLVM_VERSION_MAJOR}, clang < ${next_clang}")
set(CPACK_RPM_SPEC_MORE_DEFINE "%define _build_id_links none")
set(CPACK_RPM_EXCLUDE_FROM_AUTO_FILELIST_ADDITION
  /usr/lib/cmake /usr/share/man /usr/share/man/man1 /usr/share/man/man7 /usr/share/bash-completion
  /usr/share/bash-completion/completions /usr/share/fish /usr/share/fish/vendor_completions.d /usr/share/zsh
  /usr/share/zsh/site-functions)
include(CPack)
