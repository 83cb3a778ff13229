extension Table {
    /// The same rows with those fields alone of which it is recorded how they were, or that say what a row is.
    ///
    /// Nil where no states of it are recorded. Notes are left out: who wrote one without changing a state is not recorded.
    var recorded: Table? {
        guard let fields = RecordedFields(resource) else { return nil }
        let kept = Set(
            [
                fields.state, fields.severity, fields.since, fields.device, fields.location,
                resource.index(of: resource.nameField),
            ].compactMap(\.self))
        let columns = resource.fields.indices.map { place in
            kept.contains(place)
                ? self.columns[place] : Column(none: resource.fields[place].type, rows: count)
        }
        return Table(resource: resource, backend: backend, refs: refs, columns: columns)
    }

    /// What is recorded that these rows don't say, with what they have and is not recorded as gone.
    ///
    /// A row whose state nobody said is not recorded.
    func differences(from now: [String: PastState]) -> [String: PastState] {
        guard let fields = RecordedFields(resource) else { return [:] }
        var found: [String: PastState] = [:]
        for row in 0..<count {
            let id = refs[row].id
            var word = text(row, fields.state)
            if resource.kind == .alert { word = AlertState(word: word).rawValue }
            if let known = now[id] {
                let severity = fields.severity.map { Severity(word: text(row, $0)) }
                if known.word != word || severity != nil && severity != known.severity { found[id] = known }
            } else if !word.isEmpty {
                found[id] = PastState(word: nil, severity: nil, since: nil, name: name(row))
            }
        }
        for (id, known) in now where row(of: EntityRef(backend, resource.kind, id: id)) == nil {
            found[id] = known
        }
        return found
    }

    /// The same rows without times since when something is so that were not over by a moment.
    func withoutTimes(after moment: Timestamp) -> Table {
        guard let since = RecordedFields(resource)?.since,
            columns[since].integers.contains(where: { $0 > moment.seconds })
        else { return self }
        var columns = columns
        for row in columns[since].integers.indices where columns[since].integers[row] > moment.seconds {
            columns[since].integers[row] = Column.noInteger
        }
        return Table(resource: resource, backend: backend, refs: refs, columns: columns)
    }

    /// The same rows with what some of them were; what was not there is left out, and what is no more is added.
    ///
    /// - Parameters:
    ///   - states: by the server's own id.
    ///   - devices: the devices of the same backend, to find the one that a row belongs to by its name.
    public func past(_ states: [String: PastState], devices: Table? = nil) -> Table {
        guard !states.isEmpty, let fields = RecordedFields(resource) else { return self }
        var named: [String: EntityRef?] = [:]
        if let devices, fields.device != nil {
            // A name that two devices have is that of neither.
            for row in 0..<devices.count {
                let name = devices.name(row)
                named.updateValue(named.keys.contains(name) ? nil : devices.refs[row], forKey: name)
            }
        }
        var builder = TableBuilder(resource, backend, capacity: states.count)
        var picks: [TableGather.Pick] = []
        picks.reserveCapacity(count)
        var changed: [EntityRef: Int?] = [:]
        for (id, state) in states.sorted(by: { $0.key < $1.key }) {
            let entity = EntityRef(backend, resource.kind, id: id)
            guard state.word != nil else {
                changed[entity] = .some(nil)
                continue
            }
            changed[entity] = builder.count
            builder.append(state, entity, of: self, fields, named[state.device] ?? nil)
        }
        let rows = builder.finish()
        for row in refs.indices {
            switch changed.removeValue(forKey: refs[row]) {
            case nil: picks.append(.first(row))
            case .some(nil): break
            case .some(let place?): picks.append(.second(place))
            }
        }
        // What its server lists no more stands behind the rest.
        picks += changed.values.compactMap(\.self).sorted().map { .second($0) }
        return TableGather(first: self, second: rows, picks: picks).table()
    }
}

extension TableBuilder {
    /// Appends the row of an entity as it was.
    fileprivate mutating func append(
        _ state: PastState, _ entity: EntityRef, of table: Table, _ fields: RecordedFields,
        _ device: EntityRef?
    ) {
        begin(entity)
        set(fields.state, text: state.word ?? "")
        if let severity = fields.severity, let word = state.severity { set(severity, text: word.word) }
        if let since = fields.since { set(since, time: state.since) }
        if let note = fields.note { set(note, text: state.note) }
        let name = table.resource.index(of: table.resource.nameField)
        if let row = table.row(of: entity) {
            // What it is called is no state: as now.
            for place in [name, fields.device, fields.location].compactMap(\.self) {
                copy(table, row, place)
            }
            return
        }
        if let name { set(name, name: state.name) }
        // A field that is set already stays.
        if let field = fields.device { set(field, name: state.device, ref: device) }
        if let location = fields.location { set(location, name: state.site) }
    }

    /// Takes over a field of a row of a table of the same resource.
    private mutating func copy(_ table: Table, _ row: Int, _ column: Int) {
        switch table.value(row, column) {
        case .text(let text): set(column, text: text)
        case .ref(let entity, let name): set(column, ref: entity, name: name)
        default: break
        }
    }

    /// Sets a text, or the name of a reference of which the entity is not known.
    private mutating func set(_ column: Int, name: String, ref: EntityRef? = nil) {
        set(column, ref: ref, name: name)
        set(column, text: name)
    }
}

extension Column {
    /// A column of rows without a value.
    fileprivate init(none type: FieldType, rows: Int) {
        self.init(type)
        switch storage {
        case .text: ends = Array(repeating: 0, count: rows + 1)
        case .words: codes = Array(repeating: Self.noWord, count: rows)
        case .integers: integers = Array(repeating: Self.noInteger, count: rows)
        case .numbers: numbers = Array(repeating: .nan, count: rows)
        case .refs:
            packed = Array(repeating: Self.noRef, count: rows)
            codes = Array(repeating: Self.noWord, count: rows)
        }
    }
}
