/// Devices that say what no dashboard expects, as real ones do: control characters, bidirectional text,
/// names of 3,000 characters, nothing at all.
struct Oddity: Sendable {
    let hostname: String
    let identity: Device.Identity
    let location: String?
    let ports: [OddPort]

    /// A port that is strange in itself.
    struct OddPort: Sendable {
        var name: String?
        var alias: String?
        var speed: Int?
        var mac: Int?
        var rest = Port.Rest.up
    }

    static let portCount = all.reduce(0) { $0 + $1.ports.count }

    static func append(to devices: inout [Device], ports: inout [Port], noise: Noise) {
        for oddity in all {
            let index = devices.count
            let start = ports.count
            for (number, odd) in oddity.ports.enumerated() {
                ports.append(
                    Port(
                        id: ports.count + 1, device: index, index: number + 1, name: odd.name,
                        description: odd.name, alias: odd.alias, speed: odd.speed, mac: odd.mac, use: .spare,
                        rest: odd.rest))
            }
            devices.append(
                Device(
                    id: index + 1, role: .server, site: Site.all[index % Site.all.count],
                    hostname: oddity.hostname, address: "10.250.0.\(number(index))", serial: nil,
                    ports: start..<ports.count, identity: oddity.identity, location: oddity.location,
                    isOdd: true))
        }
    }

    private static func number(_ index: Int) -> Int { index % 250 + 1 }

    static let all: [Oddity] = [
        Oddity(
            hostname: "utf8-names.example.net",
            identity: .init(
                name: "Gerät-東京-🚀-Ñandú", description: "Größe 10 µm – naïve café",
                contact: "Jürgen Müller <jm@example.net>", hardware: "Züri-Box", version: "1.0",
                os: "linux", oldOS: "linux", type: "server", uptime: 259_200),
            location: "Rack \"7\" \\ <b>Keller</b> & Co; \u{202e}esrever\u{202c} – Ελλάδα",
            ports: [
                OddPort(name: "Gi0/1+x", alias: "Übergabe \u{202e}gnp.exe\u{202c} 東京", speed: 1_000_000_000),
                OddPort(name: nil, alias: nil, speed: nil),
                OddPort(name: "dup0", alias: "", speed: 0),
                OddPort(name: "dup0", alias: "second of the name", speed: 0),
            ]),
        Oddity(
            hostname: "control-chars.example.net",
            identity: .init(
                name: "tab\there",
                description: "line1\nline2\r\nline3\u{1b}[31mRED\u{1b}[0m bell\u{7} bs\u{8} del\u{7f}",
                hardware: "<script>alert(1)</script>", version: "1.0\u{0}null", os: "linux", oldOS: "linux",
                type: "server",
                notes: "First line\nsecond \u{1b}[2J\u{1b}[H clear-screen \u{1b}]0;title\u{7}\r",
                uptime: 12_345),
            location: "Zürich, Rack 14/U07",
            ports: [OddPort(name: "eth\u{1b}[5m0", alias: "\u{1b}]52;c;eA==\u{7}", speed: 100_000_000)]),
        Oddity(
            hostname: "all-nulls.example.net",
            identity: .init(
                contact: nil, features: nil, type: "", isAlwaysDown: true),
            location: nil, ports: [OddPort(rest: .down)]),
        Oddity(
            hostname: String(repeating: "x", count: 116) + ".example.net",
            identity: .init(
                name: String(repeating: "N", count: 3_000),
                description: String(repeating: "Very long description. ", count: 130),
                hardware: String(repeating: "H", count: 300), version: String(repeating: "V", count: 255),
                os: "linux", oldOS: "linux", type: "server", uptime: 99_999_999_999),
            location: String(repeating: "L", count: 255),
            ports: [OddPort(name: "eth0", alias: String(repeating: "A", count: 3_000), speed: 10_000_000)]),
        Oddity(
            hostname: "10101",
            identity: .init(
                name: "all-digit-hostname", description: "hostname is digits", contact: nil, hardware: "X",
                version: "1", os: "linux", oldOS: "linux", type: "server", uptime: 10),
            location: "Dublin, Citywest", ports: [OddPort(name: "eth0", alias: "", speed: 10_000_000)]),
        Oddity(
            hostname: "2001:db8::17",
            identity: .init(
                name: "v6only", description: "IPv6 literal as hostname", contact: nil, hardware: "X",
                version: "1", os: "linux", oldOS: "linux", type: "server", uptime: 10),
            location: "Dublin, Citywest", ports: []),
        Oddity(
            hostname: "no-ports.example.net",
            identity: .init(
                name: "no-ports", description: "Ping only", hardware: "", version: "", os: "ping",
                oldOS: "ping", type: ""),
            location: "London Docklands", ports: []),
    ]
}
