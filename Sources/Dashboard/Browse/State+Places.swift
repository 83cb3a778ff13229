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
        collection(for: kind).map { (1, [$0]) } ?? candidateKinds
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

    mutating func addPane(_ pane: Pane) {
        var new = PaneState(pane)
        preferences.panes[pane.name].map { new.arrange(as: $0) }
        panes.append(new)
    }

    mutating func updatePane(_ index: Int, _ pane: Pane) { panes[index].update(pane) }

    mutating func dropPanes(_ isUnwanted: (PaneName) -> Bool) {
        let front = place.pane
        panes.removeAll { isUnwanted($0.pane.name) && $0.pane.name != front }
    }

    // MARK: Raw answers and files

    /// What is in front of an API: the opened object, else the collection.
    private var front: EntityRef? {
        if let opened = details.last { return opened.entity.isBrowsed ? opened.entity : nil }
        if let collection { return collection }
        return place.pane == .browse ? pane.cursor : nil
    }

    var reasonAgainstRaw: String? {
        guard let front else { return "only what the pane browse shows has an answer to look at" }
        return front.kind == .operation ? "an operation is never read" : nil
    }

    mutating func showRaw() -> [Effect] {
        guard let front else { return [] }
        layers.push(RawPage(front))
        return [.readRaw(front)]
    }

    var reasonAgainstSaving: String? {
        guard let opened = details.last, opened.entity.kind == .resource else {
            return "there is no file here"
        }
        let isFile = opened.detail?.sections.contains { $0.title == "File" } ?? false
        return isFile ? nil : "the server answers with no file here"
    }

    mutating func saveFile() -> [Effect] {
        guard let entity = details.last?.entity else { return [] }
        showMessage(.plain, "saving the file…")
        return [.saveFile(entity)]
    }
}

extension BackendState {
    /// The place in the API of an entity that a pane shows; nil where its number does not tell.
    func place(of entity: EntityRef) -> EntityRef? {
        guard let path = places[entity.kind], let hole = path.firstRange(of: "{}") else { return nil }
        let id = entity.id
        // What would have to be encoded is no number, and stands in no path here.
        guard !id.isEmpty, id.utf8.allSatisfy(Self.isPlain), id != ".", id != ".." else { return nil }
        let whole = path.replacingCharacters(hole, with: id)
        return EntityRef(entity.backend, .resource, id: whole)
    }

    /// The entity of a pane that a place in the API stands for.
    func shown(at place: EntityRef) -> EntityRef? {
        for (kind, path) in places {
            guard let hole = path.firstRange(of: "{}") else { continue }
            let before = path[..<hole.lowerBound]
            let after = path[hole.upperBound...]
            let text = place.id
            guard text.hasPrefix(before), text.hasSuffix(after),
                text.utf8.count > before.utf8.count + after.utf8.count
            else { continue }
            let id = text.dropFirst(before.count).dropLast(after.count)
            if id.utf8.allSatisfy(Self.isPlain) { return EntityRef(place.backend, kind, id: String(id)) }
        }
        return nil
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."):
            true
        default: false
        }
    }
}

extension String {
    fileprivate func replacingCharacters(_ range: Range<String.Index>, with text: String) -> String {
        String(self[..<range.lowerBound]) + text + String(self[range.upperBound...])
    }
}
