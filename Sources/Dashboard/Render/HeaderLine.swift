import Canvas
import Domain

/// The first line: every backend's health, what is wrong, the time.
struct HeaderLine {
    let state: State
    private let kinds: Set<ResourceKind>

    init(state: State) {
        self.state = state
        kinds = state.kindsInUse
    }

    func draw(in frame: inout Frame, _ rect: Rect) {
        guard !rect.isEmpty else { return }
        frame.fill(rect, Theme.style(.header))
        let clock = CivilTime.fields(state.wall, offset: state.zone)
        let time = state.isLowBandwidth ? clock.minutes : clock.time
        var right = counts + [Piece("\(time) ", .header)]
        if state.isReadOnly { right.insert(Piece("READ-ONLY  ", .readOnly), at: 0) }
        if let word = state.team?.word { right.insert(Piece("\(word)  ", .freshStale), at: 0) }
        // Without room for all, the clock goes, never the count of what is critical.
        if right.reduce(0, { $0 + $1.width }) > rect.width { right.removeLast() }
        if right.reduce(0, { $0 + $1.width }) > rect.width {
            frame.put(counts, rect.x, rect.y, .header, width: rect.width)
            return
        }
        // The counts matter more than anything else on this line.
        let end = frame.putRight(right, endingAt: rect.maxX, rect.y, .header)
        let room = max(0, end - 2)
        let signs = BackendSigns(
            backends: Array(state.backends), kinds: kinds, now: state.now, role: .header)
        frame.put(
            signs.pieces(title: Piece(" nocturne ", .headerName), width: room), rect.x, rect.y, .header,
            width: room)
    }

    private var counts: [Piece] {
        let word = state.size.width >= 80
        var pieces: [Piece] = []
        let signs: [(Count, String, Role, String)] = [
            (state.alertCount(state.counts.critical), "▲", .severityCritical, "critical"),
            (state.alertCount(state.counts.warning), "◆", .severityWarning, "warning"),
        ]
        for (count, sign, role, name) in signs {
            let calm = Sign(of: count, sign, role)
            pieces.append(Piece("\(calm.symbol) \(count.text)\(word ? " \(name)" : "")", calm.role))
            pieces.append(Piece("  ", .header))
        }
        let missing = state.uncertainBackends(.alerts)
        if state.unknownOutcomes > 0, word {
            let noun = state.unknownOutcomes == 1 ? "outcome" : "outcomes"
            pieces.insert(
                Piece("? \(Quantity.count(state.unknownOutcomes)) \(noun)  ", .freshStale), at: 0)
        }
        if missing > 0, state.size.width >= 40 { pieces.append(Piece("+\(missing)?  ", .freshStale)) }
        return pieces
    }
}

extension Sign {
    /// A count's sign: green only for a zero that is certain, and no alarm where nothing is known.
    package init(of count: Count, _ symbol: String, _ role: Role) {
        if count.value > 0 {
            self.init(symbol, role)
        } else {
            self = count.isComplete ? Sign("✓", .severityOk) : Sign(symbol, .severityUnknown)
        }
    }
}
