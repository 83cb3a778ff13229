internal import Canvas
internal import Domain
internal import Filter

/// The rows that a pane shows, to be written for other programs off the main thread.
public struct CopiedTable: Sendable, Equatable {
    /// How it is written.
    public enum Format: Sendable, Equatable {
        /// Comma-separated values as `nocturne get -o csv` has them: names of fields, plain values.
        case csv
        /// A table of Markdown as the screen has it: titles, values with units.
        case markdown
    }

    /// How it is written.
    public let format: Format
    private let columns: [PaneColumn]
    private let arrangement: Arrangement
    private let count: Int
    private let backends: [String]
    private let wall: Timestamp
    private let zone: Int

    init(
        _ format: Format, _ columns: [PaneColumn], _ arrangement: Arrangement, count: Int, backends: [String],
        wall: Timestamp, zone: Int
    ) {
        self.format = format
        self.columns = columns
        self.arrangement = arrangement
        self.count = count
        self.backends = backends
        self.wall = wall
        self.zone = zone
    }

    /// Whether both write the same rows in the same way.
    public static func == (a: CopiedTable, b: CopiedTable) -> Bool {
        a.format == b.format && a.columns == b.columns && a.rows == b.rows
    }

    /// What it is, in words; where there are more rows than are copied, that is said.
    func words(all: Int) -> String {
        let name = format == .csv ? "CSV" : "Markdown"
        let words = "\(count == 1 ? "1 row" : "\(Quantity.count(count)) rows") as \(name)"
        return count < all ? "the first \(words); nocturne get prints all \(Quantity.count(all))" : words
    }

    /// All of it, a row a line.
    public var text: String {
        switch format {
        case .csv:
            let lines = [columns.map(\.key.rawValue)] + rows.map { $0.map(Self.plain) }
            return lines.map { $0.map(Self.csvField).joined(separator: ",") }.joined(separator: "\n")
        case .markdown:
            let isNumber = columns.map { Self.isNumber($0.type) }
            let rule = isNumber.map { $0 ? "---:" : "---" }
            let cells = rows.map { row in
                zip(row, columns).map { value, column in
                    Self.escaped(Self.readable(value, column.type, wall, zone))
                }
            }
            let lines = [columns.map { Self.escaped($0.title) }, rule] + cells
            return lines.map { "| \($0.joined(separator: " | ")) |" }.joined(separator: "\n")
        }
    }

    private var rows: [[Value]] {
        (0..<count).map { position in
            let handle = arrangement.rows[position]
            let table = arrangement.tables[handle.table]
            return columns.map { column in
                guard column.key == .backend else { return table.value(handle.row, column.key) }
                let place = Int(table.backend.index)
                return .text(backends.indices.contains(place) ? backends[place] : "")
            }
        }
    }

    private static func plain(_ value: Value) -> String {
        switch value {
        case .none: ""
        case .text(let text): CleanText.oneLine(text)
        case .integer(let number): "\(number)"
        case .number(let number): Int64(exactly: number).map { "\($0)" } ?? "\(number)"
        case .flag(let flag): flag ? "true" : "false"
        case .time(let moment): moment.iso8601
        case .ref(let entity, let name): CleanText.oneLine(name.isEmpty ? entity.id : name)
        }
    }

    private static func csvField(_ text: String) -> String {
        guard text.contains(where: { ",\"".contains($0) || $0.isNewline }) else { return text }
        return "\"\(text.replacing("\"", with: "\"\""))\""
    }

    /// A value as it is worth something elsewhere: moments in place of ages, which would not stay true.
    static func readable(_ value: Value, _ type: FieldType, _ wall: Timestamp, _ zone: Int) -> String {
        if case .time(let moment) = value { return CivilTime.fields(moment, offset: zone).text }
        return CleanText.oneLine(Quantity.text(value, type, now: wall))
    }

    /// A text that no renderer takes for markup: servers said it.
    private static func escaped(_ text: String) -> String {
        text.reduce(into: "") { result, letter in
            if "\\|`*<[".contains(letter) { result.append("\\") }
            result.append(letter)
        }
    }

    private static func isNumber(_ type: FieldType) -> Bool {
        switch type {
        case .number, .integer, .rate, .bytes, .percent, .usage, .decibelMilliwatts, .duration: true
        default: false
        }
    }
}

extension String {
    fileprivate func replacing(_ text: Character, with other: String) -> String {
        reduce(into: "") { $0 += $1 == text ? other : String($1) }
    }
}
