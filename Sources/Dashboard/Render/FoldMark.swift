import Canvas
import Domain
import Filter

/// What a row says about those that follow from it, or about standing under another.
struct FoldMark {
    private let fold: Fold?
    private let isBelow: Bool
    private let own: Severity

    /// - Returns: nil for a row that stands alone.
    init?(_ arrangement: Arrangement, _ position: Int) {
        fold = arrangement.fold(position)
        isBelow = arrangement.isBelow(position)
        if fold == nil, !isBelow { return nil }
        let handle = arrangement.rows[position]
        own = Severity(word: arrangement.tables[handle.table].text(handle.row, .severity))
    }

    /// The columns that the longest mark of so many rows needs.
    static func width(_ count: Int) -> Int {
        CharacterWidth.of(" - \(Quantity.count(count)) unfolded") + 2
    }

    /// What stands before what the row is called.
    var before: [Piece] { isBelow ? [Piece("└ ", .textMuted)] : [] }

    /// What stands behind it: how many are folded, and that something worse is among them.
    ///
    /// - Parameters:
    ///   - text: the columns of what the row is called.
    ///   - room: those that there are for both.
    func after(_ text: Int, _ room: Int) -> [Piece] {
        guard let fold else { return [] }
        let count = Quantity.count(fold.count)
        let sign = fold.isOpen ? "-" : "+"
        var pieces = [Piece(" \(sign) \(count) \(fold.isOpen ? "unfolded" : "folded")", .match)]
        if fold.worst > own {
            let worst = Sign.severity(fold.worst.word)
            pieces.append(Piece(" \(worst.symbol)", worst.role))
        }
        let width = pieces.reduce(0) { $0 + $1.width }
        // A name that can still be read goes before the words.
        if width + min(text, 10) > room { pieces[0] = Piece(" \(sign)\(count)", .match) }
        return pieces.reduce(0) { $0 + $1.width } < room ? pieces : []
    }
}
