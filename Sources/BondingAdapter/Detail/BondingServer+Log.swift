internal import AdapterKit
internal import Domain
internal import HTTP
internal import JSON

/// What this server keeps of what happened: `bonds/X/legs/Y/state_history/` (section Legs), the states of a leg over the
/// last 24 hours; of a bond, and of an alert about one, those of its legs.
///
/// The document has no other log. Of v4 none is known.
extension BondingServer {
    /// Of how many legs of a bond the states are read.
    private static let mostLegs = 6
    /// Seconds that the server's history reaches back.
    private static let reach: Int64 = 86_400

    var loggedKinds: Set<ResourceKind> { withMemory { $0.version } == .three ? [.leg, .bond, .alert] : [] }

    func log(of entity: EntityRef, since: Timestamp) async throws(BackendError) -> ServerLog? {
        guard try await version() == .three else { return nil }
        switch entity.kind {
        case .leg:
            guard let bond = try await owner(of: entity) else { throw missing(entity) }
            let title = withMemory { $0.legs[entity.id]?.leg.title } ?? "leg"
            return try ServerLog.joined([("", await statePart(of: entity.id, bond, title))], since: since)
        case .bond: return try await bondLog(entity, since)
        case .alert:
            guard let trouble = withMemory({ $0.troubles[entity.id] }) else {
                throw BackendError(.missing, "the alert is over: nothing shows its cause any more")
            }
            guard trouble.about.kind == .bond else { return nil }
            return try await bondLog(self.entity(.bond, trouble.about.id), since)
        default: return nil
        }
    }

    private func bondLog(_ bond: EntityRef, _ since: Timestamp) async throws(BackendError) -> ServerLog? {
        guard let legs = try await legs(of: bond.id) else { throw missing(bond) }
        var parts: [(title: String, result: Result<LogPart?, BackendError>)] = []
        for leg in legs.prefix(Self.mostLegs) {
            parts.append((leg.title, await statePart(of: leg.id, bond.id, leg.title)))
        }
        if legs.count > Self.mostLegs {
            var rest = LogPart()
            rest.gap = "the states of \(Self.mostLegs) of \(legs.count) legs are read"
            parts.append(("", .success(rest)))
        }
        return try ServerLog.joined(parts, since: since)
    }

    private func statePart(
        of leg: String, _ bond: String, _ title: String
    ) async -> Result<LogPart?, BackendError> {
        await logPart { () async throws(BackendError) in
            let listing = try await list(Path.legHistory, ["bond": bond, "leg": leg], priority: 0)
            let history = StateHistory(listing.rows, clock: settings.clock)
            var part = LogPart()
            part.gap = listing.gap
            part.begins = Timestamp(now.seconds - Self.reach)
            for _ in history.spans.count..<max(history.spans.count, listing.rows.count) {
                part.missing.note("start or state", of: "states")
            }
            for (place, span) in history.spans.enumerated() {
                var words = "\(title) \(span.word)"
                if let end = span.end, end > span.start {
                    words += " for \(Quantity.duration(end.seconds - span.start.seconds))"
                } else if span.end == nil {
                    words += " since then"
                }
                // The history is cut at its beginning: what held there may have held before.
                if place == 0 { words += " or longer" }
                let state = LegState(span.word)
                part.add(
                    ServerLog.Entry(
                        span.start, isTimeCertain: true, words: words, type: "state",
                        severity: state == .up
                            ? .ok : state == .down || state == .impaired ? .warning : .unknown,
                        about: entity(.leg, leg)))
            }
            return part
        }
    }
}
