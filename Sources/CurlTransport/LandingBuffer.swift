import Glibc
import HTTP

/// Where a body lands as it comes from the socket; the parser later reads it in the same place.
///
/// Large blocks are grown by moving pages (`mremap` behind `realloc`), so a body is never there twice. Only
/// the thread of the loop touches it.
final class LandingBuffer {
    private var memory: UnsafeMutableRawPointer?
    private var capacity = 0
    private(set) var count = 0

    deinit { free(memory) }

    /// Appends bytes; false when there is no memory for them.
    func append(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard let source = bytes.baseAddress else { return true }
        guard reserve(count + bytes.count), let memory else { return false }
        (memory + count).copyMemory(from: source, byteCount: bytes.count)
        count += bytes.count
        return true
    }

    /// Forgets what has landed, for an answer that is followed by another one.
    func clear() { count = 0 }

    /// Hands the memory over, cut to what it holds; the buffer is empty afterwards.
    func takeBody() -> Body {
        guard let landed = memory else { return Body([]) }
        let kept = realloc(landed, count + Body.padding) ?? landed
        defer {
            memory = nil
            capacity = 0
            count = 0
        }
        return Body(takingOver: kept, count: count) { free($0) }
    }

    private func reserve(_ wanted: Int) -> Bool {
        guard wanted + Body.padding > capacity else { return true }
        let grown = max(wanted + Body.padding, capacity * 2, 16 << 10)
        guard let moved = realloc(memory, grown) else { return false }
        memory = moved
        capacity = grown
        return true
    }
}
