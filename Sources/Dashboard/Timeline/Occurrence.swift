internal import Domain

/// One time that an alert was open, as it was recorded.
struct Occurrence: Sendable, Equatable {
    /// When it began, or was seen to have begun; nil where it was open already when it was seen first.
    var began: Timestamp?
    /// Whether it may have begun earlier: no server says when.
    var isBeganAtMost = false
    /// When it was seen last not to be there, or began where that is known: it did not begin before.
    private var earliest: Timestamp?
    /// When it was over, or was seen to be; nil while it is open.
    var ended: Timestamp?
    /// Whether it may have been over earlier, as where it was no longer listed.
    var isEndedAtMost = false
    /// How bad it was at its worst.
    var worst: Severity
    /// When somebody took it, and the last note that was on it.
    var acknowledged: Timestamp?
    /// Whether it may have been taken earlier.
    var isAcknowledgedAtMost = false
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
                guard var over = current ?? (wasOpen ? Occurrence(change, isBeginning: false) : nil) else {
                    continue
                }
                over.take(change)
                over.ended = change.time
                over.isEndedAtMost = change.saidAt == nil
                all.append(over)
                current = nil
                continue
            }
            let isBeginning = change.before.map { !isOpen($0) } ?? (change.lastSeenBefore != nil)
            var open = current ?? Occurrence(change, isBeginning: isBeginning)
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

    private init(_ change: StateChange, isBeginning: Bool) {
        if isBeginning {
            began = change.time
            isBeganAtMost = change.saidAt == nil
            earliest = change.saidAt ?? change.lastSeenBefore
        }
        worst = change.severity
        note = change.note
    }

    private mutating func take(_ change: StateChange) {
        worst = max(worst, max(change.severity, change.severityBefore ?? .unknown))
        if !change.note.isEmpty { note = change.note }
        let state = AlertState(rawValue: change.after)
        if state == .acknowledged, acknowledged == nil {
            acknowledged = change.time
            isAcknowledgedAtMost = change.saidAt == nil
        }
    }
}

extension Occurrence {
    /// What it was like, as in `for 12m, critical, acknowledged within 3m · ana: on it · restart by ana@noc1: verified`.
    ///
    /// A length between moments of which one is not known exactly is the longest that it may have been.
    var words: String {
        var parts: [String] = []
        if let ended, let length = length(until: ended) {
            parts.append("for \(isBeganAtMost || isEndedAtMost ? "at most " : "")\(length)")
        } else if began == nil {
            parts.append("began before it was recorded")
        }
        parts.append(worst.word)
        if let acknowledged {
            let isAtMost = isBeganAtMost || isAcknowledgedAtMost
            let length = length(until: acknowledged).map { " \(isAtMost ? "within" : "after") \($0)" }
            parts.append("acknowledged\(length ?? "")")
        }
        var words = parts.joined(separator: ", ")
        if !note.isEmpty { words += " · \(note)" }
        for row in commands {
            words += " · \(row.what) by \(row.who): \(row.outcomeWord)"
        }
        return words
    }

    private func length(until moment: Timestamp) -> String? {
        earliest.map { Quantity.duration(max(0, moment.seconds.subtractingClamped($0.seconds))) }
    }
}
