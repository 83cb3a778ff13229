import Domain

/// What an update of a table changed for the index.
struct IndexDelta: Sendable {
    /// The entities whose keys or references are others now, or that came or went.
    var entities: Set<UInt64> = []
    /// The keys that somebody got or lost.
    var keys: Set<UInt64> = []
    /// Whether anything differs that roots and impacts follow from: rows, keys, references, states, names.
    ///
    /// Most refreshes bring other traffic and nothing else.
    var isTold = false
    /// Whether anything differs that what hangs on what follows from: of alerts alone nothing does.
    var isMoved = false

    mutating func add(_ other: IndexDelta) {
        isTold = isTold || other.isTold
        isMoved = isMoved || other.isMoved
        entities.formUnion(other.entities)
        keys.formUnion(other.keys)
    }
}

extension Contribution {
    /// The contribution of the next table of the same rows; reads the rows whose keys or references changed, alone.
    func updated(_ next: Table, _ delta: inout IndexDelta) -> Contribution {
        guard table !== next else { return self }
        var changes = RowChanges(from: table, to: next)
        let columns = Set(layout.fields.map(\.column) + layout.rules.map(\.column))
        for column in columns { changes.compare(column) }
        let rows = changes.changed
        var classes = classes
        let (keys, touched, saysOther) = keys(next, changes, rows, &classes)
        changes.clear()
        for (column, _) in layout.references { changes.compare(column) }
        var refersElsewhere = refersElsewhere
        let references = references(next, changes, changes.changed, &refersElsewhere)
        delta.keys.formUnion(touched)
        // A text may change and say the same of the same keys. Rows that are new count as changed in every column.
        let isOther = saysOther || !changes.changed.isEmpty || !changes.gone.isEmpty
        if isOther { delta.isTold = true }
        if isOther, bears { delta.isMoved = true }
        let moved = rows + changes.changed
        if !delta.isTold {
            changes.clear()
            for column in layout.told { changes.compare(column) }
            delta.isTold = changes.hasAny
        }
        if bears, !delta.isMoved, !layout.moving.isEmpty {
            changes.clear()
            for column in layout.moving { changes.compare(column) }
            delta.isMoved = changes.hasAny
        }
        for row in moved { delta.entities.insert(next.refs[row].packed) }
        for row in changes.gone { delta.entities.insert(table.refs[row].packed) }
        return Contribution(
            table: next, layout: layout, keys: keys, references: references, classes: classes,
            refersElsewhere: refersElsewhere)
    }

    /// The keys after it, those that somebody got or lost, and whether any row says something else by its keys: a key
    /// may stay and be meant otherwise.
    private func keys(
        _ next: Table, _ changes: RowChanges, _ rows: [Int], _ classes: inout UInt64
    ) -> (Postings, touched: Set<UInt64>, saysOther: Bool) {
        guard layout.hasKeys, !rows.isEmpty || !changes.gone.isEmpty else { return (keys, [], false) }
        var old = SaidSink()
        var new = SaidSink()
        for row in rows {
            new.entity = next.refs[row].packed
            layout.read(next, row, &new)
            guard let before = changes.oldRow(row) else { continue }
            old.entity = new.entity
            layout.read(table, before, &old)
        }
        for row in changes.gone {
            old.entity = table.refs[row].packed
            layout.read(table, row, &old)
        }
        classes |= new.classes
        let (removed, added) = (Set(old.postings), Set(new.postings))
        let touched = Set(removed.symmetricDifference(added).map(\.key))
        return (
            keys.replacing(Array(removed.subtracting(added)), by: Array(added.subtracting(removed))), touched,
            old.said != new.said
        )
    }

    private func references(
        _ next: Table, _ changes: RowChanges, _ rows: [Int], _ refersElsewhere: inout Bool
    ) -> Postings {
        var removed: Set<Posting> = []
        var added: Set<Posting> = []
        func read(_ table: Table, _ row: Int, _ postings: inout Set<Posting>) {
            for (column, _) in layout.references {
                let packed = table.columns[column].packed[row]
                guard packed != Column.noRef else { continue }
                postings.insert(Posting(key: KeyNumber.of(packed), entity: table.refs[row].packed))
                if EntityRef(packed: packed).backend != table.backend { refersElsewhere = true }
            }
        }
        for row in rows {
            read(next, row, &added)
            if let before = changes.oldRow(row) { read(table, before, &removed) }
        }
        for row in changes.gone { read(table, row, &removed) }
        return references.replacing(Array(removed.subtracting(added)), by: Array(added.subtracting(removed)))
    }
}

/// Takes keys as postings, and what is said by them.
private struct SaidSink: KeySink {
    struct Said: Hashable {
        let posting: Posting
        let role: KeyRole
        let strength: KeyStrength
    }

    var entity: UInt64 = 0
    private(set) var postings: [Posting] = []
    private(set) var said: Set<Said> = []
    private(set) var classes: UInt64 = 0

    mutating func take(_ kind: KeyClass, _ role: KeyRole, _ strength: KeyStrength, _ value: Bytes) {
        let posting = Posting(key: KeyNumber.of(kind, value), entity: entity)
        classes |= kind.bit
        postings.append(posting)
        said.insert(Said(posting: posting, role: role, strength: strength))
    }

    mutating func refuse(_ kind: KeyClass, _ reason: KeyRefusal, _ value: Bytes) {}
}
