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
        let rows = BigRows(state: state, page: page, redactor: redactor)
        let large = rows.count(height: rect.height, width: rect.width)
        rows.draw(large, in: &frame, rect)
        guard large < count else { return }
        let above = large * BigRows.height
        let rect = Rect(rect.x, rect.y + above, rect.width, rect.height - above)
        // The last line says what has no room, instead of one more row.
        let hasMore = count - large > rect.height - 1 && rect.height > 2
        let table = Rect(rect.x, rect.y, rect.width, rect.height - (hasMore ? 1 : 0))
        frame.clipped(to: table) {
            StillTable(state, page.pane, from: large, width: rect.width, redaction: redactor?.cells)
                .draw(in: &$0, table)
        }
        guard hasMore else { return }
        drawMore(count - large - (table.height - 1), in: &frame, rect.row(rect.height - 1))
    }

    /// Draws the worst rows alone, large, with how many more there are; gives back the rows of the screen used.
    func drawWorst(in frame: inout Frame, _ rect: Rect) -> Int {
        let rows = BigRows(state: state, page: page, redactor: redactor)
        let large = rows.count(height: rect.height, width: rect.width, isAlone: true)
        guard large > 0 else { return 0 }
        rows.draw(large, in: &frame, rect)
        let used = large * BigRows.height
        let rest = page.pane.arrangement.count - large
        guard rest > 0 || !isComplete else { return used }
        drawMore(rest, in: &frame, rect.row(used))
        return used + 1
    }

    private func drawMore(_ rest: Int, in frame: inout Frame, _ line: Rect) {
        let more = Count(value: rest, isComplete: isComplete).text
        frame.put("  + \(more) more", line.x, line.y, .textMuted, width: line.width)
    }

    /// Whether there can be no more rows than are known.
    private var isComplete: Bool { state.rowCount(page.pane.pane).isComplete }

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
