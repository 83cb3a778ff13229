internal import JSON

/// What a device is called: what newer releases are told to display, else its host name.
///
/// Releases from 2021 to early 2026 give a template as it was written, such as `{{ $sysName }} ({{ $hostname }})`.
struct DeviceName {
    let display: String
    let host: String
    let system: String
    let address: String

    init(display: String, host: String, system: String, address: String) {
        self.display = display
        self.host = host
        self.system = system
        self.address = address
    }

    /// The names in a row.
    init(_ row: JSONValue) {
        func text(_ key: String) -> String { row[key]?.text ?? "" }
        self.init(
            display: text("display"), host: text("hostname"), system: text("sysName"), address: text("ip"))
    }

    /// The name; nil when there is none.
    var text: String? {
        if let filled, filled.contains(where: { !$0.isWhitespace }) { return filled }
        return host.isEmpty ? nil : host
    }

    /// The display with its placeholders filled in; nil when it has one that nobody knows.
    private var filled: String? {
        var rest = display[...]
        var filled = ""
        while let start = rest.firstRange(of: "{{") {
            guard let end = rest[start.upperBound...].firstRange(of: "}}") else { return nil }
            let name = rest[start.upperBound..<end.lowerBound].filter { !$0.isWhitespace && $0 != "$" }
            guard let value = value(of: name) else { return nil }
            filled += rest[..<start.lowerBound] + value
            rest = rest[end.upperBound...]
        }
        return filled + rest
    }

    private func value(of name: String) -> String? {
        switch name {
        case "hostname": host
        case "sysName": system
        case "ip": address
        // An address is no name for people, where there is another.
        case "sysName_fallback": system.isEmpty || !hostIsAddress ? host : system
        default: nil
        }
    }

    private var hostIsAddress: Bool {
        host.contains(":")
            || host.split(separator: ".").count == 4 && host.allSatisfy { $0 == "." || $0.isNumber }
    }
}
