import Domain
import Links
import Testing

@Suite("Keys of links")
struct KeyTests {
    /// Whether two values of one field link two rows exactly.
    private func isExact(
        _ one: ResourceDescriptor, _ key: FieldKey, _ mine: String, _ other: ResourceDescriptor,
        _ otherKey: FieldKey,
        _ theirs: String
    ) -> Bool {
        let network = Network(
            Made.feeds([
                Made.table(one, Made.nms, [("1", [key: .text(mine)])]),
                Made.table(other, Made.access, [("1", [otherKey: .text(theirs)])]),
            ]))
        return network.links(of: Made.ref(Made.nms, one.kind, "1")).first?.evidence == .exact
    }

    @Test(
        "a MAC is the same in all spellings",
        arguments: [
            "00:1b:21:aa:0b:c1", "0:1b:21:aa:b:c1", "00-1B-21-AA-0B-C1", "001b.21aa.0bc1", "001b21-aa0bc1",
            "001B21AA0BC1", " 00:1b:21:aa:0b:c1 ",
        ])
    func macs(_ spelling: String) {
        #expect(isExact(Made.port, "mac", "001b21aa0bc1", Made.cpe, "mac", spelling))
    }

    @Test("what is no MAC links nothing", arguments: ["00:1b:21:aa:0b", "001b21aa0bcg", "00:1b:21-aa:0b:c1"])
    func noMACs(_ text: String) {
        #expect(!isExact(Made.port, "mac", text, Made.cpe, "mac", text))
    }

    @Test(
        "an address is the same with its length, in IPv6, and written out",
        arguments: [
            ("198.51.100.7", "198.51.100.7/24"), ("198.51.100.7", "::ffff:198.51.100.7"),
            ("2001:db8::1", "2001:0db8:0000:0000:0000:0000:0000:0001"), ("2001:DB8::1", "2001:db8::1/64"),
        ])
    func addresses(_ one: String, _ other: String) {
        #expect(isExact(Made.device, "ip", one, Made.device, "ip", other))
    }

    @Test("a full host name is the same in capitals and with a dot at its end")
    func hosts() {
        #expect(isExact(Made.device, .name, "Core1.Example.NET", Made.device, .name, "core1.example.net."))
    }

    @Test("a server that is known by its address is linked by that")
    func hostAddress() {
        #expect(isExact(Made.device, .name, "198.51.100.7", Made.device, "ip", "198.51.100.7"))
    }

    @Test("a private address and a short name together are enough")
    func weakPair() {
        let row: [FieldKey: Made.Cell] = ["ip": "10.1.2.3", .name: "sw1"]
        let network = Network(
            Made.feeds([
                Made.table(Made.device, Made.nms, [("1", row)]),
                Made.table(Made.device, Made.access, [("1", row)]),
            ]))
        #expect(network.links(of: Made.ref(Made.nms, .device, "1")).map(\.evidence) == [.exact])
    }

    @Test("another name does not stand against a serial and a MAC that agree")
    func twoAgainstOne() {
        let network = Network(
            Made.feeds([
                Made.table(
                    Made.device, Made.nms,
                    [
                        (
                            "1",
                            ["serial": "FDO2233X0AB", "mac": "00:1b:21:aa:bb:c1", .name: "core1.example.net"]
                        )
                    ]),
                Made.table(
                    Made.device, Made.access,
                    [("1", ["serial": "fdo2233x0ab", "mac": "001b21aabbc1", .name: "c1-mad.example.org"])]),
            ]))
        #expect(network.thing(of: Made.ref(Made.nms, .device, "1"))?.members.count == 2)
    }

    @Test("the serial of an ONT is the same with its vendor in letters and in digits")
    func ontSerial() {
        #expect(isExact(Made.device, "serial", "HWTC1A2B3C4D", Made.cpe, "serial", "485754431A2B3C4D"))
    }

    @Test("a circuit and a customer number are the same in capitals and small letters")
    func numbers() {
        #expect(isExact(Made.port, "circuit_id", "CCT-3622", Made.leg, "circuit_id", "cct-3622"))
        #expect(isExact(Made.bill, "custid", "cust-1042", Made.customer, .externalID, "CUST-1042"))
    }

    @Test("a BGP session is linked with who has the address of its peer")
    func peers() {
        #expect(isExact(Made.session, "peer", "2001:0db8:0:0:0:0:0:1", Made.device, "ip", "2001:db8::1"))
    }

    @Test("a number that stands as a word of a description is a guess, and says why")
    func mentions() {
        for alias in [
            "Cust: CUST-1042 uplink", "[100M] {CUST-1042}", "x/CUST-1042", "cust=cust-1042,", "To CUST-1042.",
        ] {
            let network = Network(
                Made.feeds([
                    Made.table(Made.port, Made.nms, [("1", ["alias": .text(alias)])]),
                    Made.table(Made.customer, Made.access, [("1", [.externalID: "CUST-1042"])]),
                ]))
            let links = network.links(of: Made.ref(Made.access, .customer, "1"))
            #expect(links.map(\.evidence) == [.guess], "\(alias)")
            #expect(links.first?.reasons.first?.words == "customer number cust-1042")
            #expect(links.first?.reasons.first?.otherField == "alias")
        }
    }

    @Test(
        "a number inside a longer one is nothing at all",
        arguments: ["CUST-10421", "1CUST-1042", "CUST-1042-3", "CUST-1042_b"])
    func insideNumbers(_ word: String) {
        let network = Network(
            Made.feeds([
                Made.table(Made.port, Made.nms, [("1", ["alias": .text("to \(word) fibre")])]),
                Made.table(Made.customer, Made.access, [("1", [.externalID: "CUST-1042"])]),
            ]))
        #expect(network.links(of: Made.ref(Made.access, .customer, "1")).isEmpty)
    }

    @Test("ports of one name on one device of two servers are one port")
    func interfaces() {
        let (one, other) = (Made.ref(Made.nms, .device, "1"), Made.ref(Made.nms2, .device, "9"))
        let network = Network(
            Made.feeds([
                Made.table(Made.device, Made.nms, [("1", ["serial": "FDO2233X0AB"])]),
                Made.table(Made.device, Made.nms2, [("9", ["serial": "FDO2233X0AB"])]),
                Made.table(
                    Made.port, Made.nms,
                    [
                        ("1", [.name: "Gi0/1", .device: .ref(one)]),
                        ("2", [.name: "Gi0/2", .device: .ref(one)]),
                    ]),
                Made.table(
                    Made.port, Made.nms2, [("7", [.name: "GigabitEthernet0/1", .device: .ref(other)])]),
            ]))
        let port = Made.ref(Made.nms, .port, "1")
        #expect(network.thing(of: port)?.members == [port, Made.ref(Made.nms2, .port, "7")])
        #expect(network.links(of: Made.ref(Made.nms2, .port, "7")).map(\.other) == [port])
        #expect(network.links(of: Made.ref(Made.nms, .port, "2")).isEmpty)
    }
}
