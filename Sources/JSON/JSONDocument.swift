import CSimdJSON

/// A parsed JSON text: an immutable tape of values that `JSONValue`s point into.
///
/// It does not need the bytes it was read from. A document up to 512 KB gives its parser back to a small pool
/// when the last value is gone; a larger one frees it and hands the memory back to the system. One that is read in
/// pieces (`read`) holds the frame of its text, and keeps the text for its long lists.
public final class JSONDocument: @unchecked Sendable {  // nothing is written once it is handed out
    /// How deep arrays and objects may nest, so that walking a hostile answer can't exhaust a stack.
    public static let depthLimit = 128
    /// How many readable bytes must lie behind the content for reading in place.
    public static let padding = 64

    let tape: UnsafePointer<UInt64>
    let strings: UnsafePointer<UInt8>
    private let parser: BorrowedParser
    /// Where this is a piece of a list.
    let context: Context?
    /// The lists that are read in pieces, by the place of an empty array.
    var lists: [Int: JSONPieces]?

    /// The list that a document is a piece of.
    struct Context {
        /// The way to the list, as in `alerts`; empty for the outermost value.
        var path: String
        /// The number of the values before the piece.
        var first: Int
        /// The place of the list on the tape: as many arrays are around its values.
        var list: Int
    }

    /// Reads a text in place.
    ///
    /// A byte order mark before it is no part of it: servers with a file that was saved with one send it before every
    /// answer.
    ///
    /// - Parameter padded: the content; at least `padding` readable bytes must lie behind its end.
    public convenience init(padded: UnsafeRawBufferPointer) throws(JSONError) {
        let isMarked = padded.starts(with: [0xEF, 0xBB, 0xBF] as [UInt8])
        let padded = isMarked ? UnsafeRawBufferPointer(rebasing: padded.dropFirst(3)) : padded
        guard !padded.isEmpty, let start = padded.baseAddress else { throw .empty }
        guard let parser = BorrowedParser() else { throw .noMemory(count: padded.count) }
        let status = csimdjson_parse(
            parser.pointer, start.assumingMemoryBound(to: UInt8.self), padded.count, Self.depthLimit)
        if status == CSIMDJSON_MALFORMED { throw JSONFault.find(in: padded) }
        try self.init(parser, status, count: padded.count, in: nil)
    }

    /// Reads values one after another with commas between them, as they stand in a list.
    convenience init(values: UnsafeRawBufferPointer, in context: Context) throws(JSONError) {
        guard let start = values.baseAddress else { throw .empty }
        guard let parser = BorrowedParser() else { throw .noMemory(count: values.count) }
        let status = csimdjson_parse_list(
            parser.pointer, start.assumingMemoryBound(to: UInt8.self), values.count, context.list,
            Self.depthLimit)
        try self.init(parser, status, count: values.count, in: context)
        // A bracket among the values may close a list and open another one.
        for place in 1..<context.list where after(place + 1) != after(place) - 1 { throw .empty }
    }

    private init(
        _ parser: consuming BorrowedParser, _ status: csimdjson_status, count: Int, in context: Context?
    ) throws(JSONError) {
        switch status {
        case CSIMDJSON_OK: break
        case CSIMDJSON_EMPTY: throw .empty
        case CSIMDJSON_TOO_DEEP: throw .tooDeep(limit: Self.depthLimit)
        case CSIMDJSON_NO_MEMORY: throw .noMemory(count: count)
        default: throw .malformed(offset: 0, reason: "a value that is none")
        }
        guard let tape = csimdjson_tape(parser.pointer), let strings = csimdjson_strings(parser.pointer)
        else { throw .noMemory(count: count) }
        self.tape = tape
        self.strings = strings
        self.parser = parser
        self.context = context
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

    /// The places of the values of a piece.
    var values: (place: Int, end: Int) {
        let inside = inside(context?.list ?? 1)
        return (inside.lowerBound, inside.upperBound)
    }

    /// The outermost value.
    public var root: JSONValue { JSONValue(document: self, index: 1) }
}
