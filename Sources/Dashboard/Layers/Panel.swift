import Canvas

/// Lines in a dialog, scrolled.
struct Panel {
    let title: String
    let lines: [[Piece]]
    let top: Int
    var focus: Int?

    /// The keys of a panel that is only read.
    static let hints: [(Action, String)] = [
        (.own(.down), "down"), (.own(.up), "up"), (.own(.cancel), "close"),
    ]

    func draw(in frame: inout Frame, _ state: State) {
        let widest = lines.reduce(50) { max($0, $1.reduce(0) { $0 + $1.width }) }
        let rows = min(lines.count, Dialog.rows(state))
        let first = max(0, min(top, lines.count - rows))
        let mark = ScrollMark(first: first, visible: rows, total: lines.count).text
        let key = state.keymap.spelling(of: .own(.cancel), in: [.dialog]) ?? "Esc"
        let dialog = Dialog(title: title, hint: (mark.isEmpty ? "" : "\(mark) · ") + "\(key) close")
        let inside = dialog.draw(in: &frame, state, width: widest + 6, lines: lines.count)
        frame.clipped(to: inside) { frame in
            for row in 0..<inside.height where first + row < lines.count {
                let line = inside.row(row)
                frame.put(lines[first + row], line.x, line.y, .dialog, width: line.width)
                if first + row == focus {
                    frame.restyle(line) { _ in Theme.style(.dialogFocus) }
                }
            }
        }
    }
}
