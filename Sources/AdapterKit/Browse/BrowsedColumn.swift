internal import Domain

/// One field of rows that nobody described: what was seen in it says how it is shown.
struct BrowsedColumn {
    /// Its name at the server.
    let key: String
    /// Its name in filters and exports: lower case.
    let field: FieldKey
    private var kinds: Set<Kind> = []
    private var width = 0
    private var first: Value?
    private(set) var differs = false
    private var filled = 0
    private var words: Set<String>? = []

    /// The kinds of values that a column may hold.
    private enum Kind { case text, integer, number, flag, time, ref }
    private static let mostWords = 16

    init(_ key: String, taken: Set<FieldKey>) {
        self.key = key
        let plain = Cleaning.clean(key.lowercased()).replacing(" ", with: "_")
        var name = plain.isEmpty ? "field" : plain
        var number = 2
        while taken.contains(FieldKey(rawValue: name)) {
            name = "\(plain)_\(number)"
            number += 1
        }
        field = FieldKey(rawValue: name)
    }

    /// Takes notice of a value.
    mutating func note(_ value: Value) {
        if value.isNone { return }
        filled += 1
        if let first { differs = differs || first != value } else { first = value }
        let kind: Kind? =
            switch value {
            case .none: nil
            case .text: .text
            case .integer: .integer
            case .number: .number
            case .flag: .flag
            case .time: .time
            case .ref: .ref
            }
        if let kind { kinds.insert(kind) }
        if case .text(let text) = value, words != nil {
            words?.insert(text)
            if words?.count ?? 0 > Self.mostWords { words = nil }
        }
        if filled <= 500 { width = max(width, value.words.count) }
    }

    private func type(rows: Int) -> FieldType {
        if kinds == [.integer] { return .integer }
        if kinds == [.number] || kinds == [.integer, .number] { return .number }
        if kinds == [.flag] { return .flag }
        if kinds == [.time] { return .time }
        if kinds.contains(.ref) { return .ref(.resource) }
        return kinds == [.text] && words != nil && rows > 4 * Self.mostWords ? .word : .text
    }

    private var isOwnAddress: Bool { kinds == [.ref] && field.rawValue == "url" }

    // MARK: Order

    /// What rows are called by, the best first; then what else tells them apart.
    private static let names = [
        "id", "name", "hostname", "title", "display", "label", "key", "username", "email", "ifname",
        "description",
    ]

    /// A column in its place.
    struct Ranked {
        let column: BrowsedColumn
        let field: Field
        let isName: Bool
    }

    /// The columns in the order in which they are shown: identity and name, then what differs, then what is the same
    /// everywhere; what is empty in every row is shown only when it is chosen.
    static func ranked(_ columns: [BrowsedColumn], rows: Int) -> [Ranked] {
        func rank(_ column: BrowsedColumn) -> Int {
            // What only says where the row itself is, the row is opened for.
            if column.filled == 0 || column.isOwnAddress { return 100 }
            if let place = names.firstIndex(of: column.field.rawValue) { return place }
            if rows > 1, !column.differs { return column.filled == rows ? 60 : 40 }
            return 30
        }
        let sorted = columns.enumerated().sorted {
            (rank($0.element), $0.offset) < (rank($1.element), $1.offset)
        }
        let name = sorted.lazy.map(\.element).first { column in
            column.filled > 0 && column.field.rawValue != "id" && names.contains(column.field.rawValue)
        }
        return sorted.enumerated().map { place, entry in
            let column = entry.element
            let title = Cleaning.clean(column.key)
            // A moment is shown as its age.
            let content = column.kinds == [.time] ? 8 : column.width
            let most = max(2, min(40, max(content, min(title.count, 12))))
            let field = Field(
                column.field, title, column.type(rows: rows), width: min(most, 12)...most,
                priority: column.filled == 0 || column.isOwnAddress ? nil : min(9, place))
            return Ranked(column: column, field: field, isName: column.field == name?.field)
        }
    }
}
