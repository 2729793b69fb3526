# How tests, benchmarks and fuzz targets are declared.

include(GoogleTest)

# quoth_test(name_test deps...): one test program from name_test.cc.
function(quoth_test name)
  if(NOT QUOTH_TESTS)
    return()
  endif()
  add_executable(${name} ${name}.cc)
  target_link_libraries(${name} PRIVATE ${ARGN} quoth_source_tree GTest::gmock
                        GTest::gtest_main)
  # A third faster to compile; what is tested has the flags that ship.
  target_compile_options(${name} PRIVATE $<$<CONFIG:Release>:-O1>)
  set(timeout 300)
  if(QUOTH_SANITIZE)
    target_compile_definitions(${name} PRIVATE QUOTH_SANITIZED)
    set(timeout 1200)  # Everything takes several times as long.
  endif()
  gtest_discover_tests(${name} DISCOVERY_TIMEOUT 60
                       PROPERTIES TIMEOUT ${timeout})
endfunction()

# quoth_benchmark(name_benchmark deps...): one Google Benchmark program.
function(quoth_benchmark name)
  if(NOT QUOTH_BENCHMARKS)
    return()
  endif()
  add_executable(${name} ${name}.cc)
  target_link_libraries(${name} PRIVATE ${ARGN} quoth_source_tree
                        benchmark::benchmark_main)
endfunction()

# quoth_fuzzer(name_fuzzer deps...): one libFuzzer target from name_fuzzer.cc;
# its seeds lie in tests/fuzz/corpus/name.
function(quoth_fuzzer name)
  if(NOT QUOTH_FUZZERS)
    return()
  endif()
  add_executable(${name} ${name}.cc)
  target_link_libraries(${name} PRIVATE ${ARGN} quoth_source_tree)
  target_link_options(${name} PRIVATE -fsanitize=fuzzer)
endfunction()
