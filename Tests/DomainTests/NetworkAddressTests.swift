import Domain
import Testing

@Suite("Addresses in any notation")
struct NetworkAddressTests {
    @Test(
        "a MAC is the same however it is written",
        arguments: [
            "00:16:3e:0a:00:05", "00:16:3E:0A:00:05", "0:16:3e:a:0:5", "00-16-3e-0a-00-05", "0016.3e0a.0005",
            "00163e-0a0005", "0016:3e0a:0005", "00163e0a0005",
        ])
    func macs(text: String) {
        #expect(NetworkAddress(text) == .mac(0x0016_3E0A_0005))
        #expect(NetworkAddress(text)?.description == "00:16:3e:0a:00:05")
        #expect(NetworkAddress(text)?.bareMAC == "00163e0a0005")
    }

    @Test(
        "IPv4 and IPv6 are read and written as usual",
        arguments: [
            ("192.0.2.1", "192.0.2.1"), ("2001:0DB8:0000:24cb:0:0:0:1", "2001:db8:0:24cb::1"), ("::", "::"),
            ("::1", "::1"), ("fe80::", "fe80::"), ("::ffff:192.0.2.1", "::ffff:c000:201"),
            ("1:0:0:2:0:0:0:3", "1:0:0:2::3"), ("1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7:8"),
            ("1:0:2:3:4:5:6:7", "1:0:2:3:4:5:6:7"),
        ])
    func addresses(text: String, canonical: String) {
        #expect(NetworkAddress(text)?.description == canonical)
        #expect(NetworkAddress(canonical) == NetworkAddress(text))
    }

    @Test(
        "other words are none",
        arguments: [
            "", "dead", "192.0.2", "192.0.2.256", "192.0.2.1/24", "1.2.3.4.5", "12:34", "core:1:2",
            "00:16:3e:0a:00",
            "00:16:3e:0a:00:005", "00:16-3e:0a:00:05", "1::2::3", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", ":::",
            "00163e0a000", "+1:2:3:4:5:6", "00:16:3e:0a:00:+5", "12345::", ":1", "1.2.3.+4",
        ])
    func none(text: String) { #expect(NetworkAddress(text) == nil) }
}

@Suite("Whereabouts among rows that are here")
struct WhereaboutsTests {
    private static let port = ResourceDescriptor(
        .port, plural: "ports", pane: nil,
        fields: [
            Field(.name, "Port", .text), Field(.device, "Device", .ref(.device)), Field(.mac, "MAC", .text),
            Field("alias", "Description", .text), Field("networks", "Networks", .word),
        ], interval: 60)

    private static func table() -> Table {
        var builder = TableBuilder(port, BackendID(1))
        let rows = [
            ("Gi0/1", "00163e0a0005", "to acme", ""), ("Gi0/2", "", "cpe 0016.3E0A.0005, acme", ""),
            ("Gi0/3", "00163e0a0006", "order 00163e0a00051", "10.0.0.1/24 (2001:db8::1)"),
            ("Gi0/4", "", "", "110.0.0.1, 10.0.0.12"),
        ]
        for (number, row) in rows.enumerated() {
            builder.begin(EntityRef(BackendID(1), .port, id: Int64(number + 1)))
            builder.set(0, text: row.0)
            builder.set(1, ref: EntityRef(BackendID(1), .device, id: "7"), name: "sw7")
            builder.set(2, text: row.1)
            builder.set(3, text: row.2)
            builder.set(4, text: row.3)
        }
        return builder.finish()
    }

    @Test(
        "a row is found by any field that holds the address as a word of its own, in any notation",
        arguments: [
            ("00:16:3e:0a:00:05", ["1 MAC", "2 Description"]), ("10.0.0.1", ["3 Networks"]),
            ("2001:0db8::0001", ["3 Networks"]), ("10.0.0.2", []),
        ])
    func found(text: String, rows: [String]) throws {
        let address = try #require(NetworkAddress(text))
        let found = address.whereabouts(in: [Self.table()], of: BackendID(1))
        #expect(found.refs.indices.map { "\(found.refs[$0].id) \(found.text($0, .matched))" } == rows)
        #expect(found.refs.allSatisfy { $0.kind == .port })
        for row in found.refs.indices { #expect(found.text(row, .device) == "sw7") }
    }
}
