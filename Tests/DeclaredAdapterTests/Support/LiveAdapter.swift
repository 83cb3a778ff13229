import AdapterKit
import AdapterContract
import CurlTransport
import DeclaredAdapter
import Domain
import Foundation
import HTTP
import RealServer

/// An adapter that speaks with a real server by libcurl.
struct LiveAdapter {
    let adapter: any Adapter
    private let backend: CurlBackend
    private let network: CurlNetwork

    init(_ name: String, _ endpoint: Endpoint, user: String? = nil, secret: String = "") throws {
        let description = try shipped(name)
        let descriptor = Declared.descriptor(description)
        network = try CurlNetwork(version: "test")
        backend = network.backend(name, at: endpoint)
        let settings = BackendSettings(
            id: BackendID(3), name: name, endpoint: endpoint, user: user, secret: Secret(secret),
            now: { Timestamp(Int64(Date().timeIntervalSince1970)) })
        adapter = descriptor.make(settings, backend.reader(declaring: descriptor.reads))
    }

    /// Makes a plan, sends it, and asks what became of it.
    func perform(_ kind: CommandKind, _ target: EntityRef, _ arguments: [FieldKey: Value] = [:]) async throws
        -> Outcome?
    {
        let plan = try await adapter.prepare(Command(kind, [target], arguments))
        let commander = backend.commander { [adapter] () async throws(TransportError) in
            (try? await adapter.credentials()) ?? []
        }
        let answers = await plan.send(by: commander)
        return await adapter.verify(plan, answers: answers).first
    }

    /// Looks until something is so of the rows of a kind: a server takes a moment to start.
    func until(_ kind: ResourceKind, _ isMet: (Table) -> Bool) async throws -> Table {
        var last: (any Error)?
        for _ in 0..<600 {
            do {
                let (table, completeness) = try await adapter.rows(kind)
                if isMet(table), completeness == .complete { return table }
                last = Unusable(complaints: ["\(table.count) rows, \(completeness)"])
            } catch { last = error }
            try await BackendSettings.sleep(0.1)
        }
        throw last ?? Unusable(complaints: ["nothing"])
    }

    func stop() async { await network.stop() }
}

extension RealServer {
    /// Runs the built program.
    func nocturne(_ words: String...) throws -> (status: Int32, output: String, error: String) {
        try nocturne(words)
    }

    func nocturne(_ words: [String]) throws -> (status: Int32, output: String, error: String) {
        let program = URL(filePath: CommandLine.arguments[0]).resolvingSymlinksInPath()
            .deletingLastPathComponent().appending(path: "nocturne").path
        return try run([program] + words)
    }
}
