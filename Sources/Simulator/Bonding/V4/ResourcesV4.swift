extension BondingResource {
    /// A bond of version 4: it has its name itself, and its legs are in a list of their own.
    static let bondV4 = BondingResource(
        .bond, "Bond",
        [
            .computed("id") { .computed($0.record.id) }, .computed("name") { .text($0.name) },
            .computed("space") { row in
                guard let space = row.record.number("space").flatMap({ row.view.book[.space][$0] }) else {
                    return .null
                }
                return [
                    "key": .text(space.text("key")), "name": .text(space.text("name")),
                    "url": row.link(.space, space.id),
                ]
            },
            .computed("bonder") { row in
                guard let bonder = row.view.book[.bonder].all(of: row.record.id).first else { return .null }
                return [
                    "id": .computed(bonder.id), "serial_number": .text(bonder.text("serial_number")),
                    "asset_tag": .text(bonder.text("asset_tag")),
                ]
            },
            .fixed("aggregator", .link(.aggregator)), .fixed("circuit_id"), .fixed("note"), .fixed("product"),
        ] + bond.fields.filter { ["upload_rate", "download_rate", "created"].contains($0.name) }
            + [.fixed("proof_of_concept", .flag)])

    /// A leg of version 4: what the bonder and the aggregator see, in one word.
    static let legV4 = BondingResource(
        .leg, "Leg",
        [
            .computed("id") { .computed($0.record.id) }, .computed("bond_id") { .computed($0.record.owner) },
            .computed("overall_state") { .text($0.view.state(of: $0.record, at: $0.view.tick).rawValue) },
            .fixed("up_speed", .integer(0...0)), .fixed("down_speed", .integer(0...0)),
            .fixed("link_mode"),
        ])

    static let aggregatorV4 = BondingResource(
        .aggregator, "Aggregator",
        aggregator.fields.filter { !["space", "hostname"].contains($0.name) }.map(\.fixed))

    static let spaceV4 = BondingResource(
        .space, "Space",
        space.fields.filter { $0.name != "id" }.map(\.fixed))
}
