internal import CLinux
public import Domain
internal import Glibc
internal import Synchronization

/// The history in a file of SQLite, which any number of processes share.
///
/// It is opened when it is needed first. A file that is damaged is set aside under another name, and a new one begun.
public final class SQLiteHistory: HistoryStore {
    /// The file.
    public let path: String
    /// How much is kept.
    public let retention: Retention
    let now: @Sendable () -> Timestamp
    private let setsAside: Bool
    private let state = Mutex(State())

    /// How much is kept; what is older goes, and what is more than the file may hold, the oldest first.
    public struct Retention: Sendable, Hashable {
        /// In days.
        public var days: Int
        /// In bytes.
        public var bytes: Int64

        /// Keeps so much: 14 days and 200 MB where nothing else is said.
        public init(days: Int = 14, bytes: Int64 = 200_000_000) {
            self.days = days
            self.bytes = bytes
        }
    }

    struct State {
        var database: Database?
        /// The file that was opened last, also where it turned out to be damaged at once.
        var file: FileIdentity?
        /// Why it can't be opened, for good.
        var refusal: HistoryError?
        var notices: [String] = []
        var limit: Int64?
    }

    /// Makes a store; the file is touched when it is used first.
    ///
    /// - Parameters:
    ///   - setsAside: whether a damaged file is set aside; else it stays, and can't be used.
    ///   - now: the wall clock, for the name of a file that is set aside.
    public init(
        path: String, retention: Retention = Retention(), setsAside: Bool = true,
        now: @escaping @Sendable () -> Timestamp
    ) {
        self.path = path
        self.setsAside = setsAside
        self.retention = retention
        self.now = now
    }

    /// What happened to the store that an operator must know, each once.
    public func notices() -> [String] {
        state.withLock { state in
            defer { state.notices = [] }
            return state.notices
        }
    }

    /// Closes the file; the next use opens it again.
    public func close() { state.withLock { $0.database = nil } }

    /// Lets the file grow to so many pages at most, as a disk that is full does; for tests.
    func limit(pages: Int64?) { state.withLock { $0.limit = pages } }

    /// Reads what the open file holds at one moment.
    func reading<Result>(
        _ work: (Database) throws(HistoryError) -> Result
    ) throws(HistoryError) -> Result {
        try use { (database) throws(HistoryError) -> Result in
            try database.snapshot { () throws(HistoryError) -> Result in try work(database) }
        }
    }

    /// Does some work with the open file.
    ///
    /// A file that turns out to be damaged is set aside, and the work is done once more with a new one.
    func use<Result>(
        _ work: (Database) throws(HistoryError) -> Result
    ) throws(HistoryError) -> Result {
        try locked { (state) throws(HistoryError) -> Result in
            do throws(HistoryError) {
                let database = try self.open(&state)
                return try work(database)
            } catch {
                guard error.kind == .damaged, self.setsAside else { throw error }
                try self.setAside(&state)
                let database = try self.open(&state)
                return try work(database)
            }
        }
    }

    private func locked<Result>(
        _ work: (inout State) throws(HistoryError) -> Result
    ) throws(HistoryError) -> Result {
        try state.exclusively(work)
    }

    private func open(_ state: inout State) throws(HistoryError) -> Database {
        if let refusal = state.refusal { throw refusal }
        if let database = state.database {
            // A file that was moved away or removed is begun again.
            if FileIdentity(path) == database.file { return database }
            state.database = nil
        }
        do throws(HistoryError) {
            try makePrivate()
            state.file = FileIdentity(path)
            let database = try Database(path, creates: true)
            try prepare(database)
            if let limit = state.limit { try database.run("PRAGMA max_page_count = \(limit)") }
            state.database = database
            return database
        } catch {
            if error.kind == .newer { state.refusal = error }
            throw error
        }
    }

    /// Prepares the tables; while another process does the same, it is waited for.
    private func prepare(_ database: Database) throws(HistoryError) {
        var patience = 100
        while true {
            do throws(HistoryError) {
                return try HistorySchema.prepare(database)
            } catch {
                // The change to a write-ahead log does not wait by itself.
                guard error.kind == .busy, patience > 0 else { throw error }
                patience -= 1
                usleep(20_000)
            }
        }
    }
}
