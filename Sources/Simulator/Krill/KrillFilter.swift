/// One condition of a query: `sn=…`, `perfdata.pondesv__gt=2`.
struct KrillFilter<Record>: Sendable {
    let column: Column<Record>
    let comparison: Comparison

    func accepts(_ record: Record) -> Bool { comparison.accepts(column.value(record)) }
}

/// What a value is compared with, in Django's words.
struct Comparison: Sendable {
    enum Kind: String, Sendable, CaseIterable {
        case gt, gte, lt, lte, icontains, exact
    }

    let kind: Kind
    let wanted: String

    /// Takes the suffix from a parameter's name; `>=2` as a value is the search words' way of saying the same.
    static func read(_ name: String, _ value: String) -> (name: String, comparison: Comparison) {
        if let kind = Kind.allCases.first(where: { name.hasSuffix("__\($0.rawValue)") }) {
            let bare = String(name.dropLast(kind.rawValue.count + 2))
            return (bare, Comparison(kind: kind, wanted: value))
        }
        for (sign, kind) in [(">=", Kind.gte), ("<=", .lte), (">", .gt), ("<", .lt)]
        where value.hasPrefix(sign) {
            return (name, Comparison(kind: kind, wanted: String(value.dropFirst(sign.count))))
        }
        return (name, Comparison(kind: .exact, wanted: value))
    }

    func accepts(_ value: Value) -> Bool {
        if case .list(let values) = value { return values.contains(where: accepts) }
        guard let text = value.plainText else { return kind == .exact && wanted.isEmpty }
        switch kind {
        case .exact:
            if case .flag(let isSet) = value { return Self.flag(wanted) == isSet }
            if text == wanted { return true }
            guard case .text = value else {
                return Self.flag(wanted).map { text == ($0 ? "1" : "0") } ?? false
            }
            return false
        case .icontains: return text.lowercased().contains(wanted.lowercased())
        case .gt, .gte, .lt, .lte:
            if let number = Double(text), let limit = Double(wanted) { return holds(number, limit) }
            return holds(text, wanted)
        }
    }

    private func holds<Ordered: Comparable>(_ a: Ordered, _ b: Ordered) -> Bool {
        switch kind {
        case .gt: a > b
        case .gte: a >= b
        case .lt: a < b
        case .lte: a <= b
        case .exact, .icontains: a == b
        }
    }

    /// What Django takes for a yes or a no.
    static func flag(_ text: String) -> Bool? {
        switch text.lowercased() {
        case "true", "1", "t", "y", "yes": true
        case "false", "0", "f", "n", "no": false
        default: nil
        }
    }
}

extension KrillFilter {
    /// The parameters that are no filters.
    static var reserved: Set<String> {
        ["limit", "offset", "attrs", "joins", "sort", "search", "format"]
    }

    /// The conditions of a query; a parameter that names no column is skipped.
    static func read(_ query: Query, _ columns: [Column<Record>]) -> [KrillFilter] {
        query.pairs.compactMap { name, value in
            guard !reserved.contains(name) else { return nil }
            let (name, comparison) = Comparison.read(name, value)
            return columns.first { $0.name == name }.map { KrillFilter(column: $0, comparison: comparison) }
        }
    }

    /// `sort=-severity,name`: a column that is not there is skipped.
    static func sort(_ records: [Record], by text: String?, _ columns: [Column<Record>]) -> [Record] {
        var sorted = records
        // The last key first: sorting by an earlier one keeps what it leaves equal.
        for key in (text ?? "").split(separator: ",").reversed() {
            let name = key.drop { $0 == "-" }
            guard let column = columns.first(where: { $0.name == name }) else { continue }
            let keyed = sorted.enumerated().map { ($0.offset, column.value($0.element).sortKey) }
            let isFalling = key.hasPrefix("-")
            let order = keyed.sorted { a, b in
                a.1 == b.1 ? a.0 < b.0 : isFalling ? a.1 > b.1 : a.1 < b.1
            }
            sorted = order.map { sorted[$0.0] }
        }
        return sorted
    }
}
