import Canvas
import Domain

/// The backends in lines of one kind, so that what is wrong with one stands out among them.
struct HealthPicture {
    let state: State
    let view: HealthPage

    /// The columns before what a line of a list says.
    private static let indent = 3

    private var body: Rect { state.layout.screen.body }
    /// The lines of the list of backends on the screen: at least half is for what is read of one.
    var listRows: Int { max(1, min(state.backends.count, body.height / 2 - 2)) }
    /// The lines of opened resources on the screen.
    var rows: Int { max(1, body.height - 1) }

    private var focused: BackendState? {
        state.backends.indices.contains(view.focus) ? state.backends[view.focus] : state.backends.first
    }

    /// What is read of the backend under the cursor.
    var lines: [[Piece]] { focused.map(HealthReport(state: state).lines(of:)) ?? [] }

    func draw(in frame: inout Frame) {
        frame.clipped(to: body) { frame in
            frame.fill(body, Theme.style(.text))
            if view.isOpen {
                drawOpen(in: &frame)
            } else {
                drawList(in: &frame)
            }
        }
    }

    private func drawOpen(in frame: inout Frame) {
        let lines = lines
        let first = max(0, min(view.top, lines.count - rows))
        let mark = ScrollMark(first: first, visible: rows, total: lines.count).text
        frame.put(
            [Piece(" Backends", .textHeading), Piece(" › \(focused?.name ?? "")", .textStrong)], body.x,
            body.y,
            width: body.width)
        frame.putRight([Piece(mark, .textMuted)], endingAt: body.maxX - 1, body.y)
        put(lines.dropFirst(first), in: &frame, Rect(body.x, body.y + 1, body.width, body.height - 1))
    }

    private func drawList(in frame: inout Frame) {
        frame.put([Piece(" Backends", .textHeading)], body.x, body.y, width: body.width)
        let nameWidth = state.backends.reduce(7) { max($0, min(24, CharacterWidth.of($1.name))) }
        let product = state.backends.reduce(7) { max($0, CharacterWidth.of($1.info?.product ?? $1.title)) }
        let productWidth = body.width < 60 ? nil : min(30, product)
        var titles = HealthLine.padded("BACKEND", nameWidth + 2)
        if let productWidth { titles += HealthLine.padded("PRODUCT", productWidth + 2) }
        titles += HealthLine.padded("STATE", 12) + "AGE"
        frame.put(titles, body.x + Self.indent, body.y + 1, .column, width: body.width - Self.indent)
        let list = Rect(body.x, body.y + 2, body.width, listRows)
        FocusedList(count: state.backends.count, focus: view.focus) { place in
            HealthLine(
                state.backends[place], kinds: state.kindsInUse, now: state.now, wall: state.wall,
                nameWidth: nameWidth, productWidth: productWidth
            ).pieces
        }.draw(in: &frame, list)
        var below = lines
        if !state.notices.isEmpty { below = HealthReport(state: state).notices + [[]] + below }
        if let team = state.team { below = HealthReport(state: state).lines(of: team) + [[]] + below }
        put(below[...], in: &frame, Rect(body.x, list.maxY + 1, body.width, body.maxY - list.maxY - 1))
    }

    private func put(_ lines: ArraySlice<[Piece]>, in frame: inout Frame, _ area: Rect) {
        for (row, line) in lines.prefix(max(0, area.height)).enumerated() {
            frame.put(line, area.x + Self.indent, area.y + row, width: max(0, area.width - Self.indent - 1))
        }
    }
}
