/// Makes a table row by row; texts are cleaned at this door.
///
/// A row starts with `begin`; fields that are not set until the next `begin` or `finish` have no value. What is
/// set a second time in one row, before the first row, or with a type that the field does not have, is ignored.
public struct TableBuilder {
    private let resource: ResourceDescriptor
    private let backend: BackendID
    private var refs: [EntityRef] = []
    private var columns: [Column]
    private var words: [WordCodes]
    private var refCodes: [[UInt64: UInt32]]
    /// The number of rows begun when each column was last set.
    private var filled: [Int]

    /// Makes a builder for rows of one resource of one backend.
    public init(_ resource: ResourceDescriptor, _ backend: BackendID, capacity: Int = 0) {
        self.resource = resource
        self.backend = backend
        columns = resource.fields.map { Column($0.type) }
        for index in columns.indices { columns[index].reserveCapacity(capacity) }
        words = Array(repeating: WordCodes(), count: columns.count)
        refCodes = Array(repeating: [:], count: columns.count)
        filled = Array(repeating: 0, count: columns.count)
        refs.reserveCapacity(capacity)
    }

    /// The number of rows begun.
    public var count: Int { refs.count }

    /// Begins the row of an entity.
    public mutating func begin(_ entity: EntityRef) {
        fillGaps()
        refs.append(entity)
    }

    /// Sets a text, word, severity or state; cleans it.
    public mutating func set(_ column: Int, text: some StringProtocol) {
        var text = String(text)
        text.withUTF8 { set(column, utf8: $0) }
    }

    /// Sets a text from UTF-8; broken sequences are replaced and hostile characters removed.
    public mutating func set(_ column: Int, utf8: UnsafeBufferPointer<UInt8>) {
        if Cleaning.isPlain(utf8) { return append(column, clean: utf8) }
        var clean = Cleaning.clean(utf8)
        clean.withUTF8 { append(column, clean: $0) }
    }

    /// Sets a whole number, a duration in seconds, a rate in bits per second or a size in bytes.
    public mutating func set(_ column: Int, integer: Int64?) {
        guard let integer else { return }
        switch columns[column].storage {
        case .integers:
            guard claim(column) else { return }
            // The smallest number stands for none.
            columns[column].integers.append(max(integer, Column.noInteger + 1))
        case .numbers: set(column, number: Double(integer))
        case .text, .words, .refs: break
        }
    }

    /// Sets a number with a fraction; what is not a finite number is none.
    public mutating func set(_ column: Int, number: Double?) {
        guard let number, number.isFinite, columns[column].storage == .numbers, claim(column) else { return }
        columns[column].numbers.append(number)
    }

    /// Sets a moment.
    public mutating func set(_ column: Int, time: Timestamp?) { set(column, integer: time?.seconds) }

    /// Sets yes or no.
    public mutating func set(_ column: Int, flag: Bool?) { set(column, integer: flag.map { $0 ? 1 : 0 }) }

    /// Sets another entity with its name; without an entity the name alone is kept.
    public mutating func set(_ column: Int, ref: EntityRef?, name: some StringProtocol) {
        guard columns[column].storage == .refs, claim(column) else { return }
        var name = String(name)
        if let ref, let code = refCodes[column][ref.packed], columns[column].words[Int(code)] == name {
            columns[column].codes.append(code)
        } else {
            name = Cleaning.clean(name)
            let code = name.withUTF8 { words[column].code(of: $0, in: &columns[column].words) }
            if let ref { refCodes[column][ref.packed] = code }
            columns[column].codes.append(code)
        }
        columns[column].packed.append(ref?.packed ?? Column.noRef)
    }

    /// Appends a row of a table of the same resource, or of one that lacks the last fields of this.
    ///
    /// - Parameter fields: how many of its first fields are taken; nil takes all.
    public mutating func append(_ table: Table, row: Int, fields: Int? = nil) {
        begin(table.refs[row])
        for column in columns.indices.prefix(min(table.columns.count, fields ?? .max)) {
            switch table.value(row, column) {
            case .none: break
            case .text(let text): set(column, text: text)
            case .integer(let integer): set(column, integer: integer)
            case .number(let number): set(column, number: number)
            case .flag(let flag): set(column, flag: flag)
            case .time(let time): set(column, time: time)
            case .ref(let entity, let name): set(column, ref: entity, name: name)
            }
        }
    }

    /// Ends the last row and gives the table.
    public consuming func finish() -> Table {
        fillGaps()
        for index in columns.indices { columns[index].trim() }
        return Table(resource: resource, backend: backend, refs: refs, columns: columns)
    }

    private mutating func append(_ column: Int, clean text: UnsafeBufferPointer<UInt8>) {
        switch columns[column].storage {
        case .text:
            guard claim(column) else { return }
            columns[column].append(text)
        case .words:
            guard claim(column) else { return }
            let code = words[column].code(of: text, in: &columns[column].words)
            columns[column].codes.append(code)
        case .refs:
            guard claim(column) else { return }
            let code = words[column].code(of: text, in: &columns[column].words)
            columns[column].codes.append(code)
            columns[column].packed.append(Column.noRef)
        case .integers, .numbers: break
        }
    }

    /// Whether a column is free in this row; it is not any more.
    private mutating func claim(_ column: Int) -> Bool {
        guard filled[column] != refs.count else { return false }
        filled[column] = refs.count
        return true
    }

    private mutating func fillGaps() {
        let rows = refs.count
        guard rows > 0 else { return }
        for column in filled.indices where filled[column] != rows {
            columns[column].appendNone()
            filled[column] = rows
        }
    }
}
