import AdapterKit
import Domain
import HTTP
import Simulator
import Testing

@testable import BondingAdapter

@Suite("Bonding over HTTP: commands")
struct LiveCommandTests {
    private func bonds(_ live: LiveBonding, _ status: String = "up") async throws -> [EntityRef] {
        let table = try await live.server.table(.bond)
        return table.refs.indices.filter { table.text($0, .status) == status }.map { table.refs[$0] }
    }

    /// A leg of a bond that has at least two legs up, of a type.
    private func leg(_ live: LiveBonding, type: String? = nil, spare: Bool = true) async throws -> EntityRef {
        let bonds = try await live.server.table(.bond)
        for row in bonds.refs.indices where bonds.text(row, .status) == "up" {
            guard ((bonds.integer(row, .legsUp) ?? 0) > 1) == spare else { continue }
            let legs = try await live.server.table(.leg, scope: .only([bonds.refs[row]]))
            for leg in legs.refs.indices
            where legs.text(leg, "oper") == "up" && legs.text(leg, "admin") == "active"
                && (type == nil || legs.text(leg, "type") == type)
            {
                return legs.refs[leg]
            }
        }
        throw BackendError(.missing, "the world has no such leg")
    }

    @Test("a restart is one POST, and is verified by what is seen after it", arguments: LiveBonding.releases)
    func restart(release: BondingRelease) async throws {
        try await withLiveServer(release) { live in
            let bond = try #require(try await bonds(live).first)
            let outcomes = try await live.run(.restartBond, [bond])
            #expect(outcomes.map(\.state) == [.verified], "\(outcomes.map(\.words))")
            #expect(live.commands == ["POST /bonds/\(bond.id)/restart/"])
        }
    }

    @Test("a restart whose answer is lost on a kept-alive connection is sent once, and judged by the history")
    func lost() async throws {
        try await withLiveServer { live in
            let bond = try #require(try await bonds(live).first)
            live.simulator.setFaults([
                Fault(.dropped, at: "/api/v3/bonds/\(bond.id)/restart/", method: "POST")
            ])
            let outcomes = try await live.run(.restartBond, [bond])
            #expect(live.commands.count == 1)
            #expect([.verified, .unknown].contains(outcomes[0].state), "\(outcomes[0].words)")
        }
    }

    @Test("an account that may only look is told so for every command, and nothing arrives")
    func viewer() async throws {
        try await withLiveServer(account: .viewer) { live in
            _ = try await live.server.check()
            let bond = try #require(try await live.server.table(.bond).refs.first)
            _ = try await live.server.detail(of: bond)
            let leg = try await leg(live)
            var targets: [ResourceKind: EntityRef] = [
                .bond: bond, .leg: leg, .system: EntityRef(BackendID(0), .system, id: "system"),
            ]
            for table in try await [live.server.table(.bond)] {
                for row in table.refs.prefix(12) {
                    for kind in [ResourceKind.address, .natAddress, .route, .tuning]
                    where targets[kind] == nil {
                        targets[kind] = try await live.link(kind, in: row)
                    }
                }
            }
            targets[.customer] = try await live.server.table(.customer).refs.first
            var refused = 0
            for command in live.server.commands {
                for kind in command.targets {
                    guard let target = targets[kind] else { continue }
                    let arguments: [FieldKey: Value] = [
                        "mode": .text("idle"), "ip": .text("198.51.100.77"),
                        "network": .text("198.51.100.0/24"),
                        "gateway": .text("198.51.100.1"), "note": .text("changed"), "name": .text("changed"),
                    ]
                    do throws(BackendError) {
                        let plan = try await live.server.prepare(Command(command.kind, [target], arguments))
                        #expect(plan.steps.isEmpty, "\(command.kind) would be sent")
                        #expect(plan.excluded.allSatisfy { !$0.words.isEmpty })
                    } catch {
                        #expect(error.kind == .forbidden, "\(command.kind): \(error.words)")
                        refused += 1
                    }
                }
            }
            #expect(refused > 10)
            #expect(live.commands == [])
        }
    }

    @Test("a leg is set aside on its own type's resource, the last one only after more than a key")
    func linkMode() async throws {
        try await withLiveServer { live in
            let leg = try await leg(live)
            let plan = try await live.server.prepare(Command(.legMode, [leg], ["mode": .text("idle")]))
            #expect(plan.tier == .touchesService)
            let outcomes = await live.perform(plan)
            #expect(outcomes.map(\.state) == [.verified], "\(outcomes.map(\.words))")
            #expect(live.commands.count == 1)
            #expect(live.commands[0].hasPrefix("PATCH /bonds/"))
            #expect(!live.commands[0].contains("/legs/"))
            let again = try await live.server.prepare(Command(.legMode, [leg], ["mode": .text("idle")]))
            #expect(again.steps.isEmpty)
            let undo = try #require(plan.undo)
            #expect(await live.perform(try await live.server.prepare(undo)).map(\.state) == [.verified])
            let last = try await self.leg(live, spare: false)
            let hurting = try await live.server.prepare(Command(.legMode, [last], ["mode": .text("offline")]))
            #expect(hurting.tier == .hurts)
            #expect(hurting.warnings.contains { $0.contains("cut off") })
        }
    }

    @Test("DHCP is renewed and MTUs are detected, of a leg and of a bond", arguments: LiveBonding.releases)
    func renewAndDetect(release: BondingRelease) async throws {
        try await withLiveServer(release) { live in
            let leg = try await leg(live, type: "DHCP")
            let renewed = try await live.run(.renewDHCP, [leg])
            #expect([.verified, .accepted].contains(renewed[0].state), "\(renewed[0].words)")
            let detected = try await live.run(.detectMTU, [leg])
            #expect([.verified, .accepted].contains(detected[0].state), "\(detected[0].words)")
            let bond = try #require(try await bonds(live).first)
            let all = try await live.run(.detectMTU, [bond])
            #expect([.verified, .accepted].contains(all[0].state), "\(all[0].words)")
            #expect(live.commands.count == 3)
            #expect(live.commands[0].hasSuffix("/dhcp_legs/\(leg.id)/renew/"))
            #expect(live.commands[1].hasSuffix("/legs/\(leg.id)/detect_mtus/"))
            #expect(live.commands[2] == "POST /bonds/\(bond.id)/detect_leg_mtus/")
        }
    }

    @Test("only a DHCP leg is renewed: for any other nothing is sent, and it says why")
    func otherLegs() async throws {
        try await withLiveServer { live in
            let leg = try await leg(live, type: "PPPoE", spare: true)
            let plan = try await live.server.prepare(Command(.renewDHCP, [leg]))
            #expect(plan.steps.isEmpty)
            #expect(plan.excluded.map(\.words).allSatisfy { $0.contains("PPPoE") })
        }
    }

    @Test("speed tests of a leg and of a bond are followed to their end", arguments: LiveBonding.releases)
    func speedTests(release: BondingRelease) async throws {
        try await withLiveServer(release) { live in
            let leg = try await leg(live)
            let told = Told()
            let plan = try await live.server.prepare(Command(.testLeg, [leg], ["length": .text("5")]))
            #expect(plan.tier == .touchesService)
            let outcome = try #require(await live.perform(plan) { told.add($0) }.first)
            #expect([.verified, .failed].contains(outcome.state), "\(outcome.words)")
            #expect(outcome.words.contains("the test f"))
            #expect(told.all.contains { $0.contains("running") })
            let bond = try #require(try await bonds(live).first)
            let hurting = try await live.server.prepare(Command(.testBond, [bond], ["length": .text("5")]))
            #expect(hurting.tier == .hurts)
            #expect(hurting.warnings.contains { $0.contains("drops the customer's traffic") })
            let second = try #require(await live.perform(hurting).first)
            #expect([.verified, .failed].contains(second.state), "\(second.words)")
            #expect(live.commands.count == 2)
        }
    }

    @Test("a tuning is started, followed, and decided on once", arguments: LiveBonding.releases)
    func tunings(release: BondingRelease) async throws {
        try await withLiveServer(release) { live in
            var decided = 0
            for bond in try await bonds(live).prefix(4) where decided < 2 {
                let outcome = try await live.run("tune-bond", [bond])[0]
                #expect([.verified, .failed].contains(outcome.state), "\(outcome.words)")
                guard outcome.words.contains("recommends ") && !outcome.words.contains("no change") else {
                    continue
                }
                let tuning = try #require(try await live.link(.tuning, in: bond))
                let kind: CommandKind = decided == 0 ? "accept-tuning" : "decline-tuning"
                let outcomes = try await live.run(kind, [tuning])
                #expect(outcomes.map(\.state) == [.verified], "\(outcomes.map(\.words))")
                let again = try await live.server.prepare(Command(kind, [tuning]))
                #expect(again.steps.isEmpty)
                decided += 1
            }
            #expect(decided > 0)
        }
    }

    @Test("a tuning of a leg is cancelled while it runs, and cannot be cancelled twice")
    func cancelling() async throws {
        try await withLiveServer { live in
            let leg = try await leg(live)
            let plan = try await live.server.prepare(Command("tune-leg", [leg]))
            #expect(plan.steps.count == 1)
            let bond = try #require(try await live.server.owner(of: leg))
            // Followed only until it is queued: the world does not move on by itself.
            let sent = await live.sendOnly(plan)
            #expect(sent == [201])
            let detail = try await live.server.detail(of: leg)
            let tuning = try #require(
                detail.sections.flatMap(\.lines).lazy.compactMap { line -> EntityRef? in
                    if case .ref(let entity, _) = line.value, entity.kind == .tuning { entity } else { nil }
                }.first)
            #expect(tuning.id.hasPrefix("\(bond)/\(leg.id)/"))
            let outcomes = try await live.run("cancel-tuning", [tuning])
            #expect(outcomes.map(\.state) == [.verified], "\(outcomes.map(\.words))")
            #expect(try await live.server.prepare(Command("cancel-tuning", [tuning])).steps.isEmpty)
        }
    }

    @Test("addresses and routes are added, switched, edited and deleted, and read back each time")
    func parts() async throws {
        try await withLiveServer { live in
            let bond = try #require(try await bonds(live).first)
            let cases: [(noun: String, kind: ResourceKind, arguments: [FieldKey: Value])] = [
                ("address", .address, ["ip": .text("198.51.100.77"), "network": .text("198.51.100.0/24")]),
                ("nat-address", .natAddress, ["ip": .text("198.51.100.78")]),
                ("route", .route, ["network": .text("203.0.113.0/24"), "gateway": .text("198.51.100.1")]),
            ]
            for (noun, kind, arguments) in cases {
                let added = try await live.run(CommandKind(rawValue: "add-\(noun)"), [bond], arguments)
                #expect(added.map(\.state) == [.verified], "\(noun): \(added.map(\.words))")
                let lines = try await live.server.detail(of: bond).sections.flatMap(\.lines)
                let part = try #require(
                    lines.last { line in
                        if case .ref(let entity, _) = line.value { entity.kind == kind } else { false }
                    })
                guard case .ref(let entity, _) = part.value else { continue }
                let off = try await live.server.prepare(
                    Command(CommandKind(rawValue: "disable-\(noun)"), [entity]))
                #expect(off.tier == (kind == .route ? .touchesService : .hurts))
                #expect(await live.perform(off).map(\.state) == [.verified])
                let on = try await live.run(CommandKind(rawValue: "enable-\(noun)"), [entity])
                #expect(on.map(\.state) == [.verified])
                let edit = CommandKind(rawValue: "edit-\(noun)")
                var form = try await live.server.opening(Command(edit, [entity]))
                form["note"] = .text("moved by us")
                let plan = try await live.server.prepare(Command(edit, [entity], form))
                #expect(plan.changes.map(\.new) == ["moved by us"])
                #expect(await live.perform(plan).map(\.state) == [.verified])
                let gone = try await live.run(CommandKind(rawValue: "delete-\(noun)"), [entity])
                #expect(gone.map(\.state) == [.verified], "\(gone.map(\.words))")
            }
        }
    }

    @Test("bonds, legs and spaces are edited by what differs, and another's change stops it")
    func editing() async throws {
        try await withLiveServer { live in
            let bond = try #require(try await bonds(live).first)
            let form = try await live.server.opening(Command("edit-bond", [bond]))
            var mine = form
            mine["note"] = .text("call before 9")
            let done = try await live.run("edit-bond", [bond], mine)
            #expect(done.map(\.state) == [.verified], "\(done.map(\.words))")
            var late = form
            late["note"] = .text("somebody else's words")
            do throws(BackendError) {
                _ = try await live.server.prepare(Command("edit-bond", [bond], late))
                Issue.record("an older form has a plan")
            } catch {
                #expect(error.kind == .conflict)
            }
            let leg = try await leg(live)
            let legs = try await live.run("edit-leg", [leg], ["note": .text("new modem")])
            #expect(legs.map(\.state) == [.verified], "\(legs.map(\.words))")
            let space = try #require(try await live.server.table(.customer).refs.last)
            let spaces = try await live.run("edit-space", [space], ["crm_id": .text("K-4711")])
            #expect(spaces.map(\.state) == [.verified], "\(spaces.map(\.words))")
        }
    }

    @Test("a failed-over bond goes back to its primary; the server's refusal is told in its words")
    func restore() async throws {
        try await withLiveServer(world: World(scale: 2_400, withOddities: false)) { live in
            var refused = false
            var restored = false
            for _ in 0..<400 where !(refused && restored) {
                live.simulator.world.advance(by: 300)
                let table = try await live.server.table(.bond)
                guard let row = table.refs.indices.first(where: { table.integer($0, .failedOver) == 1 })
                else {
                    continue
                }
                let plan = try await live.server.prepare(Command(.restorePrimary, [table.refs[row]]))
                guard !plan.steps.isEmpty else { continue }
                let outcome = await live.perform(plan)[0]
                if outcome.state == .failed {
                    refused = true
                    #expect(outcome.words.contains("still failed"), "\(outcome.words)")
                } else {
                    restored = restored || outcome.state == .verified
                }
            }
            #expect(refused)
            #expect(restored)
        }
    }

    @Test("new ISOs are queued, and queued is not called done")
    func isos() async throws {
        try await withLiveServer { live in
            let system = EntityRef(BackendID(0), .system, id: "system")
            let outcomes = try await live.run("create-isos", [system])
            #expect(outcomes.map(\.state) == [.accepted])
            #expect(outcomes[0].words.contains("not done"))
            #expect(live.commands == ["POST /system/tasks/createisos/"])
        }
    }
}
