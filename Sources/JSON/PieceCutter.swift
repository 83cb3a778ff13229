/// Cuts a large text into the pieces of its long lists and what is around them.
///
/// It is never wrong: each piece is read as a list of values, and what is around with empty lists in place of those
/// that were cut out. Values one after another that are right by themselves are so in their list as well. What it
/// can't cut, or what is wrong anywhere, is left to a reading of the whole.
struct PieceCutter {
    /// A list that was cut out.
    struct List {
        var pieces: [JSONPieces.Piece] = []
        /// How many arrays and objects its values are in.
        var depth: Int
        /// The number of arrays before it that are members of objects, as `arrays` counts them.
        var ordinal: Int
        var count = 0
    }

    /// What was cut.
    struct Cut {
        /// The text with empty lists in place of those that were cut out, with padding.
        var frame: [UInt8]
        var lists: [List]
    }

    /// How large what is around the lists may be.
    static let largestFrame = 1 << 20
    /// How deep lists are looked for in objects.
    static let deepest = 8

    private let bytes: UnsafeRawBufferPointer
    private let size: Int
    private var scanner: JSONScanner
    private var frame: [UInt8] = []
    private var lists: [List] = []
    /// Where what is not in the frame yet begins.
    private var uncopied: Int
    /// The arrays that were seen as a member of an object, or as the outermost value.
    private var arrays = 0
    /// How many guesses of where a value ends were wrong.
    private var misses = 0

    /// Cuts a text; nil where that does not pay, or where anything is wrong with it.
    static func cut(_ bytes: UnsafeRawBufferPointer, pieces size: Int) -> Cut? {
        var cutter = PieceCutter(bytes, size)
        guard cutter.value(depth: 0), !cutter.lists.isEmpty,
            cutter.copy(to: bytes.count)
        else { return nil }
        cutter.frame += repeatElement(0, count: JSONDocument.padding)
        return Cut(frame: cutter.frame, lists: cutter.lists)
    }

    private init(_ bytes: UnsafeRawBufferPointer, _ size: Int) {
        self.bytes = bytes
        self.size = size
        uncopied = bytes.starts(with: [0xEF, 0xBB, 0xBF] as [UInt8]) ? 3 : 0
        scanner = JSONScanner(bytes, at: uncopied)
    }

    private mutating func copy(to end: Int) -> Bool {
        guard frame.count + end - uncopied <= Self.largestFrame else { return false }
        frame += bytes[uncopied..<end]
        return true
    }

    /// Goes behind a value, and cuts what is long in it.
    private mutating func value(depth: Int) -> Bool {
        switch scanner.peek() {
        case UInt8(ascii: "["): return list(depth: depth + 1)
        case UInt8(ascii: "{") where depth < Self.deepest: return members(depth: depth + 1)
        default: return scanner.skipValue(within: Self.largestFrame)
        }
    }

    private mutating func members(depth: Int) -> Bool {
        scanner.place += 1
        if scanner.take(UInt8(ascii: "}")) { return true }
        repeat {
            guard scanner.peek() == UInt8(ascii: "\""), scanner.skipString(),
                scanner.take(UInt8(ascii: ":")), value(depth: depth),
                scanner.place - uncopied + frame.count <= Self.largestFrame
            else { return false }
        } while scanner.take(UInt8(ascii: ","))
        return scanner.take(UInt8(ascii: "}"))
    }

    /// Goes behind a list, and cuts it out where it is longer than a piece.
    private mutating func list(depth: Int) -> Bool {
        let open = scanner.place
        var list = List(depth: depth, ordinal: arrays)
        arrays += 1
        var start = open + 1
        var isOver = false
        while !isOver {
            let end: Int
            var count: Int?
            if let guess = guess(from: start, depth: depth) {
                (end, count) = guess
            } else {
                scanner.place = start
                guard let found = scanner.end(ofValuesWithin: size) else { return false }
                end = found
                isOver = bytes[found] == UInt8(ascii: "]")
                if isOver, list.pieces.isEmpty {
                    scanner.place = found + 1
                    return true
                }
                count = Self.count(values: bytes[start..<found], depth: depth)
            }
            // Nothing behind a comma is no value.
            guard let count, count > 0 else { return false }
            list.pieces.append(JSONPieces.Piece(bytes: start..<end, first: list.count))
            list.count += count
            start = end + 1
        }
        guard copy(to: open + 1) else { return false }
        uncopied = start - 1
        scanner.place = start
        lists.append(list)
        return true
    }

    /// Where a piece may end, without looking at all of its bytes: before the last `,` between two objects.
    ///
    /// What is cut there proves to be right by being read.
    private mutating func guess(from start: Int, depth: Int) -> (end: Int, count: Int)? {
        guard misses < 3, bytes.count - start > size else { return nil }
        var place = start + size
        var opensBehind = false
        while place > start {
            place -= 1
            switch bytes[place] {
            case 0x20, 0x09, 0x0A, 0x0D: continue
            case UInt8(ascii: "{"): opensBehind = true
            case UInt8(ascii: ",") where opensBehind:
                var before = place - 1
                while before > start, JSONScanner.isSpace(bytes[before]) { before -= 1 }
                if bytes[before] == UInt8(ascii: "}") {
                    if let count = Self.count(values: bytes[start..<place], depth: depth) {
                        return (place, count)
                    }
                    misses += 1
                    return nil
                }
                opensBehind = false
            default: opensBehind = false
            }
        }
        return nil
    }

    /// The number of values one after another; nil where anything is wrong with them.
    private static func count(values: Slice<UnsafeRawBufferPointer>, depth: Int) -> Int? {
        let context = JSONDocument.Context(path: "", first: 0, list: depth)
        let document = try? JSONDocument(values: UnsafeRawBufferPointer(rebasing: values), in: context)
        return document.map { JSONArray(document: $0, index: depth).count }
    }
}
