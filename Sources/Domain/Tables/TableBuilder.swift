/// Makes a table row by row; texts are cleaned at this door.
///
/// A row starts with `begin`; fields that are not set until the next `begin` or `finish` have no value.
public struct TableBuilder {
    private let resource: ResourceDescriptor
    private let backend: BackendID
    private var refs: [EntityRef] = []
    private var columns: [Column]
    private var wordCodes: [[String: UInt32]]
    private var refCodes: [[UInt64: UInt32]]

    /// Makes a builder for rows of one resource of one backend.
    public init(_ resource: ResourceDescriptor, _ backend: BackendID, capacity: Int = 0) {
        self.resource = resource
        self.backend = backend
        columns = resource.fields.map { Column($0.type) }
        wordCodes = Array(repeating: [:], count: columns.count)
        refCodes = Array(repeating: [:], count: columns.count)
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
        text =
            text.withUTF8 { bytes in
                bytes.allSatisfy { $0 >= 32 && $0 < 127 } ? nil : Cleaning.clean(bytes)
            } ?? text
        append(column, clean: text)
    }

    /// Sets a text from UTF-8; broken sequences are replaced and hostile characters removed.
    public mutating func set(_ column: Int, utf8: UnsafeBufferPointer<UInt8>) {
        let isPlain = utf8.allSatisfy { $0 >= 32 && $0 < 127 }
        if isPlain, columns[column].storage == .text, columns[column].ends.count == refs.count {
            columns[column].arena.append(contentsOf: utf8)
            columns[column].ends.append(UInt32(columns[column].arena.count))
        } else {
            append(column, clean: isPlain ? String(decoding: utf8, as: UTF8.self) : Cleaning.clean(utf8))
        }
    }

    /// Sets a whole number, a duration in seconds, a rate in bits per second or a size in bytes.
    public mutating func set(_ column: Int, integer: Int64?) {
        guard let integer else { return }
        switch columns[column].storage {
        case .integers where columns[column].integers.count == refs.count - 1:
            columns[column].integers.append(max(integer, Column.noInteger + 1))
        case .numbers: set(column, number: Double(integer))
        default: break
        }
    }

    /// Sets a number with a fraction.
    public mutating func set(_ column: Int, number: Double?) {
        guard let number, columns[column].storage == .numbers, columns[column].numbers.count == refs.count - 1
        else { return }
        columns[column].numbers.append(number)
    }

    /// Sets a moment.
    public mutating func set(_ column: Int, time: Timestamp?) { set(column, integer: time?.seconds) }

    /// Sets yes or no.
    public mutating func set(_ column: Int, flag: Bool?) { set(column, integer: flag.map { $0 ? 1 : 0 }) }

    /// Sets another entity with its name; without an entity the name alone is kept.
    public mutating func set(_ column: Int, ref: EntityRef?, name: some StringProtocol) {
        guard columns[column].storage == .refs, columns[column].packed.count == refs.count - 1 else { return }
        if let ref, let code = refCodes[column][ref.packed], columns[column].words[Int(code)] == name {
            columns[column].codes.append(code)
        } else {
            let code = code(of: Cleaning.clean(name), in: column)
            if let ref { refCodes[column][ref.packed] = code }
            columns[column].codes.append(code)
        }
        columns[column].packed.append(ref?.packed ?? Column.noRef)
    }

    /// Sets a field to what another table's row holds in a column of the same type.
    mutating func copy(_ column: Int, from table: Table, row: Int, column source: Int) {
        let data = table.columns[source]
        guard data.storage == columns[column].storage else { return }
        switch data.storage {
        case .text:
            let range = Int(data.ends[row])..<Int(data.ends[row + 1])
            guard columns[column].ends.count == refs.count else { return }
            columns[column].arena.append(contentsOf: data.arena[range])
            columns[column].ends.append(UInt32(columns[column].arena.count))
        case .words: append(column, clean: data.text(row))
        case .integers: columns[column].integers.append(data.integers[row])
        case .numbers: columns[column].numbers.append(data.numbers[row])
        case .refs:
            let packed = data.packed[row]
            set(column, ref: packed == Column.noRef ? nil : EntityRef(packed: packed), name: data.text(row))
        }
    }

    /// Appends a whole row of a table of the same resource.
    public mutating func append(_ table: Table, row: Int) {
        begin(table.refs[row])
        for column in columns.indices { copy(column, from: table, row: row, column: column) }
    }

    /// Ends the last row and gives the table.
    public consuming func finish() -> Table {
        fillGaps()
        return Table(resource: resource, backend: backend, refs: refs, columns: columns)
    }

    private mutating func append(_ column: Int, clean text: String) {
        switch columns[column].storage {
        case .text where columns[column].ends.count == refs.count:
            columns[column].arena.append(contentsOf: text.utf8)
            columns[column].ends.append(UInt32(columns[column].arena.count))
        case .words where columns[column].codes.count == refs.count - 1:
            columns[column].codes.append(code(of: text, in: column))
        case .refs: set(column, ref: nil, name: text)
        default: break
        }
    }

    private mutating func code(of word: String, in column: Int) -> UInt32 {
        if word.isEmpty { return Column.noWord }
        if let known = wordCodes[column][word] { return known }
        let code = UInt32(columns[column].words.count)
        columns[column].words.append(word)
        wordCodes[column][word] = code
        return code
    }

    private mutating func fillGaps() {
        let rows = refs.count
        guard rows > 0 else { return }
        for column in columns.indices {
            switch columns[column].storage {
            case .text where columns[column].ends.count == rows:
                columns[column].ends.append(UInt32(columns[column].arena.count))
            case .words where columns[column].codes.count < rows:
                columns[column].codes.append(Column.noWord)
            case .integers where columns[column].integers.count < rows:
                columns[column].integers.append(Column.noInteger)
            case .numbers where columns[column].numbers.count < rows:
                columns[column].numbers.append(.nan)
            case .refs where columns[column].packed.count < rows:
                columns[column].packed.append(Column.noRef)
                columns[column].codes.append(Column.noWord)
            default: break
            }
        }
    }
}
