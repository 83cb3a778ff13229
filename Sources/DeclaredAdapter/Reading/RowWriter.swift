internal import AdapterKit
internal import Domain
internal import JSON

/// Writes the fields of rows into a table, and keeps count of what rows lack or have of another type.
struct RowWriter {
    let resource: DeclaredResource
    let backend: BackendID
    let clock: ServerClock
    let secrets: SecretKeys
    private(set) var builder: TableBuilder
    private(set) var tally: [FieldTally]
    private var missing = MissingFields()
    private var seen: Set<String> = []
    private var doubles = 0

    /// What became of a field over all rows.
    struct FieldTally: Sendable {
        var found = 0
        var absent = 0
        var foreign = 0
    }

    private enum Effect { case found, absent, foreign }

    init(
        _ resource: DeclaredResource, _ backend: BackendID, _ clock: ServerClock, secrets: SecretKeys,
        rows: Int
    ) {
        self.secrets = secrets
        self.resource = resource
        self.backend = backend
        self.clock = clock
        builder = TableBuilder(resource.descriptor, backend, capacity: rows)
        tally = Array(repeating: FieldTally(), count: resource.fields.count)
        seen.reserveCapacity(rows)
    }

    /// Takes a row in, where it is one of the kind.
    mutating func add(_ row: JSONValue, id: String?, isSliced: Bool) {
        let plural = resource.descriptor.plural
        guard row.kind == .object else { return missing.note("{…}", of: plural) }
        switch Condition.all(resource.only, hold: row) {
        case false: return
        case nil:
            let pointer = resource.only.first { $0.judge(row) == nil }?.at.text ?? ""
            return missing.note(pointer, of: plural)
        default: break
        }
        guard let id else { return missing.note("id", of: plural) }
        guard seen.insert(id).inserted else {
            // Between two parts a row may move; in one answer two rows of one identity hide each other.
            if !isSliced { doubles += 1 }
            return
        }
        builder.begin(EntityRef(backend, resource.descriptor.kind, id: id))
        for (place, field) in resource.fields.enumerated() {
            switch write(field, place, row) {
            case .found: tally[place].found += 1
            case .absent: tally[place].absent += 1
            case .foreign: tally[place].foreign += 1
            }
        }
        // What has no name is called by its identity; a name that is there already stays.
        if let place = resource.descriptor.index(of: resource.descriptor.nameField) {
            builder.set(place, text: id)
        }
    }

    /// Whether all rows have what they should.
    var completeness: Completeness {
        var completeness = missing.completeness
        let plural = resource.descriptor.plural
        for (place, count) in tally.enumerated() where count.foreign > 0 {
            let key = resource.fields[place].field.key.rawValue.replacing("_", with: " ")
            completeness = completeness.and(
                .partial(
                    "\(key) of \(Quantity.count(count.foreign)) \(plural) is of a type that the file does not name"
                ))
        }
        if doubles > 0 {
            completeness = completeness.and(
                .partial("\(Quantity.count(doubles)) \(plural) have the id of another"))
        }
        return completeness
    }

    /// Whether rows are missing, so that nothing may be taken for gone.
    var lacksRows: Bool { !missing.isEmpty || doubles > 0 }

    consuming func finish() -> Table { builder.finish() }

    // MARK: Values

    /// What a field is made of.
    private enum Made { case text(String), value(JSONValue), count(Int), nothing, foreign }

    private func value(_ field: DeclaredField, _ row: JSONValue) -> Made {
        switch field.origin {
        case .pointers(let pointers):
            for pointer in pointers {
                switch pointer.match(in: row) {
                case .nothing: continue
                case .foreign: return .foreign
                case .value(let value):
                    return isNumeric(field.field.type)
                        ? .value(value) : value.word.map { .text($0) } ?? .foreign
                }
            }
            return .nothing
        case .template(let template):
            var isKnown = false
            for pointer in template.pointers {
                switch pointer.match(in: row) {
                case .nothing: continue
                case .foreign: return .foreign
                case .value(let value):
                    if value.word == nil { return .foreign }
                    isKnown = true
                }
            }
            return isKnown || template.pointers.isEmpty ? .text(Filling(row: row).words(template)) : .nothing
        case .rules(let rules):
            for rule in rules {
                switch rule.condition.judge(row) {
                case true: return .text(rule.word)
                case nil:
                    if case .nothing = rule.condition.at.match(in: row) { return .nothing }
                    return .foreign
                default: continue
                }
            }
            return .nothing
        case .words(let pointer):
            switch pointer.match(in: row) {
            case .nothing: return .nothing
            case .foreign: return .foreign
            case .value(let value):
                return .text(FieldManners(secrets: secrets, types: [:]).words(value))
            }
        case .count(let pointer):
            switch pointer.match(in: row) {
            case .nothing: return .nothing
            case .foreign: return .foreign
            case .value(let value):
                return (value.object?.count { _ in true } ?? value.array?.count { _ in true })
                    .map { .count($0) } ?? .foreign
            }
        }
    }

    private func isNumeric(_ type: FieldType) -> Bool { type.isNumeric || type == .flag }

    private mutating func write(_ field: DeclaredField, _ place: Int, _ row: JSONValue) -> Effect {
        switch value(field, row) {
        case .foreign: return .foreign
        case .nothing:
            if let word = field.missing { builder.set(place, text: word) }
            return .absent
        case .text(let text): return write(text, field, place, row)
        case .value(let value): return write(value, field, place)
        case .count(let count):
            builder.set(place, integer: Int64(count))
            return .found
        }
    }

    private mutating func write(_ text: String, _ field: DeclaredField, _ place: Int, _ row: JSONValue)
        -> Effect
    {
        var word = text
        if let until = field.until, let end = word.ranges(of: until).last {
            word = String(word[..<end.lowerBound])
        }
        if let map = field.map {
            guard let mapped = map[word] ?? field.other else { return .foreign }
            word = mapped
        }
        switch field.field.type {
        case .severity:
            let severity = Severity(word: word)
            if severity == .unknown, word.lowercased() != severity.word { return .foreign }
            builder.set(place, text: severity.word)
        case .ref(let kind):
            let id = field.reference.flatMap { Filling(row: row).text($0) }
            builder.set(place, ref: id.map { EntityRef(backend, kind, id: $0) }, name: word)
        default:
            if word.isEmpty { return .absent }
            builder.set(place, text: word)
        }
        return .found
    }

    private mutating func write(_ value: JSONValue, _ field: DeclaredField, _ place: Int) -> Effect {
        switch field.field.type {
        case .flag:
            guard let flag = value.flag else { return .foreign }
            builder.set(place, flag: flag)
        case .time:
            guard value.kind == .string || value.kind == .number else { return .foreign }
            guard let time = field.time.read(value, clock) else { return .foreign }
            // Zero dates and the year 1 are how servers say never.
            if time.seconds <= 0 { return .absent }
            builder.set(place, time: time)
        default:
            guard value.kind != .bool, let number = value.double else { return .foreign }
            let scaled = number * field.scale
            switch field.field.type {
            case .integer, .rate, .bytes, .duration:
                guard let whole = Int64(exactly: scaled.rounded()) else { return .foreign }
                builder.set(place, integer: field.scale == 1 ? value.int64 ?? whole : whole)
            default: builder.set(place, number: scaled)
            }
        }
        return .found
    }
}
