internal import AdapterKit
internal import Domain
internal import HTTP
internal import JSON

/// What the server finds by what lists don't show: devices by an address of one of their ports, bills by customer.
extension LibreNMSServer {
    var searches: [SearchDescriptor] {
        [
            SearchDescriptor(.device, "a MAC, IPv4 or IPv6 address of a port", takesAddresses: true),
            SearchDescriptor(.whereabouts, "a MAC, IPv4 or IPv6 address", takesAddresses: true),
            SearchDescriptor(.bill, "a customer's id or a reference"),
        ]
    }

    func search(_ kind: ResourceKind, _ text: String) async throws(BackendError) -> Table {
        let dialect = try await dialect()
        switch kind {
        case .device: return try await searchDevices(text, dialect)
        case .bill: return try await searchBills(text)
        default: throw BackendError(.unsupported, "LibreNMS can't search a \(kind)")
        }
    }

    private func searchBills(_ text: String) async throws(BackendError) -> Table {
        for key in ["custid", "ref"] {
            let table = billTable(try await rows("bills", Path.bills, query: [(key, text)], priority: 0))
            if table.count > 0 { return table }
        }
        return Table.empty(.bill, backend)
    }

    /// Rows of a search are a device's and a port's in one, in which the port's flags stand for the device's: so
    /// only the numbers are taken, and the devices read by them.
    private func searchDevices(_ text: String, _ dialect: Dialect) async throws(BackendError) -> Table {
        guard let address = SearchedAddress(text) else {
            throw BackendError(.unsupported, "\(Cleaning.clean(text)) is no MAC, IPv4 or IPv6 address")
        }
        let query = [("type", address.type), ("query", address.text)]
        let found = try await rows("devices", Path.devices, query: query, priority: 0)
        var seen: Set<DeviceID> = []
        var ports: [DeviceID: [String]] = [:]
        var ids: [DeviceID] = []
        for row in found?.array.map({ $0 }) ?? [] {
            guard let id = row["device_id"]?.text else { continue }
            if seen.insert(id).inserted { ids.append(id) }
            let names = [row["ifName"], row["ifDescr"]].compactMap { $0?.text }
            if let name = names.first(where: { !$0.isEmpty }) { ports[id, default: []].append(name) }
        }
        let isFew = ids.count <= Self.fewDevices
        let table = isFew ? try await devices(ids) : try await readDevices()
        var builder = TableBuilder(.foundDevice, backend)
        let matched = ResourceDescriptor.foundDevice.place(of: .matched)
        for row in table.refs.indices where seen.contains(table.refs[row].id) {
            builder.append(table, row: row)
            builder.set(matched, text: Self.words(ports[table.refs[row].id] ?? []))
        }
        return builder.finish()
    }

    /// The ports that have the address: `port Gi0/1`, `ports Gi0/1, Gi0/2 and 7 more`.
    private static func words(_ ports: [String]) -> String {
        if ports.isEmpty { return "" }
        let rest = ports.count - 3
        return "port\(ports.count > 1 ? "s" : "") \(ports.prefix(3).joined(separator: ", "))"
            + (rest > 0 ? " and \(Quantity.count(rest)) more" : "")
    }

    /// More than these are found faster in the whole list.
    static let fewDevices = 8
}

/// What kind of address was searched for.
struct SearchedAddress: Equatable {
    /// The API's word for it.
    let type: String
    /// As the server wants it: a MAC without anything between its digits.
    let text: String

    /// Nil for what is no address.
    init?(_ text: String) {
        let text = text.lowercased().filter { !$0.isWhitespace }
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        if parts.count == 4, parts.allSatisfy({ UInt8($0) != nil }) {
            (type, self.text) = ("ipv4", text)
            return
        }
        let digits = text.filter { !":-.".contains($0) }
        guard !digits.isEmpty, digits.allSatisfy(\.isHexDigit) else { return nil }
        if digits.count == 12, !text.contains("::"), text.split(separator: ":").count != 8 {
            (type, self.text) = ("mac", digits)
        } else if text.contains(":"), !text.contains("-"), !text.contains(".") {
            (type, self.text) = ("ipv6", text)
        } else {
            return nil
        }
    }
}
