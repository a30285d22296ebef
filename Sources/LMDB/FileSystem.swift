internal import CLMDB
internal import Glibc

/// What LMDB needs to know about the disk below it.
public enum FileSystem {
  /// The name of the file system under `path` when LMDB must not be used on it, else nil.
  public static func unsuitable(_ path: String) -> String? {
    switch unsafe arrears_file_system(path) {
    case 0x6969: return "NFS"
    case 0xFF53_4D42, 0xFE53_4D42, 0x517B: return "SMB"
    case 0x0102_1997: return "9p"
    case 0x5346_414F: return "AFS"
    case 0x00C3_6400: return "Ceph"
    case 0x6573_5546: return "FUSE"
    case 0x564C: return "NCP"
    case 0x0BD0_0BD0: return "Lustre"
    case 0x4750_4653: return "GPFS"
    case 0x786F_4256: return "a VirtualBox shared folder"
    default: return nil
    }
  }

  /// Whether fewer than 16 MiB are left for this user on the disk under `path`.
  public static func isFull(_ path: String) -> Bool {
    guard let free = freeBytes(path) else { return false }
    return free < 16 << 20
  }

  /// Bytes left for this user on the disk under `path`; nil when it cannot be said.
  public static func freeBytes(_ path: String) -> UInt64? {
    var status = statvfs()
    guard unsafe statvfs(path, &status) == 0 else { return nil }
    return UInt64(status.f_bavail) * UInt64(status.f_frsize)
  }
}
