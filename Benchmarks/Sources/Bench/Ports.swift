import Domain

/// Made-up ports as a server would list them: the bytes of every text lie ready, as a JSON parser leaves them.
struct Ports {
    static let resource = ResourceDescriptor(
        .port, plural: "ports", pane: .ports,
        fields: [
            Field("name", "Port", .text), Field("alias", "Description", .text),
            Field("device", "Device", .ref(.device)),
            Field("admin", "Admin", .state), Field("oper", "Oper", .state), Field("type", "Type", .word),
            Field("in_bps", "In", .rate), Field("out_bps", "Out", .rate), Field("speed_bps", "Speed", .rate),
            Field("errors_per_s", "Err/s", .number), Field("mtu", "MTU", .integer),
            Field("mac", "MAC", .text),
            Field("vlan", "VLAN", .word), Field("since", "Changed", .time),
            Field("last_polled", "Polled", .time),
        ], interval: 300)

    static let backend = BackendID(0)
    let names: [[UInt8]]
    let aliases: [[UInt8]]
    let macs: [[UInt8]]
    let devices: [String]
    let count: Int

    init(count: Int) {
        self.count = count
        var seed: UInt64 = 7
        func roll(_ bound: Int) -> Int {
            seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(seed >> 33) % bound
        }
        let cities = ["mad1", "bcn2", "lon5", "zrh1", "fra3", "ams7"]
        let roles = ["core-rtr", "agg-sw", "acc-sw", "olt"]
        devices = (0..<max(count / 10, 1)).map { "\(cities[$0 % 6])-\(roles[$0 % 4])\($0)" }
        names = (0..<count).map { Array("GigabitEthernet\($0 % 10 / 4)/0/\($0 % 10)".utf8) }
        let kinds = ["customer", "uplink", "core", "peering", "transit"]
        aliases = (0..<count).map { _ in
            Array("\(kinds[roll(5)]) \(cities[roll(6)]) circuit \(roll(1_000_000))".utf8)
        }
        macs = (0..<count).map { row in
            Array(
                "00:1b:\(row / 10000 % 10)\(row / 1000 % 10):\(row / 100 % 10)f:\(row % 100 / 10)a:\(row % 10)c"
                    .utf8)
        }
    }

    /// One page of rows.
    func table(_ range: Range<Int>, round: Int = 0) -> Table {
        var builder = TableBuilder(Self.resource, Self.backend, capacity: range.count)
        let up = Array("up".utf8)
        let down = Array("down".utf8)
        let type = Array("ethernetCsmacd".utf8)
        let vlans = (0..<64).map { Array("vlan\($0)".utf8) }
        for row in range {
            builder.begin(EntityRef(Self.backend, .port, id: Int64(row)))
            names[row].withUnsafeBufferPointer { builder.set(0, utf8: $0) }
            aliases[row].withUnsafeBufferPointer { builder.set(1, utf8: $0) }
            let device = row / 10 % devices.count
            builder.set(2, ref: EntityRef(Self.backend, .device, id: Int64(device)), name: devices[device])
            up.withUnsafeBufferPointer { builder.set(3, utf8: $0) }
            (row % 97 == 0 ? down : up).withUnsafeBufferPointer { builder.set(4, utf8: $0) }
            type.withUnsafeBufferPointer { builder.set(5, utf8: $0) }
            builder.set(6, integer: Int64(row &* 7919 % 1_000_000_007 + round))
            builder.set(7, integer: Int64(row &* 104_729 % 1_000_000_007))
            builder.set(8, integer: 1_000_000_000)
            builder.set(9, number: row % 50 == 0 ? 0.5 : 0)
            builder.set(10, integer: 1500)
            macs[row].withUnsafeBufferPointer { builder.set(11, utf8: $0) }
            vlans[row % 64].withUnsafeBufferPointer { builder.set(12, utf8: $0) }
            builder.set(13, time: Timestamp(1_790_000_000 + Int64(row &* 31 % 1_000_000)))
            builder.set(14, time: Timestamp(1_800_000_000))
        }
        return builder.finish()
    }
}
