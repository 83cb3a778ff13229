import AdapterKit
import Domain
import HTTP
import Simulator
import Testing

@testable import LibreNMSAdapter

@Suite("LibreNMS over HTTP: acknowledging and unmuting")
struct LiveCommandTests {
    private func alerts(_ live: LiveLibreNMS, in state: AlertState) async throws -> [EntityRef] {
        let table = try await live.table(.alert)
        return table.refs.indices.filter { table.text($0, .state) == state.rawValue }.map { table.refs[$0] }
    }

    private func word(_ live: LiveLibreNMS, _ alert: EntityRef, _ field: FieldKey) async throws -> String? {
        let table = try await live.table(.alert)
        return table.row(of: alert).map { table.text($0, field) }
    }

    @Test("acknowledge and unmute are sent once each and verified", arguments: LiveLibreNMS.releases)
    func thereAndBack(release: LibreNMSRelease) async throws {
        try await withLiveServer(release) { live in
            let alert = try #require(try await alerts(live, in: .open).first)
            let plan = try await live.server.prepare(
                Command(
                    .acknowledge, [alert], [.note: .text("fibre team is on it"), .untilClear: .flag(true)]))
            let outcomes = await live.perform(plan)
            #expect(outcomes.map(\.state) == [.verified])
            #expect(try await word(live, alert, .state) == "acknowledged")
            if release == .modern {
                #expect(outcomes.first?.words.hasSuffix("fibre team is on it)") == true)
                #expect(try await word(live, alert, .note)?.hasSuffix("fibre team is on it") == true)
            }
            let back = await live.perform(try await live.server.prepare(Command(.unmute, [alert])))
            #expect(back.map(\.state) == [.verified])
            #expect(try await word(live, alert, .state) == "open")
            #expect(
                live.commands == [
                    "PUT /api/v0/alerts/\(alert.id)", "PUT /api/v0/alerts/unmute/\(alert.id)",
                ])
        }
    }

    @Test(
        "what somebody else acknowledged meanwhile is left out, and nothing is sent for it",
        arguments: LiveLibreNMS.releases)
    func faster(release: LibreNMSRelease) async throws {
        try await withLiveServer(release) { live in
            let open = try await alerts(live, in: .open)
            let first = Array(open.prefix(3))
            #expect(first.count == 3)
            _ = await live.perform(try await live.server.prepare(Command(.acknowledge, [first[0]])))
            let plan = try await live.server.prepare(Command(.acknowledge, first))
            #expect(plan.steps.map(\.entity) == Array(first.dropFirst()))
            #expect(plan.excluded.map(\.entity) == [first[0]])
            #expect(await live.perform(plan).map(\.state) == [.verified, .verified])
            #expect(live.commands.count == 3)
        }
    }

    @Test(
        "a plan that is sent for an alert that vanished ends in the truth", arguments: LiveLibreNMS.releases)
    func vanished(release: LibreNMSRelease) async throws {
        try await withLiveServer(release) { live in
            let nobody = EntityRef(BackendID(0), .alert, id: "987654321")
            var plan = Plan(Command(.acknowledge, [nobody]), steps: [], summary: [], tier: .harmless)
            plan.steps = [
                Plan.Step(
                    nobody, name: "x", state: "open",
                    request: CommandStep(.put, Path.alert, ["id": nobody.id]))
            ]
            let outcomes = await live.perform(plan)
            #expect(outcomes.map(\.state) == [.failed])
            #expect(outcomes.first?.words.contains("gone") == true)
        }
    }

    @Test("a token without the right fails with what to do, and the alert stays open")
    func reader() async throws {
        try await withLiveServer(.modern, token: LiveLibreNMS.tokens.readOnly) { live in
            let alert = try #require(try await alerts(live, in: .open).first)
            let outcomes = await live.perform(try await live.server.prepare(Command(.acknowledge, [alert])))
            #expect(outcomes.map(\.state) == [.failed])
            #expect(outcomes.first?.words.contains("administrator") == true)
            #expect(try await word(live, alert, .state) == "open")
        }
    }

    @Test("an answer that never comes is judged by reading", arguments: LiveLibreNMS.releases)
    func hanging(release: LibreNMSRelease) async throws {
        try await withLiveServer(release) { live in
            let alert = try #require(try await alerts(live, in: .open).first)
            let plan = try await live.server.prepare(Command(.acknowledge, [alert]))
            live.simulator.setFaults([Fault(.hang, at: "/api/v0/alerts/\(alert.id)")])
            let outcomes = await live.perform(plan, impatient: true)
            #expect(outcomes.map(\.state) == [.unknown])
            #expect(outcomes.first?.words.contains("still open") == true)
            // Under load the moment may be over before the command leaves; it never leaves twice.
            #expect(live.commands.count <= 1)
        }
    }

    @Test("an old server moves an alert's time on acknowledge; the age stays and says so")
    func age() async throws {
        try await withLiveServer(.release2016) { live in
            let alert = try #require(try await alerts(live, in: .open).first)
            let table = try await live.table(.alert)
            let before = table.integer(try #require(table.row(of: alert)), .since)
            live.simulator.world.advance(by: 20)
            let outcomes = await live.perform(try await live.server.prepare(Command(.acknowledge, [alert])))
            #expect(outcomes.map(\.state) == [.verified])
            let after = try await live.table(.alert)
            let row = try #require(after.row(of: alert))
            #expect(after.integer(row, .since) == before)
            #expect(after.text(row, .sinceFrom) == "before ack")
        }
    }
}
