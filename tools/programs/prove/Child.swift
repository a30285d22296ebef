import Foundation

/// Work in a process of its own, so that what ends it ends nothing else.
enum Child {
  /// `fork`, which Swift hides because a forked program of many threads cannot go on; this one has
  /// one.
  private static let fork: @convention(c) () -> Int32 = {
    let symbol = unsafe dlsym(UnsafeMutableRawPointer(bitPattern: 0), "fork")
    return unsafe unsafeBitCast(symbol, to: (@convention(c) () -> Int32).self)
  }()

  /// How a child ended: its status, or the signal that ended it.
  enum End: Equatable {
    case status(Int32), signal(Int32), late
  }

  /// Runs `body` in a child and gives how it ended. A child that takes longer than `limit` seconds
  /// of processor time is ended, and so is one that waits: a busy machine lets it wait for long.
  static func run(limit: UInt32 = 20, _ body: () -> Int32) -> End {
    let child = fork()
    if child == 0 {
      // Nobody wants a trace of each of a thousand ends.
      for number in [SIGILL, SIGTRAP, SIGSEGV, SIGBUS, SIGABRT, SIGFPE] { signal(number, SIG_DFL) }
      var most = rlimit(rlim_cur: rlim_t(limit), rlim_max: rlim_t(limit + 5))
      unsafe setrlimit(__rlimit_resource_t(RLIMIT_CPU.rawValue), &most)
      alarm(10 * limit)
      inThread(body)
    }
    return wait(child)
  }

  // Runs `body` in a thread of its own and ends the process by it: the locks of Swift know the
  // first thread by a number that a fork changes, so that a second would wait for it for ever.
  private static func inThread(_ body: () -> Int32) -> Never {
    withoutActuallyEscaping(body) { body in
      let argument = unsafe Unmanaged.passRetained(Body(run: body)).toOpaque()
      var thread = pthread_t()
      let begin: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = {
        _exit(unsafe Unmanaged<Body>.fromOpaque($0!).takeRetainedValue().run())
      }
      if unsafe pthread_create(&thread, nil, begin, argument) == 0 {
        pthread_join(thread, nil)
      }
    }
    _exit(Int32(EX_OSERR))
  }

  private final class Body {
    let run: () -> Int32
    init(run: @escaping () -> Int32) { self.run = run }
  }

  static func wait(_ child: pid_t) -> End {
    var status: Int32 = 0
    while unsafe waitpid(child, &status, 0) < 0, errno == EINTR {}
    let signal = status & 0x7F
    return signal == 0
      ? .status(status >> 8 & 0xFF) : [SIGALRM, SIGXCPU].contains(signal) ? .late : .signal(signal)
  }

  /// Begins a program, this one again unless another is named, with words and variables; gives its
  /// number. What a quiet one complains about goes nowhere.
  static func begin(
    _ words: [String], _ variables: [String: String], program: String = "/proc/self/exe",
    isQuiet: Bool = false
  ) -> pid_t {
    var all = ProcessInfo.processInfo.environment
    all["SWIFT_BACKTRACE"] = "enable=no"
    for (name, value) in variables { all[name] = value }
    var arguments: [UnsafeMutablePointer<CChar>?] = unsafe []
    for word in ["prove"] + words { unsafe arguments.append(strdup(word)) }
    unsafe arguments.append(nil)
    var environment: [UnsafeMutablePointer<CChar>?] = unsafe []
    for (name, value) in all { unsafe environment.append(strdup("\(name)=\(value)")) }
    unsafe environment.append(nil)
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    if isQuiet {
      unsafe posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
    }
    var child: pid_t = 0
    let code = unsafe posix_spawn(&child, program, &actions, nil, &arguments, &environment)
    unsafe (arguments + environment).forEach { unsafe free($0) }
    precondition(code == 0, "cannot begin a process")
    return child
  }
}

/// A folder of this run, on a disk in memory where there is one.
enum Place {
  static let root: String = {
    let memory = "/dev/shm"
    let base = FileManager.default.isWritableFile(atPath: memory) ? memory : NSTemporaryDirectory()
    return base + "/arrears-prove-\(getpid())"
  }()

  static func make(_ name: String) -> String {
    let path = root + "/" + name
    remove(path)
    try? FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    return path
  }

  /// Lays a copy of a folder, and of the acknowledgements beside it, in place of another.
  static func copy(_ from: String, to: String) throws {
    for end in ["", "-acks", "-needle"] {
      remove(to + end)
      if FileManager.default.fileExists(atPath: from + end) {
        try FileManager.default.copyItem(atPath: from + end, toPath: to + end)
      }
    }
  }

  static func remove(_ path: String) { try? FileManager.default.removeItem(atPath: path) }
}
