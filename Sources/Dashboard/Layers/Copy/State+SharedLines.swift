import Domain
import Filter

/// Lines of a shell that give elsewhere what is on this screen.
extension State {
    /// Why no line gives the rows of the current pane; nil when one does.
    private var isOnlyHere: Bool {
        let filter = pane.filter
        return pane.pane.name.collection != nil || pane.pane.kinds.isEmpty || filter.asks(for: "marked")
            || filter.asks(for: "snoozed")
            || !claimSets(for: filter).keys.filter { filter.asks(for: $0) }.isEmpty
            || sinceSets.keys.contains { filter.asks(for: $0) }
    }

    /// The filter of the current pane with what its switches hide, as it is written.
    private var sharedFilter: String {
        var parts = pane.filter == .everything ? [] : [pane.filter]
        if let owned = ownedFilter { parts.append(owned) }
        if let hidden = hiding(pane) { parts.append(.not(hidden)) }
        return parts.count == 1 ? parts[0].description : FilterExpression.all(parts).description
    }

    /// What rows of a second table belong to, as far as a filter can say it: by its name.
    private var ownedFilter: FilterExpression? {
        guard let owner = pane.owner, let (table, row) = find(owner),
            let resource = resources(of: owner, in: pane).first, let place = resource.owner(owner.kind)
        else { return nil }
        return .field(resource.fields[place].key, .equals(FilterText(table.name(row))))
    }

    private func line(_ words: [String]) -> String {
        (["nocturne"] + words + lineOptions).map(ShellWord.quoted).joined(separator: " ")
    }

    /// The `nocturne get` that prints the rows of the current pane; nil where none does.
    var getLine: String? {
        guard details.isEmpty, !isOnlyHere else { return nil }
        let name = place.pane == .overview ? PaneName.alerts : pane.pane.name.above
        var words = ["get", name.rawValue]
        if let backend = (pane.owner?.backend ?? pane.backend).flatMap(backend) {
            words += ["--backend", backend.name]
        }
        // Without a filter, alerts that are over are left out.
        if !sharedFilter.isEmpty || pane.pane.kinds.contains(.alert) { words += ["--filter", sharedFilter] }
        let order = (pane.isWorstFirst ? pane.order : pane.ordering.withGrouping).map {
            ($0.descending ? "-" : "") + $0.field.rawValue
        }
        if !order.isEmpty { words.append("--sort=\(order.joined(separator: ","))") }
        let columns = pane.wholePane.columns.map(\.key).filter { $0 != .trend }
        if !columns.isEmpty { words += ["--columns", columns.map(\.rawValue).joined(separator: ",")] }
        return line(words)
    }

    /// The `nocturne open` that shows elsewhere what is on the screen; nil where it can't.
    var openLine: String? {
        guard !isOnlyHere, !place.path.contains(where: \.isBrowsed) else { return nil }
        let view = view(named: "")
        var words = ["open", view.pane.rawValue]
        words += place.path.map { entity in
            "\(backend(entity.backend)?.name ?? ""):\(entity.kind)/\(entity.id)"
        }
        if let backend = view.backend { words += ["--only", backend] }
        if !view.filter.isEmpty { words += ["--filter", view.filter] }
        if view.problemsOnly { words.append("--problems-only") }
        if view.hidesAcknowledged { words.append("--hide-acknowledged") }
        if let order = view.choice.order {
            let keys = order.map { ($0.descending ? "-" : "") + $0.field.rawValue }
            words.append("--sort=\(keys.joined(separator: ","))")
        }
        if let columns = view.choice.columns {
            let shown = columns.filter(\.isShown).map(\.key.rawValue)
            words += ["--columns", shown.joined(separator: ",")]
        }
        return line(words)
    }

    /// The rows of the current pane, as many as are copied.
    func copiedTable(_ format: CopiedTable.Format) -> CopiedTable {
        CopiedTable(
            format, pane.wholePane.columns.filter { $0.key != .trend }, pane.arrangement,
            count: min(pane.arrangement.count, Self.mostCopiedRows), backends: backends.map(\.name),
            wall: wall, zone: zone)
    }
}
