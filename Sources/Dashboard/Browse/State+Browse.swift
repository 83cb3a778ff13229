import Canvas
import Domain

/// Walking through the servers' APIs.
extension State {
    /// The collection that is in front, or behind an opened object; nil in panes with tabs.
    var collection: EntityRef? { place.pane.collection }

    /// Makes the pane of a collection where there is none, and asks for its rows where there are none.
    mutating func visit(_ name: PaneName) -> [Effect] {
        guard let collection = name.collection, backend(collection.backend) != nil else { return [] }
        if !panes.contains(where: { $0.pane.name == name }) {
            addPane(Pane(of: collection, browse[collection]?.table))
        }
        let visit = browse[collection]
        if visit?.isAsking == true || visit?.table != nil && visit?.isOutdated == false { return [] }
        return ask(collection)
    }

    /// Reads what a command may have changed again: the collection in front now, the others when they are opened.
    mutating func reread(after command: Command, on backend: BackendID) -> [Effect] {
        guard command.targets.contains(where: \.isBrowsed) else { return [] }
        browse.outdate(backend)
        guard let collection, collection.backend == backend else { return [] }
        return ask(collection)
    }

    /// Asks a server for the rows of a collection.
    mutating func ask(_ collection: EntityRef) -> [Effect] {
        if let words = backend(collection.backend)?.restWords {
            _ = browse.ask(collection)
            browse.failed(collection, BackendError(.refused, "\(words); nothing is asked"))
            return []
        }
        let question = browse.ask(collection)
        let kept = browse.collections
        dropPanes { name in name.collection.map { !kept.contains($0) } ?? false }
        return [.readCollection(collection, question: question)]
    }

    mutating func browsed(
        _ collection: EntityRef, _ question: Int, _ result: Result<Browsed, BackendError>, isLast: Bool
    ) -> [Effect] {
        if case .failure(let error) = result { refused(collection.backend, by: error) }
        guard browse.waits(for: question, of: collection) else { return [] }
        switch result {
        case .failure(let error):
            browse.failed(collection, error)
            return []
        case .success(let browsed):
            switch browsed.content {
            case .rows(let table):
                let isShown = browse.answered(collection, browsed, table, isLast: isLast, now: now)
                let name = PaneName(of: collection)
                guard isShown, let index = panes.firstIndex(where: { $0.pane.name == name }) else {
                    return []
                }
                updatePane(index, Pane(of: collection, table))
                return arrange(index)
            case .object, .file: return becomeObject(collection, browsed)
            }
        }
    }

    /// What was taken for a collection is one object: it is opened instead.
    private mutating func becomeObject(_ collection: EntityRef, _ browsed: Browsed) -> [Effect] {
        browse.forget(collection)
        let name = PaneName(of: collection)
        let isInFront = place.pane == name
        let path = place.path
        let object = EntityRef(collection.backend, .resource, id: collection.id)
        dropPanes { $0 == name && !isInFront }
        guard isInFront else { return [] }
        history.replace(Place(pane: .browse, path: [object] + path))
        let effects = arrive()
        dropPanes { $0 == name }
        if case .object(let detail) = browsed.content,
            let index = details.firstIndex(where: { $0.entity == object })
        {
            changeDetail(index) { [now] in $0.show(detail, whole: now) }
        }
        return effects
    }

    /// Ends the reading of more rows; nil where none is under way in front.
    mutating func stopBrowsing() -> [Effect]? {
        guard details.isEmpty, let collection, browse[collection]?.isAsking == true else { return nil }
        browse.stop(collection)
        let isWhole = browse[collection].map { $0.table != nil && $0.completeness == .complete } ?? false
        showMessage(
            .plain, isWhole ? "stopped: these are the rows of before" : "stopped: not all rows are here")
        return [.stopReading(collection)]
    }

    /// Goes up from a collection: to what it was opened from, else to the list of paths.
    mutating func leaveCollection() -> [Effect]? {
        guard let collection, details.isEmpty else { return nil }
        return go(to: browse.origin(of: collection) ?? Place(pane: .browse))
    }

    /// Opens what a path of an API leads to: rows in a pane, an object in a detail, an operation as a command.
    ///
    /// - Returns: nil for entities that are not known by a path.
    mutating func openBrowsed(_ entity: EntityRef) -> [Effect]? {
        if entity.isBrowsed, let effects = openAbove(entity) { return effects }
        switch entity.kind {
        case .collection:
            browse.enter(entity, from: place)
            return go(to: Place(pane: PaneName(of: entity)))
        case .operation:
            if let reason = reasonAgainst(command: .callOperation, on: (1, [entity])) {
                showMessage(.bad, reason)
                return []
            }
            return begin(.callOperation, on: [entity])
        case .resource where details.last?.entity == entity: return []
        default: return nil
        }
    }

    /// Opens the collection whose rows fill in the first hole of a path; nil for a path without holes.
    private mutating func openAbove(_ entity: EntityRef) -> [Effect]? {
        guard let hole = entity.id.firstIndex(of: "{") else { return nil }
        let above = EntityRef(entity.backend, .collection, id: String(entity.id[..<hole]))
        let word = entity.id[hole...].dropFirst().prefix { $0 != "}" }
        guard findBrowsed(above) != nil else {
            showMessage(.bad, "the API has no list to choose the \(word) from")
            return []
        }
        let name = name(of: entity)
        let effects = go(to: Place(pane: PaneName(of: above)))
        showMessage(.plain, "choose the \(word) for \(name)")
        return effects
    }

    // MARK: Between panes and paths

    /// The place of an entity of a pane in its server's API, and of a place the entity that a pane shows.
    func counterpart(of entity: EntityRef) -> EntityRef? {
        guard let backend = backend(entity.backend) else { return nil }
        if entity.isBrowsed { return backend.shown(at: entity) }
        return backend.place(of: entity)
    }

    /// Why there is nothing to jump to; nil when there is.
    var reasonAgainstJump: String? {
        guard let entity = details.last?.entity ?? pane.cursor else {
            return "there is nothing here to look up"
        }
        if counterpart(of: entity) != nil { return nil }
        return entity.isBrowsed
            ? "no pane shows this"
            : "where \(entity.kind) \(entity.id) is in the API can't be told from its number"
    }

    /// Jumps from what a pane shows to its place in the API, or back.
    mutating func jump() -> [Effect] {
        guard let entity = details.last?.entity ?? pane.cursor, let other = counterpart(of: entity) else {
            return []
        }
        if other.isBrowsed { return go(to: Place(pane: .browse, path: [other])) }
        return go(to: other, of: backend(other.backend)?.resource(other.kind))
    }
}
