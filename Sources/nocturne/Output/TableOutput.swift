import Filter
import Canvas
import Domain

/// A table for eyes: columns aligned, cut to the terminal's width when there is one.
enum TableOutput {
    /// A column wider than this is cut where the table must fit.
    private static let widest = 40

    static func print(_ listing: Listing, width: Int?) {
        let titles = ["BACKEND"] + listing.fields.map { $0.title.uppercased() }
        let rows = (0..<listing.arrangement.count).map { cells($0, listing) }
        var widths = titles.map { CharacterWidth.of($0) }
        for row in rows {
            for (place, cell) in row.enumerated() {
                widths[place] = max(widths[place], CharacterWidth.of(cell))
            }
        }
        if let width { widths = fitted(widths, to: width) }
        let isNumeric = [false] + listing.fields.map(\.type.isNumeric)
        for line in [titles] + rows {
            var text = ""
            for (place, cell) in line.enumerated() where widths[place] > 0 {
                let cut = TextLayout.cut(cell, to: widths[place])
                let pad = String(repeating: " ", count: max(0, widths[place] - CharacterWidth.of(cut)))
                text += (text.isEmpty ? "" : "  ") + (isNumeric[place] ? pad + cut : cut + pad)
            }
            while text.last == " " { text.removeLast() }
            Console.print(text)
        }
    }

    private static func cells(_ position: Int, _ listing: Listing) -> [String] {
        let table = listing.arrangement.table(position)
        let row = listing.arrangement.rows[position].row
        return [listing.backend(table)]
            + listing.fields.map { Quantity.text(table.value(row, $0.key), $0.type, now: listing.now) }
    }

    /// Cuts the widest columns first, then leaves out the last ones.
    private static func fitted(_ widths: [Int], to width: Int) -> [Int] {
        var widths = widths.map { min($0, widest) }
        func total() -> Int { widths.reduce(-2) { $0 + ($1 > 0 ? $1 + 2 : 0) } }
        while total() > width, let most = widths.max(), most > 14, let place = widths.firstIndex(of: most) {
            widths[place] -= 1
        }
        while total() > width, let last = widths.lastIndex(where: { $0 > 0 }), last > 0 { widths[last] = 0 }
        return widths
    }
}
