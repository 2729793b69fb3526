# What Quoth is built on, all from the distribution. tools/packages.txt lists
# the packages.

find_package(absl REQUIRED CONFIG)
find_package(dnnl REQUIRED CONFIG)
find_package(Protobuf REQUIRED)
find_package(gRPC REQUIRED CONFIG)
find_package(OpenSSL REQUIRED)
find_package(PkgConfig REQUIRED)
pkg_check_modules(HWY REQUIRED IMPORTED_TARGET libhwy)
pkg_check_modules(PROMETHEUS REQUIRED IMPORTED_TARGET prometheus-cpp-core
                  prometheus-cpp-pull)
pkg_check_modules(RE2 REQUIRED IMPORTED_TARGET re2)
pkg_check_modules(UTF8PROC REQUIRED IMPORTED_TARGET libutf8proc)
find_package(ZLIB REQUIRED)
find_package(Threads REQUIRED)
find_library(CLD2_LIBRARY cld2 REQUIRED)
find_path(CLD2_INCLUDE_DIR cld2/public/compact_lang_det.h REQUIRED)

if(QUOTH_TESTS)
  find_package(GTest REQUIRED)
endif()
if(QUOTH_BENCHMARKS)
  find_package(benchmark REQUIRED)
endif()
