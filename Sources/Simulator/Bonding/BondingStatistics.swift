/// What is counted of a space, by itself and with all that is below it.
struct BondingStatistics: Sendable {
    let name: String
    let kind: BondBook.Kind
    /// What is counted beside `count`, of the objects in question.
    var parts: @Sendable (_ objects: [BondBook.Record], BondView) -> [Value.Member] = { _, _ in [] }

    static let all: [BondingStatistics] = [
        BondingStatistics(name: "users", kind: .user) { users, _ in
            [.init("active", .computed(users.count { $0.flag("active") }))]
        },
        BondingStatistics(name: "bonds", kind: .bond),
        BondingStatistics(name: "qos_profiles", kind: .qos),
        BondingStatistics(name: "speed_tests", kind: .speedTest) { tests, _ in
            let legs = tests.count { $0.number("leg") != nil }
            return [.init("leg", .computed(legs)), .init("bond", .computed(tests.count - legs))]
        },
        BondingStatistics(name: "aggregators", kind: .aggregator) { nodes, _ in
            [.init("recent", .computed(nodes.count { $0.madeAt < 0 }))]
        },
        BondingStatistics(name: "connected_ips", kind: .connectedIP) { addresses, _ in
            [.init("enabled", .computed(addresses.count { $0.flag("enabled") }))]
        },
        BondingStatistics(name: "routes", kind: .route),
        BondingStatistics(name: "cpe_nat_ips", kind: .natIP),
        BondingStatistics(name: "legs", kind: .leg) { legs, _ in
            let kinds = ["dhcp", "static", "pppoe"].map { kind in
                Value.Member(kind, .computed(legs.count { $0.text("type") == kind }))
            }
            let modes = ["active", "idle", "offline"].map { mode in
                Value.Member(mode, .computed(legs.count { $0.text("link_mode") == mode }))
            }
            return kinds + [.init("link_mode", .object(modes))]
        },
        BondingStatistics(name: "bonders", kind: .bonder) { nodes, _ in
            [.init("recent", .computed(nodes.count { $0.madeAt < 0 }))]
        },
    ]
}

extension BondingCall {
    func statistics(_ statistic: BondingStatistics) -> Reply {
        guard let space = find(.space, "id") else { return notFound }
        func count(_ spaces: Set<Int>) -> Value {
            let objects = view.book[statistic.kind].all.filter {
                view.book.space(of: $0, statistic.kind).map(spaces.contains) ?? false
            }
            return .object([.init("count", .computed(objects.count))] + statistic.parts(objects, view))
        }
        return json(
            200,
            ["local": count([space.id]), "including_child_spaces": count(view.book.spaces(below: space.id))])
    }
}
