internal import Domain

/// One time that an alert was open, as it was recorded.
struct Occurrence: Sendable, Equatable {
    /// When it began; nil where it was open already when it was seen first.
    var began: Timestamp?
    /// When it was over; nil while it is open.
    var ended: Timestamp?
    /// How bad it was at its worst.
    var worst: Severity
    /// When somebody took it, and the last note that was on it.
    var acknowledged: Timestamp?
    var note: String
    /// The commands that were sent to it meanwhile, the first first.
    var commands: [AuditRow] = []

    /// The times that an alert was open, the first first.
    ///
    /// - Parameters:
    ///   - changes: of one alert, in order of time.
    ///   - commands: those that were sent to it.
    static func all(_ changes: [StateChange], _ commands: [AuditRow]) -> [Occurrence] {
        var all: [Occurrence] = []
        var current: Occurrence?
        func isOpen(_ word: String) -> Bool {
            word != StateChange.gone && AlertState(word: word).isOpen
        }
        for change in changes {
            guard isOpen(change.after) else {
                // What ends without having begun was open before anything was recorded.
                let wasOpen = change.before.map(isOpen) ?? false
                guard var over = current ?? (wasOpen ? Occurrence(nil, change) : nil) else { continue }
                over.take(change)
                over.ended = change.time
                all.append(over)
                current = nil
                continue
            }
            let isBeginning = change.before.map { !isOpen($0) } ?? (change.lastSeenBefore != nil)
            var open = current ?? Occurrence(isBeginning ? change.time : nil, change)
            open.take(change)
            current = open
        }
        if let current { all.append(current) }
        return all.map { occurrence in
            var occurrence = occurrence
            occurrence.commands = commands.filter { row in
                occurrence.began.map { row.time >= $0 } ?? true
                    && occurrence.ended.map { row.time <= $0 } ?? true
            }.sorted { $0.time < $1.time }
            return occurrence
        }
    }

    private init(_ began: Timestamp?, _ change: StateChange) {
        self.began = began
        worst = change.severity
        note = change.note
    }

    private mutating func take(_ change: StateChange) {
        worst = max(worst, max(change.severity, change.severityBefore ?? .unknown))
        if !change.note.isEmpty { note = change.note }
        let state = AlertState(rawValue: change.after)
        if state == .acknowledged, acknowledged == nil { acknowledged = change.time }
    }
}

extension Occurrence {
    /// What it was like, as in `for 12m, critical, acknowledged after 3m: ana: on it; restart verified by ana@noc1`.
    var words: String {
        var parts: [String] = []
        if let began, let ended {
            parts.append("for \(Quantity.duration(max(0, ended.seconds.subtractingClamped(began.seconds))))")
        } else if began == nil {
            parts.append("began before it was recorded")
        }
        parts.append(worst.word)
        if let acknowledged {
            let after = began.map {
                " after \(Quantity.duration(max(0, acknowledged.seconds.subtractingClamped($0.seconds))))"
            }
            parts.append("acknowledged\(after ?? "")")
        }
        var words = parts.joined(separator: ", ")
        if !note.isEmpty { words += " · \(note)" }
        for row in commands {
            words += " · \(row.what) by \(row.who): \(row.outcomeWord)"
        }
        return words
    }
}
