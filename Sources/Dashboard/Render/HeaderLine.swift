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
        // Without room for all, the clock goes, never the count of what is critical.
        if right.reduce(0, { $0 + $1.width }) > rect.width { right.removeLast() }
        if right.reduce(0, { $0 + $1.width }) > rect.width {
            frame.put(counts, rect.x, rect.y, .header, width: rect.width)
            return
        }
        // The counts matter more than anything else on this line.
        let end = frame.putRight(right, endingAt: rect.maxX, rect.y, .header)
        let room = max(0, end - 2)
        let name = Piece(" nocturne ", .headerName)
        for (detail, front) in [(Detail.ages, [name]), (.ages, []), (.trouble, []), (.signs, [])] {
            let all = state.backends.reduce(into: front) { all, backend in
                all += [Piece(" ", .header)] + pieces(of: backend, detail) + [Piece(" ", .header)]
            }
            guard all.reduce(0, { $0 + $1.width }) <= room else { continue }
            frame.put(all, rect.x, rect.y, .header, width: room)
            return
        }
        drawSome(in: &frame, rect, room)
    }

    /// How much is said of a backend: the ages of all, of those in trouble alone, only signs.
    private enum Detail { case ages, trouble, signs }

    /// As many backends as there is room for, and the worst of the others in one sign.
    private func drawSome(in frame: inout Frame, _ rect: Rect, _ room: Int) {
        var x = rect.x
        for (index, backend) in state.backends.enumerated() {
            let pieces = [Piece(" ", .header)] + pieces(of: backend, .signs) + [Piece(" ", .header)]
            let rest = state.backends.count - index
            guard x + pieces.reduce(0, { $0 + $1.width }) + (rest > 1 ? 5 : 0) <= room else {
                let worst = state.backends.dropFirst(index).map {
                    $0.worst(of: kinds, now: state.now).freshness
                }
                let sign = Sign.freshness(worst.max() ?? .fresh)
                let others = [Piece(" +\(rest) ", .header), Piece(sign.symbol, sign.role)]
                if x + others.reduce(0, { $0 + $1.width }) <= room {
                    frame.put(others, x, rect.y, .header, width: room - x)
                }
                return
            }
            x = frame.put(pieces, x, rect.y, .header, width: room - x)
        }
    }

    /// Name, sign, and how old its rows are.
    private func pieces(of backend: BackendState, _ detail: Detail) -> [Piece] {
        let (freshness, arrivedAt) = backend.worst(of: kinds, now: state.now)
        let sign = Sign.freshness(freshness)
        var words = sign.symbol
        if detail == .ages || detail == .trouble && freshness != .fresh {
            if !freshness.word.isEmpty { words += " \(freshness.word)" }
            if let arrivedAt { words += " \(SteppedAge.text(state.now - arrivedAt))" }
        }
        let name = TextLayout.cut(backend.name, to: 16)
        var pieces = [Piece("\(name) ", .header), Piece(words, sign.role)]
        if backend.isInsecure { pieces.append(Piece(" insecure", .insecure)) }
        return pieces
    }

    private var counts: [Piece] {
        let word = state.size.width >= 80
        var pieces: [Piece] = []
        let signs: [(Count, String, Role, String)] = [
            (state.alertCount(state.counts.critical), "▲", .severityCritical, "critical"),
            (state.alertCount(state.counts.warning), "●", .severityWarning, "warning"),
        ]
        for (count, sign, role, name) in signs {
            let calm = Sign(of: count, sign, role)
            pieces.append(Piece("\(calm.symbol) \(count.text)\(word ? " \(name)" : "")", calm.role))
            pieces.append(Piece("  ", .header))
        }
        let missing = state.uncertainBackends(.alerts)
        if missing > 0, state.size.width >= 40 { pieces.append(Piece("+\(missing)?  ", .freshStale)) }
        return pieces
    }
}

extension Sign {
    /// A count's sign: green only for a zero that is certain, and no alarm where nothing is known.
    init(of count: Count, _ symbol: String, _ role: Role) {
        if count.value > 0 {
            self.init(symbol, role)
        } else {
            self = count.isComplete ? Sign("✓", .severityOk) : Sign(symbol, .severityUnknown)
        }
    }
}
