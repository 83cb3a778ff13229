internal import Domain
internal import HTTP
internal import JSON

/// Between two lists of all devices, those that are down are asked for alone.
extension LibreNMSServer {
    /// The devices that are down now, and those that were and are not any more.
    ///
    /// Where many came back at once, the next whole list tells of them; until then they stay as they were.
    func devicesDownOrBack() async throws(BackendError) -> (table: Table, completeness: Completeness) {
        _ = try await dialect()
        let list = try await rows("devices", Path.devices, query: [("type", "down")])
        let down = list.map { deviceRows($0.array) } ?? Table.empty(.device, backend)
        let completeness = list?.without("device_id", down.count, "devices") ?? .complete
        let now = Self.down(in: down)
        let back = withMemory { $0.down.subtracting(now) }
        guard !back.isEmpty, back.count <= Self.fewDevices else {
            withMemory { $0.down.formUnion(now) }
            return (down, completeness)
        }
        let recovered = try await devices(back.sorted())
        withMemory { $0.down = now.union(Self.down(in: recovered)) }
        var builder = TableBuilder(.device, backend)
        for table in [down, recovered] {
            for row in table.refs.indices { builder.append(table, row: row) }
        }
        return (builder.finish(), completeness)
    }

    /// Some devices, a request each; one that the server does not know is left out.
    func devices(_ ids: [DeviceID]) async throws(BackendError) -> Table {
        _ = try await dialect()
        var builder = TableBuilder(.device, backend)
        for id in ids {
            guard let list = try await deviceList(id, { $0["device_id"]?.id == id }) else { continue }
            let table = deviceRows(list.array)
            for row in table.refs.indices where table.refs[row].id == id { builder.append(table, row: row) }
        }
        return builder.finish()
    }

    /// The devices of a table that are down, and neither ignored nor switched off.
    static func down(in table: Table) -> Set<DeviceID> {
        let down = table.refs.indices.filter { table.text($0, .status) == DeviceStatus.down.rawValue }
        return Set(down.map { table.refs[$0].id })
    }
}
