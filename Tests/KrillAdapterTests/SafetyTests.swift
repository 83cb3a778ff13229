import AdapterKit
import CurlTransport
import Domain
import HTTP
import JSON
import Simulator
import Testing

@testable import KrillAdapter

@Suite("Krill: what acts by GET, and what must not be seen")
struct SafetyTests {
    @Test("no path that acts is declared as a read, and the transport refuses to read any of them")
    func gate() async throws {
        let declared = Krill.descriptor.reads
        for template in Acting.gets {
            #expect(!declared.contains { $0.template == template }, "\(template)")
        }
        #expect(
            Set(declared.filter { $0.method == .post }.map(\.template)) == [
                Path.login, Path.refresh, Path.datasets, "/v2/rubik/subaddresses/", "/v2/rubik/products/",
                "/v2/rubik/verify/",
            ])
        #expect(!declared.contains { [.put, .patch, .delete].contains($0.method) })
        try await withLiveKrill { live in
            for template in Acting.gets + [
                Acting.acknowledge, Acting.recheck, Acting.downtime, Acting.enableONU,
            ] {
                do throws(TransportError) {
                    _ = try await live.transport.read(
                        ReadRequest(template, ["id": "1", "name": "met00001"]))
                    Issue.record("\(template) was read")
                } catch {
                    guard case .refused = error else {
                        Issue.record("\(template): \(error)")
                        continue
                    }
                }
            }
            #expect(live.simulator.arrivals().isEmpty)
        }
    }

    @Test(
        "a viewer looks at everything, and nothing that acts arrives at the server",
        arguments: [KrillAccount.viewer, .administrator])
    func looking(account: KrillAccount) async throws {
        try await withLiveKrill(user: account) { live in
            _ = try await live.server.check()
            for resource in live.server.resources {
                let table = try await live.table(resource.kind)
                for entity in table.refs.prefix(3) {
                    _ = try await live.server.detail(of: entity)
                    if live.server.liveKinds[resource.kind] != nil {
                        _ = try await live.server.live(entity) { _ in }
                    }
                }
            }
            for command in live.server.commands where !command.creates {
                guard let kind = command.targets.sorted(by: { $0.rawValue < $1.rawValue }).first,
                    let target = try await live.table(kind).refs.first
                else { continue }
                _ = try? await live.server.prepare(
                    Command(command.kind, [target], ["duration": .text("2 h")]))
            }
            #expect(live.commands == [])
        }
    }

    @Test("a sealed gate lets no action out, not even a GET")
    func sealed() async throws {
        try await withLiveKrill { live in
            let table = try await live.table(.cpe)
            let plan = try await live.server.prepare(Command(.rebootCPE, [try #require(table.refs.first)]))
            #expect(plan.steps.count == 1)
            live.backend.gate.seal(because: "read-only")
            let outcomes = await live.perform(plan)
            #expect(outcomes.map(\.state) == [.failed])
            #expect(live.commands == [])
        }
    }

    @Test("a viewer is offered no action of a CPE, and what he sends all the same is refused")
    func viewer() async throws {
        try await withLiveKrill(user: .viewer) { live in
            _ = try await live.server.check()
            #expect(!live.server.commands.contains { $0.kind == .acknowledge })
            let table = try await live.table(.cpe)
            let plan = try await live.server.prepare(Command(.rebootCPE, [try #require(table.refs.first)]))
            #expect(plan.steps.isEmpty && plan.excluded.count == 1)
        }
    }

    @Test("passwords are in no row, detail, form, plan, undo or outcome")
    func secrets() async throws {
        try await withLiveKrill { live in
            var seen: [String] = []
            _ = try await live.server.check()
            for resource in live.server.resources {
                let table = try await live.table(resource.kind)
                for row in 0..<table.count {
                    seen += table.resource.fields.indices.map { table.text(row, $0) }
                }
                for entity in table.refs.prefix(5) {
                    seen.append("\(try await live.server.detail(of: entity))")
                    if live.server.liveKinds[resource.kind] != nil {
                        seen.append("\(try await live.server.live(entity) { _ in })")
                    }
                }
            }
            let cpe = try #require(try await live.table(.cpe).refs.first)
            let pots = try #require(try await live.table(.pots).refs.first)
            for command in [
                Command("edit-cpe", [cpe], ["wifi_password": .text("s3cret-typed"), "notes": .text("n")]),
                Command(
                    "edit-pots", [pots],
                    [
                        "password": .text("s3cret-typed"), "voicemail_password": .text("s3cret-typed"),
                        "label": .text("l"),
                    ]),
            ] {
                seen.append("\(try await live.server.opening(command))")
                let plan = try await live.server.prepare(command)
                let preview = plan.preview(at: live.settings.endpoint)
                #expect(preview.requests.first?.body?.contains("•••") == true)
                seen.append(
                    "\(preview.summary) \(preview.warnings) \(preview.targets) \(preview.requests) \(preview.changes)"
                )
                seen.append("\(String(describing: plan.undo))")
                let outcomes = await live.perform(plan)
                #expect(outcomes.map(\.state) == [.verified], "\(outcomes)")
                seen.append("\(outcomes)")
            }
            seen.append("\(live.server.withMemory { $0 })")
            #expect(!seen.contains { $0.contains("s3cret") })
            #expect(!seen.contains { $0.contains(LiveKrill.tokens.admin) })
        }
    }
}
