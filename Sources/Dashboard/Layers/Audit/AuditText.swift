import Canvas
import Domain

/// What one record of the audit log says.
struct AuditText {
    let state: State
    let entry: AuditRow

    /// Everything about it, wrapped to the screen.
    var lines: [[Piece]] {
        let width = max(1, min(state.size.width, 120) - 6)
        var lines: [[Piece]] = [
            [
                Piece(CivilTime.fields(entry.time, offset: state.zone).text, .dialog),
                Piece("  \(entry.who)", .textMuted),
            ],
            [Piece(entry.what, .dialogTitle)], [],
        ]
        lines += entry.targets.flatMap { TextLayout.wrap($0, to: width - 2) }.map {
            [Piece("  \($0)", .dialog)]
        }
        lines.append([])
        lines += entry.lines.flatMap { TextLayout.wrap($0, to: width) }.map { [Piece($0, .textMuted)] }
        lines.append([])
        if entry.isUnknown {
            let key = state.keymap.spelling(of: .own(.check), in: [.dialog]) ?? ""
            let words = entry.isOpen ? "what became of it is not known" : "it was not seen to take effect"
            lines.append([
                Piece("? \(words)", .messageBad),
                Piece("  \(key) looks for evidence\(entry.isOpen ? "" : " again")", .key),
            ])
        }
        if entry.isRunning { lines.append([Piece("… running: no result is recorded yet", .textMuted)]) }
        if entry.undo != nil, !state.isReadOnly {
            let key = state.keymap.spelling(of: .own(.undo), in: [.dialog]) ?? ""
            lines.append([Piece("\(key) puts back what was before", .key)])
        }
        for result in entry.results {
            let sign = Sign.outcome(result.state)
            lines.append([
                Piece("\(sign.symbol) \(result.state.rawValue)  ", sign.role), Piece(result.words, .dialog),
            ])
        }
        return lines
    }
}
