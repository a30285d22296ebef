internal import Glibc
package import Ledger
package import LMDB

/// What went wrong with the log, as one sentence that says what, where and what to do.
package enum JournalError: Error, Hashable, Sendable {
  /// No ledger in the folder.
  case absent(String)
  /// A ledger or another file stands where one was to be created.
  case exists(String)
  /// The folder was made by a newer version; the number is its format.
  case newerFormat(String, Int)
  /// Another process writes; who, as it wrote itself down.
  case locked(String, holder: String)
  /// The ledger was opened for reading only.
  case readOnly(String)
  /// The disk under the folder is full.
  case diskFull(String)
  /// Stored bytes are not what they should be: where, and what.
  case corrupt(String, String)
  /// The idempotency key was used for another command, recorded at these positions.
  case conflict(key: String, first: Position, last: Position)
  /// An event with this id is stored already.
  case duplicate(id: String, at: Position)
  /// No event has this id.
  case unknownEvent(id: String)
  /// The head kept outside the log is newer than the log itself.
  case outsideHeadNewer(String, outside: Position, inside: Position)
  /// The event at the head kept outside is not the one that was acknowledged.
  case outsideHeadDiffers(String, Position)
  /// The commit failed; whether the events are stored is unknown.
  case unknownOutcome(LMDBError)
  /// The log's own file is damaged, or is none: which file, and LMDB's sentence.
  case damaged(String, LMDBError)
  /// LMDB said no.
  case storage(LMDBError)
  /// A thing is longer than the format allows: what, its bytes, the limit.
  case tooLong(String, Int, Int)
  /// A restored event would have been recorded before the one in front of it.
  case recordedDecreases(Position, Moment, after: Moment)
  /// What the caller gave cannot be stored: a sentence.
  case invalid(String)
  /// An envelope or body could not be read.
  case wire(WireError, at: Position)
  /// The domain said no.
  case refused(Refusal)
  /// The operating system said no: what was tried, and its `errno`.
  case system(String, Int32)

  /// The error that `error` means for the log.
  package init(_ error: any Error) {
    switch error {
    case let error as JournalError: self = error
    case let error as LMDBError:
      if case .diskFull(let folder) = error {
        self = .diskFull(folder)
      } else {
        self = .storage(error)
      }
    case let error as WireError: self = .wire(error, at: 0)
    case let error as Refusal: self = .refused(error)
    default: self = .invalid("\(error)")
    }
  }
}

extension JournalError: CustomStringConvertible {
  /// The sentence.
  package var description: String {
    switch self {
    case .absent(let folder):
      "There is no ledger in \(folder); check the path, or make one with `arrears init`."
    case .exists(let folder):
      "\(folder) is there already; choose another path, nothing is ever written over it."
    case .newerFormat(let folder, let format):
      "\(folder) has format \(format), which is newer than this version of Arrears reads; "
        + "use the newer version."
    case .locked(let folder, let holder):
      "\(folder) is being written by another process (\(holder)); wait until it is done or end it."
    case .readOnly(let folder):
      "\(folder) is open for reading only; write as a user who may write its files."
    case .diskFull(let folder):
      "The disk that holds \(folder) is full, so nothing was added; reading and export still work, "
        + "free some space and try again."
    case .corrupt(let place, let what):
      "\(place) is damaged: \(what); run `arrears check` and restore from a backup."
    case .conflict(let key, let first, let last):
      "The key \(key) belongs to another command, recorded at "
        + (first == last ? "\(first)" : "\(first) to \(last)")
        + "; use a new key for a new command."
    case .duplicate(let id, let at):
      "An event with the id \(id) stands at \(at) already; give the new event an id of its own."
    case .unknownEvent(let id):
      "There is no event with the id \(id); check the id."
    default: rest
    }
  }

  private var rest: String {
    switch self {
    case .outsideHeadNewer(let folder, let outside, let inside):
      "\(folder) acknowledged event \(outside) but holds only \(inside): a commit was lost or the "
        + "file was put back; stop, and restore from a backup that has \(outside)."
    case .outsideHeadDiffers(let folder, let at):
      "Event \(at) in \(folder) is not the one that was acknowledged; stop, and compare with a backup."
    case .unknownOutcome(let error):
      "The commit failed (\(error)) and it is unknown whether the events are stored; "
        + "send the same command with the same key again."
    case .damaged(let file, let error):
      "\(file) is damaged or no file of a ledger (\(error.sentence)); restore a backup, or what "
        + "`arrears export` wrote."
    case .storage(let error): error.description
    case .tooLong(let what, let bytes, let limit):
      "\(what) takes \(bytes) bytes and may take \(limit) at most; shorten it."
    case .recordedDecreases(let at, let moment, let last):
      "Event \(at) would be recorded at \(moment), before the event in front of it (\(last)); "
        + "restore events in the order of the ledger they came from."
    case .invalid(let sentence): sentence
    case .wire(let error, 0):
      "A body or a policy cannot be read: \(error); run `arrears check`."
    case .wire(let error, let at):
      "The event at \(at) cannot be read: \(error); run `arrears check`."
    case .refused(let refusal): refusal.description
    case .system(let what, ENOSPC), .system(let what, EDQUOT):
      "\(what) failed: the disk is full; free some space and try again."
    case .system(let what, let code):
      "\(what) failed: \(unsafe String(cString: strerror(code))); check the path, and that you may "
        + "read and write there."
    default: "Unknown error."
    }
  }
}
