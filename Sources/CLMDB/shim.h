// The whole C boundary of Arrears: LMDB as Debian ships it (0.9.24). Nothing is wrapped here; the
// module `LMDB` is the only one that may import this.
#include <lmdb.h>
