// The header replay of W in C over the bundles of one of our ledgers: what the Swift replay is held
// against. Reads the same bytes through the same offset table and folds the same three figures into a
// dense array by account number.
//
//   replay LEDGER ROUNDS   ->   rate=<median events a second> digest=<low 32 bits>
#define _GNU_SOURCE
#include <lmdb.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define CHECK(call)                                                                \
  do {                                                                             \
    int code_ = (call);                                                            \
    if (code_) {                                                                   \
      fprintf(stderr, "%s: %s\n", #call, mdb_strerror(code_));                     \
      exit(2);                                                                     \
    }                                                                              \
  } while (0)

enum { CONTACT = 55, PAYMENT = 17, REVERSAL = 20, DUE = 12, SETTLED = 1 << 15 };

typedef struct __attribute__((packed)) {
  uint8_t format, version;
  uint16_t type, flags, currency;
  uint64_t seq, previous;
  uint32_t account, actor;
  int64_t recorded, occurred, amount;
  int32_t day;
  uint16_t envelope;
  int16_t offset;
} header;
_Static_assert(sizeof(header) == 64, "a header is 64 bytes");

typedef struct {
  int64_t paid, last_contact, oldest_due;
} state;

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
  return t.tv_sec + t.tv_nsec * 1e-9;
}

static inline void fold(state *states, const header *h) {
  state *s = &states[h->account];
  switch (h->type) {
    case CONTACT:
      if (h->occurred > s->last_contact) s->last_contact = h->occurred;
      break;
    case PAYMENT: s->paid += h->amount; break;
    case REVERSAL: s->paid -= h->amount; break;
    case DUE:
      if (!(h->flags & SETTLED) && h->occurred < s->oldest_due) s->oldest_due = h->occurred;
      break;
    default: break;
  }
}

static int ascending(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return x < y ? -1 : x > y;
}

int main(int count, char **words) {
  if (count < 3) return 2;
  char path[4096];
  snprintf(path, sizeof path, "%s/log", words[1]);
  MDB_env *env;
  CHECK(mdb_env_create(&env));
  CHECK(mdb_env_set_mapsize(env, 64ull << 30));
  CHECK(mdb_env_set_maxdbs(env, 16));
  CHECK(mdb_env_open(env, path, MDB_RDONLY | MDB_NOTLS, 0644));
  MDB_txn *txn;
  MDB_dbi bundles, tail, numbers;
  CHECK(mdb_txn_begin(env, 0, MDB_RDONLY, &txn));
  CHECK(mdb_dbi_open(txn, "bundles", MDB_INTEGERKEY, &bundles));
  CHECK(mdb_dbi_open(txn, "tail", MDB_INTEGERKEY, &tail));
  CHECK(mdb_dbi_open(txn, "numbers", 0, &numbers));
  MDB_stat named;
  CHECK(mdb_stat(txn, numbers, &named));
  size_t accounts = named.ms_entries + 1;  // names of other kinds make it a little too large
  int rounds = atoi(words[2]);
  if (rounds < 1 || rounds > 64) return 2;
  double rates[64];
  state *states = malloc(sizeof(state) * accounts);
  uint64_t digest = 0;
  for (int round = 0; round < rounds; round++) {
    double begun = now();
    uint64_t events = 0;
    for (size_t i = 0; i < accounts; i++) states[i] = (state){0, 0, INT64_MAX};
    MDB_cursor *cursor;
    MDB_val key, value;
    CHECK(mdb_cursor_open(txn, bundles, &cursor));
    for (int code = mdb_cursor_get(cursor, &key, &value, MDB_FIRST); !code;
         code = mdb_cursor_get(cursor, &key, &value, MDB_NEXT)) {
      const char *bytes = value.mv_data;
      uint32_t n;
      memcpy(&n, bytes + 16, 4);
      for (uint32_t i = 0; i < n; i++) {
        uint32_t at;
        memcpy(&at, bytes + 56 + 4 * i, 4);
        fold(states, (const header *)(bytes + at));
      }
      events += n;
    }
    mdb_cursor_close(cursor);
    CHECK(mdb_cursor_open(txn, tail, &cursor));
    for (int code = mdb_cursor_get(cursor, &key, &value, MDB_FIRST); !code;
         code = mdb_cursor_get(cursor, &key, &value, MDB_NEXT)) {
      fold(states, value.mv_data);
      events++;
    }
    mdb_cursor_close(cursor);
    rates[round] = events / (now() - begun);
    digest = 0;
    for (size_t i = 0; i < accounts; i++) {
      uint64_t due = states[i].oldest_due == INT64_MAX ? 0 : (uint64_t)states[i].oldest_due;
      digest += (i + 1) * ((uint64_t)states[i].paid + (uint64_t)states[i].last_contact * 7 + due);
    }
  }
  qsort(rates, rounds, sizeof(double), ascending);
  printf("digest=%llu rate=%.0f\n", (unsigned long long)(digest & 0xFFFFFFFF), rates[rounds / 2]);
  return 0;
}
