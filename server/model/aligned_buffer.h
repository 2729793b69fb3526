// Memory for vectors of any CPU: aligned to 64 bytes, zeroed, owned.
//
//   AlignedBuffer<float> row(384);
//   row[0] = 1;

#ifndef QUOTH_SERVER_MODEL_ALIGNED_BUFFER_H_
#define QUOTH_SERVER_MODEL_ALIGNED_BUFFER_H_

#include <cstddef>
#include <cstring>
#include <memory>
#include <new>
#include <type_traits>

namespace quoth {

// Movable, not copyable; its size is fixed.
template <typename T>
class AlignedBuffer {
  static_assert(std::is_trivially_copyable_v<T>);

 public:
  AlignedBuffer() = default;
  explicit AlignedBuffer(size_t size)
      : data_(static_cast<T*>(
            ::operator new (size * sizeof(T), std::align_val_t{kAlignment}))),
        size_(size) {
    std::memset(static_cast<void*>(data_.get()), 0, size * sizeof(T));
  }

  T* data() { return data_.get(); }
  const T* data() const { return data_.get(); }
  size_t size() const { return size_; }
  T& operator[](size_t i) { return data_[i]; }
  const T& operator[](size_t i) const { return data_[i]; }

 private:
  static constexpr size_t kAlignment = 64;
  struct Free {
    void operator()(T* p) const {
      ::operator delete (p, std::align_val_t{kAlignment});
    }
  };
  std::unique_ptr<T[], Free> data_;
  size_t size_ = 0;
};

}  // namespace quoth

#endif  // QUOTH_SERVER_MODEL_ALIGNED_BUFFER_H_
