import Glibc
import HTTP

/// Where a body lands as it comes from the socket; the parser later reads it in the same place.
///
/// Large blocks are grown by moving pages (`mremap` behind `realloc`), so a body is never there twice. A long one in
/// JSON lands without the white space between its values, everything else byte for byte. Only the thread of the loop
/// touches it.
final class LandingBuffer {
    /// From how many bytes on white space is left out: with fewer there is nothing to win, and the place of an error is exact.
    static let long = 256 << 10

    private var memory: UnsafeMutableRawPointer?
    private var capacity = 0
    /// The number of bytes that are kept.
    private var count = 0
    /// The number of bytes that came.
    private(set) var arrived = 0
    private var removal: WhiteSpaceRemoval?

    deinit { free(memory) }

    /// Appends bytes; false when there is no memory for them.
    ///
    /// - Parameter isJSON: Whether the answer says that it is JSON; asked once, of a long one.
    func append(_ bytes: UnsafeRawBufferPointer, isJSON: @autoclosure () -> Bool) -> Bool {
        guard let source = bytes.baseAddress else { return true }
        guard reserve(count + bytes.count), let memory else { return false }
        let wasLong = arrived >= Self.long
        arrived += bytes.count
        if let kept = removal?.copy(bytes, to: memory + count) {
            count += kept
            return true
        }
        (memory + count).copyMemory(from: source, byteCount: bytes.count)
        count += bytes.count
        guard !wasLong, arrived >= Self.long, isJSON(), beginsAsJSON else { return true }
        return removeSpace()
    }

    /// Hands the memory over, cut to what it holds; the buffer is empty afterwards.
    func takeBody() -> Body {
        guard let landed = memory else { return Body([]) }
        count += removal?.finish(at: landed + count) ?? 0
        let kept = realloc(landed, count + Body.padding) ?? landed
        defer {
            memory = nil
            capacity = 0
            count = 0
            arrived = 0
            removal = nil
        }
        return Body(takingOver: kept, count: count, arrived: arrived) { free($0) }
    }

    private var beginsAsJSON: Bool {
        let first = UnsafeRawBufferPointer(start: memory, count: count).first {
            ![0x20, 0x0A, 0x0D, 0x09].contains($0)
        }
        return first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
    }

    /// Leaves out white space from now on, and from what is there.
    private func removeSpace() -> Bool {
        guard let landed = memory, let fresh = malloc(capacity) else { return false }
        var removal = WhiteSpaceRemoval()
        count = removal.copy(UnsafeRawBufferPointer(start: landed, count: count), to: fresh)
        self.removal = removal
        memory = fresh
        free(landed)
        return true
    }

    private func reserve(_ wanted: Int) -> Bool {
        // What removal takes besides fits into the padding.
        guard wanted + Body.padding > capacity else { return true }
        let grown = max(wanted + Body.padding, capacity * 2, 16 << 10)
        guard let moved = realloc(memory, grown) else { return false }
        memory = moved
        capacity = grown
        return true
    }
}
