import Domain
import Links

/// A small provider as three servers see it: a switch with ports, an OLT with a PON, bonds over both.
///
/// Switch `1` has port `1`, over which leg `1` of bond `1` runs; leg `2` of that bond runs elsewhere. Port `2` carries
/// both legs of bond `2`. PON `a` of OLT `olt1` has CPEs `1` to `3`, of customers `1`, `1` and `2`. The OLT is device `2`
/// of the other server. Customer `2` and space `20` are one; bills are by number.
struct Provider {
    var switchState = "up"
    var portState = "up"
    var oltState = "up"
    var ponState = "up"
    var legStates = ["up", "up", "up", "up"]
    var bondStates = ["up", "up"]
    var cpeState = "up"
    var alerts: [Table] = []
    var stale: Set<ResourceKind> = []

    static let device = Made.ref(Made.nms, .device, "1")
    static let nmsOLT = Made.ref(Made.nms, .device, "2")
    static let port = Made.ref(Made.nms, .port, "1")
    static let olt = Made.ref(Made.access, .device, "olt1")
    static let pon = Made.ref(Made.access, "pon", "a")
    static let aggregator = Made.ref(Made.bonding, .aggregator, "1")
    static func leg(_ id: String) -> EntityRef { Made.ref(Made.bonding, .leg, id) }
    static func bond(_ id: String) -> EntityRef { Made.ref(Made.bonding, .bond, id) }
    static func cpe(_ id: String) -> EntityRef { Made.ref(Made.access, .cpe, id) }
    static func customer(_ id: String) -> EntityRef { Made.ref(Made.access, .customer, id) }
    static func space(_ id: String) -> EntityRef { Made.ref(Made.bonding, .customer, id) }

    var network: Network { Network(feeds) }
    var feeds: [Feed] { Made.feeds(nms + access + bonding + alerts, stale: stale) }

    var nms: [Table] {
        [
            Made.table(
                Made.device, Made.nms,
                [
                    ("1", [.name: "sw1.example.net", .status: .text(switchState)]),
                    ("2", [.name: "olt1.example.net", .status: .text(oltState), "serial": "OLT99812X"]),
                ]),
            Made.table(
                Made.port, Made.nms,
                [
                    (
                        "1",
                        [
                            .name: "Gi0/1", .device: .ref(Self.device), "oper": .text(portState),
                            "circuit_id": "CCT-3001",
                        ]
                    ),
                    (
                        "2",
                        [
                            .name: "Gi0/2", .device: .ref(Self.device), "oper": "up",
                            "mac": "00:1b:21:00:00:03",
                        ]
                    ),
                    (
                        "3",
                        [
                            .name: "Gi0/3", .device: .ref(Self.device), "oper": "up",
                            "mac": "00:1b:21:00:00:04",
                        ]
                    ),
                ]),
            Made.table(
                Made.bill, Made.nms,
                [
                    ("1", ["custid": "CUST-1001"]), ("2", ["custid": "CUST-1002"]),
                    ("3", ["custid": "CUST-1002"]),
                ]),
        ]
    }

    var access: [Table] {
        [
            Made.table(
                Made.device, Made.access,
                [("olt1", [.name: "olt1", .status: .text(oltState), "serial": "OLT99812X"])]),
            Made.table(
                Made.pon, Made.access,
                [("a", [.device: .ref(Self.olt), "oper": .text(ponState), .name: "0/1"])]),
            Made.table(
                Made.cpe, Made.access,
                [("1", "1"), ("2", "1"), ("3", "2")].map { id, customer in
                    (
                        id,
                        [
                            .status: .text(cpeState), .customer: .ref(Self.customer(customer)),
                            "pon": .ref(Self.pon), "olt": .ref(Self.olt),
                        ]
                    )
                }),
            Made.table(
                Made.customer, Made.access,
                [
                    ("1", [.externalID: "CUST-1001", .name: "Acme"]),
                    ("2", [.externalID: "CUST-1002", .name: "Vega"]),
                ]),
        ]
    }

    var bonding: [Table] {
        [
            Made.table(Made.aggregator, Made.bonding, [("1", [.name: "agg1", .status: "up"])]),
            Made.table(
                Made.bond, Made.bonding,
                [("1", "10"), ("2", "20")].enumerated().map { place, row in
                    (
                        row.0,
                        [
                            .status: .text(bondStates[place]), .customer: .ref(Self.space(row.1)),
                            .aggregator: .ref(Self.aggregator), .legsTotal: 2,
                        ]
                    )
                }),
            Made.table(
                Made.leg, Made.bonding,
                [
                    (
                        "1",
                        [
                            .device: .ref(Self.bond("1")), "oper": .text(legStates[0]),
                            "circuit_id": "CCT-3001",
                        ]
                    ),
                    ("2", [.device: .ref(Self.bond("1")), "oper": .text(legStates[1])]),
                    (
                        "3",
                        [
                            .device: .ref(Self.bond("2")), "oper": .text(legStates[2]),
                            "mac": "00:1b:21:00:00:03",
                        ]
                    ),
                    (
                        "4",
                        [
                            .device: .ref(Self.bond("2")), "oper": .text(legStates[3]),
                            "mac": "00:1b:21:00:00:04",
                        ]
                    ),
                ]),
            Made.table(
                Made.customer, Made.bonding,
                [
                    ("10", [.name: "Space 10"]), ("20", [.name: "Vega", .externalID: "cust-1002"]),
                ]),
        ]
    }
}
