import Synchronization

/// What people did to lines and what is monitored of them; it is no function of the tick.
///
/// Times are ticks. The revision goes up with every change, so that what was worked out before can be told
/// from what is true now.
struct LineChanges: Sendable {
    private(set) var revision = 0

    /// When each line was last restarted, by the number of the line.
    var restarts: [Int: Restart] = [:]
    /// Since when a line has no service because somebody took it away.
    var unprovisioned: [Int: Int] = [:]
    /// When the PPPoE session of a line was last cut.
    var disconnections: [Int: Int] = [:]
    /// The ONUs that somebody enabled, by their serial number.
    var enabledONUs: Set<String> = []
    /// What people wrote, by resource.
    var edits: [String: Edits] = [:]
    /// By the name of the host, or host and service as in `met00585!txrx`.
    var acknowledgements: [String: Acknowledgement] = [:]
    var downtimes: [String: [Downtime]] = [:]
    var rechecks: [String: Int] = [:]
    /// What was asked of lines, oldest first; it has an end so that a simulator may run for months.
    private(set) var operations: [Operation] = []

    struct Restart: Sendable, Equatable {
        let at: Int
        /// Seconds without the line.
        let length: Int
    }

    struct Acknowledgement: Sendable, Equatable {
        let at: Int
        let author: String
        let comment: String
        /// Stays until the object is well, not only until its state changes.
        let isSticky: Bool
        let expires: Int?
    }

    struct Downtime: Sendable, Equatable {
        let start: Int
        let end: Int
        let author: String
        let comment: String
    }

    /// Who wrote what into which resource, oldest first.
    private(set) var entries: [Entry] = []

    /// A line of the log of administrators.
    struct Entry: Sendable {
        let at: Int
        let author: String
        let kind: String
        let object: String
        let words: String
    }

    /// Something that was asked of a line.
    struct Operation: Sendable, Equatable {
        let line: Int
        let at: Int
        let action: String
        let author: String
    }

    mutating func note(_ operation: Operation) {
        if operations.count >= 5_000 { operations.removeFirst(2_500) }
        operations.append(operation)
    }

    mutating func note(_ entry: Entry) {
        if entries.count >= 5_000 { entries.removeFirst(2_500) }
        entries.append(entry)
    }

    mutating func touch() { revision += 1 }
}

extension World {
    /// Changes what people did to lines; nobody else changes it meanwhile.
    func changeLines<Result: Sendable>(_ change: (inout LineChanges) -> Result) -> Result {
        lineChanges.withLock { changes in
            changes.touch()
            return change(&changes)
        }
    }
}
