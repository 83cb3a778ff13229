internal import AdapterKit
internal import Domain
internal import HTTP
internal import JSON

extension LibreNMSServer {
    /// Everything about a port.
    ///
    /// Only newer releases can be asked for a port by its id; the others by the name that its device's list gives
    /// it, or where that is missing or shared, for all columns of all ports of the device.
    func portDetail(
        _ entity: EntityRef, _ partly: @escaping @Sendable (Detail) -> Void
    ) async throws(BackendError) -> Detail {
        let dialect = try await dialect()
        guard let row = try await portRow(entity, dialect) else {
            throw BackendError(.missing, "the server has no port \(entity.id) any more")
        }
        let name = [row["ifName"], row["ifDescr"]].compactMap { $0?.text }.first { !$0.isEmpty }
        let detail = Detail(
            entity, title: Cleaning.clean(name ?? "port \(entity.id)"),
            sections: fields.sections(row, Self.portGroups))
        return await detail.filled(with: networkParts(ofPort: entity.id, dialect), partly)
    }

    private func portRow(_ entity: EntityRef, _ dialect: Dialect) async throws(BackendError) -> JSONValue? {
        let isWanted = { (row: JSONValue) in row["port_id"]?.text == entity.id }
        if dialect.listsAllPorts { return try await portRow(entity.id) }
        guard let device = withMemory({ $0.sweep.device(of: entity) }) else {
            throw BackendError(
                .missing, "this server finds a port only by its device, and that device was not read yet")
        }
        let names = try await rows(
            "ports", Path.devicePorts, ["id": device], query: [("columns", "port_id,ifName")], priority: 0)
        let name = names?.array.first(where: isWanted)?["ifName"]?.text ?? ""
        let isAlone = names?.array.count { $0["ifName"]?.text == name } == 1
        if !name.isEmpty, isAlone, let row = try? await portRow(name, of: device, dialect), isWanted(row) {
            return row
        }
        let list = try await rows(
            "ports", Path.devicePorts, ["id": device], query: [("columns", "*")], priority: 0)
        return list?.array.first(where: isWanted)
    }

    /// A port by its name, which may hold anything.
    private func portRow(
        _ name: String, of device: DeviceID, _ dialect: Dialect
    ) async throws(BackendError) -> JSONValue? {
        let parameters = ["id": device, "name": dialect.segment(name)]
        return try Verdict.root(of: try await read(Path.devicePort, parameters, priority: 0))["port"]
    }

    private static let portGroups = [
        FieldGroup(
            title: "Port",
            keys: [
                "port_id", "device_id", "ifIndex", "ifName", "ifDescr", "ifAlias", "ifAdminStatus",
                "ifOperStatus", "ifSpeed", "ifMtu", "ifType", "ifDuplex", "ifVlan", "ifPhysAddress", "ignore",
                "disabled", "deleted", "ifConnectorPresent", "ifTrunk", "ifLastChange",
            ]),
        FieldGroup(title: "Errors", parts: ["Errors", "Discards"]),
        FieldGroup(title: "Traffic", parts: ["Octets", "Pkts"], prefixes: ["in_", "out_"]),
        FieldGroup(title: "Polling", prefixes: ["poll_"]),
    ]
}
