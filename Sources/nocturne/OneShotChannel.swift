import Glibc
import Synchronization

/// One value handed from a task to a waiting thread.
final class OneShotChannel<Value: Sendable>: Sendable {
    private let value = Mutex<Value?>(nil)
    private let pipe: (read: Int32, write: Int32)

    init() {
        var ends: [Int32] = [-1, -1]
        _ = Glibc.pipe(&ends)
        pipe = (ends[0], ends[1])
    }

    deinit {
        close(pipe.read)
        close(pipe.write)
    }

    func put(_ new: Value) {
        value.withLock { $0 = new }
        var byte: UInt8 = 1
        _ = Glibc.write(pipe.write, &byte, 1)
    }

    /// Waits for the value.
    func take() -> Value {
        while true {
            if let value = value.withLock({ $0 }) { return value }
            var byte: UInt8 = 0
            _ = Glibc.read(pipe.read, &byte, 1)
        }
    }
}
