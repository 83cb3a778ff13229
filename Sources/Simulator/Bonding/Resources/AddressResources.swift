extension BondingResource {
    private static let head: [BondingField] = [
        .computed("url") { $0.url }, .computed("id") { .computed($0.record.id) },
        .computed("bond") { $0.link(.bond, $0.record.owner) },
    ]

    /// An address of the customer's network that is reached through the bond.
    static let connectedIP = BondingResource(
        .connectedIP, "Connected IP",
        head + [
            .required("ip", .address), .required("network", .network), .text("interface", longest: 15),
            .flag("enabled", true), .flag("include_private_wan"), .text("note", longest: 2_000),
        ])

    /// An address behind which the bonder hides the customer's network.
    static let natIP = BondingResource(
        .natIP, "CPE NAT IP",
        head + [.required("ip", .address), .flag("enabled", true), .text("note", longest: 2_000)])

    /// A network behind the bonder.
    static let route = BondingResource(
        .route, "Route",
        head + [
            .required("network", .network), .required("gateway", .address), .flag("enabled", true),
            .flag("include_private_wan"), .text("note", longest: 2_000),
        ])

    // MARK: IP allocations

    static let allocation = BondingResource(
        .allocation, "IP Allocation",
        [
            .computed("url") { $0.url }, .computed("id") { .computed($0.record.id) },
            .required("network", .network, unique: "IP allocation with this network already exists."),
            .optional("space", .space, .number("1")).notNull, .text("note", longest: 2_000),
        ])

    /// That a routing group may use an allocation; the groups themselves are in no table of version 3.
    static let assignment = BondingResource(
        .assignment, "Assigned Routing Group",
        [
            .computed("url") { $0.url }, .computed("id") { .computed($0.record.id) },
            BondingField(
                name: "routing_group", content: .routingGroup, access: .required,
                read: { row in
                    let number = row.record.number("routing_group") ?? 0
                    return .text("\(row.links.origin)\(BondingLinks.root)routinggroups/\(number)/")
                }),
            .computed("display_name") { .text("Routing group \($0.record.number("routing_group") ?? 0)") },
        ])
}
