import CSimdJSON
import Synchronization

/// A simdjson parser on loan to one document.
struct BorrowedParser: ~Copyable {
    let pointer: OpaquePointer

    /// The largest body after which a parser is kept, twice a piece of a list; it then holds up to four times that.
    static let keptCapacity = 512 << 10
    private static let keptParsers = 4
    private static let idle = Mutex<[Parked]>([])

    /// A parser that waits for its next document; touched only under the pool's lock.
    private struct Parked: @unchecked Sendable {
        let pointer: OpaquePointer
    }

    /// Takes a kept parser or makes one.
    init?() {
        if let parked = Self.idle.withLock({ $0.popLast() }) {
            pointer = parked.pointer
        } else if let made = csimdjson_new() {
            pointer = made
        } else {
            return nil
        }
    }

    /// Frees the parsers that wait: what read a long list in pieces is of no use until the next.
    static func forgetIdle() {
        for parked in idle.withLock({ idle in
            defer { idle = [] }
            return idle
        }) {
            csimdjson_free(parked.pointer)
        }
    }

    /// Keeps the parser when it is small; gives the memory of a large one back to the system.
    deinit {
        let parked = Parked(pointer: pointer)
        let small = csimdjson_capacity(pointer) <= Self.keptCapacity
        let isKept =
            small
            && Self.idle.withLock { idle in
                guard idle.count < Self.keptParsers else { return false }
                idle.append(parked)
                return true
            }
        if isKept { return }
        csimdjson_free(pointer)
        if !small { csimdjson_trim() }
    }
}
