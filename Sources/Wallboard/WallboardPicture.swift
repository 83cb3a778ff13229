import Canvas
import Dashboard
import Domain
import Filter

/// The wallboard: the numbers, how fresh they are, and a page.
struct WallboardPicture {
    private let state: State
    private let board: WallboardScreen
    private let headline: Headline
    private let redactor: Redactor?

    init(state: State, board: WallboardScreen) {
        self.state = state
        self.board = board
        headline = board.headline(state)
        redactor = Redactor(board)
    }

    /// The whole screen, moved by a cell every few minutes so that nothing burns in.
    var frame: Frame {
        let shift = Shift(state.size, every: board.profile.shiftEvery, now: state.now)
        var frame = Frame(size: shift.size, sheet: state.theme.sheet, style: Theme.style(.text))
        draw(in: &frame)
        if shift.size == state.size { return frame }
        return frame.moved(by: shift.offset, in: state.size, style: Theme.style(.text))
    }

    private func draw(in frame: inout Frame) {
        let status = WallboardStatus(state: state, board: board, redactor: redactor)
        let banner = status.banner
        let layout = WallboardLayout(
            frame.size, numbers: headline.numbers.map(\.demand), lines: wordLines(frame.size.width).count,
            hasBanner: banner != nil, unicode: state.terminal.unicode)
        drawNumbers(in: &frame, layout)
        status.draw(in: &frame, layout.status)
        if let banner { frame.put([banner], layout.banner.x, layout.banner.y, width: layout.banner.width) }
        frame.clipped(to: layout.title) { drawTitle(in: &$0, layout.title) }
        frame.clipped(to: layout.page) { drawPage(in: &$0, layout.page) }
        status.drawMessage(in: &frame, layout.message.isEmpty ? layout.status : layout.message)
    }

    // MARK: Numbers

    private func drawNumbers(in frame: inout Frame, _ layout: WallboardLayout) {
        guard let font = layout.font else {
            let margin = Self.margin(frame.size.width)
            for (row, line) in wordLines(frame.size.width).enumerated() where row < layout.words.height {
                frame.put(line, margin, layout.words.y + row, width: layout.words.width - margin)
            }
            return
        }
        var x = 1
        for (number, column) in zip(headline.numbers, layout.columns) {
            defer { x += column }
            let rect = Rect(x, layout.digits.y, column - 1, layout.digits.height)
            frame.clipped(to: rect) { font.draw(number.digits, in: &$0, rect.x, rect.y, number.sign.role) }
            let word = Piece("\(number.sign.symbol) \(number.word)", number.sign.role)
            frame.put([word], x, layout.words.y, width: column - 2)
            guard !layout.details.isEmpty else { continue }
            frame.put([Piece("  \(number.detail)", .textMuted)], x, layout.details.y, width: column - 2)
        }
    }

    /// The numbers as words, in as many lines as they need; without the words where there is little room.
    private func wordLines(_ size: Int) -> [[Piece]] {
        let width = size - Self.margin(size)
        let long = headline.numbers.map {
            Piece("\($0.sign.symbol) \($0.count.text) \($0.word)", $0.sign.role)
        }
        let short = headline.numbers.map { Piece("\($0.sign.symbol)\($0.digits)", $0.sign.role) }
        let lines = flowed(long, width)
        return lines.count == 1 ? lines : flowed(short, width)
    }

    /// The blank columns at the left edge, where there are any to spare.
    private static func margin(_ width: Int) -> Int { width >= 40 ? 1 : 0 }

    private func flowed(_ pieces: [Piece], _ width: Int) -> [[Piece]] {
        var lines: [[Piece]] = []
        var used = width
        for piece in pieces {
            if used + 2 + piece.width > width {
                lines.append([piece])
                used = piece.width
            } else {
                lines[lines.count - 1] += [Piece("  "), piece]
                used += 2 + piece.width
            }
        }
        return lines
    }

    // MARK: Page

    private func drawTitle(in frame: inout Frame, _ line: Rect) {
        guard !line.isEmpty, let page = board.page else { return }
        let isMap = page.page.view == .map
        let right = isMap ? MapPicture(state: state, page: page, redactor: redactor).total : rowCount(page)
        let end = frame.putRight(right, endingAt: line.maxX - 1, line.y)
        let words = page.title(isRedacted: redactor != nil)
        var pieces = [Piece(" \(words)", .textHeading)]
        if let remark = page.remark {
            pieces.append(Piece("  the filter is not understood: \(remark.words)", .messageBad))
        }
        frame.put(pieces, line.x, line.y, width: max(0, end - line.x - 1))
    }

    /// How many rows a page has, and of how many.
    private func rowCount(_ page: PageState) -> [Piece] {
        let arrangement = page.pane.arrangement
        guard !page.pane.pane.kinds.isEmpty else { return [] }
        let total = state.rowCount(page.pane.pane)
        let isAll = arrangement.count == arrangement.total
        let folded = arrangement.folded > 0 ? "\(Quantity.count(arrangement.folded)) folded · " : ""
        let shown = Count(value: arrangement.count, isComplete: total.isComplete).text
        return [Piece(isAll ? "\(folded)\(total.text)" : "\(folded)\(shown) of \(total.text)", .textMuted)]
    }

    private func drawPage(in frame: inout Frame, _ rect: Rect) {
        guard let page = board.page, !rect.isEmpty else { return }
        switch page.page.view {
        case .overview: WallboardOverview(state: state, page: page, redactor: redactor).draw(in: &frame, rect)
        case .map: MapPicture(state: state, page: page, redactor: redactor).draw(in: &frame, rect)
        case .pane: RowsPicture(state: state, page: page, redactor: redactor).draw(in: &frame, rect)
        }
    }
}

/// Where the picture stands on the screen: a cell of room at two edges, used in turn.
struct Shift {
    let size: Size
    let offset: (x: Int, y: Int)

    init(_ screen: Size, every seconds: Double, now: Instant) {
        // A small screen has no cell to spare, and is none that hangs on a wall.
        guard seconds > 0, seconds.isFinite, screen.width >= 60, screen.height >= 15 else {
            size = screen
            offset = (0, 0)
            return
        }
        size = Size(screen.width - 1, screen.height - 1)
        let turn = Int((Double(now.nanoseconds) / 1e9 / seconds).rounded(.down)) % 4
        offset = [(x: 0, y: 0), (x: 1, y: 0), (x: 1, y: 1), (x: 0, y: 1)][max(0, turn)]
    }
}
