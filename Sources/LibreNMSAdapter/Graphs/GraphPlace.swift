internal import AdapterKit
internal import Domain
internal import HTTP

extension Path {
    static let deviceGraph: PathTemplate = "/devices/{id}/{type}"
    static let portGraph: PathTemplate = "/devices/{id}/ports/{name}/{type}"

    /// What may be read of graphs besides their list.
    static let graphs = [deviceGraph, portGraph]
}

/// Where a graph is found: everything but its time and size.
///
/// It travels in the identifier of a ``PictureDescriptor``, so that looking at another time asks for nothing but
/// the picture.
struct GraphPlace: Sendable, Equatable {
    /// What it shows, in the server's words: `device_bits`.
    var type: String
    /// The device: its number, or its host name where the release knows graphs by nothing else.
    var device: String
    /// The port's name; nil for a graph of the device.
    var port: String?
    /// Whether the name is the port's `ifDescr`.
    var isDescription = false

    init(type: String, device: String, port: String? = nil, isDescription: Bool = false) {
        self.type = type
        self.device = device
        self.port = port
        self.isDescription = isDescription
    }

    private static let separator: Character = "\u{1F}"

    /// Reads an identifier.
    ///
    /// The name of a port comes last: it may hold anything.
    init(_ id: String) throws(BackendError) {
        let words = id.split(
            separator: Self.separator, maxSplits: 3, omittingEmptySubsequences: false
        ).map(String.init)
        // What the server calls a graph has an underscore; beside them stand paths that do something, as "discover".
        guard words.count >= 2, words[0].contains("_"), !words[1].isEmpty else {
            throw BackendError(.invalid, "this is no graph of LibreNMS")
        }
        self.init(
            type: words[0], device: words[1], port: words.count == 4 ? words[3] : nil,
            isDescription: words.count == 4 && words[2] == "ifDescr")
    }

    /// The identifier.
    var id: String {
        let words = [type, device] + (port.map { [isDescription ? "ifDescr" : "ifName", $0] } ?? [])
        return words.joined(separator: String(Self.separator))
    }
}
