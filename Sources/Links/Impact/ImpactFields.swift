public import Domain

/// What is found over all servers about an alert, as fields of its row: its root and its impact.
///
/// So columns, filters, orders, counts and exports know them as they know every field.
private enum ImpactField {
    static let all = [
        Field(.root, "Root", .ref(.alert), width: 8...24, priority: nil),
        Field(.impact, "Impact", .text, width: 8...30, priority: 4, rank: .impactRank),
        Field(.impactCustomers, "Customers hit", .integer, width: 6...9, priority: nil),
        Field(.impactBonds, "Bonds hit", .integer, width: 6...9, priority: nil),
        Field(.impactRank, "Impact rank", .integer, width: 6...9, priority: nil),
    ]
}

extension ResourceDescriptor {
    /// The same with the fields of what is found over all servers, where its rows are alerts.
    public var withImpact: ResourceDescriptor {
        tally == .alerts && index(of: .impact) == nil ? adding(ImpactField.all) : self
    }
}

extension Impact {
    /// Whether any server has bonds, CPEs or customers that could be hit.
    public var isOffered: Bool { bonds != nil || cpes != nil || customers != nil }
}

extension Network {
    /// A table of alerts with the root and the impact of each open one; other tables as they are.
    ///
    /// Takes an impact for each thing that alerts are about: for use off the main thread.
    ///
    /// - Parameters:
    ///   - toll: takes the customers who are hit by the open ones.
    ///   - known: the impacts of what was looked at already, by subject: of a network with the same `findings` they hold.
    ///   - earlier: impacts by subject of a network with the same `hanging`.
    public func withImpact(
        _ table: Table, toll: inout Toll, known: inout [EntityRef: Impact],
        earlier: [EntityRef: Impact] = [:]
    ) -> Table {
        let resource = table.resource.withImpact
        guard let first = resource.index(of: .root), let impact = resource.index(of: .impact),
            let customers = resource.index(of: .impactCustomers),
            let bonds = resource.index(of: .impactBonds), let rank = resource.index(of: .impactRank)
        else { return table }
        toll.setOffered(trust.isOffered(.customer))
        var builder = TableBuilder(resource, table.backend, capacity: table.count)
        var counted: Set<EntityRef> = []
        for row in 0..<table.count {
            builder.append(table, row: row, fields: first)
            let alert = table.refs[row]
            guard !feeds.isEmpty, AlertState(word: table.text(row, .state)).isOpen else { continue }
            if let root = root(of: alert) { builder.set(first, ref: root, name: name(of: root) ?? root.id) }
            let subject = subject(of: alert) ?? alert
            // What works hits nobody, whatever hangs on it: a sensor above its limit, one port of a switch.
            if Self.carriers.contains(subject.kind), isKnownUp(subject) { continue }
            let found: Impact
            if let impact = known[subject] {
                found = impact
            } else {
                // Of an alert that is about nothing else hangs on it what its own row refers to, which may be another now.
                let like = subject.kind == .alert ? nil : earlier[subject]
                found = like.map { renewed($0, for: alert) } ?? self.impact(of: alert)
                known[subject] = found
            }
            if counted.insert(subject).inserted { toll.add(found) }
            // Where no server has what could be hit, nothing is said.
            guard found.isOffered else { continue }
            builder.set(impact, text: found.short)
            builder.set(customers, integer: found.customers?.exact.map(Int64.init))
            builder.set(bonds, integer: found.bonds?.exact.map(Int64.init))
            builder.set(rank, integer: found.weight < 0 ? nil : Int64(found.weight))
        }
        let made = builder.finish()
        return made.hasSameRows(as: table) ? table : made
    }

    /// Whether every server that sees a thing says that it is up, from rows that can be believed.
    private func isKnownUp(_ entity: EntityRef) -> Bool {
        (thing(of: entity)?.members ?? [entity]).allSatisfy { member in
            state(of: member).map { Urgency.rank($0) == 5 } == true
                && freshness(of: member)?.isTrustworthy == true
        }
    }

    /// What carries others, and is up or not.
    private static let carriers: Set<ResourceKind> = [.device, .port, .aggregator]

    /// The same, whoever is hit.
    ///
    /// - Parameter known: impacts by subject of a network with the same `findings`.
    public func withImpact(_ table: Table, known: [EntityRef: Impact] = [:]) -> Table {
        var toll = Toll()
        var known = known
        return withImpact(table, toll: &toll, known: &known)
    }
}
