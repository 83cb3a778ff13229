import Canvas
import Dashboard
import Domain
import Filter

/// A page of rows: as many as there is room for, and how many more there are.
struct RowsPicture {
    let state: State
    let page: PageState
    let redactor: Redactor?

    func draw(in frame: inout Frame, _ rect: Rect) {
        let count = page.pane.arrangement.count
        guard count > 0 else {
            let words = emptyWords
            frame.put([Piece(" \(words.text)", words.role)], rect.x, rect.y, width: rect.width)
            return
        }
        // The last line says what has no room, instead of one more row.
        let hasMore = count > rect.height - 1 && rect.height > 2
        let table = Rect(rect.x, rect.y, rect.width, rect.height - (hasMore ? 1 : 0))
        frame.clipped(to: table) {
            StillTable(state, page.pane, width: rect.width, redaction: redactor?.cells).draw(in: &$0, table)
        }
        guard hasMore else { return }
        let more = Quantity.count(count - (table.height - 1))
        frame.put("  + \(more) more", rect.x, rect.maxY - 1, .textMuted, width: rect.width)
    }

    /// Why there is no row: none is there, or nobody knows.
    private var emptyWords: Piece {
        let name = page.pane.pane.name
        let kinds = page.pane.pane.kinds
        let feeding = state.backends.filter { backend in
            backend.resources.contains { kinds.contains($0.kind) }
        }
        guard !feeding.isEmpty else { return Piece("no configured backend offers \(name)", .textMuted) }
        let worst = feeding.map { ($0, $0.worst(of: kinds, now: state.now).freshness) }.max { $0.1 < $1.1 }
        if let worst, !worst.1.isTrustworthy || worst.0.info == nil {
            let why = worst.0.troubleWords(with: kinds, now: state.now, isStepped: true) ?? worst.1.word
            let words = redactor?.words(why) ?? why
            return Piece("? whether there are any is not known: \(worst.0.name): \(words)", .severityUnknown)
        }
        let total = page.pane.arrangement.total
        return Piece(total > 0 ? "none of \(Quantity.count(total)) \(name)" : "no \(name)", .textMuted)
    }
}
