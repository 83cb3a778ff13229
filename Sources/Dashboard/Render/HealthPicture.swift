import Canvas
import Domain

/// Every backend with every resource: how fresh, how long it took, what is wrong, when it is tried again.
struct HealthPicture {
    let state: State

    func draw(in frame: inout Frame, top: Int) {
        Panel(title: "Backends", lines: lines, top: top).draw(in: &frame, state)
    }

    var lines: [[Piece]] {
        var lines: [[Piece]] = []
        for backend in state.backends {
            if !lines.isEmpty { lines.append([]) }
            lines.append([
                Piece(backend.name, .dialogTitle),
                Piece("  \(backend.info?.product ?? backend.title)  ", .dialog),
                Piece(backend.address, .textMuted),
                Piece(backend.isInsecure ? "  insecure: the certificate is not verified" : "", .insecure),
                Piece(backend.mode == .normal ? "" : "  \(backend.mode.rawValue)", .readOnly),
            ])
            if let error = backend.probe.error { lines.append(troubleLine(error, backend.probe)) }
            for remark in backend.info?.remarks ?? [] { lines.append([Piece("  \(remark)", .freshStale)]) }
            for resource in backend.resources where backend.info != nil {
                lines += self.lines(resource, backend)
            }
        }
        if !state.notices.isEmpty {
            lines += [[], [Piece("Configuration", .dialogTitle)]]
            lines += state.notices.map { [Piece("  \($0)", .freshStale)] }
        }
        return lines
    }

    private func lines(_ resource: ResourceDescriptor, _ backend: BackendState) -> [[Piece]] {
        guard let health = backend.health[resource.kind] else { return [] }
        let freshness = backend.freshness(of: resource, now: state.now)
        let sign = Sign.freshness(freshness)
        let word = freshness == .fresh ? "fresh" : freshness.word
        let age = health.arrivedAt.map { SteppedAge.text(state.now - $0) } ?? "–"
        let rows = Quantity.count(backend.tables[resource.kind]?.count ?? 0)
        let interval = Quantity.duration(Int64(backend.interval(of: resource)))
        var lines = [
            [
                Piece("  \(HealthLine.padded(resource.plural, 12))", .dialog),
                Piece("\(sign.symbol) \(HealthLine.padded(word, 9)) \(HealthLine.padded(age, 5))", sign.role),
                Piece("  \(HealthLine.padded(rows, 8)) rows  every \(interval)", .textMuted),
                Piece(health.askedAt == nil ? "" : "  asking", .textMuted),
            ]
        ]
        if case .partial(let words) = health.completeness {
            lines.append([Piece("    \(words)", .freshStale)])
        }
        if let error = health.error { lines.append(troubleLine(error, health)) }
        return lines
    }

    private func troubleLine(_ error: BackendError, _ health: ResourceHealth) -> [Piece] {
        let next =
            health.askedAt == nil
            ? "; next try in \(Quantity.duration(Int64(max(0, health.dueAt - state.now))))" : "; trying"
        return [Piece("    \(error.words)", .freshLost), Piece(next, .textMuted)]
    }
}

/// Lines in a box in the middle of the screen, scrolled.
struct Panel {
    let title: String
    let lines: [[Piece]]
    let top: Int
    var focus: Int?

    /// How many lines a panel has room for.
    static func rows(_ state: State) -> Int { max(1, state.layout.screen.body.height - 2) }

    func draw(in frame: inout Frame, _ state: State) {
        let body = state.layout.screen.body
        let widest = lines.reduce(30) { max($0, $1.reduce(0) { $0 + $1.width }) }
        let width = min(body.width, widest + 6)
        let height = min(body.height, lines.count + 2)
        let rect = Rect((body.width - width) / 2, body.y + (body.height - height) / 2, width, height)
        let key = state.keymap.spelling(of: .own(.close), in: [.dialog]) ?? "Esc"
        let box = Box(title: title, hint: "\(key) close")
        let inside = box.draw(
            in: &frame, rect, border: Theme.style(.dialogBorder), title: Theme.style(.dialogTitle),
            inside: Theme.style(.dialog))
        let first = max(0, min(top, lines.count - inside.height))
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
