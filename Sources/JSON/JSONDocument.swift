import CSimdJSON

/// A parsed JSON text: an immutable tape of values that `JSONValue`s point into.
///
/// It does not need the bytes it was read from. A document up to 1 MB gives its parser back to a small pool
/// when the last value is gone; a larger one frees it and hands the memory back to the system.
public final class JSONDocument: @unchecked Sendable {  // the tape is never written after the initialiser
    /// How deep arrays and objects may nest, so that walking a hostile answer can't exhaust a stack.
    public static let depthLimit = 128
    /// How many readable bytes must lie behind the content for reading in place.
    public static let padding = 64

    let tape: UnsafePointer<UInt64>
    let strings: UnsafePointer<UInt8>
    private let parser: BorrowedParser

    /// Reads a text in place.
    ///
    /// A byte order mark before it is no part of it: servers with a file that was saved with one send it before every
    /// answer.
    ///
    /// - Parameter padded: the content; at least `padding` readable bytes must lie behind its end.
    public init(padded: UnsafeRawBufferPointer) throws(JSONError) {
        let isMarked = padded.starts(with: [0xEF, 0xBB, 0xBF] as [UInt8])
        let padded = isMarked ? UnsafeRawBufferPointer(rebasing: padded.dropFirst(3)) : padded
        guard !padded.isEmpty, let start = padded.baseAddress else { throw .empty }
        guard let parser = BorrowedParser() else { throw .noMemory(count: padded.count) }
        let status = csimdjson_parse(
            parser.pointer, start.assumingMemoryBound(to: UInt8.self), padded.count, Self.depthLimit)
        switch status {
        case CSIMDJSON_OK: break
        case CSIMDJSON_EMPTY: throw .empty
        case CSIMDJSON_TOO_DEEP: throw .tooDeep(limit: Self.depthLimit)
        case CSIMDJSON_NO_MEMORY: throw .noMemory(count: padded.count)
        default: throw JSONFault.find(in: padded)
        }
        guard let tape = csimdjson_tape(parser.pointer), let strings = csimdjson_strings(parser.pointer)
        else { throw .noMemory(count: padded.count) }
        self.tape = tape
        self.strings = strings
        self.parser = parser
    }

    /// Reads a text from a copy of its bytes.
    public convenience init(_ bytes: some Collection<UInt8>) throws(JSONError) {
        let count = bytes.count
        let memory = UnsafeMutableRawBufferPointer.allocate(
            byteCount: count + Self.padding, alignment: 16)
        defer { memory.deallocate() }
        memory.copyBytes(from: bytes)
        for place in count..<memory.count { memory[place] = 0 }
        try self.init(padded: UnsafeRawBufferPointer(rebasing: memory[..<count]))
    }

    /// Reads a text.
    public convenience init(_ text: String) throws(JSONError) {
        try self.init(Array(text.utf8))
    }

    /// The outermost value.
    public var root: JSONValue { JSONValue(document: self, index: 1) }
}
