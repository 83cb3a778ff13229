internal import Domain
internal import JSON

/// Wire rows of ports.
struct PortRows {
    /// The columns that lists ask for; both dialects have them, but for `ignore`.
    static let columns = [
        "port_id", "device_id", "ifName", "ifDescr", "ifAlias", "ifAdminStatus", "ifOperStatus", "ifSpeed",
        "ifType", "ifPhysAddress", "ifInOctets_rate", "ifOutOctets_rate", "ifInErrors_rate",
        "ifOutErrors_rate", "poll_time", "disabled",
    ]
    /// The largest rate that servers of 2016 can hold, in bytes per second: more is cut to it.
    static let cutRate: Int64 = 2_147_483_647

    private static let mapping = RowMapping(
        .port,
        [
            ("ifAlias", "alias", .text), ("ifAdminStatus", "admin", .text),
            ("ifType", "type", .text), ("ifPhysAddress", "mac", .text), ("ifDescr", "description", .text),
            ("ifInErrors_rate", "in_errors", .number), ("ifOutErrors_rate", "out_errors", .number),
            ("poll_time", .lastPolled, .unixTime),
        ],
        extra: [
            "port_id", "device_id", "ifName", "ifOperStatus", "ifSpeed", "ifHighSpeed", "ifInOctets_rate",
            "ifOutOctets_rate", "ignore", "disabled",
        ])
    private static let id = mapping.slot("port_id")
    private static let device = mapping.slot("device_id")
    private static let name = mapping.slot("ifName")
    private static let description = mapping.slot("ifDescr")
    private static let admin = mapping.slot("ifAdminStatus")
    private static let operation = mapping.slot("ifOperStatus")
    private static let speed = mapping.slot("ifSpeed")
    private static let highSpeed = mapping.slot("ifHighSpeed")
    private static let inRate = mapping.slot("ifInOctets_rate")
    private static let outRate = mapping.slot("ifOutOctets_rate")
    private static let inErrors = mapping.slot("ifInErrors_rate")
    private static let outErrors = mapping.slot("ifOutErrors_rate")
    private static let ignore = mapping.slot("ignore")
    private static let disabled = mapping.slot("disabled")
    private static let nameColumn = ResourceDescriptor.port.place(of: .name)
    private static let deviceColumn = ResourceDescriptor.port.place(of: .device)
    private static let stateColumn = ResourceDescriptor.port.place(of: "oper")
    private static let errorColumn = ResourceDescriptor.port.place(of: "errors_per_s")
    private static let speedColumn = ResourceDescriptor.port.place(of: "speed_bps")
    private static let inColumns = (
        rate: ResourceDescriptor.port.place(of: "in_bps"),
        percent: ResourceDescriptor.port.place(of: "in_percent")
    )
    private static let outColumns = (
        rate: ResourceDescriptor.port.place(of: "out_bps"),
        percent: ResourceDescriptor.port.place(of: "out_percent")
    )

    let backend: BackendID
    let deviceNames: [DeviceID: String]
    /// Whether the server cuts rates at `cutRate`.
    let cutsRates: Bool

    /// A table of all rows that have an id.
    ///
    /// - Parameter owner: the device of rows that don't name one.
    func table(_ array: consuming JSONArray, owner: DeviceID? = nil) -> Table {
        var builder = TableBuilder(.port, backend, capacity: array.count)
        var rows = JSONRows(consuming: array, keys: Self.mapping.keys)
        var device = (id: "", ref: Optional<EntityRef>.none, name: "")
        while rows.next() {
            guard let id = rows.int64(Self.id) else { continue }
            builder.begin(EntityRef(backend, .port, id: id))
            Self.mapping.set(rows, in: &builder, clock: ServerClock(offset: 0, isCertain: true))
            let owner = rows.text(Self.device) ?? owner ?? ""
            if owner != device.id {
                device = (
                    owner, EntityRef(backend, .device, id: owner), deviceNames[owner] ?? "device \(owner)"
                )
            }
            builder.set(Self.deviceColumn, ref: device.ref, name: device.name)
            setName(rows, id, in: &builder)
            builder.set(Self.stateColumn, text: state(rows) ?? "")
            setTraffic(rows, in: &builder)
            // Half of a sum is none.
            if let inwards = rows.double(Self.inErrors), let outwards = rows.double(Self.outErrors) {
                builder.set(Self.errorColumn, number: inwards + outwards)
            }
        }
        return builder.finish()
    }

    /// `ifName` may be null or empty, and is no key: several ports of a device may share it.
    private func setName(_ rows: JSONRows, _ id: Int64, in builder: inout TableBuilder) {
        for slot in [Self.name, Self.description] {
            let isSet = rows.withUTF8(slot) { bytes in
                if !bytes.isEmpty { builder.set(Self.nameColumn, utf8: bytes) }
                return !bytes.isEmpty
            }
            if isSet == true { return }
        }
        builder.set(Self.nameColumn, text: "port \(id)")
    }

    private func state(_ rows: JSONRows) -> String? {
        // Not every server has these two; where one is, it must be read.
        for slot in [Self.ignore, Self.disabled] where rows[slot] != nil && rows.bit(slot) == nil {
            return nil
        }
        return PortState.word(
            operation: rows[Self.operation], admin: rows.text(Self.admin),
            isIgnored: rows.bit(Self.ignore) == true, isDisabled: rows.bit(Self.disabled) == true)
    }

    /// Bits per second; a counter at its end says only that it is more (RFC 2863), and the other one then how much.
    static func speed(_ bits: Int64?, megabits: Int64?) -> Int64? {
        if let bits, bits > 0, bits != Int64(UInt32.max) { return bits }
        guard let megabits, megabits > 0 else { return nil }
        let (speed, over) = megabits.multipliedReportingOverflow(by: 1_000_000)
        return over ? nil : speed
    }

    private func setTraffic(_ rows: JSONRows, in builder: inout TableBuilder) {
        let speed = Self.speed(rows.int64(Self.speed), megabits: rows.int64(Self.highSpeed))
        builder.set(Self.speedColumn, integer: speed)
        for (slot, columns) in [(Self.inRate, Self.inColumns), (Self.outRate, Self.outColumns)] {
            guard let bytes = rows.int64(slot), let bits = Self.bits(bytes) else { continue }
            builder.set(columns.rate, integer: bits)
            if let speed, !(cutsRates && bytes == Self.cutRate) {
                builder.set(columns.percent, number: Double(bits) * 100 / Double(speed))
            }
        }
    }

    /// Bits per second from bytes; rates of 2016 may be negative, which means nothing.
    static func bits(_ bytes: Int64) -> Int64? {
        guard bytes >= 0 else { return nil }
        let (bits, over) = bytes.multipliedReportingOverflow(by: 8)
        return over ? nil : bits
    }
}
