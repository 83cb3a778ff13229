/// The columns of a port, for both releases.
enum PortColumns {
    static let schema = Schema<PortRow>(identity + state + settings + neighbour + counters + times + computed)

    /// All that a list may be asked for.
    static let both: Shapes = [.old, .list]

    private typealias C = Column<PortRow>

    private static let identity: [C] = [
        C("port_id", in: both) { .integer($0.port.id) },
        C("device_id", in: both) { .integer($0.device.device.id) },
        C("port_descr_type", in: both) { $0.circuit == nil ? .null : .text("cust") },
        C("port_descr_descr", in: both) { .text(orNull: $0.customer?.name) },
        C("port_descr_circuit", in: both) { .text(orNull: $0.circuit?.label) },
        C("port_descr_speed", in: both) { row in
            .text(orNull: row.circuit.map { "\($0.rate / 1_000_000)M" })
        },
        C("port_descr_notes", in: both) { _ in .null },
        C("ifDescr", in: both) { .text(orNull: $0.port.description) },
        C("ifName", in: both) { .text(orNull: $0.port.name) },
        C("portName", in: both) { _ in .null },
        C("ifIndex", in: both) { .integer($0.port.index) },
        C("ifSpeed", in: both) { .integer(orNull: $0.port.speed) },
        C("ifSpeed_prev", in: .list) { _ in .null },
        C("ifConnectorPresent", in: both) { $0.port.name == nil ? .null : .text("true") },
        C("ifPromiscuousMode", in: .old) { _ in .text("false") },
        C("ifHighSpeed", in: .old) { .integer(orNull: $0.port.speed.map { $0 / 1_000_000 }) },
    ]

    private static let state: [C] = [
        C("ifOperStatus", in: .old) { $0.port.name == nil ? .null : .text($0.operState) },
        C("ifOperStatus", in: .list) { $0.port.name == nil ? .null : .text($0.operState) },
        C("ifOperStatus_prev", in: both) { $0.port.name == nil ? .null : .text($0.operState) },
        C("ifAdminStatus", in: both) {
            $0.port.name == nil ? .null : .text($0.isAdminUp ? "up" : "down")
        },
        C("ifAdminStatus_prev", in: both) { _ in .null },
        C("ifDuplex", in: both) { $0.port.name == nil ? .null : .text("fullDuplex") },
    ]

    private static let settings: [C] = [
        C("ifMtu", in: both) { .integer(orNull: $0.port.name == nil ? nil : 1_500) },
        C("ifType", in: both) {
            $0.port.name == nil ? .null : .text($0.port.name == "lo" ? "softwareLoopback" : "ethernetCsmacd")
        },
        C("ifAlias", in: both) { .text(orNull: $0.alias) },
        C("ifPhysAddress", in: both) { .text(orNull: $0.port.mac.map(hexadecimal)) },
        C("ifHardType", in: .old) { _ in .null },
        C("ifLastChange", in: .old) { .time($0.polledAt) },
        C("ifLastChange", in: .list) { .integer(($0.device.uptime ?? 0) / 2) },
        C("ifVlan", in: both) { $0.circuit.map { .text(String(100 + $0.id % 3_900)) } ?? .text("") },
        C("ifTrunk", in: both) { $0.circuit == nil ? .text("dot1Q") : .null },
        C("ifVrf", in: both) { _ in .integer(0) },
        C("counter_in", in: .old) { _ in .null },
        C("counter_out", in: .old) { _ in .null },
        C("ignore", in: both) { _ in .integer(0) },
        C("disabled", in: both) { _ in .integer(0) },
        C("detailed", in: .old) { _ in .integer(0) },
        C("deleted", in: both) { _ in .integer(0) },
    ]

    private static let neighbour: [C] = [
        "pagpOperationMode", "pagpPortState", "pagpPartnerDeviceId", "pagpPartnerLearnMethod",
        "pagpPartnerIfIndex", "pagpPartnerGroupIfIndex", "pagpPartnerDeviceName", "pagpEthcOperationMode",
        "pagpDeviceId", "pagpGroupIfIndex",
    ].map { C($0, in: both) { _ in .null } }

    private static let counters: [C] =
        counter("ifInUcastPkts", total: { $0.inwards.packets }, rate: { $0.inwards.packetRate })
        + counter("ifOutUcastPkts", total: { $0.outwards.packets }, rate: { $0.outwards.packetRate })
        + counter("ifInErrors", total: { $0.errors }, rate: { $0.errorRate })
        + counter("ifOutErrors", total: { $0.noErrors }, rate: { $0.noErrorRate })
        + counter("ifInOctets", total: { $0.inwards.octets }, rate: { $0.inwards.rate })
        + counter("ifOutOctets", total: { $0.outwards.octets }, rate: { $0.outwards.rate })

    /// A counter and the three columns that a server keeps beside it.
    ///
    /// The old release keeps signed numbers: totals end at 2⁶³-1, rates at 2³¹-1.
    private static func counter(
        _ name: String, total: @escaping @Sendable (PortRow) -> UInt64,
        rate: @escaping @Sendable (PortRow) -> Int
    ) -> [C] {
        @Sendable func delta(_ row: PortRow) -> UInt64 {
            UInt64(rate(row) * Life.pollInterval)
        }
        @Sendable func previous(_ row: PortRow) -> UInt64 {
            let counted = total(row)
            return counted - min(counted, delta(row))
        }
        return [
            C(name, in: .old) { .unsigned(min(total($0), UInt64(Int64.max))) },
            C(name, in: .list) { .unsigned(total($0)) },
            C(name + "_prev", in: .old) { .unsigned(min(previous($0), UInt64(Int64.max))) },
            C(name + "_prev", in: .list) { .unsigned(previous($0)) },
            C(name + "_delta", in: both) { .unsigned(delta($0)) },
            C(name + "_rate", in: .old) { .integer(min(rate($0), Int(Int32.max))) },
            C(name + "_rate", in: .list) { .integer(rate($0)) },
        ]
    }

    private static let times: [C] = [
        C("poll_time", in: both) { .integer($0.polledAt) },
        C("poll_prev", in: both) { .integer($0.polledAt - Life.pollInterval) },
        C("poll_period", in: both) { _ in .integer(Life.pollInterval) },
    ]

    /// What the newer release works out for a single port.
    static let computed: [Column<PortRow>] = [
        C("in_rate", in: .single) { .text(Units.scaled($0.inwards.rate * 8, "bps")) },
        C("out_rate", in: .single) { .text(Units.scaled($0.outwards.rate * 8, "bps")) },
        C("in_perc", in: .single) { percent($0.inwards.rate, of: $0.port.speed) },
        C("out_perc", in: .single) { percent($0.outwards.rate, of: $0.port.speed) },
        C("in_pps", in: .single) { .text(Units.scaled($0.inwards.packetRate, "")) },
        C("out_pps", in: .single) { .text(Units.scaled($0.outwards.packetRate, "")) },
    ]

    /// What the newer release prints of a port that it does not know.
    static let nothing: [Value.Member] = [
        .init("in_rate", .text("0 bps")), .init("out_rate", .text("0 bps")), .init("in_perc", .computed(0)),
        .init("out_perc", .computed(0)), .init("in_pps", .text("0")), .init("out_pps", .text("0")),
    ]

    private static func percent(_ rate: Int, of speed: Int?) -> Value {
        guard let speed, speed > 0 else { return .computed(0) }
        return .literal(Units.hundredths(rate * 800 / (speed / 100)))
    }

    static func hexadecimal(_ mac: Int) -> String {
        let digits = String(mac, radix: 16)
        return String(repeating: "0", count: max(12 - digits.count, 0)) + digits
    }
}

extension PortRow {
    var circuit: Circuit? {
        if case .circuit(let index) = port.use { device.view.network.circuits[index] } else { nil }
    }

    var customer: Customer? { circuit.map { device.view.network.customers[$0.customer - 1] } }

    /// Errors since counting began: they follow the packets, and run while the rate does.
    fileprivate var errors: UInt64 { inwards.packets >> 22 }
    fileprivate var noErrors: UInt64 { 0 }
    fileprivate var noErrorRate: Int { 0 }
}
