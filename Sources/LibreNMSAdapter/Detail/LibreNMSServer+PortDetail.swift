internal import AdapterKit
internal import Domain
internal import HTTP
internal import JSON

extension LibreNMSServer {
    /// Everything about a port.
    ///
    /// Only newer releases can be asked for a port by its id; with the others it is found among all columns of
    /// its device's ports, since names may be missing or shared.
    func portDetail(_ entity: EntityRef) async throws(BackendError) -> Detail {
        let dialect = try await dialect()
        let list: Rows?
        if dialect.listsAllPorts {
            // A port that is not there is an empty list.
            list = try await rows("port", Path.port, ["id": entity.id], priority: 0)
        } else if let device = withMemory({ $0.sweep.device(of: entity) }) {
            list = try await rows(
                "ports", Path.devicePorts, ["id": device], query: [("columns", "*")], priority: 0)
        } else {
            throw BackendError(
                .missing, "this server finds a port only by its device, and that device was not read yet")
        }
        guard let row = list?.array.first(where: { $0["port_id"]?.text == entity.id }) else {
            throw BackendError(.missing, "the server has no port \(entity.id) any more")
        }
        let name = [row["ifName"], row["ifDescr"]].compactMap { $0?.text }.first { !$0.isEmpty }
        return Detail(
            entity, title: Cleaning.clean(name ?? "port \(entity.id)"),
            sections: fields.sections(row, Self.portGroups))
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
