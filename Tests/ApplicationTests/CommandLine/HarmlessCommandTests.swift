import AdapterKit
import Audit
import Dashboard
import Domain
import Foundation
import RawServer
import Testing

@testable import KrillAdapter
@testable import Simulator
@testable import nocturne

@Suite("A harmless command, from the command line", .timeLimit(.minutes(15)))
struct HarmlessCommandTests {
    private func withProvider(
        adjust: (inout [BackendPlan]) -> Void = { _ in }, _ story: (Line, Provider) async throws -> Void
    ) async throws {
        let provider = Provider()
        try await provider.start()
        var plans = provider.plans
        adjust(&plans)
        let result: Result<Void, any Error>
        do {
            try await withLine(plans, at: Timestamp(Int64(provider.world.now))) { line in
                try await story(line, provider)
            }
            result = .success(())
        } catch { result = .failure(error) }
        await provider.stop()
        try result.get()
    }

    /// The alerts of all backends, as `get` has them.
    private func alerts(_ line: Line, _ backend: Int) async -> [(entity: EntityRef, rule: String)] {
        let harvest = await FetchedRows.gather("alerts", from: line.network, timeout: 60)
        #expect(harvest.failures == [])
        return harvest.tables.filter { Int($0.backend.index) == backend }.flatMap { table in
            table.refs.indices.filter { table.text($0, .state) == "open" }.map {
                (table.refs[$0], table.name($0))
            }
        }
    }

    @Test("needs --yes, and goes once with the note, read back")
    func acknowledge() async throws {
        try await withProvider(adjust: { $0.removeLast() }) { line, provider in
            let alert = try #require(await alerts(line, 0).first?.entity)
            let words = [alert.id, "--note", "on it", "--until-clear"]
            let refused = await line.run(.acknowledge, words)
            #expect(refused.code == .refused && refused.complaint.contains("--yes"), "\(refused.text)")
            #expect(provider.commands.isEmpty)
            let ending = await line.run(.acknowledge, words, yes: true)
            #expect(ending.code == .fine && ending.output.contains("(verified)"), "\(ending.text)")
            #expect(provider.commands == ["PUT /api/v0/alerts/\(alert.id)"])
            let kept = try #require(provider.alert(alert, on: provider.core))
            #expect(kept.state == .acknowledged)
            #expect(line.record.contains("on it") && line.record.contains("\"until_clear\":true"))
            let second = await line.run(.acknowledge, words, yes: true)
            #expect(second.code == .fine && second.output.contains("(skipped)"), "\(second.text)")
            #expect(provider.commands.count == 1)
        }
    }

    @Test("does not take an id without a backend, nor a name that several have: it lists the candidates")
    func ambiguous() async throws {
        try await withProvider { line, provider in
            let both = await alerts(line, 0) + alerts(line, 1)
            let byID = await line.run(.acknowledge, [both[0].entity.id], yes: true)
            #expect(byID.code == .usage, "\(byID.text)")
            #expect(byID.complaint.contains("--backend core alert/\(both[0].entity.id) "))
            let names = Dictionary(grouping: both, by: \.rule)
            let shared = try #require(names.first { $0.value.count > 1 })
            let byName = await line.run(.acknowledge, [shared.key], yes: true)
            #expect(byName.code == .usage, "\(byName.text)")
            for alert in shared.value.prefix(1) {
                let backend = ["core", "edge"][Int(alert.entity.backend.index)]
                #expect(byName.complaint.contains("--backend \(backend) "))
            }
            #expect(provider.commands.isEmpty)
        }
    }

    @Test("takes a kind and an id, and where two kinds have an id, lists what tells them apart")
    func kindAndID() async throws {
        let lines = SimulatedServer(
            api: .krill(.v2), world: World(scale: 600, withOddities: false), tokens: Provider.tokens)
        try await lines.start()
        var plan = BackendPlan("access", at: lines.url ?? "", Krill.descriptor)
        plan.user = KrillAccount.administrator.user
        let result: Result<Void, any Error>
        do {
            try await withLine([plan], at: Timestamp(Int64(lines.world.now))) { line in
                let harvest = await FetchedRows.gather("alerts", from: line.network, timeout: 60)
                let devices = await FetchedRows.gather("device", from: line.network, timeout: 60)
                let hosts = Set(devices.tables.flatMap { $0.refs.map(\.id) })
                let shared = try #require(
                    harvest.tables.flatMap(\.refs).first { hosts.contains($0.id) }, "no alert of a device")
                let ambiguous = await line.run(.recheck, [shared.id], dryRun: true)
                #expect(ambiguous.code == .usage, "\(ambiguous.text)")
                for kind in ["alert", "device"] {
                    #expect(ambiguous.complaint.contains("--backend access \(kind)/\(shared.id) "))
                    let named = await line.run(.recheck, ["\(kind)/\(shared.id)"], dryRun: true)
                    #expect(
                        named.code == .fine && named.output.contains("(\(kind) \(shared.id))"),
                        "\(named.text)")
                }
                #expect(lines.acts.isEmpty)
            }
            result = .success(())
        } catch { result = .failure(error) }
        await lines.stop()
        try result.get()
    }

    @Test("takes a kind and an id without a backend where only one has it, and none where one can't say")
    func kindAndIDAnywhere() async throws {
        try await withProvider { line, provider in
            let core = Set(await alerts(line, 0).map(\.entity.id))
            let edge = Set(await alerts(line, 1).map(\.entity.id))
            let own = try #require(core.subtracting(edge).first)
            let ending = await line.run(.acknowledge, ["alert/\(own)"], dryRun: true)
            #expect(ending.code == .fine && ending.output.contains("core: "), "\(ending.text)")
            #expect(await line.run(.acknowledge, ["port/\(own)"], dryRun: true).code == .usage)
        }
        try await withProvider(adjust: { $0[1] = BackendPlan("edge", at: "http://127.0.0.1:1") }) { line, _ in
            let ending = await line.run(.acknowledge, ["alert/1"], dryRun: true)
            #expect(ending.code == .backendFailed, "\(ending.text)")
        }
    }

    @Test("asks for the name where the backend is guarded")
    func guarded() async throws {
        try await withProvider(adjust: {
            $0.removeLast()
            $0[0].mode = .guarded
        }) { line, provider in
            let alert = try #require(await alerts(line, 0).first)
            let refused = await line.run(.acknowledge, [alert.entity.id], yes: true)
            #expect(refused.code == .refused && refused.complaint.contains("--confirm"), "\(refused.text)")
            #expect(provider.commands.isEmpty)
            let prefix = "--confirm "
            let line2 = try #require(refused.complaint.split(separator: "\n").last)
            let name = try #require(line2.range(of: prefix).map { String(line2[$0.upperBound...]) })
            let ending = await line.run(
                .acknowledge, [alert.entity.id], confirm: [name.replacing("'", with: "")])
            #expect(ending.code == .fine, "\(ending.text)")
            #expect(provider.commands.count == 1)
        }
    }

    @Test("needs every backend that may have the name, unless one is chosen")
    func silentBackend() async throws {
        try await withProvider(adjust: { $0[1] = BackendPlan("edge", at: "http://127.0.0.1:1") }) {
            line, provider in
            let ending = await line.run(.acknowledge, ["Devices up/down"], yes: true)
            #expect(ending.code == .backendFailed, "\(ending.text)")
            #expect(ending.complaint.contains("edge") && ending.complaint.contains("nothing was sent"))
            #expect(provider.commands.isEmpty)
        }
    }

    @Test("exits 4 when its answer never came, and is not sent again", arguments: [true, false])
    func lost(happened: Bool) async throws {
        let server = try FragileServer(takesCommands: happened)
        try await withLine(
            [BackendPlan("core", at: server.raw.url)], at: Timestamp(Int64(server.world.now))
        ) { line in
            let alert = try #require(await alerts(line, 0).first?.entity)
            let ending = await line.run(.acknowledge, [alert.id], yes: true, format: .json)
            #expect(ending.code == .outcomeUnknown, "\(ending.text)")
            #expect(ending.rows.first?["outcome"] as? String == "unknown")
            #expect(ending.complaint.contains("not sent again"))
            #expect(server.commands == ["PUT /api/v0/alerts/\(alert.id)"])
            #expect(try line.audit.entries().first?.isUnknown == true)
        }
    }
}
