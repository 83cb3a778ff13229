public import Domain

/// A row that is hidden on this screen until a time or a change; no server knows of it.
public struct Snooze: Sendable, Hashable {
    /// The server by name, what the row is, and the server's own id: they outlive the program.
    public var backend: String, kind: ResourceKind, id: String
    /// What the row was called.
    public var name: String
    /// When it was hidden.
    public var at: Timestamp
    /// When it is shown again; nil hides it until anything about it changes.
    public var until: Timestamp?
    /// What the row said when it was hidden.
    public var rowState: RowState

    /// At most so many rows are hidden at once.
    public static let limit = 500

    /// Describes a hidden row.
    public init(
        backend: String, kind: ResourceKind, id: String, name: String, at: Timestamp, until: Timestamp?,
        rowState: RowState
    ) {
        self.backend = backend
        self.kind = kind
        self.id = id
        self.name = name
        self.at = at
        self.until = until
        self.rowState = rowState
    }

    /// Whether it is about the same row as another one.
    public func isOf(_ other: Snooze) -> Bool {
        backend == other.backend && kind == other.kind && id == other.id
    }

    /// What of a row says whether it has become worse.
    public struct RowState: Sendable, Hashable {
        /// The severity word and the state word; empty where the row has none.
        public var severity: String, state: String
        /// When it began, in Unix seconds; nil where nobody says.
        public var began: Int64?

        /// Describes what a row says.
        public init(severity: String, state: String, began: Int64?) {
            self.severity = severity
            self.state = state
            self.began = began
        }

        /// What a row says now.
        init(_ table: Table, _ row: Int) {
            severity = table.text(row, .severity)
            state = [.state, .status, "oper"].lazy.map { table.text(row, $0) }.first { !$0.isEmpty } ?? ""
            began = table.integer(row, .since)
        }
    }

    /// Why the row is to be seen again, when it says something else than it did; nil when it stays hidden.
    func ending(_ now: RowState) -> String? {
        if AlertState(rawValue: now.state) == .cleared { return "cleared" }
        if Severity(word: now.severity) > Severity(word: rowState.severity) { return "\(now.severity) now" }
        let isTaken = AlertState(rawValue: now.state) == .acknowledged
        if let began = now.began, let before = rowState.began, began > before, !isTaken {
            return "it fired again"
        }
        guard now.state != rowState.state || now.severity != rowState.severity else { return nil }
        if until == nil { return "\(now.state.isEmpty ? now.severity : now.state) now" }
        // Of those that wait for somebody alike, these two are news.
        let isNews = ["worse", "changed"].contains(now.state) && now.state != rowState.state
        return isNews || Urgency.rank(now.state) < Urgency.rank(rowState.state) ? "\(now.state) now" : nil
    }
}
