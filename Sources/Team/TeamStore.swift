internal import CLinux
internal import Glibc
internal import Synchronization

/// How this process stands to the team's store.
public enum TeamState: Sendable, Hashable {
    /// It tries for the first time.
    case joining
    /// It shares what it reads, or only reads what others share.
    case joined(shares: Bool)
    /// It reads by itself; the words say why.
    case alone(String)
}

/// What the store has to say.
public enum TeamNews: Sendable {
    /// How this process stands to it.
    case state(TeamState)
    /// Another process has begun to store new answers for a list of a backend.
    case renewed(backend: Int, list: String)
}

/// Who takes part in a team.
public struct TeamMember: Sendable {
    /// Who runs it, and where: `operator@host`.
    public var name: String
    /// The version of nocturne.
    public var version: String
    /// The names of its backends.
    public var servers: [String]

    /// Describes a process.
    public init(name: String, version: String, servers: [String]) {
        self.name = name
        self.version = version
        self.servers = servers
    }
}

/// The store of answers that a team shares in PostgreSQL, on a thread of its own.
///
/// Nobody waits for the database but that thread, and nobody waits for that thread longer than a question is worth: when
/// the connection is lost, all who ask are told at once to read by themselves.
public final class TeamStore: Sendable {
    /// How the door to the thread stands.
    enum Door { case opening, open, shut, closed }

    /// What the thread is to do.
    enum Job {
        case find(Int, TeamQuestion, CheckedContinuation<TeamReply, Never>)
        case leave(Int)
        case ready(CheckedContinuation<Void, Never>)
        case keep(KeptAnswer, holdsLock: Bool)
        case release(RequestKey, why: Release)
    }

    /// Why a request is given up without an answer for all.
    enum Release { case failed, cancelled }

    struct Desk {
        var door = Door.opening
        var jobs: [Job] = []
        var number = 0
        var wasJoined = false
        /// How many wait for somebody's fetch.
        var waiting = 0
    }

    let settings: TeamSettings
    let member: TeamMember
    let desk = Mutex(Desk())
    let bell: Int32
    let counts = Counts()
    private let report: @Sendable (TeamNews) -> Void
    private let accounts: [TeamAccount]
    private let knownSalt = Mutex<[UInt8]?>(nil)
    private let interests = Mutex<[String: Set<Interest>]>([:])

    private struct Interest: Hashable {
        let backend: Int
        let list: String
    }

    /// What was read, and how.
    final class Counts: Sendable {
        let taken = Atomic(0)
        let fetched = Atomic(0)
    }

    /// Makes a store; nothing is connected yet.
    ///
    /// - Parameters:
    ///   - accounts: who reads, so that their identities are there when they are needed.
    ///   - report: hears what is new; called on the store's thread.
    public init(
        _ settings: TeamSettings, member: TeamMember, accounts: [TeamAccount],
        report: @escaping @Sendable (TeamNews) -> Void
    ) {
        self.settings = settings
        self.member = member
        self.accounts = accounts
        self.report = report
        bell = clinux_bell_open()
    }

    deinit { if bell >= 0 { clinux_close(bell) } }

    /// Begins to join.
    public func start() {
        let isStarted = bell >= 0 && TeamThread.start { [self] in TeamWorker(self).run() }
        if !isStarted { shut("the system gives no thread") }
        // Looking up a name may take far longer than a screen can wait for its first rows.
        Task.detached { [self] in
            try? await Task.sleep(for: .seconds(Self.firstPatience))
            if desk.withLock({ $0.door == .opening }) { shut("the database does not answer") }
        }
    }

    /// Seconds that questions wait for the first attempt to join.
    private static let firstPatience = 3.5

    /// Leaves the team, as far as it goes without waiting.
    public func close() {
        let jobs = desk.withLock { desk in
            desk.door = .closed
            defer { desk.jobs = [] }
            return desk.jobs
        }
        turnAway(jobs, within: 0)
        ring()
    }

    /// How many answers were taken from others, and how many were fetched for all.
    public var tally: (taken: Int, fetched: Int) {
        (counts.taken.load(ordering: .relaxed), counts.fetched.load(ordering: .relaxed))
    }

    /// The salt of the team; nil while it was never joined.
    ///
    /// Waits for the first attempt, which ends soon.
    func salt() async -> [UInt8]? {
        await withCheckedContinuation { continuation in
            let waits = desk.withLock { desk in
                guard desk.door == .opening else { return false }
                desk.jobs.append(.ready(continuation))
                return true
            }
            if !waits { continuation.resume() }
        }
        return knownSalt.withLock { $0 }
    }

    // MARK: Asking

    /// Waits for what the store says, while it is worth it.
    func find(_ question: TeamQuestion) async -> TeamReply {
        let number = desk.withLock { desk in
            desk.number += 1
            return desk.number
        }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let (isTaken, wasJoined) = desk.withLock { desk in
                    guard desk.door == .open || desk.door == .opening else { return (false, desk.wasJoined) }
                    desk.jobs.append(.find(number, question, continuation))
                    return (true, desk.wasJoined)
                }
                if isTaken {
                    // Who was cancelled before is not told again.
                    if Task.isCancelled { post(.leave(number)) } else { ring() }
                } else {
                    continuation.resume(
                        returning: .alone(within: wasJoined ? Self.spread(question) : 0, keeps: false))
                }
            }
        } onCancel: {
            post(.leave(number))
        }
    }

    /// Seconds over which a team spreads what each of it reads by itself, so that a server is not asked by all at once.
    static func spread(_ question: TeamQuestion) -> Double { min(15, question.interval / 2) }

    /// The same where they had waited for somebody already.
    static func briefSpread(_ question: TeamQuestion) -> Double { min(5, question.interval / 4) }

    /// Has the thread do something, unless nobody is joined.
    func post(_ job: Job) {
        desk.withLock { desk in
            if desk.door == .open || desk.door == .opening { desk.jobs.append(job) }
        }
        ring()
    }

    private func ring() { if bell >= 0 { clinux_bell_ring(bell) } }

    /// Tells those who ask to read by themselves.
    func turnAway(_ jobs: [Job], within seconds: Double?) {
        for job in jobs {
            switch job {
            case .find(_, let question, let continuation):
                continuation.resume(
                    returning: .alone(within: seconds ?? Self.spread(question), keeps: false))
            case .ready(let continuation): continuation.resume()
            case .leave, .keep, .release: break
            }
        }
    }

    /// How many questions wait for what another process fetches.
    var waiting: Int { desk.withLock { $0.waiting } }

    // MARK: For the thread

    /// The team is joined.
    func open(salt: [UInt8], shares: Bool) {
        // Slow on purpose: not on a thread that others wait for.
        for account in accounts { _ = account.identity(salt) }
        knownSalt.withLock { $0 = salt }
        let isOpen = desk.withLock { desk in
            guard desk.door != .closed else { return false }
            desk.door = .open
            desk.wasJoined = true
            return true
        }
        // Those who waited for it are to be answered before anything else is waited for.
        ring()
        if isOpen { report(.state(.joined(shares: shares))) }
    }

    /// The team is lost, or was never found.
    func shut(_ words: String) {
        let (jobs, isNews, wasJoined) = desk.withLock { desk in
            let isNews = desk.door == .open || desk.door == .opening
            if desk.door != .closed { desk.door = .shut }
            defer { desk.jobs = [] }
            return (desk.jobs, isNews, desk.wasJoined)
        }
        turnAway(jobs, within: wasJoined ? nil : 0)
        if isNews { report(.state(.alone(words))) }
    }

    /// Notes that a list is made from a request.
    func note(_ key: RequestKey, for list: String, of backend: Int) {
        interests.withLock { _ = $0[key.text, default: []].insert(Interest(backend: backend, list: list)) }
    }

    /// Another process has stored the first answer of a list.
    func renewed(_ key: String, _ list: String) {
        for interest in interests.withLock({ $0[key] ?? [] }) where interest.list == list {
            report(.renewed(backend: interest.backend, list: list))
        }
    }
}

/// A thread for work that waits for the database: tasks share as many threads as there are cores, and one that waits
/// there would keep an answer of a server waiting.
enum TeamThread {
    private final class Work: Sendable {
        let body: @Sendable () -> Void
        init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }

    /// Does some work on a thread that ends with it; false where the system has no thread left.
    static func start(_ body: @escaping @Sendable () -> Void) -> Bool {
        let context = Unmanaged.passRetained(Work(body))
        var thread = pthread_t()
        let failure = pthread_create(
            &thread, nil,
            { context in
                if let context { Unmanaged<Work>.fromOpaque(context).takeRetainedValue().body() }
                return nil
            }, context.toOpaque())
        guard failure == 0 else {
            context.release()
            return false
        }
        pthread_detach(thread)
        return true
    }
}
