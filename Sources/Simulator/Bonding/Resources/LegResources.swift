extension BondingResource {
    /// A leg of any kind, as the general collection shows it; the fields of its own kind are only there.
    static let leg = BondingResource(.leg, "Leg", legHead + legCommon.map(\.fixed) + [.fixed("ip", .address)])

    static func leg(_ kind: LegKind) -> BondingResource {
        switch kind {
        case .dhcp: dhcpLeg
        case .staticAddress: staticLeg
        case .pppoe: pppoeLeg
        case .mobileBroadband: mobileLeg
        }
    }

    private static let legHead: [BondingField] = [
        .computed("url") { $0.url }, .computed("id") { .computed($0.record.id) },
        .computed("bond") { $0.link(.bond, $0.record.owner) }, .fixed("type"),
        .computed("state", .choice(LegState.allCases.filter { $0 != .odd }.map(\.rawValue))) { row in
            .text(row.view.state(of: row.record, at: row.view.tick).rawValue)
        },
    ]

    /// A speed of 0 makes a leg that works one way.
    private static let legCommon: [BondingField] = [
        .required("interface", .text(longest: 15)),
        .optional("link_mode", .choice(["active", "idle", "offline"]), .text("active")),
        .flag("failover"), .integer("up_speed", 0...100_000_000_000, 10_000_000),
        .integer("down_speed", 0...100_000_000_000, 50_000_000), .integer("mtu", 576...9_000, 1_500),
        .flag("mtu_detection", true), .text("circuit_id"), .text("note", longest: 2_000),
        .fixed("mac_address"),
    ]

    private static func leg(_ kind: LegKind, _ name: String, _ own: [BondingField]) -> BondingResource {
        BondingResource(
            .leg, name, extra: ["type": .text(kind.rawValue)], legHead + legCommon + own
        ) { draft in
            let speeds = ["up_speed", "down_speed"].compactMap { draft.fields[$0]?.integer }
            return speeds == [0, 0] ? [("non_field_errors", "A leg needs a speed in one direction.")] : []
        }
    }

    private static let dhcpLeg = leg(
        .dhcp, "DHCP Leg",
        [
            .fixed("ip", .address), .fixed("gateway", .address),
            .computed("lease_expires") { row in
                let renewed = row.view.book.operations.renewals[row.record.id]?.last ?? 0
                let leases = (row.view.tick - renewed) / 43_200 + 1
                return row.time(renewed + leases * 43_200)
            },
        ])

    private static let staticLeg = leg(
        .staticAddress, "Static Leg",
        [.required("ip", .address), .required("netmask", .address), .required("gateway", .address)])

    private static let pppoeLeg = leg(
        .pppoe, "PPPoE Leg",
        [
            .required("username", .text(longest: 255)), .required("password", .text(longest: 255)),
            .text("service_name"), .fixed("ip", .address),
        ])

    private static let mobileLeg = leg(
        .mobileBroadband, "Mobile Broadband Leg",
        [.required("mobile_provider_profile", .link(.mobileProfile)), .fixed("ip", .address)])
}

extension BondingField {
    /// The same field where nobody may write it.
    var fixed: BondingField {
        BondingField(name: name, content: content, access: .readOnly, read: read)
    }
}
