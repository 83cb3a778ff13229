import Canvas
import Dashboard
import Domain
import Filter

/// The worst rows of a page, drawn to be read from five metres: a large line each, and a small one with the rest.
struct BigRows {
    let state: State
    let page: PageState
    let redactor: Redactor?

    /// The rows of the screen that one covers.
    static let height = BigText.rows + 1
    /// The columns of the sign and the blanks beside it.
    private static let margin = 7
    /// Of the room of a page, what large rows take of it where they are not all of its rows, in thirds.
    private static let thirds = 2

    /// Whether a screen has room for large letters, and a font with what they are made of.
    static func fit(_ state: State) -> Bool {
        let terminal = state.terminal
        return terminal.unicode && !state.isLowBandwidth && !terminal.name.hasPrefix("linux")
            && state.size.width >= 100 && state.size.height >= 29
    }

    /// How many rows are drawn large where a page has so many rows of the screen.
    ///
    /// - Parameter isAlone: whether nothing follows them but how many more there are.
    func count(height: Int, width: Int, isAlone: Bool = false) -> Int {
        let all = page.pane.arrangement.count
        guard Self.fit(state), width >= 80, isJudged else { return 0 }
        let bad = (0..<min(all, height / Self.height)).prefix { isBad($0) }.count
        if isAlone { return min(bad, all * Self.height <= height ? all : (height - 1) / Self.height) }
        // All of them where there is room; else the ones below keep a table that is worth its headings.
        let whole = (0...bad).last { large in
            let small = all - large
            return large * Self.height + (small > 0 ? 1 + small : 0) <= height
        }
        return max(whole ?? 0, min(bad, height * Self.thirds / 3 / Self.height))
    }

    /// Whether rows say how bad they are: of others no few matter most.
    private var isJudged: Bool {
        page.pane.arrangement.tables.contains { $0.resource.tally != nil }
    }

    private func row(_ place: Int) -> StillRow {
        StillRow(state, page.pane, place, redaction: redactor?.cells)
    }

    private func isBad(_ place: Int) -> Bool {
        switch row(place).sign.role {
        case .severityCritical, .severityWarning, .severityUnknown, .stateDown, .statePartly, .stateUnknown:
            true
        default: false
        }
    }

    /// Draws so many of them, one below the other.
    func draw(_ count: Int, in frame: inout Frame, _ rect: Rect) {
        for place in 0..<count {
            let line = Rect(rect.x, rect.y + place * Self.height, rect.width, Self.height)
            frame.clipped(to: line.intersection(rect)) { draw(row(place), in: &$0, line) }
        }
    }

    private func draw(_ row: StillRow, in frame: inout Frame, _ line: Rect) {
        let variant: Variant = row.isStale ? .stale : .plain
        let room = line.width - Self.margin - 1
        let x = line.x + Self.margin
        BigText(row.sign.symbol, width: 4).draw(in: &frame, line.x + 1, line.y, row.sign.role, variant)
        // What it is about is told from others by its end as much as by its beginning: the words give way first.
        let name = BigText(row.name, width: room)
        var end = name.draw(in: &frame, x, line.y, .textStrong, variant)
        var isWhole = name.isWhole
        if !row.words.isEmpty {
            let gap = 2
            let left = room - end - gap
            let words = BigText(left >= 8 ? row.words : "", width: max(0, left))
            end += gap + words.draw(in: &frame, x + end + gap, line.y, row.sign.role, variant)
            isWhole = isWhole && left >= 8 && words.isWhole
        }
        let said = isWhole ? [] : ["\(row.name)  \(row.words)"]
        let remarks = (said + row.remarks).joined(separator: " · ")
        frame.put(
            TextLayout.cut(remarks, to: room), x, line.y + BigText.rows, .textMuted, variant, width: room)
    }
}
