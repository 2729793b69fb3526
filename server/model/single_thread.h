// Keeps oneDNN on the calling thread. Quoth's unit of parallelism is the
// request: a product spread over threads would wait for the slowest of them,
// and its sums could depend on how many there are.
//
//   SingleThread single_thread;   // Until the end of the scope.
//   matmul.execute(...);

#ifndef QUOTH_SERVER_MODEL_SINGLE_THREAD_H_
#define QUOTH_SERVER_MODEL_SINGLE_THREAD_H_

namespace quoth {

// Limits the OpenMP regions that this thread opens to one thread, and gives
// the former limit back in the end. Other threads are not affected. Without an
// OpenMP runtime in the process it does nothing.
class SingleThread {
 public:
  SingleThread();
  ~SingleThread();
  SingleThread(const SingleThread&) = delete;
  SingleThread& operator=(const SingleThread&) = delete;

 private:
  int before_ = 0;  // 0: nothing to give back.
};

}  // namespace quoth

#endif  // QUOTH_SERVER_MODEL_SINGLE_THREAD_H_
