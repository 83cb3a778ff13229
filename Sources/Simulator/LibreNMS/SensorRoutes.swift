/// Something that a device measures of itself.
struct Sensor: Sendable {
    let device: DeviceRow
    let number: Int
    let kind: Kind

    enum Kind: String, Sendable, CaseIterable {
        case temperature, voltage, fanspeed, power

        /// The usual value, and the limits in hundredths.
        var values: (usual: Double, low: Int?, high: Int?) {
            switch self {
            case .temperature: (41, nil, 6_500)
            case .voltage: (12, 1_140, 1_260)
            case .fanspeed: (5_400, 200_000, nil)
            case .power: (380, nil, 90_000)
            }
        }
    }

    var id: Int { device.index * 8 + number + 1 }

    var description: String {
        switch kind {
        case .temperature: "Chassis inlet"
        case .voltage: "PSU 1 output"
        case .fanspeed: "Fan tray 1"
        case .power: "PSU 1 draw"
        }
    }

    /// Hundredths; above the limit while the alert about it is open.
    private func value(at tick: Int) -> Int {
        let (usual, _, high) = kind.values
        let isHot = Life.sensor.episodes(of: device.index, near: tick, device.view.network.noise)
            .contains { $0.covers(tick) }
        if kind == .temperature, isHot, let high { return high + 350 }
        let jitter = device.view.network.noise.unit(
            .jitter, device.index &* 8 &+ number, floorDivide(tick, by: 300))
        return Int(usual * (97 + 6 * jitter))
    }

    static let schema = Schema<Sensor>([
        Column("sensor_id", in: .all) { .integer($0.id) },
        Column("sensor_deleted", in: .all) { _ in .integer(0) },
        Column("sensor_class", in: .all) { .text($0.kind.rawValue) },
        Column("device_id", in: .all) { .integer($0.device.device.id) },
        Column("poller_type", in: .all) { _ in .text("snmp") },
        Column("sensor_oid", in: .all) { .text(".1.3.6.1.4.1.9.9.91.1.1.1.1.4.\($0.number + 1)") },
        Column("sensor_index", in: .all) { .text(String($0.number + 1)) },
        Column("sensor_type", in: .all) { .text(orNull: $0.device.device.identity.os) },
        Column("sensor_descr", in: .all) { .text($0.description) },
        Column("group", in: .all) { _ in .null },
        Column("sensor_divisor", in: .all) { _ in .integer(1) },
        Column("sensor_multiplier", in: .all) { _ in .integer(1) },
        Column("sensor_current", in: .all) { .hundredths($0.value(at: $0.device.polled)) },
        Column("sensor_limit", in: .all) { hundredths($0.kind.values.high) },
        Column("sensor_limit_warn", in: .all) { _ in .null },
        Column("sensor_limit_low", in: .all) { hundredths($0.kind.values.low) },
        Column("sensor_limit_low_warn", in: .all) { _ in .null },
        Column("sensor_alert", in: .all) { _ in .integer(1) },
        Column("sensor_custom", in: .all) { _ in .text("No") },
        Column("entPhysicalIndex", in: .all) { _ in .text("1") },
        Column("entPhysicalIndex_measured", in: .all) { _ in .null },
        Column("lastupdate", in: .all) { .time($0.device.view.time($0.device.polled)) },
        Column("sensor_prev", in: .all) { .hundredths($0.value(at: $0.device.polled - Life.pollInterval)) },
        Column("user_func", in: .all) { _ in .null },
        Column("rrd_type", in: .all) { _ in .text("GAUGE") },
    ])

    private static func hundredths(_ number: Int?) -> Value { number.map(Value.hundredths) ?? .null }
}

extension DeviceRow {
    /// What it measures: servers and what does not speak SNMP nothing.
    var sensors: [Sensor] {
        guard addition == nil, !device.isOdd, device.role != .server else { return [] }
        return Sensor.Kind.allCases.enumerated().map {
            Sensor(device: self, number: $0.offset, kind: $0.element)
        }
    }
}

extension LibreNMSCall {
    /// `GET /resources/sensors`: every one of the server, none is a 404.
    func listSensors() -> Reply {
        let rows = view.devices.flatMap(\.sensors)
        guard !rows.isEmpty else { return failed(404, "Sensors do not exist") }
        let columns = Sensor.schema.columns(in: .list)
        return list(
            "sensors", Column.rows(rows, count: rows.count, columns), count: rows.count,
            countsWhenModern: false)
    }

    /// `GET /devices/:hostname/health/:type/:sensor_id`: the kinds, the sensors of a kind, or one sensor.
    func health() -> Reply {
        guard let device else { return failed(404, "Device \(self["hostname"]) not found") }
        let sensors = device.sensors
        guard let type = parameters["type"] else {
            var kinds = Sensor.Kind.allCases.filter { kind in sensors.contains { $0.kind == kind } }
                .map {
                    ($0.rawValue.prefix(1).uppercased() + $0.rawValue.dropFirst(), "device_\($0.rawValue)")
                }
            if !sensors.isEmpty {
                kinds += [("Processors", "device_processor"), ("Memory Pools", "device_mempool")]
            }
            let rows = kinds.map { ["desc": .text($0.0), "name": .text($0.1)] as Value }
            return list("graphs", .list(rows), count: rows.count)
        }
        if let id = parameters["sensor_id"].flatMap({ Int($0) }) {
            return list("graphs", sensors.filter { $0.id == id }, Sensor.schema)
        }
        let rows = sensors.filter { "device_\($0.kind.rawValue)" == type || $0.kind.rawValue == type }.map {
            (["sensor_id": .integer($0.id), "desc": .text($0.description)] as Value)
        }
        return list("graphs", .list(rows), count: rows.count)
    }
}
