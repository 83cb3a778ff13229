import Domain
import Links

/// Tables of made-up servers, with rows as few words as a test needs.
enum Made {
    static let nms = BackendID(0)
    static let access = BackendID(1)
    static let bonding = BackendID(2)
    static let nms2 = BackendID(3)

    static let device = ResourceDescriptor(
        .device, plural: "devices", pane: .devices,
        fields: [
            Field(.status, "Status", .state, decides: true), Field(.name, "Device", .text, links: .hostName),
            Field("ip", "IP", .text, links: .address), Field("serial", "Serial", .text, links: .serial),
            Field("mac", "MAC", .text, links: .mac),
            Field("parent", "Depends on", .ref(.device), dependence: .ofRow),
            Field(.note, "Notes", .text, links: .label),
        ], interval: 60, feedsCounts: true)
    static let port = ResourceDescriptor(
        .port, plural: "ports", pane: .ports,
        fields: [
            Field("oper", "State", .state, decides: true),
            Field(.device, "Device", .ref(.device), dependence: .ofRow),
            Field(.name, "Port", .text, links: .interface),
            Field("alias", "Description", .text, links: .label),
            Field("mac", "MAC", .text, links: .mac), Field("circuit_id", "Circuit", .text, links: .circuit),
        ], interval: 300)
    static let pon = ResourceDescriptor(
        "pon", plural: "pons", pane: .ports,
        fields: [
            Field("oper", "State", .state, decides: true),
            Field(.device, "Device", .ref(.device), dependence: .ofRow), Field(.name, "PON", .text),
        ], interval: 600)
    static let cpe = ResourceDescriptor(
        .cpe, plural: "cpes", pane: .devices,
        fields: [
            Field(.status, "Status", .state, decides: true), Field(.name, "Name", .text),
            Field(.customer, "Customer", .ref(.customer), dependence: .ofReferred),
            Field("pon", "PON", .ref("pon"), dependence: .ofRow),
            Field("olt", "OLT", .ref(.device), dependence: .ofRow),
            Field("serial", "Serial", .text, links: .serial), Field("mac", "MAC", .text, links: .mac),
            Field(.externalID, "External id", .text, links: .circuit),
            Field("host_name", "Host", .text, links: .hostName),
            Field("ip", "IP", .text, links: .address),
        ], interval: 600)
    static let customer = ResourceDescriptor(
        .customer, plural: "customers", pane: .customers,
        fields: [
            Field(.name, "Customer", .text),
            Field(.externalID, "External id", .text, links: .customer),
        ], interval: 900)
    static let bill = ResourceDescriptor(
        .bill, plural: "bills", pane: .bills,
        fields: [Field(.name, "Name", .text), Field("custid", "Customer", .text, links: .ofCustomer)],
        interval: 300)
    static let bond = ResourceDescriptor(
        .bond, plural: "bonds", pane: .bonds,
        fields: [
            Field(.status, "Status", .state, decides: true), Field(.name, "Bond", .text),
            Field(.customer, "Space", .ref(.customer), dependence: .ofReferred),
            Field(.aggregator, "Aggregator", .ref(.aggregator), dependence: .ofRow),
            Field(.legsTotal, "Of", .integer), Field("circuit_id", "Circuit", .text, links: .circuit),
        ], interval: 30, feedsCounts: true)
    static let leg = ResourceDescriptor(
        .leg, plural: "legs", pane: .ports,
        fields: [
            Field("oper", "State", .state, decides: true),
            Field(.device, "Bond", .ref(.bond), dependence: .ofReferred), Field(.name, "Leg", .text),
            Field("circuit_id", "Circuit", .text, links: .circuit), Field("mac", "MAC", .text, links: .mac),
            Field("address", "Address", .text, links: .address),
        ], interval: 30)
    static let aggregator = ResourceDescriptor(
        .aggregator, plural: "aggregators", pane: .devices,
        fields: [
            Field(.status, "Status", .state, decides: true),
            Field(.name, "Aggregator", .text, links: .hostName),
            Field("ip", "IP", .text, links: .address),
        ], interval: 60, feedsCounts: true)
    static let session = ResourceDescriptor(
        "bgp", plural: "bgp", pane: nil,
        fields: [
            Field(.name, "Session", .text), Field(.device, "Device", .ref(.device), dependence: .ofRow),
            Field("peer", "Peer", .text, links: .peer),
        ], interval: 300)
    static let alert = ResourceDescriptor(
        .alert, plural: "alerts", pane: .alerts,
        fields: [
            Field(.severity, "Severity", .severity, decides: true), Field(.state, "State", .state),
            Field(.since, "Age", .time), Field(.device, "Device", .ref(.device)),
            Field("port", "Port", .ref(.port)), Field("pon", "PON", .ref("pon")),
            Field(.customer, "Customer", .ref(.customer)),
            Field(.rule, "Alert", .text), Field(.cause, "Cause", .ref(.alert)),
        ], interval: 20, feedsCounts: true, nameField: .rule)

    static func ref(_ backend: BackendID, _ kind: ResourceKind, _ id: String) -> EntityRef {
        EntityRef(backend, kind, id: id)
    }

    /// A cell of a row: a text, or a reference.
    enum Cell: ExpressibleByStringInterpolation, ExpressibleByIntegerLiteral {
        case text(String), ref(EntityRef), integer(Int64)
        init(stringLiteral value: String) { self = .text(value) }
        init(integerLiteral value: Int64) { self = .integer(value) }
    }

    typealias Row = (id: String, cells: [FieldKey: Cell])

    static func table(_ resource: ResourceDescriptor, _ backend: BackendID, _ rows: [Row]) -> Table {
        var builder = TableBuilder(resource, backend)
        for row in rows {
            builder.begin(ref(backend, resource.kind, row.id))
            for (key, cell) in row.cells {
                guard let column = resource.index(of: key) else { continue }
                switch cell {
                case .text(let text): builder.set(column, text: text)
                case .ref(let entity): builder.set(column, ref: entity, name: entity.id)
                case .integer(let integer): builder.set(column, integer: integer)
                }
            }
        }
        return builder.finish()
    }

    /// Feeds of tables that are fresh, but for some kinds.
    static func feeds(_ tables: [Table], stale: Set<ResourceKind> = []) -> [Feed] {
        tables.map { Feed($0, stale.contains($0.resource.kind) ? .stale : .fresh) }
    }
}
