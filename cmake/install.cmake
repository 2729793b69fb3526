# What `cmake --install` puts where, and the Debian package that CPack makes of
# it. tools/package is the command; packaging/ has the files.
#
# quothd looks for its model in ../share/quoth/models, so the two go together
# wherever the prefix is.

include(GNUInstallDirs)

# Only what is installed is built for it, by whoever installs.
set(CMAKE_SKIP_INSTALL_ALL_DEPENDENCY ON)

# Debian 12 has units in /lib, which is not below the prefix /usr.
if(CMAKE_INSTALL_PREFIX STREQUAL "/usr")
  set(unit_folder /lib/systemd/system)
else()
  set(unit_folder lib/systemd/system)
endif()
set(documents share/doc/quoth)

install(TARGETS quothd DESTINATION ${CMAKE_INSTALL_SBINDIR})
install(TARGETS quoth DESTINATION ${CMAKE_INSTALL_BINDIR})
# All of them: quothd --model finds them there by name.
file(GLOB models CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/models/*.qm)
install(FILES ${models} DESTINATION share/quoth/models)
install(FILES protos/quoth/v1/attribution.proto
        DESTINATION share/quoth/protos/quoth/v1)
# What it imports, so that a client can be generated from the package alone.
install(FILES third_party/googleapis/google/rpc/status.proto
              third_party/googleapis/google/rpc/error_details.proto
        DESTINATION share/quoth/protos/google/rpc)

configure_file(packaging/systemd/quothd.service.in
               ${CMAKE_BINARY_DIR}/packaging/quothd.service @ONLY)
install(FILES ${CMAKE_BINARY_DIR}/packaging/quothd.service
        DESTINATION ${unit_folder})
install(FILES packaging/config/quothd.flags
        DESTINATION ${CMAKE_INSTALL_FULL_SYSCONFDIR}/quoth)

install(FILES packaging/deb/copyright README.md DESTINATION ${documents})
install(FILES models/README.md DESTINATION ${documents} RENAME model-card.md)
install(FILES packaging/haproxy/haproxy.cfg packaging/nginx/nginx.conf
              packaging/kubernetes/quoth.yaml packaging/container/Containerfile
        DESTINATION ${documents}/examples)

# Pages and changelog are compressed as Debian has them: without a time stamp,
# so that the same source makes the same file.
function(quoth_install_compressed from to destination)
  set(out ${CMAKE_BINARY_DIR}/packaging/${to}.gz)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS
               ${CMAKE_SOURCE_DIR}/${from})
  execute_process(COMMAND gzip -9nc ${CMAKE_SOURCE_DIR}/${from}
                  OUTPUT_FILE ${out} COMMAND_ERROR_IS_FATAL ANY)
  install(FILES ${out} DESTINATION ${destination})
endfunction()

quoth_install_compressed(packaging/man/quoth.1 quoth.1
                         ${CMAKE_INSTALL_MANDIR}/man1)
quoth_install_compressed(packaging/man/quothd.8 quothd.8
                         ${CMAKE_INSTALL_MANDIR}/man8)
quoth_install_compressed(packaging/deb/changelog changelog ${documents})

# ---- The Debian package ----

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME quoth)
set(CPACK_PACKAGE_VERSION ${PROJECT_VERSION})
set(CPACK_PACKAGE_CONTACT "Quoth maintainers <maintainers@quoth.invalid>"
    CACHE STRING "Maintainer of the package")
set(CPACK_PACKAGING_INSTALL_PREFIX ${CMAKE_INSTALL_PREFIX})
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION net)
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)
# The model hardly shrinks: xz would take a minute for a twentieth less.
set(CPACK_DEBIAN_COMPRESSION_TYPE gzip)
set(CPACK_DEBIAN_PACKAGE_DESCRIPTION
    "who said what in a news article, over gRPC
Quoth reads the plain text of an English news article and finds the claims
in it: quotations and reported statements, each with its exact words, its
cue, its speaker and its context, as exact spans of the text.

The package has the server (quothd, with a unit for systemd), its models, a
command-line client (quoth) and the protocol's files.")
# The libraries come from the programs themselves, by dpkg-shlibdeps; adduser
# is for the maintainer scripts.
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_DEPENDS "adduser")
set(CPACK_DEBIAN_PACKAGE_CONTROL_EXTRA
    ${CMAKE_SOURCE_DIR}/packaging/deb/conffiles
    ${CMAKE_SOURCE_DIR}/packaging/deb/postinst
    ${CMAKE_SOURCE_DIR}/packaging/deb/prerm
    ${CMAKE_SOURCE_DIR}/packaging/deb/postrm)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
include(CPack)
