import Canvas
import Domain

/// The state of every backend.
typealias Health = TextPage<HealthReport>

/// Every backend with every resource: how fresh, how long it took, what is wrong, when it is tried again.
struct HealthReport: PageText {
    static let title = "Backends"
    static let opener = OwnAction.health

    let state: State

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
            if let error = backend.probe.error { lines += troubleLines(error, backend.probe, backend) }
            if backend.info == nil, let words = waiting(backend.probe) {
                lines += wrapped("asking who it is\(words)", .textMuted)
            }
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
        let isResting = !state.isWanted(resource) && health.error == nil
        let sign = isResting ? Sign("·", .textMuted) : Sign.freshness(freshness)
        let word = isResting ? "on demand" : freshness == .fresh ? "fresh" : freshness.word
        // How long ago it was read, whatever it says.
        let age = health.arrivedAt.map { SteppedAge.text(state.now - $0) } ?? "–"
        // What never answered has no rows to count.
        let rows = backend.tables[resource.kind].map { Quantity.count($0.count) } ?? "–"
        let nameWidth = backend.resources.map { CharacterWidth.of($0.plural) + 1 }.max() ?? 0
        let interval = Quantity.duration(Int64(backend.interval(of: resource)))
        var lines = [
            [
                Piece("  \(HealthLine.padded(resource.plural, max(12, nameWidth)))", .dialog),
                Piece("\(sign.symbol) \(HealthLine.padded(word, 9)) \(HealthLine.padded(age, 5))", sign.role),
                Piece(
                    "  \(HealthLine.padded("", 7 - rows.count))\(rows) rows  every \(interval)", .textMuted),
                Piece(health.askedAt == nil ? "" : "  asking\(waiting(health) ?? "")", .textMuted),
            ]
        ]
        if case .partial(let words) = health.completeness {
            lines += wrapped(words, .freshStale)
        }
        if freshness == .outdated, let late = backend.latePolls(state.now) {
            lines += wrapped(late.words, .freshStale)
        }
        for words in backend.tables[resource.kind]?.pollerTroubles(now: state.wall) ?? [] {
            lines += wrapped(words, .freshLost)
        }
        if let words = backend.progress[resource.kind] { lines.append([Piece("    \(words)", .textMuted)]) }
        if let error = health.error { lines += troubleLines(error, health, backend) }
        return lines
    }

    /// For how long an answer is waited for, where that is longer than usual.
    private func waiting(_ health: ResourceHealth) -> String? {
        guard let askedAt = health.askedAt, state.now - askedAt >= Self.usualWait else { return nil }
        return ", no answer for \(SteppedAge.text(state.now - askedAt))"
    }

    private static let usualWait = 5.0

    private func troubleLines(
        _ error: BackendError, _ health: ResourceHealth, _ backend: BackendState
    ) -> [[Piece]] {
        let due = backend.refusedUntil.map { max($0, health.dueAt) } ?? health.dueAt
        let next =
            health.askedAt == nil
            ? "; next try in \(Quantity.duration(Int64(max(0, due - state.now))))" : "; trying"
        return wrapped(error.words + next, .freshLost)
    }

    /// Words below a resource: as many lines as they need, since what to do stands at their end.
    private func wrapped(_ words: String, _ role: Role) -> [[Piece]] {
        TextLayout.wrap(words, to: max(20, Dialog.columns(state, wish: 110) - 4)).map {
            [Piece("    \($0)", role)]
        }
    }
}
