import Canvas
import Domain

/// The first line: every backend's health, what is wrong, the time.
struct HeaderLine {
    let state: State

    func draw(in frame: inout Frame, _ rect: Rect) {
        guard !rect.isEmpty else { return }
        frame.fill(rect, Theme.style(.header))
        let time = CivilTime.fields(state.wall, offset: state.zone).time
        var right = counts + [Piece("  \(time) ", .header)]
        if state.isReadOnly { right.insert(Piece("READ-ONLY  ", .readOnly), at: 0) }
        let least = right.reduce(0) { $0 + $1.width }
        // The counts matter more than anything else on this line.
        let end = frame.putRight(right, endingAt: rect.maxX, rect.y, .header)
        let room = end - 1
        var x = rect.x
        if rect.width > least + 24 {
            x = frame.put([Piece(" nocturne ", .headerName)], x, rect.y, .header, width: room)
        }
        for (index, backend) in state.backends.enumerated() {
            let pieces = pieces(of: backend)
            let width = pieces.reduce(1) { $0 + $1.width }
            let rest = state.backends.count - index
            guard x + width + (rest > 1 ? 5 : 0) <= room else {
                let worst =
                    state.backends.dropFirst(index).map { $0.worst(of: kinds, now: state.now).freshness }
                    .max() ?? .fresh
                let sign = Sign.freshness(worst)
                frame.put(
                    [Piece(" +\(rest) "), Piece(sign.symbol, sign.role)], x, rect.y, .header,
                    width: max(0, room - x))
                return
            }
            x = frame.put(
                [Piece(" ", .header)] + pieces + [Piece(" ", .header)], x, rect.y, .header, width: room - x)
        }
    }

    private var kinds: Set<ResourceKind> { state.kindsInUse }

    /// Name, sign, and how old its rows are.
    private func pieces(of backend: BackendState) -> [Piece] {
        let (freshness, arrivedAt) = backend.worst(of: kinds, now: state.now)
        let sign = Sign.freshness(freshness)
        var words = freshness.word
        if let arrivedAt {
            words += (words.isEmpty ? "" : " ") + SteppedAge.text(state.now - arrivedAt)
        }
        var pieces = [Piece("\(backend.name) ", .header), Piece("\(sign.symbol) \(words)", sign.role)]
        if backend.isInsecure { pieces.append(Piece(" insecure", .insecure)) }
        return pieces
    }

    private var counts: [Piece] {
        let critical = state.count(state.counts.critical, of: .alert)
        let warning = state.count(state.counts.warning, of: .alert)
        let isCalm = critical.isComplete && critical.value == 0
        let missing = state.backends.count { backend in
            backend.resources.contains {
                $0.kind == .alert && !backend.freshness(of: $0, now: state.now).isTrustworthy
            }
        }
        let word = state.size.width >= 80
        var pieces = [
            Piece(
                isCalm ? "✓ 0\(word ? " critical" : "")" : "▲ \(critical.text)\(word ? " critical" : "")",
                isCalm ? .severityOk : .severityCritical),
            Piece("  ", .header),
            Piece(
                "● \(warning.text)\(word ? " warning" : "")",
                warning.isComplete && warning.value == 0 ? .severityOk : .severityWarning),
        ]
        if missing > 0 { pieces.append(Piece("  +\(missing)?", .freshStale)) }
        return pieces
    }
}
