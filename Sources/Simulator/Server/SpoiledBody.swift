import FlyingFox
import FlyingSocks

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

/// An end of the connection without a byte of an answer.
///
/// FlyingFox writes the head of every answer but that of a WebSocket whose handler fails.
struct Silence: WSHandler {
    func makeFrames(for client: AsyncThrowingStream<WSFrame, any Error>) async throws -> AsyncStream<WSFrame>
    {
        throw SpoiledBody.BreaksOff()
    }

    static let response = HTTPResponse(webSocket: Silence())
}
