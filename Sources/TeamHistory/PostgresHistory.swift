internal import CLinux
public import Domain
public import History
internal import Synchronization
public import Team

/// The history that a team shares in PostgreSQL.
///
/// A connection of its own, used by whichever thread calls, one at a time. No call waits for long: what takes longer than
/// `patience` fails, and while the database can't be reached calls fail at once but for an attempt now and then. What fails
/// was not recorded, and is never recorded elsewhere.
public final class PostgresHistory: HistoryStore {
    /// How much is kept: the most that any screen of the team wants, so that none removes what others keep.
    public struct Retention: Sendable, Hashable {
        /// In days, and in bytes.
        public var days: Int, bytes: Int64

        /// Keeps so much.
        public init(days: Int = 14, bytes: Int64 = 200_000_000) { (self.days, self.bytes) = (days, bytes) }
    }

    /// What this process may do with it.
    public enum Use: Sendable {
        /// It records what it reads.
        case records
        /// It only reads, as a wallboard does.
        case reads
    }

    /// Seconds by which the clock here may differ from the database's: what is recorded has one order.
    static let clockDoubt: Int64 = 60
    private static let longestBackOff = 30.0

    let settings: TeamSettings
    let sources: [TeamHistorySource]
    let name: String
    let retention: Retention
    let use: Use
    private let patience: Double
    private let now: (@Sendable () -> Timestamp)?
    private let state = Mutex(State())
    /// Whether the next trim leaves what was measured to the one behind it, since that took too long.
    let leavesSamples = Mutex(false)

    private struct State {
        var session: HistorySession?
        /// What was told to whoever uses this store.
        var told = ToldPlaces()
        /// Why it was lost, and until when it is not tried again, in nanoseconds since boot.
        var trouble: HistoryError?
        var retryAt: Int64 = .min
        var failures = 0
    }

    /// Makes a store; nothing is connected yet.
    ///
    /// - Parameters:
    ///   - sources: the backends; one whose account the team can't tell apart has no history.
    ///   - name: who looks, `operator@host`: when somebody looked last is their own.
    ///   - patience: seconds that a call may take.
    ///   - now: the wall clock, to be compared with the database's; nil believes it.
    public init(
        _ settings: TeamSettings, sources: [TeamHistorySource], name: String, retention: Retention,
        use: Use = .records, patience: Double = 2, now: (@Sendable () -> Timestamp)?
    ) {
        (self.settings, self.sources, self.name) = (settings, sources, name)
        (self.retention, self.use, self.patience, self.now) = (retention, use, patience, now)
    }

    /// All of a team record into it.
    public var isShared: Bool { true }

    /// What an operator must know is in the errors.
    public func notices() -> [String] { [] }

    /// Ends the connection; the next use makes another.
    public func close() {
        state.withLock { state in
            state.session = nil
            state.retryAt = .min
        }
    }

    /// What others recorded since this was asked last, as far as it can be read now.
    public func news() -> [StateChange] {
        let found = try? locked { (state) throws(HistoryError) -> [StateChange] in
            let session = try self.open(&state)
            return try Self.guarded(&state) { (state) throws(HistoryError) in
                session.give(self.limit(session, rows: 0, trips: 4))
                let last = try session.lastPlace()
                let changes = try session.changes(after: state.told.mark, through: last)
                // What is more than that comes with the next question.
                let isAll = changes.count < HistorySession.mostNews
                let new = changes.filter { !state.told.own.contains($0.place) }
                state.told.advance(to: isAll ? last : changes.last?.place ?? last)
                return new
            }
        }
        return found ?? []
    }

    /// Does some work within a transaction that may write.
    ///
    /// - Parameters:
    ///   - rows: how many it writes.
    ///   - trips: about how many statements it is.
    func writing<Result>(
        rows: Int = 0, trips: Int = 20, _ work: (HistorySession) throws(HistoryError) -> Result
    ) throws(HistoryError) -> Result {
        try use(.write, rows: rows, trips: trips, work)
    }

    /// Reads what was there at one moment.
    func reading<Result>(
        trips: Int = 20, _ work: (HistorySession) throws(HistoryError) -> Result
    ) throws(HistoryError) -> Result {
        try use(.read, rows: 0, trips: trips, work)
    }

    /// Seconds that a call may take: `patience`, a second more for each 20,000 rows that it writes, and its way there and
    /// back.
    private func limit(_ session: HistorySession, rows: Int, trips: Int) -> Double {
        patience + Double(rows) / 20_000 + Double(trips) * session.trip
    }

    /// Takes changes that are about to be told: without those that were told as news.
    func telling(_ changes: [StateChange]) -> [StateChange] {
        state.withLock { state in
            changes.filter { change in
                if change.place > state.told.mark {
                    state.told.own.insert(change.place)
                    return true
                }
                return change.place <= state.told.begin
            }
        }
    }

    private func use<Result>(
        _ access: HistorySession.Access, rows: Int, trips: Int,
        _ work: (HistorySession) throws(HistoryError) -> Result
    ) throws(HistoryError) -> Result {
        try locked { (state) throws(HistoryError) -> Result in
            let session = try self.open(&state)
            return try Self.guarded(&state) { (_) throws(HistoryError) in
                let limit = self.limit(session, rows: rows, trips: trips)
                return try session.transaction(access, within: limit) {
                    () throws(HistoryError) -> Result in
                    // Either clock may be set at any time.
                    if access == .write, let now = self.now { try session.compare(now) }
                    return try work(session)
                }
            }
        }
    }

    /// Does some work with the open session, which is given up when it was lost.
    private static func guarded<Result>(
        _ state: inout State, _ work: (inout State) throws(HistoryError) -> Result
    ) throws(HistoryError) -> Result {
        do throws(HistoryError) {
            return try work(&state)
        } catch {
            if state.session?.isLost == true {
                state.session = nil
                Self.fail(&state, error)
            }
            throw error
        }
    }

    private static func fail(_ state: inout State, _ error: HistoryError) {
        state.trouble = error
        let longest = min(longestBackOff, Double(1 << min(state.failures, 10)))
        state.failures += 1
        state.retryAt = clinux_boot_nanoseconds() + Int64(longest * Double.random(in: 0.5...1.5) * 1e9)
    }

    private func open(_ state: inout State) throws(HistoryError) -> HistorySession {
        if let session = state.session { return session }
        if let trouble = state.trouble, clinux_boot_nanoseconds() < state.retryAt { throw trouble }
        do throws(HistoryError) {
            let session = try HistorySession(self, within: min(patience, 10))
            if let now {
                session.foundAt = state.trouble == nil ? nil : now()
            }
            state.session = session
            (state.trouble, state.failures) = (nil, 0)
            state.told.begin(at: try session.lastPlace(), session.epoch)
            return session
        } catch {
            state.session = nil
            Self.fail(&state, error)
            throw error
        }
    }

    private func locked<Result>(
        _ work: (inout State) throws(HistoryError) -> Result
    ) throws(HistoryError) -> Result {
        try state.exclusively(work)
    }
}

/// Which changes whoever uses a store was told of.
struct ToldPlaces {
    /// What is at this place or before was there when this process began.
    private(set) var begin: Int64 = 0
    /// What is at this place or before was told, or is of no concern.
    private(set) var mark: Int64 = 0
    /// Places behind it that were told already.
    var own: Set<Int64> = []
    private var epoch: Int64?

    /// A connection was made: the first one, or one to a database that was begun again, tells nothing of before.
    mutating func begin(at place: Int64, _ epoch: Int64) {
        guard self.epoch != epoch || place < mark else { return }
        (begin, mark, self.epoch, own) = (place, place, epoch, [])
    }

    /// All up to a place was told.
    mutating func advance(to place: Int64) {
        mark = max(mark, place)
        own = own.filter { $0 > place }
    }
}
