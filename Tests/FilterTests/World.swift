import Domain
import Filter

/// A small network to look for things in.
enum World {
    static let now = Timestamp(1_800_000_000)
    static let backends = ["core", "edge", "core-lab"]

    static let ports = ResourceDescriptor(
        .port, plural: "ports", pane: .ports,
        fields: [
            Field("name", "Port", .text), Field("descr", "Description", .text),
            Field("device", "Device", .ref(.device)), Field("admin", "Admin", .state),
            Field("oper", "Oper", .state), Field("in_bps", "In", .rate),
            Field("errors_per_s", "Err/s", .number),
            Field("mtu", "MTU", .integer), Field("used", "Used %", .percent),
            Field("rx", "Rx", .decibelMilliwatts),
            Field("last_polled", "Polled", .time), Field("trunk", "Trunk", .flag), Field("mac", "MAC", .text),
        ], interval: 300)

    static let alerts = ResourceDescriptor(
        .alert, plural: "alerts", pane: .alerts,
        fields: [
            Field("severity", "Severity", .severity), Field("state", "State", .state),
            Field("device", "Device", .ref(.device)), Field("rule", "Rule", .word),
            Field("since", "Age", .time),
            Field("note", "Note", .text), Field("lasted", "Lasted", .duration),
        ], interval: 20, feedsCounts: true, nameField: "rule")

    static let vocabulary = FilterVocabulary([ports, alerts], backends: backends, sets: ["marked"])
    static let context = FilterContext(
        now: now, backends: backends, sets: ["marked": [port(1), port(3)]])

    static func port(_ id: Int64, on backend: Int = 0) -> EntityRef {
        EntityRef(BackendID(backend), .port, id: id)
    }
    static func alert(_ id: Int64, on backend: Int = 0) -> EntityRef {
        EntityRef(BackendID(backend), .alert, id: id)
    }
    static func device(_ id: Int64) -> EntityRef { EntityRef(BackendID(0), .device, id: id) }

    /// Ports 1 to 5 of two routers; nothing is known of the fifth but its name.
    static func portTable(on backend: Int = 0) -> Table {
        var builder = TableBuilder(ports, BackendID(backend))
        let rows: [(String, String, Int64, String, String, Int64, Double, Int64, Double, Double)] = [
            ("Gi0/10", "Uplink to Madrid", 1, "up", "up", 12_000_000, 0, 1500, 81.5, -3.5),
            ("Gi0/2", "core fibre Coslada", 1, "up", "down", 0, 3.25, 9000, 0, -28),
            ("Te0/1:2", "customer ACME (hq)", 2, "down", "down", 0, 0, 1500, 0, -40),
            ("xe-0/0/1", "Ünïcode ΣΙΓΜΑ", 2, "up", "up", 1_240_000_000, 0.5, 1500, 35, -12.25),
        ]
        for (index, row) in rows.enumerated() {
            builder.begin(port(Int64(index + 1), on: backend))
            builder.set(0, text: row.0)
            builder.set(1, text: row.1)
            builder.set(2, ref: device(row.2), name: row.2 == 1 ? "mad1-core-rtr02" : "bcn2-agg-sw11")
            builder.set(3, text: row.3)
            builder.set(4, text: row.4)
            builder.set(5, integer: row.5)
            builder.set(6, number: row.6)
            builder.set(7, integer: row.7)
            builder.set(8, number: row.8)
            builder.set(9, number: row.9)
            builder.set(10, time: Timestamp(now.seconds - Int64(index) * 1800))
            builder.set(11, flag: index % 2 == 0)
            builder.set(12, text: "00:1b:2c:3d:4e:0\(index)")
        }
        builder.begin(port(5, on: backend))
        builder.set(0, text: "lo0")
        return builder.finish()
    }

    /// Alerts 1 to 5: severity, state, age in seconds.
    static func alertTable(on backend: Int = 0) -> Table {
        var builder = TableBuilder(alerts, BackendID(backend))
        let rows: [(String, String, Int64, String)] = [
            ("warning", "open", 120, "Port down"), ("critical", "acknowledged", 7200, "BGP session down"),
            ("ok", "cleared", 90000, "Port down"), ("critical", "worse", 30, "Fan failed"),
            ("", "changed", 3600, "Sensor over limit"),
        ]
        for (index, row) in rows.enumerated() {
            builder.begin(alert(Int64(index + 1), on: backend))
            builder.set(0, text: row.0)
            builder.set(1, text: row.1)
            builder.set(2, ref: device(Int64(index % 2 + 1)), name: "router-\(index % 2 + 1)")
            builder.set(3, text: row.3)
            builder.set(4, time: Timestamp(now.seconds - row.2))
            builder.set(5, text: index == 1 ? "ana: splicer on site" : "")
            builder.set(6, integer: row.2)
        }
        return builder.finish()
    }

    static func read(_ text: String) throws -> FilterExpression {
        switch FilterExpression.parse(text, vocabulary) {
        case .finished(let expression): return expression
        case .unfinished(let remark), .failed(let remark): throw remark
        }
    }

    /// The ids of the rows that pass, in the order of the tables.
    static func find(_ text: String, _ tables: [Table] = [portTable()]) throws -> [Int] {
        let request = Arrangement.Request(tables: tables, filter: try read(text), context: context)
        guard let found = Arrangement.make(request) else { return [-1] }
        return (0..<found.count).compactMap { Int(found.entity($0).id) }
    }

    static func alertsFound(_ text: String) throws -> [Int] { try find(text, [alertTable()]) }
}
