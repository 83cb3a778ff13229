extension BondingResource {
    /// A host at which bonds end.
    static let aggregator = BondingResource(
        .aggregator, "Aggregator",
        nodeHead + [
            .required("name", .text(longest: 64), unique: "Aggregator with this name already exists."),
            .text("hostname"), .required("ip", .address), .text("ipv6"),
            .optional("space", .space, .number("1")).notNull, .text("note", longest: 2_000),
            .flag("maintenance_mode"),
        ] + nodeSettings)

    /// A customer's box.
    ///
    /// Its SSH user and password come back in the API.
    static let bonder = BondingResource(
        .bonder, "Bonder",
        nodeHead + [
            .required("name", .text(longest: 64)), .required("username", .text(longest: 64)),
            .required("password", .text(longest: 128)),
            .computed("bond") { $0.link(.bond, $0.record.owner) },
            .computed("space") { $0.space($0.view.book[.bond][$0.record.owner]?.number("space")) },
            .text("serial_number"), .text("asset_tag"), .text("note", longest: 2_000),
        ] + nodeSettings)

    /// What bonders and aggregators have in common.
    static func node(_ kind: BondBook.Kind) -> BondingResource {
        kind == .bonder ? bonderNode : aggregatorNode
    }

    private static let bonderNode = node(.bonder, "bonder")
    private static let aggregatorNode = node(.aggregator, "aggregator")

    private static func node(_ kind: BondBook.Kind, _ type: String) -> BondingResource {
        BondingResource(
            kind, "Node",
            [
                .computed("url") { .text("\($0.links.origin)\($0.links.base)nodes/\($0.record.id)/") },
                .computed("id") { .computed($0.record.id) },
                .computed("type") { _ in .text(type) }, .computed("resource") { $0.url },
                .computed("name") { .text($0.record.text("name")) },
            ] + nodeHead.dropFirst(2) + nodeSettings.map(\.fixed))
    }

    private static let nodeHead: [BondingField] = [
        .computed("url") { $0.url }, .computed("id") { .computed($0.record.id) },
        .computed("status") { .text($0.nodeStatus) },
        .computed("version") { .text($0.nodeVersion) },
    ]

    private static let nodeSettings: [BondingField] = [
        .flag("debug"), .integer("metric_collection_interval", 1...3_600, 10),
        .integer("metric_reporting_interval", 10...3_600, 60),
        .optional("cpu_governor", .choice(["performance", "powersave", "ondemand"]), .text("performance")),
        .optional("tcp_congestion_control_algorithm", .choice(["cubic", "bbr", "reno"]), .text("cubic")),
    ]
}

extension BondingRow {
    /// Unknown for a node that has never been seen, which one that was just made is.
    fileprivate var nodeStatus: String {
        guard record.madeAt < 0 else { return "unknown" }
        switch kind {
        case .aggregator: return view.isFailed(record.id) ? "down" : "up"
        default: return view.isBonderReachable(record) ? "up" : "down"
        }
    }

    fileprivate var nodeVersion: String {
        guard record.madeAt < 0 else { return "" }
        return kind == .bonder && record.id % 9 == 4 ? "6.6.130" : BondingSystem.version
    }
}

extension BondView {
    /// Whether anything of a bonder's lines works, so that the management server reaches it.
    func isBonderReachable(_ bonder: BondBook.Record) -> Bool {
        book[.leg].all(of: bonder.owner).contains { leg in
            let state = state(of: leg, at: tick)
            return state != .down && state != .offline
        }
    }
}
