internal import CLinux
internal import Synchronization

/// Where a process has what it is to deliver, and who it is.
public struct LedgerPlace: Sendable {
    /// The local log of commands.
    public var log: String
    /// The directory of the state: how far the log is delivered, and claims that are not shared yet.
    public var state: String
    /// The login name, and the machine.
    public var user: String, host: String
    /// Where each configured backend is, by its name.
    public var servers: [String: String]

    /// Describes it.
    public init(log: String, state: String, user: String, host: String, servers: [String: String]) {
        self.log = log
        self.state = state
        self.user = user
        self.host = host
        self.servers = servers
    }
}

/// What a team keeps in PostgreSQL, its record of commands and its claims, on a thread and a connection of its own.
///
/// Nothing waits for the database: the local log is what is delivered, and when it is. Who asks is answered within the
/// time it gives, or told that the record was not read.
public final class TeamLedger: Sendable {
    enum Door { case opening, open, shut, closed }

    enum Job {
        case read(RecordQuestion, OneReply<RecordReply>)
        case settle(OneReply<Bool>)
        /// Looks for steps of claims that wait.
        case claims
    }

    struct Desk {
        var door = Door.opening
        var jobs: [Job] = []
        /// Why nothing can be asked.
        var words = ""
    }

    let settings: TeamSettings
    let member: TeamMember
    let place: LedgerPlace
    let desk = Mutex(Desk())
    let bell: Int32
    let shelf: ClaimShelf
    let complain: @Sendable (String) -> Void

    /// Makes it; nothing is connected yet.
    ///
    /// - Parameters:
    ///   - report: hears which claims hold when that changes; called on any thread, once at a time, and must not wait for
    ///     another call.
    ///   - complain: hears what the team does not get, in words; called on any thread.
    public init(
        _ settings: TeamSettings, member: TeamMember, place: LedgerPlace,
        report: @escaping @Sendable (TeamClaims) -> Void = { _ in },
        complain: @escaping @Sendable (String) -> Void = { _ in }
    ) {
        self.complain = complain
        // Each team has files of its own: what waits for one is nothing for another.
        shelf = ClaimShelf(
            ClaimFile(path: place.state + "/team-claims-waiting-\(settings.digest).jsonl"), report: report)
        self.settings = settings
        self.member = member
        self.place = place
        bell = clinux_bell_open()
    }

    deinit { if bell >= 0 { clinux_close(bell) } }

    /// Begins to join.
    public func start() {
        clinux_make_directories(place.state)
        let isStarted = bell >= 0 && TeamThread.start { [self] in LedgerWorker(self).run() }
        if !isStarted { shut("the system gives no thread") }
    }

    /// Ends it; what is not delivered is delivered by the next process.
    public func close() {
        let jobs = desk.withLock { desk in
            desk.door = .closed
            desk.words = "it is closed"
            defer { desk.jobs = [] }
            return desk.jobs
        }
        turnAway(jobs, "it is closed")
        ring()
    }

    /// A line was added to the local log.
    public func written() { ring() }

    /// Does something to claims: here at once, and in the store when it is there.
    ///
    /// Waits for the disk.
    public func take(_ orders: [ClaimOrder]) {
        let at = clinux_wall_nanoseconds() / 1_000_000_000
        shelf.add(orders.map { ClaimStep($0, owner: place.user, host: place.host, at: at) })
        desk.withLock { if $0.door == .open || $0.door == .opening { $0.jobs.append(.claims) } }
        ring()
    }

    /// A number for a new claim.
    public static func newClaimID() -> String {
        var bytes = [UInt8](repeating: 0, count: 16)
        if clinux_random(&bytes, bytes.count) < 0 {
            for place in bytes.indices { bytes[place] = .random(in: 0...255) }
        }
        return bytes.hex
    }

    /// Asks the record, for so many seconds at most.
    public func read(_ question: RecordQuestion, within seconds: Double) async -> RecordReply {
        await ask(within: seconds, late: .away("the team's store does not answer in time")) {
            .read(question, $0)
        } away: {
            .away($0)
        }
    }

    /// Waits until all that the local log has is delivered; false when it is not within so many seconds.
    public func settle(within seconds: Double) async -> Bool {
        await ask(within: seconds, late: false) {
            .settle($0)
        } away: { _ in
            false
        }
    }

    private func ask<Answer: Sendable>(
        within seconds: Double, late: Answer, _ job: (OneReply<Answer>) -> Job,
        away: (String) -> Answer
    ) async -> Answer {
        await withCheckedContinuation { continuation in
            let reply = OneReply(continuation)
            let words = desk.withLock { desk -> String? in
                guard desk.door == .open || desk.door == .opening else { return desk.words }
                desk.jobs.append(job(reply))
                return nil
            }
            if let words { return reply.give(away(words)) }
            ring()
            Task.detached {
                try? await Task.sleep(for: .seconds(seconds))
                reply.give(late)
            }
        }
    }

    func ring() { if bell >= 0 { clinux_bell_ring(bell) } }

    /// How far the log is delivered: to this team, as far as it is about these servers.
    var placeFile: String {
        let what = TeamSettings.digest(of: [settings.digest] + Set(place.servers.values).sorted())
        return place.state + "/team-record-delivered-\(what)"
    }

    // MARK: For the thread

    var isClosed: Bool { desk.withLock { $0.door == .closed } }

    func takeJobs() -> [Job] {
        desk.withLock { desk in
            defer { desk.jobs = [] }
            return desk.jobs
        }
    }

    func open() { desk.withLock { if $0.door != .closed { $0.door = .open } } }

    func shut(_ words: String) {
        let jobs = desk.withLock { desk in
            if desk.door != .closed { desk.door = .shut }
            desk.words = words
            defer { desk.jobs = [] }
            return desk.jobs
        }
        turnAway(jobs, words)
        shelf.lost(words)
    }

    func turnAway(_ jobs: [Job], _ words: String) {
        for job in jobs {
            switch job {
            case .read(_, let reply): reply.give(.away(words))
            case .settle(let reply): reply.give(false)
            case .claims: break
            }
        }
    }
}

/// A question that is answered once, by whoever comes first: the database, or the end of the time.
final class OneReply<Answer: Sendable>: Sendable {
    private let continuation: Mutex<CheckedContinuation<Answer, Never>?>

    init(_ continuation: CheckedContinuation<Answer, Never>) { self.continuation = Mutex(continuation) }

    func give(_ answer: Answer) {
        let waiting = continuation.withLock { continuation in
            defer { continuation = nil }
            return continuation
        }
        waiting?.resume(returning: answer)
    }
}
