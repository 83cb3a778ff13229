extension BondingResource {
    /// A measurement of what a leg or the whole bond carries; that of a bond drops the customer's traffic.
    static let speedTest = BondingResource(
        .speedTest, "Speed Test",
        testHead + [
            .computed("target") { .text($0.record.number("leg") == nil ? "bond" : "leg") },
            .optional("leg", .link(.leg), .null),
            .optional("protocol", .choice(["tcp", "udp"]), .text("tcp")),
            .optional("direction", .choice(["both", "upload", "download"]), .text("both")),
            .integer("length", 1...300, 10),
            .optional("rate_limit", .integer(1...100_000_000_000), .null),
            .integer("concurrency", 1...32, 1),
        ] + testTimes + [.computed("result") { $0.speedResult }]
    ) { draft in
        guard let id = draft.fields["leg"]?.integer else { return [] }
        return complaints(about: id, draft).map { [("leg", $0)] } ?? []
    }

    /// A search for better settings of the whole bond.
    static let bondTuning = BondingResource(
        .tuner, "Bond Tuning", testHead + testTimes + tuningResult)

    /// A search for the speeds of one leg.
    static let legTuning = BondingResource(
        .tuner, "Leg Tuning",
        testHead + [.fixed("leg", .link(.leg))] + testTimes + tuningResult)

    private static let testHead: [BondingField] = [
        .computed("url") { $0.url }, .computed("id") { .computed($0.record.id) },
        .computed("bond") { $0.link(.bond, $0.record.owner) },
        .computed("status", .choice(BondView.Progress.allCases.map(\.rawValue))) { row in
            .text(row.test.map { row.view.progress(of: $0).rawValue } ?? "queued")
        },
    ]

    private static let testTimes: [BondingField] = [
        .computed("created") { $0.time($0.record.madeAt) },
        .computed("started") { row in
            row.time(row.test.flatMap { $0.episode.start <= row.view.tick ? $0.episode.start : nil })
        },
        .computed("finished") { row in
            guard let test = row.test, row.view.progress(of: test).isOver else { return .null }
            return row.time(row.view.trouble(of: test)?.at ?? test.episode.end)
        },
        .computed("error") { row in
            guard let test = row.test, row.view.progress(of: test) == .failed else { return .text("") }
            return .text(row.view.trouble(of: test)?.words ?? "")
        },
    ]

    private static let tuningResult: [BondingField] = [
        .computed("recommendations") { row in
            .list(
                row.recommendations.map { advice in
                    [
                        "leg": row.link(.leg, advice.leg), "field": .text(advice.field),
                        "current": advice.current.value, "recommended": advice.value.value,
                    ]
                })
        },
        .computed("decision") { row in .text(orNull: row.record.fields["decision"]?.text) },
    ]

    /// Why a leg can't be measured.
    static func complaints(about leg: Int, _ draft: Draft) -> String? {
        guard let record = draft.view.book[.leg][leg], record.owner == draft.owner else {
            return "The leg is not part of this bond."
        }
        if record.text("link_mode") != "active" { return "Only active legs can be tested." }
        let state = draft.view.state(of: record, at: draft.view.tick)
        return state == .down || state == .connecting ? "Only legs that are up can be tested." : nil
    }
}

extension BondingRow {
    /// The test or tuning that the row is.
    var test: BondView.Test? {
        guard let bond = view.book[.bond][record.owner] else { return nil }
        return view.tests(of: bond).first { $0.kind == kind && $0.record.id == record.id }
    }

    /// What a test measured; null while it is not over.
    fileprivate var speedResult: Value {
        guard let test, view.progress(of: test) == .finished else { return .null }
        let direction = record.text("direction")
        func way(_ isUpwards: Bool) -> Value {
            guard direction == "both" || direction == (isUpwards ? "upload" : "download") else {
                return .null
            }
            var rate = view.throughput(of: test, upwards: isUpwards)
            if let limit = record.number("rate_limit") { rate = min(rate, Double(limit) / 1_000_000) }
            let loss = view.noise.chance(200, .test, record.id, 7) ? 41 : 0
            return [
                "throughput_mbps": .hundredths(Int(rate * 100)),
                "packets_per_second": .computed(Int(rate * 1_000_000 / 8 / 1_400)),
                "packet_loss_percent": .hundredths(loss),
            ]
        }
        let latency = view.noise.pick(700...4_800, .test, record.id, 8)
        return [
            "upload": way(true), "download": way(false),
            "latency": [
                "average_ms": .hundredths(latency), "stddev_ms": .hundredths(latency / 9),
                "samples": .computed((record.number("length") ?? 10) * 10),
            ],
        ]
    }

    /// What a tuning advises to change.
    struct Advice: Sendable {
        let kind: BondBook.Kind
        let id: Int
        let leg: Int?
        let field: String
        let current: Input
        let value: Input
    }

    /// What a tuning found out; nothing while it is not over, and nothing when all is well as it is.
    var recommendations: [Advice] {
        guard kind == .tuner, let test, view.progress(of: test) == .finished,
            !view.noise.chance(150, .test, record.id, 11)
        else { return [] }
        let legs = view.book[.leg].all(of: record.owner).filter {
            (test.leg ?? $0.id) == $0.id && $0.text("link_mode") == "active"
        }
        return legs.flatMap { leg in
            ["up_speed", "down_speed"].compactMap { field -> Advice? in
                // What was advised is worked out from the speed that the leg had when the tuning was made.
                let before = record.fields["\(field)_\(leg.id)"]?.integer ?? leg.number(field) ?? 0
                guard before > 0 else { return nil }
                let share = 82 + view.noise.pick(0...12, .test, record.id, leg.id * 2 + field.utf8.count)
                return Advice(
                    kind: .leg, id: leg.id, leg: leg.id, field: field, current: .number(String(before)),
                    value: .number(String(before / 100 * share)))
            }
        }
    }
}
