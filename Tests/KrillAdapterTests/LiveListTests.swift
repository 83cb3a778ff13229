import AdapterKit
import Domain
import HTTP
import Simulator
import Testing

@testable import KrillAdapter

@Suite("Krill over HTTP: panes")
struct LiveListTests {
    /// Half an hour in, so that a PON has gone dark.
    private func darkWorld() -> World {
        let world = World(scale: 1_200, extent: Extent(lines: 1_500))
        world.advance(by: 90)
        return world
    }

    @Test("CPEs carry what the CRM and the monitoring say of one line, whatever shape the registration has")
    func cpes() async throws {
        try await withLiveKrill { live in
            let table = try await live.table(.cpe)
            let statuses = Set((0..<table.count).map { table.text($0, .status) })
            #expect(statuses.isSuperset(of: ["up", "down"]))
            let registered = (0..<table.count).map { table.text($0, "registration") }
            #expect(Set(registered).isSuperset(of: ["online"]))
            #expect(!registered.contains { $0.contains("_") || $0.contains("[") })
            let row = try #require(
                (0..<table.count).first { table.text($0, .status) == "up" && !table.text($0, "pon").isEmpty })
            guard case .ref(let customer, let name) = table.value(row, .customer) else {
                Issue.record("a CPE has no customer")
                return
            }
            #expect(customer.kind == .customer && !name.hasPrefix("customer "))
            #expect(table.text(row, "pon").contains("/"))
            #expect(!table.text(row, "profile").isEmpty && !table.text(row, "hardware").isEmpty)
        }
    }

    @Test("between two inventories only problems are asked for, and they change the rows that they are about")
    func changes() async throws {
        let world = darkWorld()
        try await withLiveKrill(world: world) { live in
            let whole = try await live.table(.cpe)
            live.simulator.forgetArrivals()
            let quick = try await live.table(.cpe, .changes)
            #expect(live.count("/v2/isp/cpes/") == 0)
            #expect(live.count("/v2/monitoring/search/") <= 3)
            // After the outages of that time are over, their rows come back as up.
            let down = Set(
                whole.refs.indices.filter { whole.text($0, .status) == "down" }.map { whole.refs[$0] })
            world.advance(by: 1_000)
            let later = try await live.table(.cpe, .changes)
            let up = later.refs.indices.filter { later.text($0, .status) == "up" }.map { later.refs[$0] }
            #expect(!down.isDisjoint(with: up))
            #expect(quick.count < whole.count)
        }
    }

    @Test("a dark PON is one critical alert; its ONTs name it as their cause, services their host")
    func folding() async throws {
        try await withLiveKrill(world: darkWorld()) { live in
            _ = try await live.table(.cpe)
            let alerts = try await live.table(.alert)
            let outage = try #require(alerts.refs.first { $0.id.hasPrefix("pon:") })
            let members = try membersOfOutage(outage, alerts)
            let detail = try await live.server.detail(of: outage)
            #expect(detail.sections.contains { $0.title == "ONTs" && $0.lines.count >= members })
        }
    }

    /// The alert that an alert names as its cause.
    private func cause(_ alerts: Table, _ row: Int) -> EntityRef? {
        if case .ref(let cause, _) = alerts.value(row, .cause) { cause } else { nil }
    }

    /// Looks at the outage and what follows from it; how many ONTs it has.
    private func membersOfOutage(_ outage: EntityRef, _ alerts: Table) throws -> Int {
        let row = try #require(alerts.row(of: outage))
        #expect(alerts.text(row, .severity) == "critical")
        let members = alerts.rows { cause(alerts, $0) == outage }.count
        #expect(members >= Outage.least)
        #expect(alerts.text(row, .rule).hasSuffix(" ONTs down"))
        #expect(alerts.text(row, .rule).contains(": \(members) of "))
        let followers = alerts.rows { alerts.refs[$0].id.contains("!") && cause(alerts, $0) != nil }
        #expect(!followers.isEmpty)
        for follower in followers {
            #expect(alerts.refs[follower].id.hasPrefix("\(cause(alerts, follower)?.id ?? "?")!"))
        }
        return members
    }

    @Test("before all hosts are known, a PON's size is asked for rather than guessed")
    func early() async throws {
        try await withLiveKrill(world: darkWorld()) { live in
            let early = try await live.table(.alert)
            let words = Set(
                (0..<early.count).filter { early.refs[$0].id.hasPrefix("pon:") }.map { early.text($0, .rule) }
            )
            _ = try await live.table(.cpe)
            let late = try await live.table(.alert)
            let later = Set(
                (0..<late.count).filter { late.refs[$0].id.hasPrefix("pon:") }.map { late.text($0, .rule) })
            #expect(!words.isEmpty && words == later)
        }
    }

    @Test("an alert is as bad before all hosts are known as it is afterwards")
    func earlySeverity() async throws {
        try await withLiveKrill(world: darkWorld()) { live in
            let early = try await live.table(.alert)
            _ = try await live.table(.cpe)
            let late = try await live.table(.alert)
            func severities(_ alerts: Table) -> [EntityRef: String] {
                let services = alerts.rows { alerts.refs[$0].id.contains("!") }
                return Dictionary(
                    uniqueKeysWithValues: services.map { (alerts.refs[$0], alerts.text($0, .severity)) })
            }
            let (before, after) = (severities(early), severities(late))
            #expect(before.count > 10)
            #expect(before.filter { after[$0.key] != $0.value }.isEmpty)
        }
    }

    @Test("PONs count their ONTs, ONUs have their light against its limits, cable has its groups")
    func ports() async throws {
        let world = World(scale: 3_300, extent: Extent(lines: 2_000))
        try await withLiveKrill(world: world) { live in
            _ = try await live.table(.cpe)
            let pons = try await live.table(.pon)
            for row in 0..<pons.count {
                let parts = ["online", "offline"].compactMap { pons.integer(row, FieldKey(rawValue: $0)) }
                    .reduce(0, +)
                #expect(parts <= pons.integer(row, "total") ?? 0)
            }
            let onus = try await live.table(.onu)
            let judged = Set((0..<onus.count).map { onus.text($0, "light") })
            #expect(judged.contains("ok") && (judged.contains("warning") || judged.contains("critical")))
            for row in 0..<onus.count where onus.text(row, "oper") == "down" {
                #expect(onus.value(row, "dnrx").isNone && onus.text(row, "light").isEmpty)
            }
            for kind in [ResourceKind.macDomain, .fiberNode, .unconfigured] {
                #expect(try await live.table(kind).count > 0, "\(kind)")
            }
        }
    }

    @Test("customers know their CPEs, lines and sessions; sessions and pools are listed")
    func customers() async throws {
        try await withLiveKrill { live in
            for kind in [ResourceKind.cpe, .session, .pots, .pool] {
                #expect(try await live.table(kind).count > 0, "\(kind)")
            }
            let customers = try await live.table(.customer)
            let rows = 0..<customers.count
            #expect(rows.contains { customers.integer($0, "cpes") ?? 0 > 1 })
            #expect(rows.contains { customers.integer($0, "lines") ?? 0 > 0 })
            let online = try #require(rows.first { !customers.value($0, "online_since").isNone })
            #expect(
                !customers.text(online, "session_address").isEmpty && !customers.text(online, "nas").isEmpty)
            #expect(!customers.text(online, .externalID).isEmpty)
        }
    }

    @Test("requests per cycle: 20,000 CPEs cost pages of the two long lists once, and a few a minute")
    func requests() async throws {
        try await withLiveKrill(world: World(scale: 1_200, extent: .manySubscribers)) { live in
            let sink = MergingSink()
            // Alerts come first; what is wrong is read once for all lists.
            _ = try await live.table(.alert)
            live.simulator.forgetArrivals()
            _ = try await live.server.refresh(Query(.cpe), into: sink)
            #expect(sink.table.count >= 20_000)
            #expect(live.count("/v2/isp/cpes/") == (sink.table.count + 499) / 500)
            let search = live.count("/v2/monitoring/search/")
            #expect(search >= 40 && search <= 42)
            live.simulator.forgetArrivals()
            for kind in [ResourceKind.alert, .cpe, .device, .pon, .onu, .customer] {
                _ = try await live.table(kind, kind == .alert ? .everything : .changes)
            }
            // Hosts and services with problems, by pages of 500, and the network's own hosts.
            #expect(live.count("/v2/isp/cpes/") == 0)
            #expect(live.count("/v2/monitoring/search/") <= 14)
        }
    }
}
