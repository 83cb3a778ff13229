import Glibc

/// Bytes on their way out, let go in pieces, so that many rows need no memory of their own.
struct OutputBuffer {
    /// As much as a pipe holds.
    private static let piece = 1 << 16

    /// What was appended and is not out yet.
    var bytes: [UInt8] = []
    private let write: ([UInt8]) -> Void

    /// Makes a buffer; without anything else its bytes go to standard output.
    init(_ write: @escaping ([UInt8]) -> Void = { Console.write($0) }) {
        self.write = write
        bytes.reserveCapacity(Self.piece + 4096)
    }

    mutating func append(_ text: StaticString) {
        bytes.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    mutating func append(_ text: String) { bytes.append(contentsOf: text.utf8) }

    /// Lets the bytes go once they are a piece: called between rows.
    mutating func flushIfLarge() { if bytes.count >= Self.piece { flush() } }

    /// Lets the bytes go.
    mutating func flush() {
        guard !bytes.isEmpty else { return }
        write(bytes)
        bytes.removeAll(keepingCapacity: true)
    }
}
