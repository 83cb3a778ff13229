import Canvas
import Domain

/// Every resource of a backend: how fresh, how long it took, what is wrong, when it is tried again.
struct HealthReport {
    let state: State
    /// The columns of the longest name of a resource at any backend, so that all reports have the same columns.
    private let nameWidth: Int

    init(state: State) {
        self.state = state
        nameWidth = state.backends.flatMap(\.resources).reduce(12) {
            max($0, CharacterWidth.of($1.plural) + 1)
        }
    }

    /// What is known of a backend, under its name.
    func lines(of backend: BackendState) -> [[Piece]] {
        var lines = [
            [
                Piece(backend.name, .textHeading),
                Piece("  \(backend.info?.product ?? backend.title)  ", .text),
                Piece(backend.address, .textMuted),
                Piece(backend.isInsecure ? "  insecure: the certificate is not verified" : "", .insecure),
                Piece(backend.mode == .normal ? "" : "  \(backend.mode.rawValue)", .readOnly),
            ]
        ]
        if let error = backend.probe.error { lines += troubleLines(error, backend.probe, backend) }
        if backend.info == nil, let words = waiting(backend.probe) {
            lines += wrapped("asking who it is\(words)", .textMuted)
        }
        for remark in backend.info?.remarks ?? [] { lines.append([Piece("  \(remark)", .freshStale)]) }
        for resource in backend.resources where backend.info != nil {
            lines += self.lines(resource, backend)
        }
        return lines
    }

    /// How this process stands to its team.
    func lines(of team: TeamStanding) -> [[Piece]] {
        [[Piece("Team", .textHeading)]] + wrapped(team.words, team.word == nil ? .text : .freshStale)
    }

    /// What is wrong with the configuration.
    var notices: [[Piece]] {
        state.notices.isEmpty
            ? []
            : [[Piece("Configuration", .textHeading)]] + state.notices.map { [Piece("  \($0)", .freshStale)] }
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
        let known = backend.remembered[resource.kind] == nil ? backend.tables[resource.kind] : nil
        let rows = known.map { Quantity.count($0.count) } ?? "–"
        let interval = Quantity.duration(Int64(backend.interval(of: resource)))
        var lines = [
            [
                Piece("  \(HealthLine.padded(resource.plural, nameWidth))", .text),
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
        TextLayout.wrap(words, to: max(20, min(110, state.size.width - 6))).map {
            [Piece("    \($0)", role)]
        }
    }
}
