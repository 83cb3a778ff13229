import Canvas
import Domain
import Filter

/// A table for eyes: columns aligned, cut to the terminal's width when there is one.
enum TableOutput {
    /// A column wider than this is cut where the table must fit.
    private static let widest = 40

    /// Prints row by row; the rows are gone through twice, so that none has to be kept.
    ///
    /// - Parameters:
    ///   - width: the terminal's; nil where nothing is to be cut.
    ///   - isColored: whether words of severity and state have a colour.
    ///   - hasTitles: whether the first line names the columns.
    static func print(
        _ listing: Listing, width: Int?, isColored: Bool, hasTitles: Bool = true,
        to buffer: inout OutputBuffer
    ) {
        let columns = listing.shownColumns
        let titles = columns.map(title)
        var widths = titles.map { hasTitles ? CharacterWidth.of($0) : 0 }
        for position in 0..<listing.count {
            for (place, column) in columns.enumerated() {
                widths[place] = max(widths[place], CharacterWidth.of(text(column, position, listing)))
            }
        }
        if let width { widths = fitted(widths, to: width) }
        let layout = TableLine(widths: widths, isNumeric: columns.map(isNumeric))
        func line(_ cells: [(text: String, pen: String?)]) {
            buffer.append(layout.text(cells))
            buffer.append("\n")
            buffer.flushIfLarge()
        }
        if hasTitles { line(titles.map { ($0, nil) }) }
        for position in 0..<listing.count {
            line(
                columns.map { column in
                    let text = text(column, position, listing)
                    return (text, isColored ? pen(column, text) : nil)
                })
        }
        buffer.flush()
    }

    /// Whether a column's cells stand at its right end.
    static func isNumeric(_ column: Listing.Column) -> Bool {
        if case .field(let field) = column { field.type.isNumeric } else { false }
    }

    /// The heading of a column.
    static func title(_ column: Listing.Column) -> String {
        if case .field(let field) = column { return field.title.uppercased() }
        return column.key.replacing("_", with: " ").uppercased()
    }

    private static func text(_ column: Listing.Column, _ position: Int, _ listing: Listing) -> String {
        let table = listing.arrangement.table(position)
        if column == .linkedTo {
            let entity = table.refs[listing.arrangement.rows[position].row]
            return listing.linkedTo(entity)?.joined(separator: " ") ?? ""
        }
        return text(
            column, table, listing.arrangement.rows[position].row, backend: listing.backend(table),
            fetchedAt: listing.fetchedAt[table.backend], now: listing.now)
    }

    /// One cell as it is printed for eyes.
    static func text(
        _ column: Listing.Column, _ table: Table, _ row: Int, backend: String, fetchedAt: Timestamp?,
        now: Timestamp
    ) -> String {
        switch column {
        case .backend: backend
        case .kind: table.refs[row].kind.rawValue
        case .id, .path: table.refs[row].id
        case .name: table.name(row)
        // Rows that are followed are not linked.
        case .linkedTo: ""
        case .fetchedAt: fetchedAt.map { Quantity.age(max(0, now.seconds - $0.seconds)) } ?? ""
        case .field(let field): Quantity.text(table.value(row, field.key), field.type, now: now)
        }
    }

    /// The colour of a word of severity or state; the word says the same.
    static func pen(_ column: Listing.Column, _ text: String) -> String? {
        guard case .field(let field) = column, field.type == .severity || field.type == .state else {
            return nil
        }
        switch text {
        case "critical", "down", "open", "worse": return "\u{1B}[1;31m"
        case "warning", "degraded", "changed", "unknown": return "\u{1B}[33m"
        case "ok", "up", "better": return "\u{1B}[32m"
        case "acknowledged": return "\u{1B}[36m"
        default: return nil
        }
    }

    /// Cuts the widest columns first, then leaves out the last ones.
    static func fitted(_ widths: [Int], to width: Int) -> [Int] {
        var widths = widths.map { min($0, widest) }
        func total() -> Int { widths.reduce(-2) { $0 + ($1 > 0 ? $1 + 2 : 0) } }
        while total() > width, let most = widths.max(), most > 14, let place = widths.firstIndex(of: most) {
            widths[place] -= 1
        }
        while total() > width, let last = widths.lastIndex(where: { $0 > 0 }), last > 0 { widths[last] = 0 }
        return widths
    }
}

/// How the cells of a row stand beside each other.
struct TableLine {
    /// The width of each column; one of none is left out.
    var widths: [Int]
    let isNumeric: [Bool]

    /// The line, without blanks at its end.
    func text(_ cells: [(text: String, pen: String?)]) -> String {
        var line = ""
        var owed = ""
        for (place, cell) in cells.enumerated() where widths[place] > 0 {
            let cut = TextLayout.cut(cell.text, to: widths[place])
            let pad = String(repeating: " ", count: max(0, widths[place] - CharacterWidth.of(cut)))
            let shown = cell.pen.map { "\($0)\(cut)\u{1B}[0m" } ?? cut
            line += owed + (line.isEmpty ? "" : "  ")
            line += isNumeric[place] ? pad + shown : shown
            owed = isNumeric[place] ? "" : pad
        }
        while line.last == " " { line.removeLast() }
        return line
    }
}
