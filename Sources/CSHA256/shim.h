// SHA-256 (FIPS 180-4) for the short inputs of a Merkle tree: by the processor's own instructions where
// there are some, else plainly. A test lays it beside swift-crypto for every length up to 1,000 bytes.
// swift-crypto takes a context from memory for each hash, which costs more than hashing an event.
#pragma once
#include <stddef.h>
#include <stdint.h>
#include <string.h>

static const uint32_t arrears_sha_k[64] __attribute__((aligned(16))) = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

static inline uint32_t arrears_sha_word(const uint8_t *p) {
  return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

static inline uint32_t arrears_sha_turn(uint32_t x, int by) { return x >> by | x << (32 - by); }

// Blocks of 64 bytes into the state, plainly.
static inline void arrears_sha_plain(uint32_t state[8], const uint8_t *bytes, size_t blocks) {
  for (; blocks > 0; blocks--, bytes += 64) {
    uint32_t w[64], s[8];
    for (int i = 0; i < 16; i++) w[i] = arrears_sha_word(bytes + 4 * i);
    for (int i = 16; i < 64; i++) {
      uint32_t a = w[i - 15], b = w[i - 2];
      w[i] = w[i - 16] + w[i - 7] +
             (arrears_sha_turn(a, 7) ^ arrears_sha_turn(a, 18) ^ a >> 3) +
             (arrears_sha_turn(b, 17) ^ arrears_sha_turn(b, 19) ^ b >> 10);
    }
    memcpy(s, state, 32);
    for (int i = 0; i < 64; i++) {
      uint32_t one = s[7] + arrears_sha_k[i] + w[i] + ((s[4] & s[5]) ^ (~s[4] & s[6])) +
                     (arrears_sha_turn(s[4], 6) ^ arrears_sha_turn(s[4], 11) ^
                      arrears_sha_turn(s[4], 25));
      uint32_t two = ((s[0] & s[1]) ^ (s[0] & s[2]) ^ (s[1] & s[2])) +
                     (arrears_sha_turn(s[0], 2) ^ arrears_sha_turn(s[0], 13) ^
                      arrears_sha_turn(s[0], 22));
      memmove(s + 1, s, 28);
      s[4] += one;
      s[0] = one + two;
    }
    for (int i = 0; i < 8; i++) state[i] += s[i];
  }
}

#if defined(__x86_64__)
typedef int arrears_four __attribute__((vector_size(16)));
typedef char arrears_sixteen __attribute__((vector_size(16)));

#define ARREARS_ALIGN4(high, low) __builtin_shufflevector(low, high, 1, 2, 3, 4)

// The same by SHA-NI: the state lives as ABEF and CDGH, four rounds a turn.
__attribute__((target("sha,sse4.1,ssse3"))) static inline void
arrears_sha_fast(uint32_t state[8], const uint8_t *bytes, size_t blocks) {
  const arrears_sixteen swap = {3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12};
  arrears_four dcba, hgfe;
  memcpy(&dcba, state, 16);
  memcpy(&hgfe, state + 4, 16);
  // Lanes from low to high: dcba holds A B C D; ABEF is F E B A from low to high.
  arrears_four abef = __builtin_shufflevector(dcba, hgfe, 5, 4, 1, 0);
  arrears_four cdgh = __builtin_shufflevector(dcba, hgfe, 7, 6, 3, 2);
  for (; blocks > 0; blocks--, bytes += 64) {
    const arrears_four before = abef, behind = cdgh;
    arrears_four m[4];
#pragma clang loop unroll(full)
    for (int i = 0; i < 4; i++) {
      arrears_sixteen raw;
      memcpy(&raw, bytes + 16 * i, 16);
      m[i] = (arrears_four)__builtin_ia32_pshufb128(raw, swap);
    }
#pragma clang loop unroll(full)
    for (int r = 0; r < 16; r++) {
      arrears_four k;
      memcpy(&k, arrears_sha_k + 4 * r, 16);
      k += m[r & 3];
      cdgh = __builtin_ia32_sha256rnds2(cdgh, abef, k);
      abef = __builtin_ia32_sha256rnds2(abef, cdgh, __builtin_shufflevector(k, k, 2, 3, 0, 0));
      if (r < 12) {
        arrears_four next = __builtin_ia32_sha256msg1(m[r & 3], m[(r + 1) & 3]);
        next += ARREARS_ALIGN4(m[(r + 3) & 3], m[(r + 2) & 3]);
        m[r & 3] = __builtin_ia32_sha256msg2(next, m[(r + 3) & 3]);
      }
    }
    abef += before;
    cdgh += behind;
  }
  dcba = __builtin_shufflevector(abef, cdgh, 3, 2, 7, 6);
  hgfe = __builtin_shufflevector(abef, cdgh, 1, 0, 5, 4);
  memcpy(state, &dcba, 16);
  memcpy(state + 4, &hgfe, 16);
}

// The same of two messages, which have nothing to do with each other: a step waits for the one before
// it, and the other message's steps fill the wait.
__attribute__((target("sha,sse4.1,ssse3"))) static inline void
arrears_sha_fast_two(uint32_t *const states[2], const uint8_t *const bytes[2], size_t blocks) {
  const arrears_sixteen swap = {3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12};
  arrears_four abef[2], cdgh[2];
#pragma clang loop unroll(full)
  for (int l = 0; l < 2; l++) {
    arrears_four dcba, hgfe;
    memcpy(&dcba, states[l], 16);
    memcpy(&hgfe, states[l] + 4, 16);
    abef[l] = __builtin_shufflevector(dcba, hgfe, 5, 4, 1, 0);
    cdgh[l] = __builtin_shufflevector(dcba, hgfe, 7, 6, 3, 2);
  }
  for (size_t block = 0; block < blocks; block++) {
    const arrears_four before[2] = {abef[0], abef[1]}, behind[2] = {cdgh[0], cdgh[1]};
    arrears_four m[2][4];
#pragma clang loop unroll(full)
    for (int i = 0; i < 8; i++) {
      arrears_sixteen raw;
      memcpy(&raw, bytes[i & 1] + 64 * block + 16 * (i >> 1), 16);
      m[i & 1][i >> 1] = (arrears_four)__builtin_ia32_pshufb128(raw, swap);
    }
#pragma clang loop unroll(full)
    for (int r = 0; r < 16; r++) {
      arrears_four round, k[2];
      memcpy(&round, arrears_sha_k + 4 * r, 16);
#pragma clang loop unroll(full)
      for (int l = 0; l < 2; l++) {
        k[l] = round + m[l][r & 3];
        cdgh[l] = __builtin_ia32_sha256rnds2(cdgh[l], abef[l], k[l]);
      }
#pragma clang loop unroll(full)
      for (int l = 0; l < 2; l++) {
        k[l] = __builtin_shufflevector(k[l], k[l], 2, 3, 0, 0);
        abef[l] = __builtin_ia32_sha256rnds2(abef[l], cdgh[l], k[l]);
        if (r >= 12) continue;
        arrears_four next = __builtin_ia32_sha256msg1(m[l][r & 3], m[l][(r + 1) & 3]);
        next += ARREARS_ALIGN4(m[l][(r + 3) & 3], m[l][(r + 2) & 3]);
        m[l][r & 3] = __builtin_ia32_sha256msg2(next, m[l][(r + 3) & 3]);
      }
    }
#pragma clang loop unroll(full)
    for (int l = 0; l < 2; l++) {
      abef[l] += before[l];
      cdgh[l] += behind[l];
    }
  }
#pragma clang loop unroll(full)
  for (int l = 0; l < 2; l++) {
    arrears_four dcba = __builtin_shufflevector(abef[l], cdgh[l], 3, 2, 7, 6);
    arrears_four hgfe = __builtin_shufflevector(abef[l], cdgh[l], 1, 0, 5, 4);
    memcpy(states[l], &dcba, 16);
    memcpy(states[l] + 4, &hgfe, 16);
  }
}

#include <cpuid.h>
// Leaf 7 of CPUID, EBX bit 29: SHA.
static inline int arrears_sha_has_fast(void) {
  static int known = -1;
  if (known < 0) {
    unsigned a, b = 0, c, d;
    known = __get_cpuid_count(7, 0, &a, &b, &c, &d) && (b >> 29 & 1) &&
            __builtin_cpu_supports("sse4.1");
  }
  return known;
}
#else
static inline void arrears_sha_fast(uint32_t state[8], const uint8_t *bytes, size_t blocks) {
  arrears_sha_plain(state, bytes, blocks);
}
static inline void arrears_sha_fast_two(uint32_t *const states[2], const uint8_t *const bytes[2],
                                        size_t blocks) {
  for (int l = 0; l < 2; l++) arrears_sha_plain(states[l], bytes[l], blocks);
}
static inline int arrears_sha_has_fast(void) { return 0; }
#endif

static inline void arrears_sha_blocks(uint32_t state[8], const uint8_t *bytes, size_t blocks,
                                      int plain) {
  if (blocks == 0) return;
  if (!plain && arrears_sha_has_fast()) arrears_sha_fast(state, bytes, blocks);
  else arrears_sha_plain(state, bytes, blocks);
}

static const uint32_t arrears_sha_start[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                              0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};

static inline void arrears_sha_end(const uint32_t state[8], uint8_t out[32]) {
  for (int i = 0; i < 8; i++) {
    uint32_t word = __builtin_bswap32(state[i]);
    memcpy(out + 4 * i, &word, 4);
  }
}

// SHA-256 of one byte (`prefix`, unless negative) and `count` bytes behind it.
static inline void arrears_sha256(int prefix, const uint8_t *bytes, size_t count, uint8_t out[32],
                                  int plain) {
  uint32_t state[8];
  memcpy(state, arrears_sha_start, sizeof state);
  uint8_t block[128];
  const size_t front = prefix >= 0 ? 1 : 0;
  uint64_t bits = (uint64_t)(count + front) * 8;
  size_t used = 0;
  if (front) {
    block[0] = (uint8_t)prefix;
    used = 1;
    if (count >= 63) {
      memcpy(block + 1, bytes, 63);
      arrears_sha_blocks(state, block, 1, plain);
      bytes += 63;
      count -= 63;
      used = 0;
    }
  }
  if (used == 0) {
    arrears_sha_blocks(state, bytes, count / 64, plain);
    bytes += count / 64 * 64;
    count %= 64;
  }
  if (count > 0) memcpy(block + used, bytes, count);
  used += count;
  block[used++] = 0x80;
  const size_t end = used <= 56 ? 64 : 128;
  memset(block + used, 0, end - 8 - used);
  for (int i = 0; i < 8; i++) block[end - 1 - i] = (uint8_t)(bits >> (8 * i));
  arrears_sha_blocks(state, block, end / 64, plain);
  arrears_sha_end(state, out);
}

// A message that is short enough to be laid out whole: one byte, the bytes, and the padding.
#define ARREARS_SHORT 1000
typedef struct {
  uint32_t state[8];
  size_t blocks;
  uint8_t bytes[ARREARS_SHORT + 88];
} arrears_message;

static inline void arrears_message_set(arrears_message *message, uint8_t prefix,
                                       const uint8_t *bytes, size_t count) {
  const uint64_t bits = (uint64_t)(count + 1) * 8;
  message->blocks = (count + 1 + 8) / 64 + 1;
  const size_t end = message->blocks * 64;
  memcpy(message->state, arrears_sha_start, 32);
  message->bytes[0] = prefix;
  memcpy(message->bytes + 1, bytes, count);
  message->bytes[count + 1] = 0x80;
  memset(message->bytes + count + 2, 0, end - 8 - (count + 2));
  for (int i = 0; i < 8; i++) message->bytes[end - 1 - i] = (uint8_t)(bits >> (8 * i));
}

// The hashes of two messages, both at a time; their states are used up.
static inline void arrears_sha256_two(arrears_message messages[2], uint8_t *out) {
  const size_t both = messages[0].blocks < messages[1].blocks ? messages[0].blocks
                                                              : messages[1].blocks;
  uint32_t *const states[2] = {messages[0].state, messages[1].state};
  const uint8_t *const bytes[2] = {messages[0].bytes, messages[1].bytes};
  arrears_sha_fast_two(states, bytes, both);
  for (int l = 0; l < 2; l++) {
    if (messages[l].blocks > both)
      arrears_sha_fast(messages[l].state, messages[l].bytes + 64 * both, messages[l].blocks - both);
    arrears_sha_end(messages[l].state, out + 32 * l);
  }
}

// Halves `count` hashes of 32 bytes, a power of two, to the one above them, in place.
static inline void arrears_tree_fold(uint8_t *hashes, size_t count) {
  arrears_message messages[2];
  const int fast = arrears_sha_has_fast();
  if (fast && count > 2)
    for (int l = 0; l < 2; l++) arrears_message_set(&messages[l], 1, hashes, 64);
  for (; fast && count > 2; count /= 2)
    for (size_t i = 0; i < count / 2; i += 2) {
      for (int l = 0; l < 2; l++) {
        memcpy(messages[l].state, arrears_sha_start, 32);
        memcpy(messages[l].bytes + 1, hashes + 64 * (i + l), 64);
      }
      arrears_sha256_two(messages, hashes + 32 * i);
    }
  uint8_t pair[64];
  for (; count > 1; count /= 2)
    for (size_t i = 0; i < count / 2; i++) {
      memcpy(pair, hashes + 64 * i, 64);
      arrears_sha256(1, pair, 64, hashes + 32 * i, 0);
    }
}

// The leaf hashes of `count` entries, the i-th from offsets[i] to offsets[i + 1].
static inline void arrears_tree_leaves(const uint8_t *bytes, const uint32_t *offsets, size_t count,
                                       uint8_t *out) {
  arrears_message messages[2];
  const int fast = arrears_sha_has_fast();
  for (size_t i = 0; i < count;) {
    const size_t length = offsets[i + 1] - offsets[i];
    const size_t next = i + 1 < count ? offsets[i + 2] - offsets[i + 1] : ARREARS_SHORT + 1;
    if (fast && length <= ARREARS_SHORT && next <= ARREARS_SHORT) {
      arrears_message_set(&messages[0], 0, bytes + offsets[i], length);
      arrears_message_set(&messages[1], 0, bytes + offsets[i + 1], next);
      arrears_sha256_two(messages, out + 32 * i);
      i += 2;
    } else {
      arrears_sha256(0, bytes + offsets[i], length, out + 32 * i, 0);
      i += 1;
    }
  }
}
