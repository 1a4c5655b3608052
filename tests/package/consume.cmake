file(REMOVE_RECURSE ${WORK})

function(run)
  execute_process(COMMAND ${ARGV} COMMAND_ERROR_IS_FATAL ANY OUTPUT_VARIABLE output)
  set(output "${output}" PARENT_SCOPE)
endfunction()

set(flags)
if(SANITIZE)
  set(flags -DCMAKE_CXX_FLAGS=-fsanitize=address,undefined)
endif()
run(${CMAKE_COMMAND} --install ${BUILD} --prefix ${WORK}/prefix)
run(${CMAKE_COMMAND} -S ${CONSUMER} -B ${WORK}/build -G ${GENERATOR} -DCMAKE_PREFIX_PATH=${WORK}/prefix
    ${flags})
run(${CMAKE_COMMAND} --build ${WORK}/build)
run(${WORK}/build/consumer ${FLOW})
if(NOT output STREQUAL "PESALR2_00000000000018_220302_001.xml 2\n")
  message(FATAL_ERROR "the consumer printed: ${output}")
endif()
# The installed tool runs from where it was installed.
run(${WORK}/prefix/bin/pes --version)
if(NOT output MATCHES "^pes [0-9]")
  message(FATAL_ERROR "the installed tool printed: ${output}")
endif()
