import Synchronization

/// The rows of one resource of one backend, as immutable packed columns.
///
/// State holds tables by reference and compares them by `revision` alone; 100,000 rows are never copied or
/// compared on the main thread. Safe to read from any thread.
public final class Table: Sendable {
    private static let revisions = Atomic<UInt64>(0)

    /// What the rows are.
    public let resource: ResourceDescriptor
    /// Where they come from.
    public let backend: BackendID
    /// Unique in the process; two tables with one revision are the same table.
    public let revision: UInt64
    /// The identities of the rows.
    public let refs: [EntityRef]
    package let columns: [Column]
    let index: RowIndex
    private let foldedText = Mutex<FoldedText?>(nil)

    init(resource: ResourceDescriptor, backend: BackendID, refs: [EntityRef], columns: [Column]) {
        self.resource = resource
        self.backend = backend
        self.refs = refs
        self.columns = columns
        index = RowIndex(refs)
        revision = Self.revisions.add(1, ordering: .relaxed).newValue
    }

    /// A table without rows.
    public static func empty(_ resource: ResourceDescriptor, _ backend: BackendID) -> Table {
        TableBuilder(resource, backend).finish()
    }

    /// The number of rows.
    public var count: Int { refs.count }

    /// The folded texts of its rows, made when first asked for: ask off the main thread.
    public var folded: FoldedText {
        foldedText.withLock { known in
            if let known { return known }
            let made = FoldedText(columns, rows: count)
            known = made
            return made
        }
    }

    /// Whether an entity has more than one row, as in a list that a server repeats itself in.
    var hasDuplicates: Bool { index.hasDuplicates }

    /// The row of an entity.
    public func row(of entity: EntityRef) -> Int? { index.row(of: entity, in: refs) }

    /// The value of a field, given by its place in the resource.
    public func value(_ row: Int, _ column: Int) -> Value {
        let data = columns[column]
        switch data.storage {
        case .text, .words:
            let text = data.text(row)
            return text.isEmpty ? .none : .text(text)
        case .refs:
            let packed = data.packed[row]
            let name = data.text(row)
            if packed == Column.noRef { return name.isEmpty ? .none : .text(name) }
            return .ref(EntityRef(packed: packed), name: name)
        case .integers:
            let integer = data.integers[row]
            if integer == Column.noInteger { return .none }
            switch resource.fields[column].type {
            case .time: return .time(Timestamp(integer))
            case .flag: return .flag(integer != 0)
            default: return .integer(integer)
            }
        case .numbers:
            let number = data.numbers[row]
            return number.isNaN ? .none : .number(number)
        }
    }

    /// The value of a field by its key; none where the resource has no such field.
    public func value(_ row: Int, _ key: FieldKey) -> Value {
        resource.index(of: key).map { value(row, $0) } ?? .none
    }

    /// The text of a text, word or reference field; empty for none.
    public func text(_ row: Int, _ column: Int) -> String { columns[column].text(row) }

    /// The text of a field by its key; empty where there is none.
    public func text(_ row: Int, _ key: FieldKey) -> String {
        resource.index(of: key).map { text(row, $0) } ?? ""
    }

    /// The whole number of a field; nil for none.
    public func integer(_ row: Int, _ column: Int) -> Int64? {
        let data = columns[column]
        guard data.storage == .integers else { return nil }
        return data.integers[row] == Column.noInteger ? nil : data.integers[row]
    }

    /// The whole number of a field by its key; nil for none.
    public func integer(_ row: Int, _ key: FieldKey) -> Int64? {
        resource.index(of: key).flatMap { integer(row, $0) }
    }

    /// What a row is called.
    public func name(_ row: Int) -> String {
        let name = text(row, resource.nameField)
        return name.isEmpty ? refs[row].id : name
    }
}

extension Table {
    /// Whether another table holds the same rows in the same order, so that it may stay in place of this one.
    ///
    /// Compares whole columns: some milliseconds for 100,000 rows, for use off the main thread.
    public func hasSameRows(as other: Table) -> Bool {
        self === other || resource == other.resource && refs == other.refs && columns == other.columns
    }
}

extension Table: Equatable {
    /// By revision: equal means the very same rows.
    public static func == (a: Table, b: Table) -> Bool { a.revision == b.revision }
}
