import Domain
import Links
import Testing

/// Rows of two servers that look alike and are not known to belong together.
struct NearMiss: Sendable, CustomTestStringConvertible {
    let name: String
    let tables: [Table]
    var testDescription: String { name }

    /// One row on each of two servers.
    static func pair(
        _ name: String, _ one: ResourceDescriptor, _ mine: [FieldKey: Made.Cell], _ other: ResourceDescriptor,
        _ theirs: [FieldKey: Made.Cell]
    ) -> NearMiss {
        NearMiss(
            name: name,
            tables: [
                Made.table(one, Made.nms, [("1", mine)]), Made.table(other, Made.access, [("1", theirs)]),
            ])
    }

    /// Two devices that have one value in one field.
    static func devices(_ name: String, _ key: FieldKey, _ mine: String, _ theirs: String? = nil) -> NearMiss
    {
        pair(name, Made.device, [key: .text(mine)], Made.device, [key: .text(theirs ?? mine)])
    }

    static let devicePairs: [NearMiss] = [
        devices("a MAC of zeros", "mac", "00:00:00:00:00:00"),
        devices("the broadcast MAC", "mac", "ff:ff:ff:ff:ff:ff"),
        devices("a multicast MAC", "mac", "01:00:5e:00:00:01"),
        devices("the MAC of examples", "mac", "00:11:22:33:44:55"),
        devices("the MAC of counted digits", "mac", "12:34:56:78:9a:bc"),
        devices("a MAC of one octet repeated", "mac", "22:22:22:22:22:22"),
        devices("the MAC of a VRRP group", "mac", "00:00:5e:00:01:0a"),
        devices("the MAC of an HSRP group", "mac", "00:00:0c:07:ac:01"),
        devices("the MAC of an HSRP group of version 2", "mac", "00:00:0c:9f:f0:01"),
        devices("a MAC that a virtual machine made up", "mac", "52:54:00:12:34:57"),
        devices("a MAC of Docker", "mac", "02:42:ac:11:00:02"),
        devices("MACs that differ in the last digit", "mac", "00:1b:21:aa:bb:c1", "00:1b:21:aa:bb:c2"),
        devices("a MAC with a digit missing", "mac", "00:1b:21:aa:bb:c", "00:1b:21:aa:bb:c0:00"),
        devices("a MAC and the same digits mirrored", "mac", "00:1b:21:aa:bb:c1", "c1:bb:aa:21:1b:00"),
        devices("the address 0.0.0.0", "ip", "0.0.0.0"),
        devices("the loopback address", "ip", "127.0.0.1"),
        devices("a link-local address", "ip", "169.254.10.20"),
        devices("a multicast address", "ip", "224.0.0.5"),
        devices("the broadcast address", "ip", "255.255.255.255"),
        devices("what a router is unpacked with", "ip", "192.168.1.1"),
        devices("what another router is unpacked with", "ip", "192.168.88.1"),
        devices("a private address alone", "ip", "10.20.30.40"),
        devices("an address behind a carrier's NAT alone", "ip", "100.64.3.4"),
        devices("the unspecified address of IPv6", "ip", "::"),
        devices("the loopback address of IPv6", "ip", "::1"),
        devices("a link-local address of IPv6", "ip", "fe80::1"),
        devices("a unique local address of IPv6 alone", "ip", "fd00::1:2"),
        devices("addresses that begin alike", "ip", "198.51.100.1", "198.51.100.10"),
        devices("an address and its network", "ip", "198.51.100.0/24", "198.51.100.7"),
        devices("localhost", .name, "localhost"),
        devices("localhost with its domain", .name, "localhost.localdomain"),
        devices("a name that systems come with", .name, "MikroTik"),
        devices("the name router", .name, "router"),
        devices("one short name at two sites", .name, "sw1"),
        devices("one short name in two domains", .name, "sw1.madrid.example.net", "sw1.paris.example.net"),
        devices("a short name and a full one", .name, "sw1", "sw1.paris.example.net"),
        devices("one name in a domain that every site has", .name, "core1.local"),
        devices("names that differ by a digit", .name, "core1.example.net", "core10.example.net"),
        devices("a name within another", .name, "core1.example.net", "xcore1.example.net"),
        devices("a domain within another", .name, "core1.example.net", "core1.example.net.de"),
        devices("a display name that is no host name", .name, "Core router Madrid"),
        devices("an empty name", .name, " "),
        devices("a serial of counted digits", "serial", "0123456789"),
        devices("a serial that boards come with", "serial", "To be filled by O.E.M."),
        devices("a serial Default string", "serial", "Default string"),
        devices("a serial of zeros", "serial", "0000000000"),
        devices("a serial of one letter repeated", "serial", "XXXXXXXX"),
        devices("a serial that says unknown", "serial", "unknown"),
        devices("a serial too short for one", "serial", "A1"),
        devices("a serial of five digits", "serial", "48213"),
        devices("a serial within another", "serial", "FDO2233X0AB", "FDO2233X0ABC"),
        devices("serials that differ by a letter", "serial", "FDO2233X0AB", "FDO2233X0AC"),
    ]

    static let contradictions: [NearMiss] = [
        pair(
            "an address that moved to another device", Made.device,
            ["ip": "198.51.100.7", .name: "old1.example.net"],
            Made.device, ["ip": "198.51.100.7", .name: "new7.example.net"]),
        pair(
            "an address that moved, names without domains", Made.device,
            ["ip": "198.51.100.7", .name: "old1"],
            Made.device, ["ip": "198.51.100.7", .name: "new7"]),
        pair(
            "a name that was given again to other hardware", Made.device,
            [.name: "core1.example.net", "serial": "FDO2233X0AB"], Made.device,
            [.name: "core1.example.net", "serial": "JPE19380QRS"]),
        pair(
            "hardware that was moved to another name", Made.device,
            [.name: "core1.example.net", "serial": "FDO2233X0AB"], Made.device,
            [.name: "edge9.example.net", "serial": "FDO2233X0AB"]),
        pair(
            "an address and name of a box that was replaced", Made.device,
            [.name: "core1.example.net", "ip": "198.51.100.7", "serial": "FDO2233X0AB"], Made.device,
            [.name: "core1.example.net", "ip": "198.51.100.7", "serial": "FDO9999X0ZZ"]),
        pair(
            "a private address and another name", Made.device, ["ip": "10.1.2.3", .name: "sw1"], Made.device,
            ["ip": "10.1.2.3", .name: "sw2"]),
        pair(
            "a MAC whose device has another serial", Made.device,
            ["mac": "00:1b:21:aa:bb:c1", "serial": "FDO2233X0AB"], Made.device,
            ["mac": "00:1b:21:aa:bb:c1", "serial": "JPE19380QRS"]),
    ]

    static let numbers: [NearMiss] = [
        pair(
            "a customer number inside a longer number", Made.port, ["alias": "Cust: 104233 uplink"],
            Made.customer,
            [.externalID: "10423"]),
        pair(
            "a customer number as a word of a description", Made.port, ["alias": "Cust: CUST-1042 uplink"],
            Made.customer, [.externalID: "CUST-1042"]),
        pair(
            "a customer number inside a word", Made.port, ["alias": "Cust: XCUST-1042 uplink"], Made.customer,
            [.externalID: "CUST-1042"]),
        pair(
            "a circuit as a word of a description", Made.port, ["alias": "[100M] {CCT-3622}"], Made.leg,
            ["circuit_id": "CCT-3622"]),
        pair(
            "digits of a circuit that are a slot", Made.port, ["alias": "uplink to 1/3622"], Made.leg,
            ["circuit_id": "3622"]),
        pair("a customer without a number", Made.bill, ["custid": ""], Made.customer, [.externalID: ""]),
        pair(
            "a customer number that says none", Made.bill, ["custid": "none"], Made.customer,
            [.externalID: "none"]),
        pair("a customer number 0", Made.bill, ["custid": "0"], Made.customer, [.externalID: "0"]),
        pair(
            "a customer number of two digits", Made.bill, ["custid": "42"], Made.customer, [.externalID: "42"]
        ),
        pair(
            "customer numbers that begin alike", Made.bill, ["custid": "10423"], Made.customer,
            [.externalID: "104"]),
        pair(
            "a customer number with zeros before it", Made.bill, ["custid": "001042"], Made.customer,
            [.externalID: "1042"]),
        pair(
            "a circuit number of four digits", Made.port, ["circuit_id": "3622"], Made.leg,
            ["circuit_id": "3622"]),
        pair(
            "a circuit that says spare", Made.port, ["circuit_id": "spare"], Made.leg, ["circuit_id": "spare"]
        ),
        pair(
            "a circuit number that is a customer number there", Made.port, ["circuit_id": "C-10423"],
            Made.customer,
            [.externalID: "C-10423"]),
        pair(
            "a serial that is a circuit there", Made.device, ["serial": "ABC-10423"], Made.leg,
            ["circuit_id": "ABC-10423"]),
    ]

    static let shared: [NearMiss] = [
        NearMiss(
            name: "a MAC that all ports of a chassis share",
            tables: [
                Made.table(
                    Made.port, Made.nms,
                    (1...9).map { ("\($0)", ["mac": "00:1b:21:aa:bb:c1", .name: .text("Gi0/\($0)")]) }),
                Made.table(Made.cpe, Made.access, [("1", ["mac": "00:1b:21:aa:bb:c1"])]),
            ]),
        NearMiss(
            name: "a serial that two devices of one server have",
            tables: [
                Made.table(
                    Made.device, Made.nms,
                    [("1", ["serial": "FDO2233X0AB"]), ("2", ["serial": "FDO2233X0AB"])]),
                Made.table(Made.device, Made.access, [("1", ["serial": "FDO2233X0AB"])]),
            ]),
        NearMiss(
            name: "two sites with the same full host name",
            tables: [
                Made.table(
                    Made.device, Made.nms,
                    [("1", [.name: "sw1.example.net"]), ("2", [.name: "sw1.example.net"])]),
                Made.table(Made.device, Made.access, [("1", [.name: "sw1.example.net"])]),
            ]),
        NearMiss(
            name: "an address that two devices of one server have",
            tables: [
                Made.table(
                    Made.device, Made.nms, [("1", ["ip": "198.51.100.7"]), ("2", ["ip": "198.51.100.7"])]),
                Made.table(Made.device, Made.access, [("1", ["ip": "198.51.100.7"])]),
            ]),
        NearMiss(
            name: "a circuit that two bonds have",
            tables: [
                Made.table(
                    Made.leg, Made.bonding,
                    [("1", ["circuit_id": "CCT-3622"]), ("2", ["circuit_id": "CCT-3622"])]),
                Made.table(Made.port, Made.nms, [("1", ["circuit_id": "CCT-3622"])]),
            ]),
        NearMiss(
            name: "a customer number that two customers have",
            tables: [
                Made.table(
                    Made.customer, Made.access,
                    [("1", [.externalID: "CUST-1042"]), ("2", [.externalID: "CUST-1042"])]),
                Made.table(Made.bill, Made.nms, [("1", ["custid": "CUST-1042"])]),
            ]),
        NearMiss(
            name: "a device that has the serial of one and the MAC of another",
            tables: [
                Made.table(
                    Made.device, Made.nms,
                    [("1", ["serial": "FDO2233X0AB"]), ("2", ["mac": "00:1b:21:aa:bb:c1"])]),
                Made.table(
                    Made.device, Made.access, [("1", ["serial": "FDO2233X0AB", "mac": "00:1b:21:aa:bb:c1"])]),
            ]),
        NearMiss(
            name: "a router and a CPE of one server with one serial",
            tables: [
                Made.table(Made.device, Made.access, [("1", ["serial": "FDO2233X0AB"])]),
                Made.table(Made.cpe, Made.access, [("1", ["serial": "FDO2233X0AB"])]),
                Made.table(Made.device, Made.nms, [("1", ["serial": "FDO2233X0AB"])]),
            ]),
        NearMiss(
            name: "rows of one server that share a serial",
            tables: [
                Made.table(
                    Made.device, Made.nms,
                    [("1", ["serial": "FDO2233X0AB"]), ("2", ["serial": "FDO2233X0AB"])]),
                Made.table(Made.bond, Made.bonding, [("1", [.name: "acme"])]),
            ]),
        NearMiss(
            name: "two bills of one customer number, and no customer",
            tables: [
                Made.table(Made.bill, Made.nms, [("1", ["custid": "CUST-1042"])]),
                Made.table(Made.bill, Made.nms2, [("1", ["custid": "CUST-1042"])]),
            ]),
        NearMiss(
            name: "two BGP sessions with one peer",
            tables: [
                Made.table(Made.session, Made.nms, [("1", ["peer": "198.51.100.7"])]),
                Made.table(Made.session, Made.nms2, [("1", ["peer": "198.51.100.7"])]),
            ]),
        NearMiss(
            name: "ports of one name on devices that are not known to be one",
            tables: [
                Made.table(Made.device, Made.nms, [("1", [.name: "sw1"])]),
                Made.table(Made.device, Made.nms2, [("1", [.name: "sw1"])]),
                Made.table(
                    Made.port, Made.nms,
                    [("1", [.name: "Gi0/1", .device: .ref(Made.ref(Made.nms, .device, "1"))])]),
                Made.table(
                    Made.port, Made.nms2,
                    [("1", [.name: "Gi0/1", .device: .ref(Made.ref(Made.nms2, .device, "1"))])]),
            ]),
    ]

    static let all = devicePairs + contradictions + numbers + shared
}

@Suite("Near misses")
struct NearMissTests {
    @Test("what only looks alike is not linked exactly", arguments: NearMiss.all)
    func none(_ miss: NearMiss) {
        let network = Network(Made.feeds(miss.tables))
        for table in miss.tables {
            for entity in table.refs {
                let links = network.links(of: entity)
                #expect(links.allSatisfy { $0.evidence == .guess && !$0.isSameThing }, "\(links)")
                #expect(network.thing(of: entity) == nil)
            }
        }
    }

    @Test("there are at least sixty of them, each under its own name")
    func many() {
        #expect(NearMiss.all.count >= 60)
        #expect(Set(NearMiss.all.map(\.name)).count == NearMiss.all.count)
    }
}
