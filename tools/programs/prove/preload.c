// Sits between a program and the C library (LD_PRELOAD) and, for files below ARREARS_WATCH,
//  - writes down every change and every wait for the disk, in order, into ARREARS_RECORD: files and
//    folders made, opened, written, cut, linked, renamed, removed, synced;
//  - or makes call number N fail, as ARREARS_FAULT=N:KIND says (eio, enospc, eintr, short);
//  - or ends the process in front of call number N, as ARREARS_KILL=N says;
// and, with ARREARS_CLOCK=SEED, lets the clock of the day jump by up to a year either way whenever it is read.
// When the process ends, ARREARS_COUNT gets the number of calls that were counted.
//
// A record: u32 kind, u32 file, u64 offset, u64 length, u32 flags, u32 0, then `length` bytes. Kinds: 1
// write, 2 sync, 3 truncate (offset is the size), 4 rename (bytes: from, 0, to), 5 made (bytes: path),
// 6 folder made, 7 removed, 8 acknowledged (what was written to ARREARS_ACK), 9 opened (bytes: path), 10 linked (as 4). Flag 1: the
// descriptor is O_DSYNC, so that the write itself waits. A sync of a folder is one of the file that its path made.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

#define MANY 4096
static char *paths[MANY];      // by file number
static int files, of[MANY], flags_of[MANY];  // of: descriptor -> file number + 1, or -1 for acks
static int log_fd = -1;
static long calls, fault_at, kill_at;
static uint64_t clock_seed;
static char fault_kind[16];
static const char *watch, *ack;
static pthread_mutex_t turn = PTHREAD_MUTEX_INITIALIZER;

#define REAL(type, name, ...)                                       \
  static type (*real)(__VA_ARGS__);                                 \
  if (!real) real = (type(*)(__VA_ARGS__))dlsym(RTLD_NEXT, #name)

static ssize_t plain_write(int fd, const void *bytes, size_t count) {
  REAL(ssize_t, write, int, const void *, size_t);
  return real(fd, bytes, count);
}

static void begin(void) {
  static int done;
  if (done) return;
  done = 1;
  watch = getenv("ARREARS_WATCH");
  ack = getenv("ARREARS_ACK");
  const char *record = getenv("ARREARS_RECORD"), *fault = getenv("ARREARS_FAULT"),
             *kill = getenv("ARREARS_KILL"), *clock = getenv("ARREARS_CLOCK");
  REAL(int, open, const char *, int, ...);
  if (record) log_fd = real(record, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
  if (fault) sscanf(fault, "%ld:%15s", &fault_at, fault_kind);
  if (kill) kill_at = atol(kill);
  if (clock) clock_seed = strtoull(clock, 0, 10) | 1;
}

__attribute__((destructor)) static void end(void) {
  const char *path = getenv("ARREARS_COUNT");
  if (!path) return;
  REAL(int, open, const char *, int, ...);
  int fd = real(path, O_WRONLY | O_CREAT | O_TRUNC, 0644);
  char text[32];
  int count = snprintf(text, sizeof text, "%ld\n", calls);
  if (fd >= 0) plain_write(fd, text, count), close(fd);
}

// The lock table holds nothing that outlives its processes.
static int watched(const char *path) {
  begin();
  if (!watch || !path) return 0;
  size_t length = strlen(path), lock = strlen("/lock.mdb");
  if (length >= lock && !strcmp(path + length - lock, "/lock.mdb")) return 0;
  // The folder and what is below it; the file of acknowledgements beside it has its name in front.
  size_t folder = strlen(watch);
  return !strncmp(path, watch, folder) && (path[folder] == '/' || path[folder] == 0);
}

static int number(const char *path) {
  for (int i = 0; i < files; i++)
    if (!strcmp(paths[i], path)) return i;
  if (files == MANY) return 0;
  paths[files] = strdup(path);
  return files++;
}

static void record(uint32_t kind, uint32_t file, uint64_t offset, const void *bytes, uint64_t length,
                   uint32_t flags) {
  if (log_fd < 0) return;
  struct { uint32_t kind, file; uint64_t offset, length; uint32_t flags, zero; } head = {
      kind, file, offset, length, flags, 0};
  struct iovec parts[2] = {{&head, sizeof head}, {(void *)bytes, length}};
  REAL(ssize_t, writev, int, const struct iovec *, int);
  if (real(log_fd, parts, length > 0 ? 2 : 1) < 0) abort();
}

// Counts a call; -1 with errno when it is to fail, 1 when it is to be short.
static int counted(int is_write) {
  calls++;
  if (kill_at && calls == kill_at) kill(getpid(), SIGKILL);
  if (!fault_at || calls != fault_at) return 0;
  if (!strcmp(fault_kind, "short")) return is_write;
  errno = !strcmp(fault_kind, "enospc") ? ENOSPC : !strcmp(fault_kind, "eintr") ? EINTR : EIO;
  return -1;
}

static int opened(const char *path, int flags, int fd, int was_there) {
  if (fd < 0 || fd >= MANY) return fd;
  of[fd] = 0;
  if (ack && !strcmp(path, ack)) of[fd] = -1;
  else if (watched(path)) {
    int file = number(path);
    of[fd] = file + 1;
    flags_of[fd] = flags;
    int is_new = (flags & O_CREAT) && !was_there;
    record(is_new ? 5 : 9, file, 0, path, strlen(path), 0);
    if ((flags & O_TRUNC) && was_there) record(3, file, 0, 0, 0, 0);
  }
  return fd;
}

#define OPEN(name)                                                                          \
  int name(const char *path, int flags, ...) {                                              \
    va_list more;                                                                           \
    va_start(more, flags);                                                                  \
    mode_t mode = va_arg(more, int);                                                        \
    va_end(more);                                                                           \
    REAL(int, name, const char *, int, ...);                                                \
    begin();                                                                                \
    pthread_mutex_lock(&turn);                                                              \
    int there = access(path, F_OK) == 0, saved = errno;                                     \
    if (watched(path) && (flags & O_CREAT) && !there && counted(0) < 0) {                   \
      pthread_mutex_unlock(&turn);                                                          \
      return -1;                                                                            \
    }                                                                                       \
    errno = saved;                                                                          \
    int fd = opened(path, flags, real(path, flags, mode), there);                           \
    pthread_mutex_unlock(&turn);                                                            \
    return fd;                                                                              \
  }
OPEN(open)
OPEN(open64)

int close(int fd) {
  REAL(int, close, int);
  if (fd >= 0 && fd < MANY) of[fd] = 0;
  return real(fd);
}

// A duplicate stands for the same file.
static int duplicated(int from, int to) {
  if (from >= 0 && from < MANY && to >= 0 && to < MANY) of[to] = of[from], flags_of[to] = flags_of[from];
  return to;
}
int dup(int fd) {
  REAL(int, dup, int);
  return duplicated(fd, real(fd));
}
int dup2(int fd, int to) {
  REAL(int, dup2, int, int);
  return duplicated(fd, real(fd, to));
}

static int is_watched(int fd) { return fd >= 0 && fd < MANY && of[fd] > 0; }
static uint32_t waits(int fd) { return (flags_of[fd] & (O_DSYNC | O_SYNC)) ? 1 : 0; }

ssize_t write(int fd, const void *bytes, size_t count) {
  if (fd >= 0 && fd < MANY && of[fd] == -1) {
    record(8, 0, 0, bytes, count, 0);
    return plain_write(fd, bytes, count);
  }
  if (!is_watched(fd)) return plain_write(fd, bytes, count);
  pthread_mutex_lock(&turn);
  int how = counted(1);
  ssize_t done = -1;
  if (how >= 0) {
    off_t at = lseek(fd, 0, SEEK_CUR);
    if (flags_of[fd] & O_APPEND) at = lseek(fd, 0, SEEK_END);
    done = plain_write(fd, bytes, how && count > 1 ? count / 2 : count);
    if (done > 0) record(1, of[fd] - 1, at, bytes, done, waits(fd));
  }
  pthread_mutex_unlock(&turn);
  return done;
}

#define PWRITE(name, type)                                                            \
  ssize_t name(int fd, const void *bytes, size_t count, type at) {                    \
    REAL(ssize_t, name, int, const void *, size_t, type);                             \
    if (!is_watched(fd)) return real(fd, bytes, count, at);                           \
    pthread_mutex_lock(&turn);                                                        \
    int how = counted(1);                                                             \
    ssize_t done = how < 0 ? -1 : real(fd, bytes, how && count > 1 ? count / 2 : count, at); \
    if (done > 0) record(1, of[fd] - 1, at, bytes, done, waits(fd));                  \
    pthread_mutex_unlock(&turn);                                                      \
    return done;                                                                      \
  }
PWRITE(pwrite, off_t)
PWRITE(pwrite64, off64_t)

static ssize_t gathered(int fd, const struct iovec *parts, int count, off_t at, int moves) {
  pthread_mutex_lock(&turn);
  int how = counted(1);
  ssize_t done = -1;
  if (how >= 0) {
    REAL(ssize_t, pwritev, int, const struct iovec *, int, off_t);
    if (moves) at = lseek(fd, 0, SEEK_CUR);
    done = real(fd, parts, how && count > 1 ? count / 2 : count, at);
    if (moves && done > 0) lseek(fd, at + done, SEEK_SET);
    size_t left = done > 0 ? done : 0;
    for (int i = 0; i < count && left > 0; i++) {
      size_t some = parts[i].iov_len < left ? parts[i].iov_len : left;
      record(1, of[fd] - 1, at, parts[i].iov_base, some, waits(fd));
      at += some;
      left -= some;
    }
  }
  pthread_mutex_unlock(&turn);
  return done;
}

ssize_t writev(int fd, const struct iovec *parts, int count) {
  REAL(ssize_t, writev, int, const struct iovec *, int);
  return is_watched(fd) ? gathered(fd, parts, count, 0, 1) : real(fd, parts, count);
}
ssize_t pwritev(int fd, const struct iovec *parts, int count, off_t at) {
  REAL(ssize_t, pwritev, int, const struct iovec *, int, off_t);
  return is_watched(fd) ? gathered(fd, parts, count, at, 0) : real(fd, parts, count, at);
}

#define SYNC(name)                                                  \
  int name(int fd) {                                                \
    REAL(int, name, int);                                           \
    if (!is_watched(fd)) return real(fd);                           \
    pthread_mutex_lock(&turn);                                      \
    int done = counted(0) < 0 ? -1 : real(fd);                      \
    if (done == 0) record(2, of[fd] - 1, 0, 0, 0, 0);               \
    pthread_mutex_unlock(&turn);                                    \
    return done;                                                    \
  }
SYNC(fsync)
SYNC(fdatasync)

#define TRUNCATE(name, type)                                        \
  int name(int fd, type size) {                                     \
    REAL(int, name, int, type);                                     \
    if (!is_watched(fd)) return real(fd, size);                     \
    pthread_mutex_lock(&turn);                                      \
    int done = counted(0) < 0 ? -1 : real(fd, size);                \
    if (done == 0) record(3, of[fd] - 1, size, 0, 0, 0);            \
    pthread_mutex_unlock(&turn);                                    \
    return done;                                                    \
  }
TRUNCATE(ftruncate, off_t)
TRUNCATE(ftruncate64, off64_t)

// What changes names: each may fail, and is written down when it did not. A file outside the watched folder concerns nobody.
#define NAMED(is_watched, call, note)           \
  if (!(is_watched)) return call;               \
  pthread_mutex_lock(&turn);                    \
  int done = counted(0) < 0 ? -1 : call;        \
  if (done == 0) note;                          \
  pthread_mutex_unlock(&turn);                  \
  return done;

static void both(uint32_t kind, const char *from, const char *to) {
  char names[2 * PATH_MAX];
  int length = snprintf(names, sizeof names, "%s%c%s", from, 0, to);
  record(kind, 0, 0, names, length, 0);
}
static void named(uint32_t kind, const char *path) { record(kind, number(path), 0, path, strlen(path), 0); }

int rename(const char *from, const char *to) {
  REAL(int, rename, const char *, const char *);
  NAMED(watched(to), real(from, to), both(4, from, to))
}
int link(const char *from, const char *to) {
  REAL(int, link, const char *, const char *);
  NAMED(watched(to), real(from, to), both(10, from, to))
}
int mkdir(const char *path, mode_t mode) {
  REAL(int, mkdir, const char *, mode_t);
  NAMED(watched(path), real(path, mode), named(6, path))
}
int unlink(const char *path) {
  REAL(int, unlink, const char *);
  NAMED(watched(path), real(path), named(7, path))
}
int rmdir(const char *path) {
  REAL(int, rmdir, const char *);
  NAMED(watched(path), real(path), named(7, path))
}
int remove(const char *path) {
  REAL(int, remove, const char *);
  NAMED(watched(path), real(path), named(7, path))
}
int truncate(const char *path, off_t size) {
  REAL(int, truncate, const char *, off_t);
  NAMED(watched(path), real(path, size), record(3, number(path), size, 0, 0, 0))
}

// By descriptor of a folder: nothing here uses them, and what did would be recorded wrongly.
static void never(const char *path, const char *name) {
  if (watched(path)) fprintf(stderr, "preload: %s is not recorded\n", name), abort();
}
int renameat(int a, const char *from, int b, const char *to) {
  REAL(int, renameat, int, const char *, int, const char *);
  never(to, "renameat");
  return real(a, from, b, to);
}
int linkat(int a, const char *from, int b, const char *to, int flags) {
  REAL(int, linkat, int, const char *, int, const char *, int);
  never(to, "linkat");
  return real(a, from, b, to, flags);
}
int unlinkat(int a, const char *path, int flags) {
  REAL(int, unlinkat, int, const char *, int);
  never(path, "unlinkat");
  return real(a, path, flags);
}

int clock_gettime(clockid_t clock, struct timespec *now) {
  REAL(int, clock_gettime, clockid_t, struct timespec *);
  begin();
  int done = real(clock, now);
  if (clock != CLOCK_REALTIME || !clock_seed || done != 0) return done;
  clock_seed = clock_seed * 6364136223846793005u + 1442695040888963407u;
  now->tv_sec += (long)(clock_seed >> 33) % (2 * 31536000) - 31536000;
  return done;
}
