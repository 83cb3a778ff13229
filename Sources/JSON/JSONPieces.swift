import CSimdJSON

/// A list that is read in pieces while it is walked.
///
/// Each piece was read before, so that it is known to be right. What the bytes are kept by is known to `HeldPieces`.
class JSONPieces: @unchecked Sendable {  // only `giveBack` changes anything, where nobody else has it
    /// One stretch of a list: whole values, without the comma behind them.
    struct Piece {
        /// The place of its bytes in the source.
        var bytes: Range<Int>
        /// The number of the values before it.
        var first: Int
    }

    fileprivate let pieces: [Piece]
    /// How many arrays and objects the values are in.
    private let depth: Int
    /// The way to the list, as in `alerts`.
    private let path: String
    /// The number of values.
    let count: Int

    fileprivate init(_ list: PieceCutter.List, path: String) {
        pieces = list.pieces
        depth = list.depth
        count = list.count
        self.path = path
    }

    /// What stands for a piece that there is no memory for; made before it is needed.
    ///
    /// It is a row without any field, so that its list is not taken for complete.
    private static let unread = try? JSONDocument("[null]")

    /// A list in the bytes of a source; nil without memory.
    static func held(
        by source: some JSONSource, _ list: PieceCutter.List, path: String
    ) -> JSONPieces? {
        unread == nil ? nil : HeldPieces(list, of: source, path: path)
    }

    fileprivate func read(_ piece: Piece, in context: JSONDocument.Context) -> JSONDocument? { nil }

    fileprivate func giveBack(first count: Int) {}

    /// Reads a piece; nil behind the last.
    func document(_ number: Int) -> JSONDocument? {
        guard number < pieces.count else { return nil }
        let piece = pieces[number]
        // It was read before, of the same bytes, so that only memory can be missing.
        return read(piece, in: .init(path: path, first: piece.first, list: depth)) ?? Self.unread
    }

    /// Gives back the bytes before a piece, where nobody else could read them.
    static func giveBack(before number: Int, of pieces: inout JSONPieces) {
        guard isKnownUniquelyReferenced(&pieces), (1...pieces.pieces.count).contains(number) else { return }
        pieces.giveBack(first: pieces.pieces[number - 1].bytes.upperBound)
    }
}

/// The same, with the source as the class that it is: of any other type nobody can tell whether it has one owner.
private final class HeldPieces<Source: JSONSource>: JSONPieces, @unchecked Sendable {  // as above
    private var source: Source

    init(_ list: PieceCutter.List, of source: Source, path: String) {
        self.source = source
        super.init(list, path: path)
    }

    /// What was made of the list meanwhile left gaps, as large parsers do.
    deinit {
        BorrowedParser.forgetIdle()
        csimdjson_trim()
    }

    override func read(_ piece: Piece, in context: JSONDocument.Context) -> JSONDocument? {
        source.withUnsafeBytes { bytes in
            try? JSONDocument(values: UnsafeRawBufferPointer(rebasing: bytes[piece.bytes]), in: context)
        }
    }

    override func giveBack(first count: Int) {
        guard isKnownUniquelyReferenced(&source) else { return }
        source.forget(first: count)
    }
}

/// Walks the pieces of a list.
struct PieceWalk: Sendable {
    private var pieces: JSONPieces
    private var number = 0
    /// Whether what was read is given back.
    private let consumes: Bool

    init(_ pieces: JSONPieces, consumes: Bool = false) {
        self.pieces = pieces
        self.consumes = consumes
    }

    /// The next piece; nil behind the last.
    mutating func next() -> JSONDocument? {
        if consumes { JSONPieces.giveBack(before: number, of: &pieces) }
        guard let document = pieces.document(number) else { return nil }
        number += 1
        return document
    }
}
