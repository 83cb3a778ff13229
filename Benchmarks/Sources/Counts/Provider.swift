import Dashboard
import Domain

/// Made-up servers with 100,000 ports, the same in every run.
enum Provider {
    static let core = BackendID(0), access = BackendID(1)
    static let wall = Timestamp(1_800_000_000)
    static let start = Instant(seconds: 1_000)

    static let alert = ResourceDescriptor(
        .alert, plural: "alerts", pane: .alerts,
        fields: [
            Field(.severity, "Severity", .severity, width: 4...10, priority: 0),
            Field(.state, "State", .state, width: 4...13, priority: 1),
            Field(.since, "Since", .time, width: 5...8, priority: 2),
            Field(.device, "Device", .ref(.device), width: 14...40, priority: 0),
            Field(.rule, "Rule", .ref(.rule), width: 12...40, priority: 1),
        ],
        interval: 20, feedsCounts: true, nameField: .rule,
        order: [SortKey(.severity, descending: true), SortKey(.since, descending: true)])

    static let device = ResourceDescriptor(
        .device, plural: "devices", pane: .devices,
        fields: [
            Field(.status, "Status", .state, width: 6...10, priority: 0),
            Field(.name, "Name", .text, width: 14...40, priority: 0),
            Field("hardware", "Hardware", .word, width: 8...24, priority: 4),
        ],
        interval: 120, feedsCounts: true, order: [SortKey(.name)])

    static let port = ResourceDescriptor(
        .port, plural: "ports", pane: .ports,
        fields: [
            Field("oper", "State", .state, width: 4...10, priority: 0),
            Field(.device, "Device", .ref(.device), width: 12...30, priority: 0),
            Field(.name, "Port", .text, width: 8...16, priority: 0),
            Field("alias", "Description", .text, width: 8...40, priority: 1),
            Field("in_bps", "In", .rate, width: 6...8, priority: 1),
            Field("out_bps", "Out", .rate, width: 6...8, priority: 1),
            Field("speed_bps", "Speed", .rate, width: 5...7, priority: 4),
            Field("errors_per_s", "Err/s", .number, width: 5...8, priority: 5),
            Field("mac", "MAC", .text, width: 12...17, priority: nil),
            Field(.lastPolled, "Polled", .time, width: 6...8, priority: 7),
        ],
        interval: 300, order: [SortKey(.device), SortKey(.name)])

    private static let cities = ["mad1", "bcn2", "lon5", "zrh1", "fra3", "ams7"]
    private static let roles = ["core-rtr", "agg-sw", "acc-sw", "olt"]

    private static func device(_ id: Int) -> (entity: EntityRef, name: String) {
        (EntityRef(core, .device, id: Int64(id)), "\(cities[id % 6])-\(roles[id % 4])\(id)")
    }

    static func devices() -> Table {
        var builder = TableBuilder(device, core)
        for id in 0..<1_000 {
            builder.begin(device(id).entity)
            builder.set(0, text: id % 97 == 5 ? "down" : "up")
            builder.set(1, text: device(id).name)
            builder.set(2, text: id % 3 == 0 ? "MX480" : "NCS-5501")
        }
        return builder.finish()
    }

    static func alerts(_ backend: BackendID) -> Table {
        var builder = TableBuilder(alert, backend)
        for id in 0..<40 {
            builder.begin(EntityRef(backend, .alert, id: Int64(id)))
            builder.set(0, text: id % 3 == 0 ? "critical" : "warning")
            builder.set(1, text: id % 5 == 0 ? "acknowledged" : "open")
            builder.set(2, time: Timestamp(wall.seconds - 7_200 - Int64(id) * 311))
            builder.set(3, ref: device(id * 7).entity, name: device(id * 7).name)
            builder.set(
                4, ref: EntityRef(backend, .rule, id: Int64(id % 4)), name: "Port down: rule \(id % 4)")
        }
        return builder.finish()
    }

    /// The ports as one answer has them; of a hundred, one carries something else in each round.
    static func ports(_ range: Range<Int> = 0..<100_000, round: Int = 0) -> Table {
        let kinds = ["customer", "uplink", "core", "peering", "transit"]
        var builder = TableBuilder(port, core, capacity: range.count)
        for id in range {
            // A multiplication scatters: no two neighbours read alike.
            let scattered = Int(UInt32(truncatingIfNeeded: id &* 2_654_435_761) >> 8)
            builder.begin(EntityRef(core, .port, id: Int64(id)))
            builder.set(0, text: id % 97 == 0 ? "down" : "up")
            builder.set(1, ref: device(id / 100).entity, name: device(id / 100).name)
            builder.set(2, text: "GigabitEthernet\(id % 100 / 40)/0/\(id % 40)")
            builder.set(3, text: "\(kinds[scattered % 5]) \(cities[id % 6]) circuit \(scattered % 1_000_000)")
            builder.set(4, integer: Int64(scattered * 97 % 1_000_000_007 + (id % 100 == 7 ? round : 0)))
            builder.set(5, integer: Int64(scattered * 31 % 1_000_000_007))
            builder.set(6, integer: 1_000_000_000)
            builder.set(7, number: id % 50 == 0 ? 0.5 : 0)
            let pairs = [id / 10_000, id / 100 % 100, id % 100]
            builder.set(
                8, text: "00:1b:21:" + pairs.map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: ":"))
            builder.set(9, time: Timestamp(wall.seconds - Int64(id % 300)))
        }
        return builder.finish()
    }
}
