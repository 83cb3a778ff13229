import Canvas
import Domain

/// What changed since the operator looked last: how much of each in a line, then what it is.
struct SincePicture {
    let state: State
    let page: SincePage

    func draw(in frame: inout Frame) {
        let body = state.layout.screen.body
        let list = Rect(body.x, body.y + 2, body.width, max(0, body.height - 2))
        let lines = page.lines(state)
        frame.clipped(to: body) { frame in
            frame.fill(body, Theme.style(.text))
            let block = SinceBlock(state: state)
            page.list.drawTitle(
                in: &frame, body, "since you looked", of: block.moment, rows: list.height, total: lines.count)
            frame.put([Piece(" ", .text)] + block.counts, body.x, body.y + 1, width: body.width - 1)
            guard !lines.isEmpty else {
                frame.put(emptyWords, list.x + 1, list.y, .textMuted, width: list.width - 2)
                return
            }
            let columns = ChangeColumns(state, page.changes.map(\.change), width: list.width - 6)
            FocusedList(count: lines.count, focus: page.list.focus) { pieces(lines[$0], columns) }
                .draw(in: &frame, list)
        }
    }

    private var emptyWords: String {
        if page.list.narrowing.isOn { return "nothing matches \(page.list.narrowing.text)" }
        return state.isSinceComplete
            ? "nothing changed" : "nothing is known to have changed; not everything was seen"
    }

    private func pieces(_ line: SincePage.Line, _ columns: ChangeColumns) -> [Piece] {
        switch line {
        case .heading(let kind, let turn):
            let count = state.sinceCount(turn, of: kind)
            let sign = state.sinceSign(turn)
            return [
                Piece("\(sign.symbol) ", sign.role),
                Piece("\(count.text) \(state.plural(of: kind, count)) \(turn.rawValue)", .textHeading),
            ]
        case .change(let net): return [Piece("  ", .text)] + columns.pieces(net.change)
        }
    }
}

extension State {
    /// The name of a kind for so many; where it may be more, for many.
    func plural(of kind: ResourceKind, _ count: Count = Count()) -> String {
        if count.value == 1, count.isComplete { return kind.rawValue }
        return backends.lazy.compactMap { $0.resource(kind)?.plural }.first ?? "\(kind)s"
    }
}

/// The line of the overview that says how much changed since the operator looked last.
struct SinceBlock {
    let state: State

    /// When that was.
    var moment: String {
        state.sinceLooked.since.map { State.clock($0, state.wall, state.zone) } ?? "–"
    }

    /// How many alerts changed so, then how much else did, then what is missing.
    var counts: [Piece] {
        if let problem = state.sinceLooked.problem { return [Piece("not known: \(problem)", .freshStale)] }
        var pieces = counts(of: .alert, all: true)
        if let remark = state.sinceRemark { pieces.append(Piece("  \(remark)", .freshStale)) }
        let others = state.sinceKinds.subtracting([.alert])
        for kind in others.sorted(by: { $0.rawValue < $1.rawValue }) {
            let counts = counts(of: kind, all: false)
            pieces.append(Piece("  \(state.plural(of: kind)) ", .textMuted))
            pieces += counts.isEmpty ? [Piece("?", .freshStale)] : counts
        }
        return pieces
    }

    /// - Parameter all: whether words stand beside the signs, and what there is none of is said.
    private func counts(of kind: ResourceKind, all: Bool) -> [Piece] {
        var pieces: [Piece] = []
        for turn in NetChange.Turn.allCases {
            let count = state.sinceCount(turn, of: kind)
            if count.value == 0, !all || turn == .better { continue }
            let sign = state.sinceSign(turn)
            let role: Role = count.value > 0 ? sign.role : .textMuted
            let word = all ? " \(turn.rawValue)" : ""
            let gap = pieces.isEmpty ? "" : all ? "  " : " "
            pieces.append(Piece("\(gap)\(sign.symbol) \(count.text)\(word)", role))
        }
        return pieces
    }

    func draw(in frame: inout Frame, _ rect: Rect) {
        guard !rect.isEmpty else { return }
        frame.put(
            [Piece(" SINCE \(moment)  ", .textHeading)] + counts, rect.x, rect.y, width: rect.width - 1)
    }
}
