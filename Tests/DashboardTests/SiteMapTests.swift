import Domain
import Filter
import Testing

@testable import Dashboard

@Suite("Map of sites")
struct SiteMapTests {
    private static let resource = ResourceDescriptor(
        .device, plural: "devices", pane: .devices,
        fields: [
            Field(.status, "Status", .state), Field(.name, "Name", .text),
            Field(.location, "Location", .word),
        ], interval: 60)

    private func table(_ backend: Int, _ dice: inout Dice) -> Table {
        var builder = TableBuilder(Self.resource, BackendID(backend))
        for id in 0..<200 {
            builder.begin(EntityRef(BackendID(backend), .device, id: Int64(id)))
            builder.set(
                0, text: ["up", "up", "down", "warning", "ignored", "", "what"][dice.roll(7)])
            builder.set(1, text: "sw\(id)")
            if dice.roll(4) > 0 { builder.set(2, text: "site \(dice.roll(9) + backend * 4)") }
        }
        return builder.finish()
    }

    /// Row by row and by name, as it is meant.
    private func plainly(_ tables: [Table], _ standIns: [EntityRef: EntityRef]) -> [SiteMap] {
        var told: [EntityRef: String] = [:]
        var spots: [String: [SiteMap.Spot]] = [:]
        let rows = tables.flatMap { table in table.refs.indices.map { (table, $0) } }
        for (table, row) in rows {
            guard let standIn = standIns[table.refs[row]] else { continue }
            let site = table.text(row, .location)
            if !site.isEmpty { told[standIn] = site }
        }
        for (table, row) in rows where standIns[table.refs[row]] == nil {
            let status = DeviceStatus(rawValue: table.text(row, .status)) ?? .unknown
            let own = table.text(row, .location)
            let site = own.isEmpty ? told[table.refs[row]] ?? "" : own
            var spot = SiteMap.Spot(status: status, backend: table.backend)
            if status == .down {
                spot.name = table.name(row)
                spot.entity = table.refs[row]
            }
            spots[site, default: []].append(spot)
        }
        func share(_ map: SiteMap) -> Double {
            Double(map.devices.count { $0.status == .down || $0.status == .warning })
                / Double(max(1, map.devices.count))
        }
        return spots.map { site, spots in
            let ordered = spots.enumerated().sorted { a, b in
                let (one, other) = (SiteMap.rank(a.element.status), SiteMap.rank(b.element.status))
                return one == other ? a.offset < b.offset : one < other
            }
            return SiteMap(site: site, devices: ordered.map(\.element))
        }
        .sorted { share($0) != share($1) ? share($0) > share($1) : $0.site < $1.site }
    }

    @Test("devices are at their sites in the order of the rows, whatever stands for what", arguments: 1...8)
    func sites(_ seed: Int) throws {
        var dice = Dice(seed)
        let tables = [table(0, &dice), table(1, &dice)]
        var standIns: [EntityRef: EntityRef] = [:]
        if seed > 2 {
            for row in 0..<60 where dice.roll(2) == 0 {
                standIns[tables[1].refs[row]] = tables[0].refs[dice.roll(200)]
            }
        }
        // Of two that say where one is, any may be believed: here each stands for one.
        let unique = Dictionary(standIns.map { ($1, $0) }) { first, _ in first }
        standIns = Dictionary(uniqueKeysWithValues: unique.map { ($1, $0) })
        let expected = plainly(tables, standIns)
        #expect(SiteMap.all(tables, doubles: Doubles(standIns)) == expected)
        #expect(expected.count > 5)
    }
}

/// Numbers that are the same for each seed.
private struct Dice {
    private var state: UInt64
    init(_ seed: Int) { state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 | 1 }

    mutating func roll(_ bound: Int) -> Int {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return Int(state % UInt64(bound))
    }
}
