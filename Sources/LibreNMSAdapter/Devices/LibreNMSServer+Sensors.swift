internal import AdapterKit
internal import Domain
internal import HTTP
internal import JSON

extension ResourceKind {
    /// Something that a device measures.
    static let sensor: ResourceKind = "sensor"
}

/// Newer servers give the kinds of a device's sensors, then their names, then one with its value: a request each.
extension LibreNMSServer {
    /// Kinds beyond these are not asked for.
    private static let kindLimit = 16

    /// The sensors of a device by their kind; the value is in the detail of each.
    func sensorSections(_ device: DeviceID) async throws(BackendError) -> [Detail.Section] {
        let list = try await rows("graphs", Path.health, ["id": device], priority: 0)
        let kinds = list?.array.compactMap { $0["name"]?.text } ?? []
        var lines: [Detail.Line] = []
        for kind in kinds.prefix(Self.kindLimit) {
            let sensors = try await rows(
                "graphs", Path.healthKind, ["id": device, "kind": kind], priority: 0)
            for row in sensors?.array.map({ $0 }) ?? [] {
                guard let id = row["sensor_id"]?.text else { continue }
                let place = SensorPlace(device: device, kind: kind, sensor: id)
                let name = Cleaning.clean(row["desc"]?.text ?? "")
                lines.append(
                    Detail.Line(
                        place.title, .ref(entity(.sensor, place.id), name: name.isEmpty ? id : name),
                        .ref(.sensor)))
            }
        }
        return lines.isEmpty ? [] : [Detail.Section("Sensors (\(Quantity.count(lines.count)))", lines)]
    }

    /// Everything about a sensor, its value first.
    func sensorDetail(_ entity: EntityRef) async throws(BackendError) -> Detail {
        guard let place = SensorPlace(entity.id) else {
            throw BackendError(.missing, "\(Cleaning.clean(entity.id)) names no sensor of a device")
        }
        let parameters = ["id": place.device, "kind": place.kind, "sensor": place.sensor]
        let list = try await rows("graphs", Path.sensor, parameters, priority: 0)
        guard let row = list?.array.first(where: { $0["sensor_id"]?.text == place.sensor }) else {
            throw BackendError(.missing, "the device has no such sensor any more")
        }
        let name = Cleaning.clean(row["sensor_descr"]?.text ?? "")
        let first = FieldGroup(
            title: "Sensor",
            keys: [
                "sensor_descr", "sensor_class", "sensor_current", "sensor_prev", "lastupdate", "device_id",
            ], prefixes: ["sensor_limit"])
        return Detail(
            entity, title: name.isEmpty ? place.title : name, sections: fields.sections(row, [first]))
    }
}

/// Where a sensor is: enough to read it.
struct SensorPlace {
    let device: DeviceID
    /// The server's name of the kind: `device_temperature`.
    let kind: String
    let sensor: String

    init(device: DeviceID, kind: String, sensor: String) {
        self.device = device
        self.kind = kind
        self.sensor = sensor
    }

    /// Reads the id of an entity.
    init?(_ id: String) {
        let words = id.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard words.count == 3, words.allSatisfy({ !$0.isEmpty }) else { return nil }
        self.init(device: words[0], kind: words[1], sensor: words[2])
    }

    /// The id of an entity: `3/device_temperature/25`.
    var id: String { "\(device)/\(kind)/\(sensor)" }
    /// `temperature`.
    var title: String { Cleaning.clean(kind.hasPrefix("device_") ? String(kind.dropFirst(7)) : kind) }
}
