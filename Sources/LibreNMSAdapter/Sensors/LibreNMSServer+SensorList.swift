internal import AdapterKit
internal import Domain
internal import HTTP
internal import JSON

extension LibreNMSServer {
    /// Reads the sensors of all devices; none is a 404.
    func refreshSensors(into sink: any SnapshotSink) async throws(BackendError) -> Completeness {
        let listed = try await rows("sensors", Path.sensors)
        let (clock, names) = withMemory { ($0.usableClock, $0.deviceNames) }
        guard let list = consume listed else {
            sink.add(.empty(.sensor, backend), covering: .everything)
            return .complete
        }
        // The bytes go while the rows come: nothing here may have the list any more.
        let (table, missing) = SensorRows.table(
            (consume list).array, backend: backend, clock: clock, names: names)
        sink.add(table, covering: .everything)
        return missing.completeness
    }
}

/// Wire rows of sensors.
enum SensorRows {
    private static let mapping = RowMapping(
        .sensor,
        [
            ("sensor_class", "class", .text), ("sensor_current", "value", .number),
            ("sensor_limit", "limit", .number), ("sensor_limit_low", "limit_low", .number),
            ("sensor_limit_warn", "limit_warn", .number),
            ("sensor_limit_low_warn", "limit_low_warn", .number),
            ("sensor_prev", "previous", .number), ("lastupdate", .lastPolled, .time),
            ("sensor_alert", "alerts", .flag), ("sensor_type", "type", .text),
        ],
        extra: ["sensor_id", "device_id", "sensor_descr", "sensor_deleted"])
    private static let id = mapping.slot("sensor_id")
    private static let device = mapping.slot("device_id")
    private static let kind = mapping.slot("sensor_class")
    private static let name = mapping.slot("sensor_descr")
    private static let deleted = mapping.slot("sensor_deleted")

    /// A table of all sensors that are not deleted, and what those lack that can't be told apart.
    static func table(
        _ array: consuming JSONArray, backend: BackendID, clock: ServerClock, names: [DeviceID: String]
    ) -> (table: Table, missing: MissingFields) {
        let resource = ResourceDescriptor.sensor
        var builder = TableBuilder(resource, backend, capacity: array.count)
        var missing = MissingFields()
        var rows = JSONRows(consuming: array, keys: mapping.keys)
        while rows.next() {
            if rows.flag(deleted) == true { continue }
            // A sensor is known by all three: its detail is read by them.
            let type = rows.text(kind) ?? ""
            guard let number = rows.id(id), let owner = rows.id(device), !type.isEmpty else {
                let lacks = rows.id(id) == nil ? "sensor_id" : rows.id(device) == nil ? "device_id" : nil
                missing.note(lacks ?? "sensor_class", of: "sensors")
                continue
            }
            let place = SensorPlace(device: owner, kind: "device_\(type)", sensor: number)
            builder.begin(EntityRef(backend, .sensor, id: place.id))
            mapping.set(rows, in: &builder, clock: clock)
            builder.set(
                resource.place(of: .device), ref: EntityRef(backend, .device, id: owner),
                name: names[owner] ?? "device \(owner)")
            let text = rows.text(name) ?? ""
            builder.set(resource.place(of: .name), text: text.isEmpty ? "\(type) \(number)" : text)
            builder.set(resource.place(of: "unit"), text: SensorUnit.byClass[type] ?? "")
            let judgement = SensorJudgement { key in
                guard let value = rows[mapping.slot(key)] else { return nil }
                if value.kind == .null { return .some(nil) }
                return value.double.map { .some($0) }
            }
            if let judgement { builder.set(resource.place(of: .status), text: judgement.word) }
        }
        return (builder.finish(), missing)
    }
}
