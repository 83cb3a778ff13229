public import Domain

/// The earlier moment that is shown in place of now.
struct PastMoment: Sendable {
    /// The rows as they were, and where that is.
    private(set) var record: PastRecord
    /// The way that is waited for; nil where none is.
    private(set) var question: Int?
    /// Whether the operator wants to see now again.
    private(set) var isOver = false
    /// The moment that others are compared with.
    private(set) var compared: Timestamp?

    /// When the operator began to look back.
    let began: Timestamp
    /// Whether all lists whose rows are recorded were fresh and complete then.
    let wasWhole: Bool

    init(_ record: PastRecord, began: Timestamp, wasWhole: Bool) {
        self.record = record
        self.began = began
        self.wasWhole = wasWhole
    }

    /// The moment.
    var time: Timestamp { record.findings.time }

    /// Waits for the end of a way.
    mutating func ask(_ question: Int) { self.question = question }

    /// Takes the end of a way; whether it was waited for.
    mutating func answered(_ question: Int) -> Bool {
        guard question == self.question else { return false }
        self.question = nil
        return true
    }

    /// Shows another moment.
    mutating func show(_ record: PastRecord) { self.record = record }

    /// Shows now again.
    mutating func end() { isOver = true }

    /// Compares other moments with one.
    mutating func compare(with moment: Timestamp) { compared = moment }
}

/// A way from one moment to another, to be looked up off the main thread.
public struct PastRequest: Equatable, Sendable {
    /// The number of the question.
    public let question: Int
    /// Where to.
    public let query: PastQuery
    /// The rows that one comes from; nil comes from now.
    public let record: PastRecord?
    /// The rows of now; empty where one comes from an earlier moment.
    public let tables: [Table]
    /// What the backends are called.
    public let names: [BackendID: String]
    /// Those that do not answer now.
    public let lost: Set<BackendID>

    /// The same question with the same rows.
    public static func == (a: PastRequest, b: PastRequest) -> Bool {
        a.question == b.question && a.query == b.query && a.record === b.record && a.tables == b.tables
    }
}
