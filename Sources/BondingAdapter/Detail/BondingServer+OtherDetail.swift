internal import AdapterKit
internal import Domain
internal import HTTP
internal import JSON

extension BondingServer {
    /// Why an alert is one, with the way to what it is about and to what it follows from.
    func alertDetail(_ entity: EntityRef) async throws(BackendError) -> Detail {
        var found = withMemory { $0.troubles[entity.id] }
        if found == nil {
            _ = try await refreshAlerts(into: DiscardingSink())
            found = withMemory { $0.troubles[entity.id] }
        }
        guard let trouble = found else {
            throw BackendError(.missing, "the alert is over: nothing shows its cause any more")
        }
        let since = withMemory { $0.troubleStarts.since(trouble) }
        let cause = withMemory { memory in trouble.cause.flatMap { memory.troubles[$0] } }
        var lines = [
            Detail.Line("severity", .text(trouble.severity.word), .severity),
            Detail.Line("alert", .text(trouble.title)),
            Detail.Line(
                trouble.about.kind.rawValue,
                .ref(self.entity(trouble.about.kind, trouble.about.id), name: trouble.about.name),
                .ref(trouble.about.kind)),
            Detail.Line("why", .text(trouble.note)),
        ]
        if let since { lines.append(Detail.Line("since", .time(since.at), .time)) }
        switch since?.origin {
        case .here:
            lines.append(Detail.Line("", .text("seen here first; the server does not say since when")))
        case .before: lines.append(Detail.Line("", .text("or longer: the server's history begins there")))
        case .server, nil: break
        }
        if let cause {
            lines.append(
                Detail.Line(
                    "follows from",
                    .ref(self.entity(.alert, cause.id), name: "\(cause.title): \(cause.about.name)"),
                    .ref(.alert)))
        }
        lines.append(
            Detail.Line("", .text("derived by nocturne: this server has no alerts of its own")))
        var sections = [Detail.Section("Alert", lines)]
        if trouble.about.kind == .bond, withMemory({ $0.version }) == .three,
            let legs = try? await legSections(of: trouble.about.id)
        {
            sections += legs
        }
        return Detail(entity, title: "\(trouble.title): \(trouble.about.name)", sections: sections)
    }

    /// Everything about an aggregator, and the bonds that have to do with it.
    func aggregatorDetail(
        _ entity: EntityRef, _ partly: @escaping @Sendable (Detail) -> Void
    ) async throws(BackendError) -> Detail {
        if withMemory({ $0.version }) == .four { return try await listedNode(entity) }
        guard let row = try await row(Path.aggregator, ["id": entity.id], priority: 0),
            let node = self.node(row, "aggregator")
        else { throw missing(entity) }
        let detail = Detail(
            entity, title: node.name, sections: [Detail.Section("Aggregator", fields.lines(row))])
        let parts = [
            ("Bonds on it now", Path.bondsCurrent), ("Primary of", Path.bondsPrimary),
            ("Secondary of", Path.bondsSecondary),
        ].map { title, path in
            DetailPart(title: title) { [self] () async throws(BackendError) in
                try await bondSections(title, path, entity.id)
            }
        }
        return await detail.filled(with: parts, partly)
    }

    /// The bonds of a list that holds nothing else, with how they are.
    func bondSections(
        _ title: String, _ path: PathTemplate, _ id: String
    ) async throws(BackendError) -> [Detail.Section] {
        let listing = try await list(path, ["id": id], priority: 0)
        let bonds = listing.rows.compactMap { WireBond($0) }
        let now = now
        var lines = bonds.prefix(500).map { bond in
            let health = withMemory { $0.health(of: bond, at: now) }
            return Detail.Line(
                health.status.rawValue, .ref(entity(.bond, bond.id), name: bond.name), .ref(.bond))
        }
        if bonds.count > lines.count {
            lines.append(Detail.Line("", .text("and \(Quantity.count(bonds.count - lines.count)) more")))
        }
        if let gap = listing.gap { lines.append(Detail.Line("", .text(gap))) }
        return lines.isEmpty ? [] : [Detail.Section("\(title) (\(Quantity.count(bonds.count)))", lines)]
    }

    /// Everything about a bonder but what it is logged in to with.
    func bonderDetail(
        _ entity: EntityRef, _ partly: @escaping @Sendable (Detail) -> Void
    ) async throws(BackendError) -> Detail {
        if withMemory({ $0.version }) == .four { return try await listedNode(entity) }
        guard let row = try await row(Path.bonder, ["id": entity.id], priority: 0),
            let node = self.node(row, "bonder")
        else { throw missing(entity) }
        var lines = fields.lines(row)
        let bond = withMemory { memory in memory.bonds.values.first { $0.bonder?.id == entity.id } }
        if let bond, row["bond"] == nil {
            lines.append(Detail.Line("bond", .ref(self.entity(.bond, bond.id), name: bond.name), .ref(.bond)))
        }
        let detail = Detail(entity, title: node.name, sections: [Detail.Section("Bonder", lines)])
        let part = DetailPart(title: "Node") { [self] () async throws(BackendError) in
            guard let node = try await self.row(Path.node, ["id": entity.id], priority: 0) else { return [] }
            let new = Set(row.object?.map(\.key) ?? [])
            let lines = fields.lines(node, leaving: new)
            return lines.isEmpty ? [] : [Detail.Section("Node", lines)]
        }
        return await detail.filled(with: [part], partly)
    }

    /// A node of v4, of which only the list is known.
    private func listedNode(_ entity: EntityRef) async throws(BackendError) -> Detail {
        let listing = try await list(
            entity.kind == .bonder ? Path.V4.bonders : Path.V4.aggregators, priority: 0)
        guard let row = listing.rows.first(where: { Reference($0)?.id == entity.id }),
            let node = self.node(row, entity.kind.rawValue)
        else { throw missing(entity) }
        return Detail(entity, title: node.name, sections: [Detail.Section("Fields", fields.lines(row))])
    }
}

/// Takes rows that nobody wants.
struct DiscardingSink: SnapshotSink {
    func add(_ page: Table, covering: Coverage) {}
    func progress(_ words: String) {}
}
