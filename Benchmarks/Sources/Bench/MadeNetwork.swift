import Domain

/// Three servers of one provider: 8,000 devices with 100,000 ports and 3,000 bills, the access network with 2,000 of the
/// same devices, 20,000 CPEs and 15,000 customers, and 2,000 bonds with 5,000 legs.
struct MadeNetwork {
    private static let nms = BackendID(0)
    private static let access = BackendID(1)
    private static let bonding = BackendID(2)

    private static let device = ResourceDescriptor(
        .device, plural: "devices", pane: .devices,
        fields: [
            Field(.status, "Status", .state, decides: true), Field(.name, "Device", .text, links: .hostName),
            Field("ip", "IP", .text, links: .address), Field("sysname", "sysName", .text, links: .hostName),
            Field("serial", "Serial", .text, links: .serial), Field("hardware", "Hardware", .word),
        ], interval: 120, feedsCounts: true)
    private static let port = ResourceDescriptor(
        .port, plural: "ports", pane: .ports,
        fields: [
            Field("oper", "State", .state, decides: true),
            Field(.device, "Device", .ref(.device), dependence: .ofRow),
            Field(.name, "Port", .text, links: .interface),
            Field("alias", "Description", .text, links: .label),
            Field("mac", "MAC", .text, links: .mac), Field("in_bps", "In", .rate),
            Field("out_bps", "Out", .rate),
        ], interval: 300)
    private static let bill = ResourceDescriptor(
        .bill, plural: "bills", pane: .bills,
        fields: [Field(.name, "Name", .text), Field("custid", "Customer", .text, links: .ofCustomer)],
        interval: 300)
    private static let pon = ResourceDescriptor(
        "pon", plural: "pons", pane: .ports,
        fields: [
            Field("oper", "State", .state, decides: true),
            Field(.device, "Device", .ref(.device), dependence: .ofRow), Field(.name, "PON", .text),
        ], interval: 600)
    private static let cpe = ResourceDescriptor(
        .cpe, plural: "cpes", pane: .devices,
        fields: [
            Field(.status, "Status", .state, decides: true), Field(.name, "Name", .text),
            Field(.customer, "Customer", .ref(.customer), dependence: .ofReferred),
            Field("pon", "PON", .ref("pon"), dependence: .ofRow),
            Field("olt", "OLT", .ref(.device), dependence: .ofRow),
            Field(.externalID, "External id", .text, links: .circuit),
            Field("serial", "Serial", .text, links: .serial), Field("mac", "MAC", .text, links: .mac),
            Field("host_name", "Host", .text, links: .hostName),
        ], interval: 600)
    private static let customer = ResourceDescriptor(
        .customer, plural: "customers", pane: .customers,
        fields: [
            Field(.name, "Customer", .text), Field(.externalID, "External id", .text, links: .customer),
        ],
        interval: 900)
    private static let bond = ResourceDescriptor(
        .bond, plural: "bonds", pane: .bonds,
        fields: [
            Field(.status, "Status", .state, decides: true), Field(.name, "Bond", .text),
            Field(.customer, "Space", .ref(.customer), dependence: .ofReferred),
            Field(.aggregator, "Aggregator", .ref(.aggregator), dependence: .ofRow),
            Field(.legsTotal, "Of", .integer),
            Field("circuit_id", "Circuit", .text, links: .circuit),
        ], interval: 30, feedsCounts: true)
    private static let leg = ResourceDescriptor(
        .leg, plural: "legs", pane: .ports,
        fields: [
            Field("oper", "State", .state, decides: true),
            Field(.device, "Bond", .ref(.bond), dependence: .ofReferred), Field(.name, "Leg", .text),
            Field("circuit_id", "Circuit", .text, links: .circuit), Field("mac", "MAC", .text, links: .mac),
            Field("address", "Address", .text, links: .address),
        ], interval: 30)
    private static let aggregator = ResourceDescriptor(
        .aggregator, plural: "aggregators", pane: .devices,
        fields: [
            Field(.status, "Status", .state, decides: true),
            Field(.name, "Aggregator", .text, links: .hostName),
            Field("ip", "IP", .text, links: .address),
        ], interval: 60, feedsCounts: true)
    private static let alert = ResourceDescriptor(
        .alert, plural: "alerts", pane: .alerts,
        fields: [
            Field(.severity, "Severity", .severity, decides: true), Field(.state, "State", .state),
            Field(.since, "Age", .time), Field(.device, "Device", .ref(.device)),
            Field(.rule, "Alert", .text),
        ], interval: 20, feedsCounts: true, nameField: .rule)

    static let olt = EntityRef(access, .device, id: "olt0")

    private static func padded(_ number: Int, _ width: Int, radix: Int = 10) -> String {
        let digits = String(number, radix: radix)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }

    private static func mac(_ number: Int) -> String {
        let digits = Array(padded(0x0_001B_2100_0000 + number, 12, radix: 16))
        return stride(from: 0, to: 12, by: 2).map { String(digits[$0...($0 + 1)]) }.joined(separator: ":")
    }

    /// The tables; of a later round one row of a hundred has other keys, and one of ten another rate or state.
    static func tables(round: Int = 0) -> [Table] {
        [
            devices(round), ports(round), bills(), accessDevices(), pons(), cpes(round),
            customers(access, 15_000),
            bonds(), legs(), customers(bonding, 1_500), aggregators(), alerts(round),
        ]
    }

    private static func isChanged(_ row: Int, _ round: Int) -> Bool { round > 0 && row % 100 == round }

    static func devices(_ round: Int) -> Table {
        var builder = TableBuilder(device, nms, capacity: 8_000)
        for row in 0..<8_000 {
            let name = row < 2_000 ? "olt\(row).example.net" : "sw\(row).pop\(row % 90).example.net"
            builder.begin(EntityRef(nms, .device, id: Int64(row)))
            builder.set(0, text: row % 70 == 0 ? "down" : "up")
            builder.set(1, text: name)
            builder.set(2, text: "10.\(row >> 16).\(row >> 8 & 255).\(row & 255)")
            builder.set(3, text: "sw\(row)")
            builder.set(4, text: "FDO\(padded(row + (isChanged(row, round) ? 900_000 : 0), 7))X")
            builder.set(5, text: "model \(row % 30)")
        }
        return builder.finish()
    }

    static func ports(_ round: Int) -> Table {
        var builder = TableBuilder(port, nms, capacity: 100_000)
        for row in 0..<100_000 {
            builder.begin(EntityRef(nms, .port, id: Int64(row)))
            builder.set(0, text: row % 50 == 0 ? "down" : "up")
            builder.set(1, ref: EntityRef(nms, .device, id: Int64(row / 13)), name: "sw\(row / 13)")
            builder.set(2, text: "GigabitEthernet0/0/\(row % 13)")
            let number = row + (isChanged(row, round) ? 500_000 : 0)
            builder.set(3, text: row % 4 == 0 ? "" : "Cust: customer \(number % 977) [100M] {CCT-\(number)}")
            builder.set(4, text: mac(number))
            builder.set(5, integer: Int64(row * 1_000 + (row % 10 == round ? round : 0)))
            builder.set(6, integer: Int64(row * 900))
        }
        return builder.finish()
    }

    private static func bills() -> Table {
        var builder = TableBuilder(bill, nms)
        for row in 0..<3_000 {
            builder.begin(EntityRef(nms, .bill, id: Int64(row)))
            builder.set(0, text: "Bill \(row)")
            builder.set(1, text: "CUST-\(1_000 + row % 2_500)")
        }
        return builder.finish()
    }

    private static func accessDevices() -> Table {
        var builder = TableBuilder(device, access)
        for row in 0..<2_000 {
            builder.begin(EntityRef(access, .device, id: "olt\(row)"))
            builder.set(0, text: row % 70 == 0 ? "down" : "up")
            builder.set(1, text: "olt\(row)")
            builder.set(2, text: "10.\(row >> 16).\(row >> 8 & 255).\(row & 255)")
        }
        return builder.finish()
    }

    private static func pons() -> Table {
        var builder = TableBuilder(pon, access)
        for row in 0..<500 {
            builder.begin(EntityRef(access, "pon", id: "pon\(row)"))
            builder.set(0, text: "up")
            builder.set(1, ref: EntityRef(access, .device, id: "olt\(row / 8)"), name: "olt\(row / 8)")
            builder.set(2, text: "0/\(row % 8)")
        }
        return builder.finish()
    }

    static func cpes(_ round: Int) -> Table {
        var builder = TableBuilder(cpe, access, capacity: 20_000)
        for row in 0..<20_000 {
            let number = row + (isChanged(row, round) ? 700_000 : 0)
            builder.begin(EntityRef(access, .cpe, id: Int64(row)))
            builder.set(0, text: row % 40 == 0 ? "down" : "up")
            builder.set(1, text: "met\(padded(row, 5))")
            builder.set(
                2, ref: EntityRef(access, .customer, id: Int64(row % 15_000)),
                name: "customer \(row % 15_000)")
            builder.set(3, ref: EntityRef(access, "pon", id: "pon\(row / 40)"), name: "0/\(row / 40 % 8)")
            builder.set(4, ref: EntityRef(access, .device, id: "olt\(row / 320)"), name: "olt\(row / 320)")
            builder.set(5, text: "CCT-\(number)")
            builder.set(6, text: "48575443\(padded(number + 0x1A00_0000, 8, radix: 16))")
            builder.set(7, text: mac(1_000_000 + number))
            builder.set(8, text: "met\(padded(row, 5))")
        }
        return builder.finish()
    }

    private static func customers(_ backend: BackendID, _ count: Int) -> Table {
        var builder = TableBuilder(customer, backend, capacity: count)
        for row in 0..<count {
            builder.begin(EntityRef(backend, .customer, id: Int64(row)))
            builder.set(0, text: "customer \(row)")
            builder.set(1, text: "CUST-\(1_000 + row)")
        }
        return builder.finish()
    }

    private static func bonds() -> Table {
        var builder = TableBuilder(bond, bonding)
        for row in 0..<2_000 {
            builder.begin(EntityRef(bonding, .bond, id: Int64(row)))
            builder.set(0, text: "up")
            builder.set(1, text: "bond \(row)")
            builder.set(
                2, ref: EntityRef(bonding, .customer, id: Int64(row % 1_500)), name: "customer \(row % 1_500)"
            )
            builder.set(3, ref: EntityRef(bonding, .aggregator, id: Int64(row % 40)), name: "agg\(row % 40)")
            builder.set(4, integer: row % 2 == 0 ? 3 : 2)
            builder.set(5, text: "CCT-\(row * 5)")
        }
        return builder.finish()
    }

    private static func legs() -> Table {
        var builder = TableBuilder(leg, bonding)
        for row in 0..<5_000 {
            builder.begin(EntityRef(bonding, .leg, id: Int64(row)))
            builder.set(0, text: row % 90 == 0 ? "down" : "up")
            let bond = row % 5 < 3 ? row / 5 * 2 : row / 5 * 2 + 1
            builder.set(1, ref: EntityRef(bonding, .bond, id: Int64(bond)), name: "bond \(bond)")
            builder.set(2, text: "eth\(row % 3)")
            builder.set(3, text: "CCT-\(row * 2)")
            builder.set(4, text: mac(row * 3))
            builder.set(5, text: "100.64.\(row >> 8).\(row & 255)")
        }
        return builder.finish()
    }

    private static func aggregators() -> Table {
        var builder = TableBuilder(aggregator, bonding)
        for row in 0..<40 {
            builder.begin(EntityRef(bonding, .aggregator, id: Int64(row)))
            builder.set(0, text: "up")
            builder.set(1, text: "agg\(row).example.net")
            builder.set(2, text: "198.51.100.\(row)")
        }
        return builder.finish()
    }

    static func alerts(_ round: Int) -> Table {
        var builder = TableBuilder(alert, nms)
        for row in 0..<500 {
            builder.begin(EntityRef(nms, .alert, id: Int64(row)))
            builder.set(0, text: row % 3 == 0 ? "critical" : "warning")
            builder.set(1, text: "open")
            builder.set(2, time: Timestamp(1_800_000_000 + Int64(row + round)))
            builder.set(3, ref: EntityRef(nms, .device, id: Int64(row * 14)), name: "sw\(row * 14)")
            builder.set(4, text: "Device down")
        }
        return builder.finish()
    }
}
