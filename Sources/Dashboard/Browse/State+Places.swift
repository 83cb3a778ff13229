import Domain

extension State {
    /// Whether the pane of the APIs is open.
    var isBrowsing: Bool { place.pane.tab == .browse || details.last?.entity.isBrowsed == true }

    /// The row of a place of an API, in the collections that are kept and in the list of paths.
    func findBrowsed(_ entity: EntityRef) -> (table: Table, row: Int)? {
        let paths = backend(entity.backend)?.tables[.collection]
        return (browse.tables + [paths].compactMap { $0 }).lazy.compactMap { table in
            table.row(of: entity).map { (table, $0) }
        }.first
    }

    /// The collection in front, where a command is about it and not about its rows.
    func collection(for kind: CommandKind) -> EntityRef? {
        kind == .createResource && details.isEmpty ? collection : nil
    }

    /// The candidates of a command: the collection in front for what is made in it.
    func candidateKinds(for kind: CommandKind) -> (count: Int, kinds: Set<EntityRef>) {
        if let collection = collection(for: kind) { return (1, [collection]) }
        guard let outage = outage(for: kind) else {
            // A command that the row's own server lacks may be another's that sees the same.
            let servers = servers(for: kind)
            return servers.isEmpty ? candidateKinds : (1, Set(servers.prefix(1)))
        }
        var seen: Set<UInt64> = []
        return (outage.count, Set(outage.filter { seen.insert($0.packed >> 32).inserted }))
    }

    /// The masked field under the cursor of an opened object; nil where there is none.
    var maskedField: (entity: EntityRef, name: String)? {
        guard let opened = details.last, opened.entity.kind == .resource else { return nil }
        let lines = lines(of: opened)
        guard lines.indices.contains(opened.focus), case .field(let line) = lines[opened.focus],
            line.depth == 0, line.value == .text("•••")
        else { return nil }
        return (opened.entity, line.name)
    }

    mutating func updatePane(_ index: Int, _ pane: Pane) { panes[index].update(pane) }
}
