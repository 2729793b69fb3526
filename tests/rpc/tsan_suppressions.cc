// What ThreadSanitizer is told to pass over. The distribution's gRPC is not
// built for it, and hands operations from thread to thread by atomics that it
// does not see; their memory is touched by templates of gRPC's headers, which
// are built here. Only accesses by those are passed over: the reactors' own
// are still checked.

extern "C" const char* __tsan_default_suppressions();

const char* __tsan_default_suppressions() {
  return "race_top:grpc::\n"
         "race:grpc::internal::CallOpSet\n"
         "race:grpc::internal::InterceptorBatchMethodsImpl\n"
         // The std::function in it.
         "race:grpc::internal::CallbackWithSuccessTag::Set\n"
         "race_top:std::function<void (bool)>\n"
         "race_top:std::_Function_handler<void (bool)\n"
         "race_top:std::_Function_base\n";
}
