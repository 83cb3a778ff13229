import Canvas
import Domain

/// Which logs of servers belong to a timeline, and what is said of them.
extension State {
    /// Whether any server keeps a log that can be read.
    var keepsLogs: Bool { backends.contains { !$0.loggedKinds.isEmpty } }

    /// The entities among some whose servers keep a log of them, each once; none in the past, where no server is asked.
    func logged(_ entities: [EntityRef]) -> [EntityRef] {
        guard !isPast else { return [] }
        var seen: Set<EntityRef> = []
        return entities.filter { entity in
            backend(entity.backend)?.loggedKinds.contains(entity.kind) == true && seen.insert(entity).inserted
        }
    }

    /// Why a server is not asked for its log now; nil where it is.
    func reasonAgainstLog(_ entity: EntityRef) -> String? { backend(entity.backend)?.restWords }

    /// Takes what a server said of its log into the timeline that asked for it.
    mutating func logRead(
        _ entity: EntityRef, _ question: Int, _ result: Result<ServerLog?, BackendError>
    ) {
        if case .failure(let error) = result { refused(entity.backend, by: error) }
        let state = self
        layers.update(TimelinePage.self) { $0.logRead(entity, question, result, state) }
    }

    /// Goes to what a line of a log is about: a port of a device where it is listed, else what the log is of.
    mutating func open(_ logged: LoggedEntry) -> LayerAnswer {
        let entity = logged.entry.about.flatMap { find($0) == nil ? nil : $0 } ?? logged.entity
        guard let name = entityName(entity) else { return .done([]) }
        return open(name)
    }
}

extension ChangeColumns {
    /// The line of a server's log: when, whose log it is, how bad, what happened, of which sort, and who did it.
    func pieces(_ logged: LoggedEntry, backendWidth: Int) -> [Piece] {
        let entry = logged.entry
        let isBad = entry.severity >= .warning
        let role: Role = isBad ? Sign.severity(entry.severity.word).role : .textMuted
        let backend = TextLayout.cut(logged.backend, to: backendWidth)
        var pieces = time(entry.time, mark: entry.isTimeCertain ? "" : "~")
        pieces += [
            Piece("  » ", role), Piece(HealthLine.padded(backend, backendWidth), .textMuted),
        ]
        if isBad, !entry.level.isEmpty { pieces.append(Piece("  \(entry.level)", role)) }
        pieces.append(Piece("  \(entry.words)", .text))
        if !entry.type.isEmpty { pieces.append(Piece("  \(entry.type)", .textMuted)) }
        if !entry.who.isEmpty { pieces.append(Piece("  \(entry.who)", .textMuted)) }
        return pieces
    }
}

extension TimelinePicture {
    /// How wide the names of servers stand in lines of their logs.
    static func backendWidth(_ lines: [TimelineEntry]) -> Int {
        lines.reduce(0) { width, line in
            guard case .logged(let logged) = line else { return width }
            return max(width, min(12, CharacterWidth.of(logged.backend)))
        }
    }

    /// Why no log is read of what the timeline is of; nil where that is no question.
    var wordsOnUnreadLogs: String? {
        guard state.keepsLogs else { return nil }
        return switch page.scope.subject {
        case .everything, .site: "logs of servers are read of one entity or device only"
        case _ where state.isPast: "logs of servers are not read in the past"
        default: nil
        }
    }

    /// What of the logs of servers is not here, and why.
    var logRemarks: [(String, Role)] {
        var remarks: [(String, Role)] = []
        for entity in page.scope.logs {
            guard let reading = page.logs[entity] else { continue }
            let name = state.backend(entity.backend)?.name ?? ""
            remarks += self.remarks(on: reading, "the log of \(state.name(of: entity)) on \(name)", name)
        }
        if page.scope.omittedLogs > 0 {
            let count = page.scope.omittedLogs
            remarks.append(
                (
                    "the logs of \(Quantity.count(count)) more linked \(count == 1 ? "entity" : "entities") are not read",
                    .freshStale
                ))
        }
        return remarks
    }

    private func remarks(
        on reading: Reading<ServerLog>, _ subject: String, _ backend: String
    ) -> [(String, Role)] {
        var remarks: [(String, Role)] = []
        if let problem = reading.problem {
            remarks.append(("\(subject) can't be read: \(problem)", .freshLost))
        }
        guard let log = reading.value else { return remarks }
        if case .partial(let words) = log.completeness {
            remarks.append(("\(subject) is partial: \(words)", .freshStale))
        }
        let isUncertain = log.entries.contains { !$0.isTimeCertain }
        let begins = log.begins.map { (isUncertain ? "~" : "") + State.clock($0, state.wall, state.zone) }
        if log.isCut {
            let words = begins.map { "is read from \($0) on only" } ?? "has more that is not read"
            remarks.append(("\(subject) \(words)", .freshStale))
        } else if let begins {
            remarks.append(("\(subject) begins \(begins)", .textMuted))
        }
        if isUncertain {
            remarks.append(("~ the zone of \(backend)'s clock is not known: set timezone", .freshStale))
        }
        return remarks
    }
}
