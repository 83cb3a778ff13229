import Domain
import Filter

/// What was found in lines of text, in the look of a match.
struct Highlights {
    private let highlighter: Highlighter?

    /// - Parameter find: what is looked for; nil leaves every text as it is.
    init(_ find: Find?) {
        highlighter = find.flatMap { $0.wanted == .everything ? nil : Highlighter($0.wanted) }
    }

    /// A text in pieces: what was found, and what stands between.
    func pieces(_ piece: Piece, of field: FieldKey) -> [Piece] {
        guard let ranges = highlighter?.ranges(in: piece.text, of: field), !ranges.isEmpty else {
            return [piece]
        }
        var pieces: [Piece] = []
        var start = piece.text.startIndex
        for range in ranges {
            pieces.append(Piece(String(piece.text[start..<range.lowerBound]), piece.role))
            pieces.append(Piece(String(piece.text[range]), .match))
            start = range.upperBound
        }
        pieces.append(Piece(String(piece.text[start...]), piece.role))
        return pieces.filter { !$0.text.isEmpty }
    }
}
