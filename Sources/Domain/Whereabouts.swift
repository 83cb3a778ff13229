extension ResourceKind {
    /// Where an address was seen: no entity of its own, its rows are the ports, devices and lines that know it.
    public static let whereabouts: ResourceKind = "where"
}

extension FieldKey {
    /// The address of an interface.
    public static let mac: FieldKey = "mac"
    /// The address in the network.
    public static let ip: FieldKey = "ip"
}

extension ResourceDescriptor {
    /// What a search for an address finds, whatever server found it.
    public static let whereabouts = ResourceDescriptor(
        .whereabouts, plural: "where", pane: nil,
        fields: [
            Field(.matched, "Found", .word, width: 8...28, priority: 0),
            Field(.name, "Name", .text, width: 10...32, priority: 0),
            Field(.device, "Device", .ref(.device), width: 10...30, priority: 0),
            Field(.mac, "MAC", .text, width: 12...17, priority: 1),
            Field(.ip, "Address", .text, width: 9...39, priority: 1),
            Field("vlan", "VLAN", .text, width: 4...8, priority: 2),
            Field("seen", "Seen", .time, width: 5...8, priority: 2),
            Field("value", "Value", .text, width: 8...40, priority: 3),
        ],
        interval: .infinity)
}

/// What a server knows of where an address is.
public struct Located: Sendable, Equatable {
    /// A row for each thing that knows it; a thing may have several.
    public var table: Table
    /// Whether everything that the server could say arrived.
    public var completeness: Completeness

    /// Makes a finding.
    public init(_ table: Table, _ completeness: Completeness = .complete) {
        self.table = table
        self.completeness = completeness
    }
}

extension NetworkAddress {
    /// The rows of some tables that hold this address in any of their fields, in any notation, as rows of whereabouts.
    ///
    /// Walks all texts: some seconds for a million of them, for use off the main thread.
    public func whereabouts(in tables: [Table], of backend: BackendID) -> Table {
        var builder = TableBuilder(.whereabouts, backend)
        let resource = ResourceDescriptor.whereabouts
        func set(_ key: FieldKey, _ text: String) {
            if let place = resource.index(of: key), !text.isEmpty { builder.set(place, text: text) }
        }
        for table in tables {
            var found: [Int: Int] = [:]
            for (column, data) in table.columns.enumerated() where data.holdsText {
                for row in 0..<table.count where found[row] == nil && data.holds(self, row) {
                    found[row] = column
                }
            }
            for (row, column) in found.sorted(by: { $0.key < $1.key }) {
                builder.begin(table.refs[row])
                set(.matched, table.resource.fields[column].title)
                set(.name, table.name(row))
                if case .ref(let device, let name) = table.value(row, .device),
                    let place = resource.index(of: .device)
                {
                    builder.set(place, ref: device, name: name)
                }
                set(.mac, table.text(row, .mac))
                set(.ip, table.text(row, .ip))
                if table.resource.fields[column].key != .mac, table.resource.fields[column].key != .ip {
                    set("value", table.text(row, column))
                }
            }
        }
        return builder.finish()
    }
}

extension Column {
    /// Whether the text of a row has an address among its words; a length of a network behind it does not matter.
    fileprivate func holds(_ address: NetworkAddress, _ row: Int) -> Bool {
        withText(row) { bytes in
            guard bytes.count >= 3 else { return false }
            var start = 0
            for place in 0...bytes.count {
                if place < bytes.count, NetworkAddress.isPart(bytes[place]) { continue }
                if (3...45).contains(place - start) {
                    let word = bytes[start..<place]
                    // Most words are none: only those with a separator or of twelve digits are read.
                    if word.count == 12 || word.contains(where: { $0 == 0x3A || $0 == 0x2D || $0 == 0x2E }),
                        NetworkAddress(String(decoding: word, as: UTF8.self)) == address
                    {
                        return true
                    }
                }
                start = place + 1
            }
            return false
        }
    }
}
