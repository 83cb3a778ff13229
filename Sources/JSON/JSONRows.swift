/// The keys that an adapter wants of each row; a key's position is its slot.
public struct JSONKeys: Sendable {
    /// The wanted keys in the order of their slots.
    public let names: [String]
    let slots: [[UInt8]: Int]

    /// Prepares keys; none may come twice.
    public init(_ names: [String]) {
        self.names = names
        slots = Dictionary(
            names.enumerated().map { (Array($1.utf8), $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// The slot of a key.
    public func slot(_ name: String) -> Int? { slots[Array(name.utf8)] }
}

/// Walks an array of objects row by row and finds the wanted fields of each in one pass.
///
/// Rows of a list have their keys in the same order, so each key is first compared with the one that the row
/// before had in its place; only when that fails is it looked up. Fields are read from the tape without a
/// reference per value:
/// ```swift
/// var rows = JSONRows(ports, keys: keys)
/// while rows.next() { table.append(id: rows.int64(0), name: rows.text(1)) }
/// ```
public struct JSONRows: Sendable {
    /// The wanted keys.
    public let keys: JSONKeys
    private var document: JSONDocument
    private var place: Int
    private var end: Int
    /// The pieces that are still to come.
    private var walk: PieceWalk?
    private var current = 0
    /// The place of each slot's value on the tape; 0, the root's, where the row has no such key.
    private var found: [Int]
    /// By position in the row: the place of the key that stood there last, and its slot or -1.
    private var guesses: [(key: Int, slot: Int)] = []

    /// Starts before the first row.
    public init(_ array: JSONArray, keys: JSONKeys) {
        self.init(array, keys: keys, consumes: false)
    }

    /// Starts before the first row of a list that nobody reads again.
    ///
    /// The memory of a long text is given back while its rows are read, where nobody else has the list, its document or
    /// its bytes; else it stays until they are gone.
    public init(consuming array: consuming JSONArray, keys: JSONKeys) {
        self.init(array, keys: keys, consumes: true)
    }

    private init(_ array: consuming JSONArray, keys: JSONKeys, consumes: Bool) {
        self.keys = keys
        walk = array.pieces.map { PieceWalk($0, consumes: consumes) }
        document = array.document
        let inside = document.inside(array.index)
        place = inside.lowerBound
        end = inside.upperBound
        found = Array(repeating: 0, count: keys.names.count)
    }

    /// Goes to the next row; false behind the last.
    ///
    /// A row that is no object has no fields.
    public mutating func next() -> Bool {
        while place >= end {
            guard let piece = walk?.next() else { return false }
            document = piece
            (place, end) = piece.values
            // They are places of the piece before.
            guesses.removeAll(keepingCapacity: true)
        }
        current = place
        place = document.after(place)
        for slot in found.indices { found[slot] = 0 }
        guard document.tag(current) == TapeTag.object else { return true }
        var field = current + 1
        var position = 0
        while field < place - 1 {
            let slot = slot(ofKeyAt: field, position: position)
            if slot >= 0 { found[slot] = field + 1 }
            field = document.after(field + 1)
            position += 1
        }
        return true
    }

    @inline(__always)
    private mutating func slot(ofKeyAt place: Int, position: Int) -> Int {
        if position < guesses.count {
            let guess = guesses[position]
            if document.isEqual(place, guess.key) { return guess.slot }
        }
        let slot = keys.slots[Array(document.utf8(place))] ?? -1
        if position < guesses.count {
            guesses[position] = (place, slot)
        } else if position == guesses.count {
            guesses.append((place, slot))
        }
        return slot
    }

    /// The row itself.
    public var row: JSONValue { JSONValue(document: document, index: current) }

    /// The value of a slot, null included; nil when the row has no such key.
    public subscript(slot: Int) -> JSONValue? {
        found[slot] == 0 ? nil : JSONValue(document: document, index: found[slot])
    }

    /// Reads a slot like `JSONValue.text`.
    public func text(_ slot: Int) -> String? { found[slot] == 0 ? nil : document.text(found[slot]) }

    /// Reads a slot like `JSONValue.int64`.
    public func int64(_ slot: Int) -> Int64? { found[slot] == 0 ? nil : document.int64(found[slot]) }

    /// Reads a slot like `JSONValue.double`.
    public func double(_ slot: Int) -> Double? { found[slot] == 0 ? nil : document.double(found[slot]) }

    /// Reads a slot like `JSONValue.flag`.
    public func flag(_ slot: Int) -> Bool? { found[slot] == 0 ? nil : document.flag(found[slot]) }

    /// Lends the bytes of a slot that holds a string; nil for anything else.
    public func withUTF8<Result>(
        _ slot: Int, _ body: (UnsafeBufferPointer<UInt8>) throws -> Result
    ) rethrows -> Result? {
        let index = found[slot]
        guard index != 0, document.tag(index) == TapeTag.string else { return nil }
        return try withExtendedLifetime(document) { try body(document.utf8(index)) }
    }
}
