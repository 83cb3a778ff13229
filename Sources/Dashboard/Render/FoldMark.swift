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
        CharacterWidth.of(" ▸\(Quantity.count(count))") + 2
    }

    /// What stands before what the row is called.
    var before: [Piece] { isBelow ? [Piece("└ ", .textMuted)] : [] }

    /// What stands behind it: how many are folded, and that something worse is among them.
    ///
    /// - Parameters:
    ///   - room: the columns that there are for it and what the row is called.
    func after(_ room: Int) -> [Piece] {
        guard let fold else { return [] }
        // Quiet: the alert itself is what is to be read.
        var pieces = [Piece(" \(fold.isOpen ? "▾" : "▸")\(Quantity.count(fold.count))", .textMuted)]
        if fold.worst > own {
            let worst = Sign.severity(fold.worst.word)
            pieces.append(Piece(" \(worst.symbol)", worst.role))
        }
        return pieces.reduce(0) { $0 + $1.width } < room ? pieces : []
    }
}
