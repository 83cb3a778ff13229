internal import AdapterKit
internal import Domain
internal import JSON

/// Writes the fields of rows into a table, and keeps count of what rows lack or have of another type.
struct RowWriter {
    let resource: DeclaredResource
    let backend: BackendID
    let clock: ServerClock
    let secrets: SecretKeys
    var builder: TableBuilder
    private(set) var tally: [FieldTally]
    private var missing = MissingFields()
    private var seen: Set<String> = []
    private var doubles = 0

    /// What became of a field over all rows.
    struct FieldTally: Sendable {
        var found = 0
        var absent = 0
        var foreign = 0
        /// What was there instead of what the file says, and in which way it does not fit.
        var example: (value: String, misfit: Misfit)?
    }

    /// In which way a value does not fit what the file says of it.
    enum Misfit: Sendable, Hashable {
        /// A word that `map` does not have.
        case unmapped
        /// A word that is no severity.
        case noSeverity
        /// No moment of the format.
        case noTime(TimeFormat)
        /// Another type.
        case type
    }

    /// What became of a field of one row.
    enum Effect { case found, absent, foreign(Misfit, String) }

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
            case .foreign(let misfit, let value):
                tally[place].foreign += 1
                if tally[place].example == nil {
                    tally[place].example = (String(Cleaning.clean(value).prefix(24)), misfit)
                }
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
            completeness = completeness.and(.partial(words(of: count, resource.fields[place])))
        }
        if doubles > 0 {
            completeness = completeness.and(
                .partial("\(Quantity.count(doubles)) \(plural) have the id of another"))
        }
        return completeness
    }

    /// What does not fit, and what to do.
    private func words(of count: FieldTally, _ field: DeclaredField) -> String {
        let key = field.field.key.rawValue.replacing("_", with: " ")
        let (value, misfit) = count.example ?? ("", .type)
        let shown = value.isEmpty ? "what is there" : "\"\(value)\""
        let rows = "in \(Quantity.count(count.foreign)) \(resource.descriptor.plural)"
        let words =
            switch misfit {
            case .unmapped: "is not in map: add it, or other"
            case .noSeverity: "is no severity: add a map"
            case .noTime(let format): "is no time of format \(format.rawValue): set time"
            case .type: "is of another type than the file says"
            }
        return "\(key): \(shown) (\(rows)) \(words) (\(field.place))"
    }

    /// Whether rows are missing, so that nothing may be taken for gone.
    var lacksRows: Bool { !missing.isEmpty || doubles > 0 }

    consuming func finish() -> Table { builder.finish() }
}
