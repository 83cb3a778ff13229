internal import Domain

/// One thing of a timeline: a state that changed, a command of the audit log, or a line of a server's log.
enum TimelineEntry: Equatable, Sendable {
    case change(StateChange)
    case command(AuditRow)
    case logged(LoggedEntry)

    /// When it happened, as well as that is known.
    var time: Timestamp {
        switch self {
        case .change(let change): change.time
        case .command(let row): row.time
        case .logged(let logged): logged.entry.time
        }
    }

    /// When nocturne knew of it; of a server's log, when it happened.
    var seen: Timestamp {
        switch self {
        case .change(let change): change.seenAt
        case .command(let row): row.time
        case .logged(let logged): logged.entry.time
        }
    }

    /// What tells it from all others: the cursor stays on it.
    var id: String {
        switch self {
        case .change(let change): "\(change.place) \(change.entity) \(change.seenAt.seconds) \(change.after)"
        case .command(let row): row.id
        case .logged(let logged): logged.id
        }
    }

    /// Where it stands among those of the same moment: a command is before what it led to.
    private var place: Int64 {
        switch self {
        case .change(let change): change.place
        case .command: .min
        // The first line of a log is its newest.
        case .logged(let logged): -1 - Int64(logged.place)
        }
    }

    /// All in one order, the newest first.
    static func all(
        _ changes: [StateChange], _ commands: [AuditRow], _ logged: [LoggedEntry] = []
    ) -> [TimelineEntry] {
        let all =
            changes.map(TimelineEntry.change) + commands.map(TimelineEntry.command)
            + logged.map(TimelineEntry.logged)
        return all.sorted { a, b in a.time == b.time ? a.place > b.place : a.time > b.time }
    }
}

/// What a timeline is of.
struct TimelineScope: Equatable, Sendable {
    /// What is asked of the history.
    let subject: HistoryQuery.Subject
    /// The same in words, for the title.
    let words: String
    /// Whose logs belong to it, of those that servers keep; at most so many as are read.
    var logs: [EntityRef] = []
    /// How many more would.
    var omittedLogs = 0

    init(subject: HistoryQuery.Subject, words: String, logs: [EntityRef] = []) {
        self.subject = subject
        self.words = words
        self.logs = Array(logs.prefix(TimelineLogs.limit))
        omittedLogs = max(0, logs.count - TimelineLogs.limit)
    }

    /// Whether a command belongs to it.
    ///
    /// - Parameter place: the device and the site of an entity, as far as its row says them.
    func holds(_ row: AuditRow, _ place: (EntityName) -> (device: String, site: String)?) -> Bool {
        switch subject {
        case .everything: true
        case .entities(let names): row.entities.contains { names.contains($0) }
        case .device(let device): row.entities.contains { place($0)?.device == device }
        case .site(let site): row.entities.contains { place($0)?.site == site }
        }
    }

    /// The device and the site of what changed, as they were recorded.
    static func place(_ change: StateChange) -> (device: String, site: String) {
        (change.entity.kind == .device ? change.name : change.device, change.site)
    }

    /// The same of a change, as the history judges it.
    func holds(_ change: StateChange) -> Bool {
        switch subject {
        case .everything: true
        case .entities(let names): names.contains(change.entity)
        case .device(let device):
            change.device == device || change.entity.kind == .device && change.name == device
        case .site(let site): change.site == site
        }
    }
}
