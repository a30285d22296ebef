// The whole C boundary of Arrears: LMDB as Debian ships it (0.9.24), and the processor's own CRC32C.
// Nothing is wrapped here; the module `LMDB` is the only one that may import this.
#pragma once
#include <lmdb.h>
#include <malloc.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/vfs.h>
#if defined(__aarch64__)
#include <sys/auxv.h>
#endif

// CRC32C (Castagnoli) without hardware, four bits at a time. State is inverted by the caller.
static inline uint32_t arrears_crc32c_plain(uint32_t state, const uint8_t *bytes, size_t count) {
  static const uint32_t nibble[16] = {
      0x00000000, 0x105EC76F, 0x20BD8EDE, 0x30E349B1, 0x417B1DBC, 0x5125DAD3, 0x61C69362, 0x7198540D,
      0x82F63B78, 0x92A8FC17, 0xA24BB5A6, 0xB21572C9, 0xC38D26C4, 0xD3D3E1AB, 0xE330A81A, 0xF36E6F75};
  for (size_t i = 0; i < count; i++) {
    state ^= bytes[i];
    state = nibble[state & 15] ^ (state >> 4);
    state = nibble[state & 15] ^ (state >> 4);
  }
  return state;
}

#if defined(__x86_64__)
typedef long long arrears_two __attribute__((vector_size(16)));

// The state as it is after as many zero bytes as `power` stands for: x^(8n - 33) of the polynomial.
__attribute__((target("sse4.2,pclmul"))) static inline uint64_t
arrears_crc32c_shift(uint64_t state, uint64_t power) {
  arrears_two a = {(long long)state, 0}, b = {(long long)power, 0};
  return __builtin_ia32_crc32di(0, (uint64_t)__builtin_ia32_pclmulqdq128(a, b, 0)[0]);
}

// Three stretches of `length` bytes at once, since one instruction waits for the one before it.
__attribute__((target("sse4.2,pclmul"))) static inline uint64_t
arrears_crc32c_three(uint64_t state, const uint8_t *bytes, size_t length, uint64_t one,
                     uint64_t two) {
  uint64_t second = 0, third = 0;
  for (size_t i = 0; i < length; i += 8) {
    uint64_t a, b, c;
    memcpy(&a, bytes + i, 8);
    memcpy(&b, bytes + length + i, 8);
    memcpy(&c, bytes + 2 * length + i, 8);
    state = __builtin_ia32_crc32di(state, a);
    second = __builtin_ia32_crc32di(second, b);
    third = __builtin_ia32_crc32di(third, c);
  }
  return arrears_crc32c_shift(state, two) ^ arrears_crc32c_shift(second, one) ^ third;
}

__attribute__((target("sse4.2,pclmul"))) static inline uint32_t
arrears_crc32c_fast(uint32_t state, const uint8_t *bytes, size_t count) {
  uint64_t wide = state;
  for (; count >= 3072; bytes += 3072, count -= 3072)
    wide = arrears_crc32c_three(wide, bytes, 1024, 0x170076FA, 0xA51B6135);
  for (; count >= 384; bytes += 384, count -= 384)
    wide = arrears_crc32c_three(wide, bytes, 128, 0x0D3B6092, 0xB9E02B86);
  while (count >= 8) {
    uint64_t word;
    memcpy(&word, bytes, 8);
    wide = __builtin_ia32_crc32di(wide, word);
    bytes += 8;
    count -= 8;
  }
  state = (uint32_t)wide;
  while (count-- > 0) state = __builtin_ia32_crc32qi(state, *bytes++);
  return state;
}
static inline int arrears_crc32c_has_fast(void) {
  return __builtin_cpu_supports("sse4.2") && __builtin_cpu_supports("pclmul");
}
#elif defined(__aarch64__)
__attribute__((target("crc"))) static inline uint32_t
arrears_crc32c_fast(uint32_t state, const uint8_t *bytes, size_t count) {
  while (count >= 8) {
    uint64_t word;
    memcpy(&word, bytes, 8);
    state = __builtin_arm_crc32cd(state, word);
    bytes += 8;
    count -= 8;
  }
  while (count-- > 0) state = __builtin_arm_crc32cb(state, *bytes++);
  return state;
}
// HWCAP_CRC32 is bit 7 of the first capability word.
static inline int arrears_crc32c_has_fast(void) { return (getauxval(16) & (1 << 7)) != 0; }
#else
static inline uint32_t arrears_crc32c_fast(uint32_t state, const uint8_t *bytes, size_t count) {
  return arrears_crc32c_plain(state, bytes, count);
}
static inline int arrears_crc32c_has_fast(void) { return 0; }
#endif

// CRC32C of `count` bytes; of none it is 0.
static inline uint32_t arrears_crc32c(const uint8_t *bytes, size_t count) {
  uint32_t state = arrears_crc32c_has_fast() ? arrears_crc32c_fast(0xFFFFFFFFu, bytes, count)
                                             : arrears_crc32c_plain(0xFFFFFFFFu, bytes, count);
  return ~state;
}

// The same without hardware, for the test that lays both beside each other.
static inline uint32_t arrears_crc32c_portable(const uint8_t *bytes, size_t count) {
  return ~arrears_crc32c_plain(0xFFFFFFFFu, bytes, count);
}

// The file-system type (`f_type`) under a path, or 0 when it cannot be asked: Glibc's own module
// does not carry statfs.
static inline uint32_t arrears_file_system(const char *path) {
  struct statfs status;
  return statfs(path, &status) == 0 ? (uint32_t)status.f_type : 0;
}

// LMDB takes memory for every large value of a transaction and gives it back at commit; the C library
// would hand it to the system each time and fetch it anew, page by page. Keep up to 32 MiB.
static inline void arrears_keep_memory(void) {
  mallopt(M_MMAP_THRESHOLD, 4 << 20);
  mallopt(M_TRIM_THRESHOLD, 32 << 20);
  mallopt(M_TOP_PAD, 1 << 20);
}

// Asks for a byte's cache line ahead of its use.
static inline void arrears_prefetch(const void *byte) { __builtin_prefetch(byte); }
