import Domain
import Foundation
import RealServer
import Synchronization
import Testing

@testable import History
@testable import Team
@testable import TeamHistory

/// With a PostgreSQL that is killed, stopped and starved: one after another.
@Suite(
    "A team's history that can't be used", .serialized,
    .enabled(if: Postgres.programs != nil, "PostgreSQL is not installed"))
struct TeamHistoryFaultTests {
    private let database: TeamDatabase
    private let postgres: Postgres

    init() throws {
        database = try TeamDatabase(isShaken: true)
        postgres = try #require(database.postgres)
    }

    private func store(now: (@Sendable () -> Timestamp)? = nil) -> PostgresHistory {
        PostgresHistory(
            TeamSettings(url: database.url()),
            sources: [
                TeamHistorySource(
                    backend: "core", server: "test core", account: TeamAccount(user: "w", token: nil))
            ],
            name: "op@host", retention: .init(), now: now)
    }

    private func error(_ work: () throws -> Void) -> HistoryError? {
        do {
            try work()
            return nil
        } catch { return error as? HistoryError }
    }

    /// Kills the server; what serves a connection follows in a moment.
    private func kill(_ store: PostgresHistory) {
        postgres.kill()
        while error({ _ = try store.last([]) }) == nil {}
    }

    private func seconds(_ work: () throws -> Void) rethrows -> Double {
        let began = ContinuousClock.now
        try work()
        let took = (ContinuousClock.now - began).components
        return Double(took.seconds) + Double(took.attoseconds) / 1e18
    }

    @Test(
        "a database that is killed is said to be away in words, at once, and what changed meanwhile is told after it is back"
    )
    func killed() throws {
        let store = store()
        let man = Watchman(store)
        try man.read(Lists.devices([1: "up"]))
        try man.read(Lists.devices([1: "down"]))
        kill(store)
        let words = "the team's history can't be reached: what comes and goes meanwhile is not recorded"
        for state in ["up", "down", "up"] {
            var failure: HistoryError?
            let took = seconds { failure = error { try man.read(Lists.devices([1: state])) } }
            #expect(failure?.words == words && failure?.kind == .unavailable)
            #expect(took < 2.5)
        }
        #expect(store.news().isEmpty)
        #expect(error { _ = try store.recall(HistoryQuery(since: Timestamp(0))) }?.words == words)
        try postgres.start()
        store.close()
        // What came and went is not made up: only that it is otherwise than it was recorded last.
        #expect(try man.read(Lists.devices([1: "up"])).map(\.short) == ["edge1 down>up"])
        #expect(try man.read(Lists.devices([1: "up"])).isEmpty)
        let all = try store.recall(HistoryQuery(since: Timestamp(0))).changes
        #expect(all.map(\.short) == ["edge1 up>down", "edge1 down>up"])
    }

    @Test("it comes back by itself, within the time that is waited between two attempts")
    func back() throws {
        let store = store()
        let man = Watchman(store)
        try man.read(Lists.devices([1: "up"]))
        kill(store)
        #expect(error { try man.read(Lists.devices([1: "down"])) } != nil)
        try postgres.start()
        let began = ContinuousClock.now
        var told: [StateChange]?
        while told == nil, ContinuousClock.now - began < .seconds(20) {
            told = try? man.read(Lists.devices([1: "down"]))
        }
        #expect(told?.map(\.short) == ["edge1 up>down"])
    }

    @Test("a database that hangs holds no call for longer than two seconds and a half")
    func hung() throws {
        let store = store()
        let man = Watchman(store)
        try man.read(Lists.devices([1: "up"]))
        try postgres.hang("noc", true)
        let took = seconds {
            let failure = error { try man.read(Lists.devices([1: "down"])) }
            #expect(failure?.kind == .unavailable && failure?.words.contains("answers too slowly") == true)
        }
        #expect(took < 2.5 && took > 1.5)
        let again = seconds { #expect(error { try man.read(Lists.devices([1: "down"])) } != nil) }
        #expect(again < 2.5)
        try postgres.hang("noc", false)
        store.close()
        #expect(try man.read(Lists.devices([1: "down"])).map(\.short) == ["edge1 up>down"])
        #expect(try database.sql("SELECT count(*) FROM nocturne.history_changes") == "1\n")
    }

    @Test("while another process holds a list, others give up in time, and record it later")
    func busy() throws {
        let (one, other) = (store(), store())
        let man = Watchman(one)
        try man.read(Lists.devices([1: "up"]))
        _ = try one.writing { (session) throws(HistoryError) in
            try session.lock(session.lockName(HistoryList(backend: "core", kind: .device), "changes"))
            var failure: HistoryError?
            let took = seconds {
                failure = error {
                    let late = Watchman(other)
                    try late.read(Lists.devices([1: "up"]))
                }
            }
            #expect(failure?.kind == .busy && took < 2.5)
        }
        #expect(try man.read(Lists.devices([1: "down"])).count == 1)
    }

    @Test("a read-only database is said to be that, is still read, and is written again when it can be")
    func readOnly() throws {
        let store = store()
        let man = Watchman(store)
        try man.read(Lists.devices([1: "up"]))
        try man.read(Lists.devices([1: "down"]))
        try database.sql("ALTER ROLE noc SET default_transaction_read_only = on")
        store.close()
        let failure = error { try man.read(Lists.devices([1: "up"])) }
        #expect(failure?.kind == .readOnly && failure?.words.contains("read-only") == true)
        store.close()
        #expect(try store.recall(HistoryQuery(since: Timestamp(0))).changes.count == 1)
        try database.sql("ALTER ROLE noc RESET default_transaction_read_only")
        store.close()
        #expect(try man.read(Lists.devices([1: "up"])).map(\.short) == ["edge1 down>up"])
    }

    @Test("a full disk, and tables that are missing, are said in words that tell what to do")
    func words() throws {
        #expect(HistoryError(TeamError.answer("53100", "ERROR:  could not extend file")).kind == .full)
        #expect(HistoryError(TeamError.answer("53300", "FATAL:  too many connections")).kind == .unavailable)
        try database.sql("ALTER SCHEMA nocturne RENAME TO elsewhere")
        defer { _ = try? database.sql("ALTER SCHEMA elsewhere RENAME TO nocturne") }
        #expect(error { _ = try store().last([]) }?.words.contains("nocturne team init") == true)
    }

    @Test("a clock that is far from the database's records nothing, and says by how much")
    func clock() throws {
        let store = store { Timestamp(Int64(time(nil)) + 4_000) }
        let failure = error { try Watchman(store).read(Lists.devices([1: "up"])) }
        #expect(failure?.words.contains("ahead of the team's database: set it") == true)
        #expect(try store.recall(HistoryQuery(since: Timestamp(0))).changes.isEmpty)
    }

    @Test("a clock that is set meanwhile, right or wrong, counts from the next write on")
    func clockIsSet() throws {
        let ahead = Mutex<Int64>(4_000)
        let store = store { Timestamp(Int64(time(nil)) + ahead.withLock { $0 }) }
        let man = Watchman(store)
        #expect(error { try man.read(Lists.devices([1: "up"])) } != nil)
        ahead.withLock { $0 = 0 }
        try man.read(Lists.devices([1: "up"]))
        #expect(try man.read(Lists.devices([1: "down"])).count == 1)
        ahead.withLock { $0 = -4_000 }
        let failure = error { try man.read(Lists.devices([1: "up"])) }
        #expect(failure?.words.contains("behind the team's database: set it") == true)
        #expect(try database.sql("SELECT count(*) FROM nocturne.history_changes") == "1\n")
    }

    @Test("what one screen saw of a server while it could not reach the team is not recorded for all")
    func lostMeanwhile() throws {
        let store = store { Timestamp(Int64(time(nil))) }
        func lost(_ seen: Int64) -> StateChange {
            StateChange(
                EntityName(backend: "core", kind: "backend", id: "core"), name: "core", before: "up",
                after: "lost",
                seenAt: Timestamp(seen))
        }
        _ = try store.last([])
        kill(store)
        #expect(error { _ = try store.record([lost(Int64(time(nil)))]) } != nil)
        try postgres.start()
        store.close()
        #expect(try store.record([lost(Int64(time(nil)) - 100)]).isEmpty)
        #expect(try store.record([lost(Int64(time(nil)) + 1)]).count == 1)
    }

    @Test("a process that is killed while it records leaves all of a reading or nothing")
    func killedWriter() throws {
        let store = store()
        var most: Int64 = 0
        for _ in 0..<12 {
            try Writer.run(database.url())
            let count = try store.facts().changes
            // Three changes at a time are there, or none of the three.
            #expect(count % 3 == 0 && count >= most)
            most = count
        }
        #expect(most > 20)
        let all = try store.recall(HistoryQuery(since: Timestamp(0), limit: 1_000_000)).changes
        for (number, change) in all.enumerated() { #expect(change.after == "state \(number)") }
        let sums = try database.sql(
            """
            SELECT (SELECT value FROM nocturne.history_facts WHERE name = 'sample_bytes')
                = (SELECT coalesce(sum(octet_length(codes)), 0) FROM nocturne.history_sheets)
                + (SELECT coalesce(sum(octet_length(codes)), 0) FROM nocturne.history_blocks)
                + (SELECT coalesce(sum(octet_length(times)), 0) FROM nocturne.history_bundles)
            """)
        #expect(sums == "t\n")
    }
}

/// Another process that records without end, and is killed at some moment.
private enum Writer {
    static func run(_ url: String) throws {
        let process = Process()
        process.executableURL = Bundle.main.executableURL?.deletingLastPathComponent().appending(
            path: "HistoryWriter")
        process.arguments = [url]
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let output = pipe.fileHandleForReading
        var lines = Int.random(in: 1...8)
        while lines > 0 {
            let more = output.availableData
            if more.isEmpty { break }
            lines -= more.count(where: { $0 == 10 })
        }
        var wait = pollfd(fd: output.fileDescriptor, events: 0, revents: 0)
        poll(&wait, 1, Int32.random(in: 0...40))
        Foundation.kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }
}
