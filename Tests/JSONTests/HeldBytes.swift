import JSON
import Synchronization

/// Bytes in memory that say how many of them were given back.
final class HeldBytes: JSONSource {
    private let bytes: [UInt8]
    private let count: Int
    private let log: ForgottenBytes?

    init(_ bytes: [UInt8], _ log: ForgottenBytes? = nil) {
        count = bytes.count
        self.bytes = bytes + Array(repeating: 0, count: JSONDocument.padding)
        self.log = log
    }

    convenience init(_ text: String, _ log: ForgottenBytes? = nil) { self.init(Array(text.utf8), log) }

    func withUnsafeBytes<Result>(
        _ body: (UnsafeRawBufferPointer) throws -> Result
    ) rethrows -> Result {
        try bytes.withUnsafeBytes { try body(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
    }

    func forget(first count: Int) { log?.note(count) }
}

/// How many bytes were given back, each time.
final class ForgottenBytes: Sendable {
    private let noted = Mutex<[Int]>([])
    var counts: [Int] { noted.withLock { $0 } }

    func note(_ count: Int) { noted.withLock { $0.append(count) } }
}
