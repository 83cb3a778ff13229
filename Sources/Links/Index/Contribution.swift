import Domain

/// What one table gives to the index: its keys, and who refers to whom.
///
/// Tables are replaced one by one, so that each has its own.
final class Contribution: Sendable {
    let table: Table
    let layout: Layout
    let keys: Postings
    let references: Postings
    /// The classes that any key has or had, so that a table without keys of one is not searched for it.
    let classes: UInt64
    /// Whether any row refers or referred to another server's entity.
    let refersElsewhere: Bool

    /// Which columns of a resource are read, and how.
    struct Layout: Sendable {
        /// Columns with keys of their own.
        let fields: [(column: Int, key: LinkKey)]
        /// Columns that rules read.
        let rules: [(column: Int, kind: KeyClass, isFrom: Bool, key: @Sendable (String) -> String?)]
        /// Columns that refer to entities.
        let references: [(column: Int, dependence: Dependence?)]
        /// Columns that say how something is, since when and what it is called: roots and impacts follow from them.
        let told: [Int]
        /// Those of them that what hangs on what follows from: ports are linked by name, bonds lose the legs that are up.
        let moving: [Int]

        /// - Parameter readsKeys: whether there is anybody to share keys with.
        init(_ resource: ResourceDescriptor, _ rules: [LinkRule], readsKeys: Bool) {
            var fields: [(column: Int, key: LinkKey)] = []
            var references: [(column: Int, dependence: Dependence?)] = []
            for (column, field) in resource.fields.enumerated() {
                if let key = field.links, readsKeys { fields.append((column, key)) }
                if case .ref = field.type { references.append((column, field.dependence)) }
            }
            self.fields = fields
            self.references = references
            told = resource.fields.indices.filter { column in
                let field = resource.fields[column]
                return field.type == .state || field.type == .severity || field.links == .interface
                    || [resource.nameField, .state, .severity, .since, .legsTotal].contains(field.key)
            }
            let isBonded = resource.kind == .leg || resource.kind == .bond
            moving = told.filter { isBonded || resource.fields[$0].links == .interface }
            self.rules = rules.enumerated().flatMap { place, rule in
                [(rule.from, true), (rule.to, false)].compactMap { side, isFrom in
                    guard side.kind == resource.kind, let column = resource.index(of: side.field) else {
                        return nil
                    }
                    return (column, .rule(place), isFrom, side.key)
                }
            }
        }
    }

    convenience init(_ table: Table, rules: [LinkRule], readsKeys: Bool) {
        let layout = Layout(table.resource, rules, readsKeys: readsKeys)
        var keys = PostingSink()
        var references: [Posting] = []
        keys.postings.reserveCapacity(table.count * layout.fields.count)
        layout.readAll(table, &keys)
        references.reserveCapacity(table.count * layout.references.count)
        var refersElsewhere = false
        for (column, _) in layout.references {
            let packed = table.columns[column].packed
            for row in 0..<table.count where packed[row] != Column.noRef {
                references.append(Posting(key: KeyNumber.of(packed[row]), entity: table.refs[row].packed))
                if EntityRef(packed: packed[row]).backend != table.backend { refersElsewhere = true }
            }
        }
        self.init(
            table: table, layout: layout, keys: Postings(keys.postings), references: Postings(references),
            classes: keys.classes, refersElsewhere: refersElsewhere)
    }

    init(
        table: Table, layout: Layout, keys: Postings, references: Postings, classes: UInt64,
        refersElsewhere: Bool
    ) {
        self.table = table
        self.layout = layout
        self.keys = keys
        self.references = references
        self.classes = classes
        self.refersElsewhere = refersElsewhere
    }

    /// Whether anything can hang on its rows, or be linked through them: on alerts without keys nothing does.
    var bears: Bool { table.resource.kind != .alert || layout.hasKeys }

    /// Whether any of its rows can refer to an entity.
    @inline(__always)
    func mayRefer(to entity: EntityRef) -> Bool { refersElsewhere || table.backend == entity.backend }

    /// The rows that refer to an entity, packed, each once.
    @inline(__always)
    func rows(referringTo entity: EntityRef) -> ArraySlice<Posting> {
        references.entities(of: KeyNumber.of(entity.packed))
    }
}

extension Contribution.Layout {
    /// Whether its rows can be linked with anything.
    var hasKeys: Bool { !fields.isEmpty || !rules.isEmpty }

    /// Reads all keys of all rows, column by column.
    func readAll(_ table: Table, _ sink: inout PostingSink) {
        for (place, key) in fields {
            let column = table.columns[place]
            if column.storage == .text {
                column.arena.withUnsafeBufferPointer { arena in
                    for row in 0..<table.count {
                        sink.entity = table.refs[row].packed
                        let range = Int(column.ends[row])..<Int(column.ends[row + 1])
                        KeyReader.read(key, Bytes(rebasing: arena[range]), &sink)
                    }
                }
                continue
            }
            for row in 0..<table.count {
                sink.entity = table.refs[row].packed
                column.withText(row) { KeyReader.read(key, $0, &sink) }
            }
        }
        for rule in rules {
            for row in 0..<table.count {
                sink.entity = table.refs[row].packed
                read(rule, table, row, &sink)
            }
        }
    }

    /// Reads all keys of a row.
    func read(_ table: Table, _ row: Int, _ sink: inout some KeySink) {
        for (column, key) in fields {
            table.columns[column].withText(row) { KeyReader.read(key, $0, &sink) }
        }
        for rule in rules { read(rule, table, row, &sink) }
    }

    func read(
        _ rule: (column: Int, kind: KeyClass, isFrom: Bool, key: @Sendable (String) -> String?),
        _ table: Table, _ row: Int, _ sink: inout some KeySink
    ) {
        let text = table.spelled(row, rule.column)
        guard !text.isEmpty, let key = rule.key(text) else { return }
        var value = Self.canonical(key)
        guard !value.isEmpty else { return }
        value.withUTF8 { sink.take(rule.kind, rule.isFrom ? .own : .names, .strong, $0) }
    }

    private static func canonical(_ key: String) -> String {
        let folded = Folding.fold(key)
        return folded.withUnsafeBufferPointer { String(decoding: KeyText.trimmed($0), as: UTF8.self) }
    }
}

extension Table {
    /// A field as text, whole numbers included.
    fileprivate func spelled(_ row: Int, _ column: Int) -> String {
        integer(row, column).map { String($0) } ?? text(row, column)
    }
}

/// Takes keys as postings.
struct PostingSink: KeySink {
    var entity: UInt64 = 0
    var postings: [Posting] = []
    private(set) var classes: UInt64 = 0

    @inline(__always)
    mutating func take(_ kind: KeyClass, _ role: KeyRole, _ strength: KeyStrength, _ value: Bytes) {
        classes |= kind.bit
        postings.append(Posting(key: KeyNumber.of(kind, value), entity: entity))
    }

    mutating func refuse(_ kind: KeyClass, _ reason: KeyRefusal, _ value: Bytes) {}
}
