import AdapterKit
import Domain
import Foundation
import RealServer
import Synchronization
import Team

@testable import History
@testable import TeamHistory

/// A history of one of the stores behind the protocol, of a test's own: what holds for one must hold for all.
final class Shelf: Sendable {
    enum Kind: String, CaseIterable, Sendable { case sqlite, postgres }

    /// All that are installed here.
    static var all: [Kind] { Postgres.programs == nil ? [.sqlite] : Kind.allCases }

    let store: any HistoryStore
    private let archive: Archive?
    private let database: TeamDatabase?

    init(_ kind: Kind, days: Int = 14) throws {
        switch kind {
        case .sqlite:
            let archive = try Archive(retention: .init(days: days))
            (self.archive, database, store) = (archive, nil, archive.store)
        case .postgres:
            let database = try TeamDatabase()
            (archive, self.database, store) = (nil, database, database.store(days: days))
        }
    }

    /// A store of its own on the same history, as another process has it.
    func another() -> any HistoryStore {
        if let archive { return archive.another() }
        return database.map { $0.store() } ?? store
    }

    /// Everything that was recorded, the first first.
    func all() throws -> [StateChange] {
        try store.recall(HistoryQuery(since: Timestamp(0), limit: 100_000)).changes
    }

    /// What is wrong with what was measured, where the store can tell.
    func faults() throws -> [String] { try archive?.store.sampleFacts(isThorough: true).faults ?? [] }
}

/// A database with a team's tables on a PostgreSQL that all tests of this process share.
final class TeamDatabase: Sendable {
    private static let calm = SharedServer()
    /// One that is killed and stopped, by tests that run one after another.
    private static let shaken = SharedServer()
    private let server: SharedServer
    let name: String
    private let isAltered: Bool

    /// - Parameter isAltered: whether a test changes its tables: nobody else has it before or after.
    init(isShaken: Bool = false, isAltered: Bool = false) throws {
        server = isShaken ? Self.shaken : Self.calm
        self.isAltered = isAltered
        name = try server.make(isNew: isAltered)
    }

    deinit { if !isAltered { server.remove(name) } }

    /// The server itself.
    var postgres: Postgres? { server.postgres }

    /// The address of it as an account.
    func url(as account: String = "noc") -> String { server.url(name, account) }

    /// A store as a process has it whose clock is the test's.
    ///
    /// - Parameters:
    ///   - names: the servers by what this process calls them.
    func store(
        days: Int = 14, bytes: Int64 = 200_000_000, as account: String = "noc",
        named names: [String: String]? = nil,
        token: String? = nil, name: String = "op@host", use: PostgresHistory.Use = .records
    ) -> PostgresHistory {
        let who = TeamAccount(user: token == nil ? "watch" : nil, token: token.map { Secret($0) })
        let names = names ?? ["core": "core", "edge": "edge"]
        return PostgresHistory(
            TeamSettings(url: url(as: account)),
            sources: names.sorted { $0.key < $1.key }.map {
                TeamHistorySource(backend: $0.key, server: "test \($0.value)", account: who)
            }, name: name, retention: .init(days: days, bytes: bytes), use: use, patience: 30, now: nil)
    }

    /// Runs SQL in it as the owner, and gives what it prints.
    @discardableResult
    func sql(_ statement: String) throws -> String { try server.sql(statement, in: name) }

    /// Everything that is in it.
    func dump() throws -> String { try server.dump(name) }
}

/// The PostgreSQL of this process, which ends with it.
private final class SharedServer: Sendable {
    private let state = Mutex((server: Postgres?.none, count: 0, free: [String]()))

    func make(isNew: Bool) throws -> String {
        try state.withLock { state in
            let server = try state.server ?? start()
            state.server = server
            // Making a database takes far longer than emptying one.
            if !isNew, let name = state.free.popLast() {
                try server.sql("TRUNCATE \(Self.tables.joined(separator: ", ")) RESTART IDENTITY", in: name)
                try server.sql(
                    "UPDATE nocturne.history_facts SET value = 0 WHERE name = 'sample_bytes'", in: name)
                return name
            }
            state.count += 1
            let name = "test_\(state.count)"
            try server.sql("CREATE DATABASE \(name) TEMPLATE prepared")
            return name
        }
    }

    private static let tables = [
        "sources", "changes", "current", "lists", "spans", "looks", "keepers", "samplings", "sampled",
        "readings",
        "sheets", "bundles", "blocks",
    ].map { "nocturne.history_\($0)" }

    private func start() throws -> Postgres {
        let server = try Postgres()
        try server.sql("CREATE DATABASE prepared")
        let url = Self.url(of: server, "prepared", "postgres")
        _ = try TeamAdministration(TeamSettings(url: url)).migrate()
        try server.sql(
            "CREATE ROLE noc LOGIN IN ROLE nocturne_screens; CREATE ROLE wall LOGIN IN ROLE nocturne_wallboards"
        )
        Self.known.withLock { known in
            if known.isEmpty { atexit { SharedServer.endAll() } }
            known.append(self)
        }
        return server
    }

    private static let known = Mutex<[SharedServer]>([])

    private static func endAll() {
        for server in known.withLock({ $0 }) { server.state.withLock { $0.server = nil } }
    }

    var postgres: Postgres? { state.withLock(\.server) }

    func remove(_ name: String) {
        state.withLock { $0.free.append(name) }
    }

    func url(_ name: String, _ account: String) -> String {
        state.withLock { state in state.server.map { Self.url(of: $0, name, account) } ?? "" }
    }

    private static func url(of server: Postgres, _ name: String, _ account: String) -> String {
        "postgresql://\(account)@127.0.0.1:\(server.port)/\(name)"
    }

    func dump(_ name: String) throws -> String { try state.withLock(\.server)?.dump(of: name) ?? "" }

    func sql(_ statement: String, in name: String) throws -> String {
        try state.withLock(\.server)?.sql(statement, in: name) ?? ""
    }
}
