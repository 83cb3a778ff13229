/// The bytes of a text that is read more than once; what is not needed any more can be given back meanwhile.
public protocol JSONSource: AnyObject, Sendable {
    /// Lends the bytes; `JSONDocument.padding` more are readable behind them.
    func withUnsafeBytes<Result>(
        _ body: (UnsafeRawBufferPointer) throws -> Result
    ) rethrows -> Result

    /// Gives back the memory of the first bytes, which nobody reads any more.
    func forget(first count: Int)
}

extension JSONDocument {
    /// Reads a text: a small one whole, a large one in pieces.
    ///
    /// A parser takes about twice the memory of its text, so that of a large one only the frame is kept, and its lists
    /// are read in pieces while they are walked. All of it is read once before that, so that what is wrong anywhere is
    /// the same error as where it is read whole.
    public static func read(_ source: some JSONSource) throws(JSONError) -> JSONDocument {
        try read(source, inPieces: .usual)
    }

    /// Reads a text in pieces of a size.
    package static func read(
        _ source: some JSONSource, inPieces size: PieceSize
    ) throws(JSONError) -> JSONDocument {
        let result = source.withUnsafeBytes { bytes in
            Result { () throws(JSONError) -> JSONDocument in
                if bytes.count >= size.least, let cut = PieceCutter.cut(bytes, pieces: size.piece),
                    let document = framed(cut, of: source)
                {
                    return document
                }
                return try JSONDocument(padded: bytes)
            }
        }
        return try result.get()
    }

    /// Reads the frame of a text; nil where anything is wrong with it.
    private static func framed(_ cut: PieceCutter.Cut, of source: some JSONSource) -> JSONDocument? {
        let document = cut.frame.withUnsafeBytes { bytes in
            try? JSONDocument(padded: UnsafeRawBufferPointer(rebasing: bytes.dropLast(padding)))
        }
        guard let document else { return nil }
        var places: [Int] = []
        document.addLists(in: 1, depth: 0, to: &places)
        var lists: [Int: JSONPieces] = [:]
        for list in cut.lists {
            guard list.ordinal < places.count, document.inside(places[list.ordinal]).isEmpty else {
                return nil
            }
            let place = places[list.ordinal]
            let path = place == 1 ? "" : document.path(to: place)
            lists[place] = .held(by: source, list, path: path)
        }
        document.lists = lists
        return document
    }

    /// Finds the lists that a cutter counts, in the same order.
    private func addLists(in place: Int, depth: Int, to lists: inout [Int]) {
        switch tag(place) {
        case TapeTag.array: lists.append(place)
        case TapeTag.object where depth < PieceCutter.deepest:
            let inside = inside(place)
            var member = inside.lowerBound
            while member < inside.upperBound {
                addLists(in: member + 1, depth: depth + 1, to: &lists)
                member = after(member + 1)
            }
        default: break
        }
    }
}

/// From which size a text is read in pieces, and of which size they are; in bytes.
package struct PieceSize: Sendable {
    /// The smallest text that is read in pieces.
    package var least: Int
    /// The size of a piece; one with a larger value in it is as large as that.
    package var piece: Int

    /// What is used: a piece and what is made of it fit into the cache of a processor.
    package static let usual = PieceSize(least: 2 << 20, piece: 256 << 10)

    /// Sizes for tests.
    package init(least: Int, piece: Int) {
        self.least = least
        self.piece = piece
    }
}
