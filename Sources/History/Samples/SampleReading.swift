public import Domain

/// What one reading of a list has measured.
public struct SampleReading: Sendable {
    /// Whose list.
    public var list: HistoryList
    /// The rows.
    public var table: Table
    /// When it had arrived.
    public var at: Timestamp
    /// How often the list is read, in seconds.
    public var interval: Int64
    /// The rows before, where the answer was partial: a number that is the same as before is no sample then.
    public var before: Table?
    /// The ids whose values are to be recorded whatever they come to: somebody looks at them.
    public var wanted: Set<String> = []
    /// Whether another process read it, and records what is in it.
    public var isTaken = false

    /// Describes a reading.
    public init(
        _ list: HistoryList, _ table: Table, at: Timestamp, interval: Int64? = nil, before: Table? = nil
    ) {
        self.interval = interval ?? Int64(table.resource.interval)
        self.list = list
        self.table = table
        self.at = at
        self.before = before
    }

    /// Whether anything of a resource is measured.
    public static func measures(_ resource: ResourceDescriptor) -> Bool {
        resource.measured.contains { resource.index(of: $0) != nil }
    }
}

/// The measured fields of a table as codes.
struct SampleColumns {
    /// The fields, in the order in which they are stored.
    let fields: [SampledField]
    /// For each of them the codes of all rows.
    let codes: [[UInt16]]

    /// Nil where nothing is measured.
    init?(_ reading: SampleReading) {
        let table = reading.table
        let columns = table.resource.measured.compactMap(table.resource.index(of:))
        guard !columns.isEmpty, reading.at.seconds >= 0 else { return nil }
        fields = columns.map { SampledField(table.resource.fields[$0]) }
        let before = reading.before.flatMap { $0.resource == table.resource ? $0 : nil }
        let stale = table.rowsNotMeasured(by: reading.at)
        codes = columns.map { column in
            let type = table.resource.fields[column].type
            var codes = TrendCode.codes(of: table.columns[column], type)
            for row in stale where codes.indices.contains(row) { codes[row] = TrendCode.none }
            guard let before else { return codes }
            let old = TrendCode.codes(of: before.columns[column], type)
            for row in codes.indices {
                guard let place = before.row(of: table.refs[row]) else { continue }
                if codes[row] == old[place] { codes[row] = TrendCode.none }
            }
            return codes
        }
    }

    /// Whether anything of a row is known.
    func isKnown(_ row: Int) -> Bool { codes.contains { $0[row] != TrendCode.none } }

    /// How much a row carries, to compare it with others: rates and counts are 0 where nothing goes on.
    func weight(_ row: Int) -> Int {
        codes.reduce(0) { $1[row] == TrendCode.none ? $0 : $0 + Int($1[row]) }
    }
}

/// A field whose values are stored.
package struct SampledField: Equatable {
    /// Its key.
    package let key: FieldKey
    let type: FieldType

    init(_ field: Field) {
        key = field.key
        type = field.type
    }

    /// As it stands in the file.
    var word: String {
        let name =
            switch type {
            case .rate: "rate"
            case .decibelMilliwatts: "dbm"
            case .percent: "percent"
            case .integer: "integer"
            case .bytes: "bytes"
            default: "number"
            }
        return "\(key.rawValue):\(name)"
    }

    /// Reads a word of the file; nil for one that a newer version wrote.
    init?(word: some StringProtocol) {
        let parts = word.split(separator: ":")
        guard parts.count == 2 else { return nil }
        key = FieldKey(rawValue: String(parts[0]))
        switch parts[1] {
        case "rate": type = .rate
        case "dbm": type = .decibelMilliwatts
        case "percent": type = .percent
        case "integer": type = .integer
        case "bytes": type = .bytes
        case "number": type = .number
        default: return nil
        }
    }

    /// The fields of a list as they stand in the file.
    package static func all(_ words: String) -> [SampledField?] {
        words.split(separator: " ").map { SampledField(word: $0) }
    }
}
