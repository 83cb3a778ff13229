extension BondingResource {
    /// A bond: what a customer bought, from his bonder to an aggregator.
    ///
    /// Of version 3 only `id`, `url`, `bonder` and `leg_list` with its `id` and `state` are public; the other names
    /// are those of version 4 and of the product's forms.
    static let bond = BondingResource(
        .bond, "Bond",
        [
            .computed("url") { $0.url },
            .computed("id") { .computed($0.record.id) },
            .computed("bonder") { row in
                guard let bonder = row.view.book[.bonder].all(of: row.record.id).first else { return .null }
                return [
                    "url": row.link(.bonder, bonder.id), "id": .computed(bonder.id),
                    "name": .text(bonder.text("name")),
                ]
            },
            .optional("space", .space, .number("1")).notNull,
            .required("aggregator", .link(.aggregator)),
            .optional("secondary_aggregator", .link(.aggregator), .null),
            .computed("current_aggregator") {
                $0.link(.aggregator, $0.view.currentAggregator(of: $0.record))
            },
            .optional("qos_profile", .link(.qos), .null),
            .text("circuit_id"), .text("note", longest: 2_000), .text("product"),
            .flag("proof_of_concept"),
            .computed("upload_rate") { .computed($0.rate("up_speed")) },
            .computed("download_rate") { .computed($0.rate("down_speed")) },
            .optional(
                "packet_distribution_algorithm", .choice(["idmpq", "weighted_round_robin"]), .text("idmpq")),
            .flag("compression"),
            .optional("tunnel_security", .choice(["none", "authentication", "encryption"]), .text("none")),
            .flag("automatic_source_ip", true),
            .computed("created") { $0.time($0.record.madeAt) },
            .computed("leg_list") { row in
                .list(
                    row.view.book[.leg].all(of: row.record.id).map { leg in
                        let state = row.view.state(of: leg, in: row.record, at: row.view.tick)
                        return [
                            "url": row.link(.leg, leg.id), "id": .computed(leg.id),
                            "state": .text(state.rawValue),
                        ]
                    })
            },
        ]
    ) { draft in
        let (first, second) = (draft.fields["aggregator"], draft.fields["secondary_aggregator"])
        guard let first, first == second else { return [] }
        return [
            ("secondary_aggregator", "The secondary aggregator must not be the primary aggregator.")
        ]
    }
}

extension BondingRow {
    /// Bits a second of all legs that are in use.
    fileprivate func rate(_ field: String) -> Int {
        view.book[.leg].all(of: record.id).reduce(0) { sum, leg in
            leg.text("link_mode") == "active" ? sum + (leg.number(field) ?? 0) : sum
        }
    }
}

extension BondingField {
    /// The same field, but null is refused.
    var notNull: BondingField {
        var field = self
        field.mayBeNull = false
        return field
    }
}
