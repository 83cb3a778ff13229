import FlyingFox
import FlyingSocks
import Foundation

/// A body that breaks off: it promises more bytes than it has, and then fails, so that the connection ends.
struct SpoiledBody: AsyncBufferedSequence {
    typealias Element = UInt8

    /// The connection is to be closed in the middle of a body.
    struct BreaksOff: Error {}

    let bytes: [UInt8]

    func makeAsyncIterator() -> Iterator { Iterator(rest: bytes[...]) }

    struct Iterator: AsyncBufferedIteratorProtocol {
        var rest: ArraySlice<UInt8>

        mutating func next() async throws -> UInt8? {
            guard let byte = rest.popFirst() else { throw BreaksOff() }
            return byte
        }

        mutating func nextBuffer(suggested count: Int) async throws -> ArraySlice<UInt8>? {
            guard !rest.isEmpty else { throw BreaksOff() }
            defer { rest = rest.dropFirst(count) }
            return rest.prefix(count)
        }
    }
}
