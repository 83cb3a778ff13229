/// The values of an array, in order.
public struct JSONArray: Sequence, Sendable {
    let document: JSONDocument
    let index: Int

    /// Where the list is read in pieces.
    var pieces: JSONPieces? { document.lists?[index] }

    /// Whether there is no value.
    public var isEmpty: Bool { document.inside(index).isEmpty && pieces == nil }

    /// The number of values; walks the array.
    public var count: Int { pieces?.count ?? reduce(0) { count, _ in count + 1 } }

    /// The first value.
    public var first: JSONValue? {
        var iterator = makeIterator()
        return iterator.next()
    }

    /// Starts at the first value.
    public func makeIterator() -> Iterator {
        let inside = document.inside(index)
        return Iterator(
            document: document, place: inside.lowerBound, end: inside.upperBound,
            walk: pieces.map { PieceWalk($0) })
    }

    /// Walks the values of an array.
    public struct Iterator: IteratorProtocol, Sendable {
        var document: JSONDocument
        var place: Int
        var end: Int
        var walk: PieceWalk?

        /// The next value, or nil behind the last.
        public mutating func next() -> JSONValue? {
            while place >= end {
                guard let piece = walk?.next() else { return nil }
                document = piece
                (place, end) = piece.values
            }
            defer { place = document.after(place) }
            return JSONValue(document: document, index: place)
        }
    }
}

/// The members of an object, in the order they were sent; a key may come twice.
public struct JSONObject: Sequence, Sendable {
    let document: JSONDocument
    let index: Int

    /// Whether there is no member.
    public var isEmpty: Bool { document.inside(index).isEmpty }

    /// Starts at the first member.
    public func makeIterator() -> Iterator {
        let inside = document.inside(index)
        return Iterator(document: document, place: inside.lowerBound, end: inside.upperBound)
    }

    /// Walks the members of an object.
    public struct Iterator: IteratorProtocol, Sendable {
        let document: JSONDocument
        var place: Int
        let end: Int

        /// The next member, or nil behind the last.
        public mutating func next() -> (key: String, value: JSONValue)? {
            guard place < end else { return nil }
            let key = document.string(place)
            let value = JSONValue(document: document, index: place + 1)
            place = document.after(place + 1)
            return (key, value)
        }
    }
}
