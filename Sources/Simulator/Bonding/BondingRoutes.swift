/// The table of URIs: version 3 as it is published, and of version 4 what is known.
enum BondingRoutes {
    private static let all = ["GET", "PUT", "PATCH", "DELETE"]

    static let v3: [BondingEndpoint] =
        nodes + bonds + legs + addresses + tests + profiles + people + spaces + system

    // MARK: Nodes

    private static let nodes: [BondingEndpoint] =
        BondingEndpoint.collection(
            .aggregator, .network, list: ["GET", "POST"], object: all)
        + BondingEndpoint.collection(.bonder, .context, list: ["GET"], object: ["GET", "PUT", "PATCH"])
        + [
            .reading("", "Api Root", .bonds) { $0.root(BondingRoutes.core) },
            .reading("nodes/", "Node List", .network) { $0.listNodes() },
            .reading("nodes/{id}/", "Node Instance", .network) { $0.getNode() },
            .reading("aggregators/{id}/bonds/", "Aggregator Bonds", .network) {
                $0.bonds(of: .aggregator) { bond, id, _ in bond.number("aggregator") == id }
            },
            .reading("aggregators/{id}/bonds_secondary/", "Aggregator Bonds Secondary", .network) {
                $0.bonds(of: .aggregator) { bond, id, _ in bond.number("secondary_aggregator") == id }
            },
            .reading("aggregators/{id}/bonds_current/", "Aggregator Bonds Current", .network) {
                $0.bonds(of: .aggregator) { bond, id, view in view.currentAggregator(of: bond) == id }
            },
        ]

    // MARK: Bonds

    private static let bonds: [BondingEndpoint] =
        BondingEndpoint.collection(.bond, .bonds, list: ["GET", "POST"], object: all)
        + [
            .reading("bonds/{bond}/downtime_prevented/", "Bond Downtime Prevented", .bonds) {
                $0.downtimePrevented()
            },
            .action("bonds/{bond}/restart/", "Bond Restart") { $0.restart() },
            .action("bonds/{bond}/detect_leg_mtus/", "Bond Detect Leg Mtus") { $0.detectAllMTUs() },
            .action("bonds/{bond}/restore_to_primary_agg/", "Bond Restore To Primary Agg") { $0.restore() },
        ]

    private static let legs: [BondingEndpoint] =
        BondingEndpoint.ofBond(.leg, at: "legs", list: ["GET"], object: ["GET"])
        + LegKind.allCases.flatMap { kind in
            BondingEndpoint.ofBond(
                .leg(kind), at: kind.collection, list: ["GET", "POST"], object: all,
                where: { $0.text("type") == kind.rawValue })
        }
        + (["legs"] + LegKind.allCases.map(\.collection)).flatMap { name -> [BondingEndpoint] in
            [
                .action("bonds/{bond}/\(name)/{id}/detect_mtus/", "Leg Detect Mtus") { $0.detectMTU() },
                .reading("bonds/{bond}/\(name)/{id}/state_history/", "Leg State History", .bonds) {
                    $0.stateHistory()
                },
            ]
        }
        + [.action("bonds/{bond}/dhcp_legs/{id}/renew/", "Dhcp Leg Renew") { $0.renew() }]

    private static let addresses: [BondingEndpoint] =
        BondingEndpoint.ofBond(.connectedIP, at: "connected_ips", list: ["GET", "POST"], object: all)
        + BondingEndpoint.ofBond(.natIP, at: "cpe_nat_ips", list: ["GET", "POST"], object: all)
        + BondingEndpoint.ofBond(.route, at: "routes", list: ["GET", "POST"], object: all)
}
