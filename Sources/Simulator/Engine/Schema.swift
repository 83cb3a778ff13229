/// The answers in which a column appears; what the bits mean is each API's own affair.
struct Shapes: OptionSet, Sendable {
    let rawValue: UInt8
}

/// One column of a resource: its name, where it appears, and how it is read from a record.
struct Column<Record>: Sendable {
    let name: String
    let shapes: Shapes
    let value: @Sendable (Record) -> Value

    init(_ name: String, in shapes: Shapes, _ value: @escaping @Sendable (Record) -> Value) {
        self.name = name
        self.shapes = shapes
        self.value = value
    }
}

/// The columns of one kind of record, in the order in which servers print them.
///
/// A name may stand more than once, for different shapes, where releases differ in what they print.
struct Schema<Record>: Sendable {
    let columns: [Column<Record>]

    init(_ columns: [Column<Record>]) {
        self.columns = columns
    }

    func columns(in shape: Shapes) -> [Column<Record>] {
        columns.filter { $0.shapes.contains(shape) }
    }

    func column(_ name: String, in shape: Shapes) -> Column<Record>? {
        columns.first { $0.name == name && $0.shapes.contains(shape) }
    }

    /// The columns of these names in this order, or the names that the shape does not have.
    func select(_ names: [String], in shape: Shapes) -> Selection {
        var found: [Column<Record>] = []
        var unknown: [String] = []
        for name in names {
            if let column = column(name, in: shape) {
                found.append(column)
            } else {
                unknown.append(name)
            }
        }
        return unknown.isEmpty ? .columns(found) : .unknown(unknown)
    }

    /// What became of a list of column names.
    enum Selection {
        case columns([Column<Record>])
        case unknown([String])
    }
}

extension Column {
    /// One record as an object.
    static func object(_ record: Record, _ columns: [Column<Record>]) -> Value {
        .object(columns.map { Value.Member($0.name, $0.value(record)) })
    }

    /// Records as a list that is written row by row; `scalars` overrides the style for these rows.
    static func rows(
        _ records: some Sequence<Record> & Sendable, count: Int, _ columns: [Column<Record>],
        scalars: JSONStyle.Scalars? = nil
    ) -> Value {
        .rows(
            Rows(count: count) { writer in
                let style = writer.style
                if let scalars { writer.style.scalars = scalars }
                writer.open("[")
                let prefixes = columns.enumerated().map {
                    writer.keyPrefix($0.element.name, isFirst: $0.offset == 0)
                }
                var isFirst = true
                let start = writer.bytes.count
                var written = 0
                for record in records {
                    // A long answer is not copied while it grows: what is to come is like what is there.
                    if written == 256 {
                        writer.reserve((writer.bytes.count - start) / written * (count - written) / 16 * 17)
                    }
                    written += 1
                    writer.separate(isFirst: isFirst)
                    isFirst = false
                    writer.open("{")
                    for index in columns.indices {
                        writer.append(raw: prefixes[index])
                        writer.write(columns[index].value(record))
                    }
                    writer.close("}", isEmpty: columns.isEmpty)
                }
                writer.close("]", isEmpty: isFirst)
                writer.style = style
            })
    }
}
