import AdapterKit
import Domain
import HTTP
import Simulator
import Testing

@testable import KrillAdapter

@Suite("Krill over HTTP: records")
struct LiveRecordTests {
    @Test(
        "CPEs and customers are made, changed and deleted by the server's own form, telephone lines changed")
    func records() async throws {
        try await withLiveKrill { live in
            _ = try await live.server.check()
            let customers = try await live.table(.customer)
            let customer = try #require(customers.refs.first)
            var made: [EntityRef] = []
            for (kind, arguments) in [
                (
                    ResourceKind.customer,
                    ["name": .text("Ana"), "realm": .text("met"), "external_id": .text("X-1")]
                        as [FieldKey: Value]
                ),
                (
                    .cpe,
                    [
                        "customer": .text(customer.id), "realm": .text("met"), "profile": .text("3"),
                        "external_id": .text("X-2"), "tech": .text("gpon"),
                        "wifi_password": .text("s3cret-new"),
                    ]
                ),
            ] {
                let add = CommandKind(rawValue: "add-\(kind)")
                let plan = try await live.server.prepare(
                    Command(add, [EntityRef.new(BackendID(0), kind)], arguments))
                let outcomes = await live.perform(plan)
                #expect(outcomes.map(\.state) == [.verified], "\(add): \(outcomes)")
                let id = try #require(outcomes[0].words.split(separator: " ").last)
                made.append(EntityRef(BackendID(0), kind, id: String(id)))
            }
            for target in made {
                let edit = Command(
                    CommandKind(rawValue: "edit-\(target.kind)"), [target], ["external_id": .text("X-9")])
                let plan = try await live.server.prepare(edit)
                #expect(plan.changes.map(\.new) == ["X-9"])
                #expect(await live.perform(plan).map(\.state) == [.verified])
                #expect(try await live.server.prepare(edit).steps.isEmpty)
                let undo = try #require(plan.undo)
                #expect(await live.perform(try await live.server.prepare(undo)).map(\.state) == [.verified])
                let delete = Command(CommandKind(rawValue: "delete-\(target.kind)"), [target])
                let gone = try await live.server.prepare(delete)
                #expect(gone.tier == .hurts)
                #expect(await live.perform(gone).map(\.state) == [.verified])
                #expect(try await live.server.prepare(delete).steps.isEmpty)
            }
            let pots = try #require(try await live.table(.pots).refs.first)
            let opening = try await live.server.opening(Command("edit-pots", [pots]))
            #expect(opening["cli"] != nil && opening["password"] == nil)
            let plan = try await live.server.prepare(
                Command("edit-pots", [pots], ["label": .text("office"), "password": .text("s3cret-new")]))
            #expect(await live.perform(plan).map(\.state) == [.verified])
        }
    }

    @Test("an edit that takes a line's right away hurts a customer; one that gives it back does not")
    func access() async throws {
        try await withLiveKrill { live in
            _ = try await live.server.check()
            let cpes = try await live.table(.cpe)
            let row = try #require(
                (0..<cpes.count).first { cpes.value($0, "access") == .flag(true) })
            let target = cpes.refs[row]
            let off = try await live.server.prepare(Command("edit-cpe", [target], ["access": .flag(false)]))
            #expect(off.tier == .hurts && off.warnings.contains { $0.contains("cut off") })
            #expect(await live.perform(off).map(\.state) == [.verified])
            let on = try await live.server.prepare(Command("edit-cpe", [target], ["access": .flag(true)]))
            #expect(on.tier == .touchesService && on.steps.count == 1)
        }
    }

    @Test("a record that changed since its form was opened is not written")
    func conflict() async throws {
        try await withLiveKrill { live in
            let target = try #require(try await live.table(.cpe).refs.first)
            let edit = Command(
                "edit-cpe", [target], ["notes": .text("x"), .seenUpdated: .text("2001-01-01T00:00:00Z")])
            do throws(BackendError) {
                _ = try await live.server.prepare(edit)
                Issue.record("it has a plan")
            } catch {
                #expect(error.kind == .conflict)
            }
        }
    }
}
