import Canvas
import Domain
import Filter

/// The columns of a table that fit on the screen, with their places.
///
/// Words and numbers get what they need first: cut short they say nothing. Texts share the rest. Where room is
/// short, the least important columns go; on very narrow screens states are their signs alone.
struct ColumnLayout: Equatable {
    /// A column on the screen.
    struct Placed: Equatable {
        var column: PaneColumn
        var x: Int
        var width: Int
    }

    /// The gutter before the first column: the cursor's bar and the mark.
    static let gutter = 2
    /// Below this width a state is its sign.
    private static let signsOnly = 60
    private(set) var placed: [Placed]

    /// Lays out what a pane shows now.
    init(_ pane: PaneState, width: Int) {
        let arrangement = pane.arrangement
        let mark = arrangement.largestFold > 0 ? FoldMark.width(arrangement.largestFold) : 0
        self.init(
            pane.visiblePane, firstColumn: pane.firstColumn, width: width, tables: arrangement.tables,
            foldMark: mark)
    }

    /// - Parameter foldMark: the columns that what rows are called may need besides.
    init(_ pane: Pane, firstColumn: Int, width: Int, tables: [Table] = [], foldMark: Int = 0) {
        let names = foldMark > 0 ? Set(tables.map(\.resource.nameField)) : []
        let room = max(0, width - Self.gutter - 1)
        var columns =
            pane.columns.prefix(pane.sticky) + pane.columns.dropFirst(pane.sticky + max(0, firstColumn))
        var sizes = columns.map {
            ColumnSize(
                $0, tables, isNarrow: width < Self.signsOnly, extra: names.contains($0.key) ? foldMark : 0)
        }
        // A few columns that can be read are worth more than many that can't; only the last are squeezed.
        func wish() -> Int {
            let isSqueezed = columns.count <= pane.sticky + 1
            return sizes.reduce(-1) { $0 + 1 + (isSqueezed ? $1.least : $1.comfort) }
        }
        while columns.count > 2, wish() > room {
            let worst = columns.indices.max { (columns[$0].priority, $0) < (columns[$1].priority, $1) }
            columns.remove(at: worst ?? columns.count - 1)
            sizes.remove(at: worst ?? sizes.count - 1)
        }
        var widths = sizes.map(\.least)
        // Two columns that need more than there is: the wider one gives.
        let missing = widths.reduce(-1) { $0 + $1 + 1 } - room
        if missing > 0, let widest = widths.indices.max(by: { widths[$0] < widths[$1] }) {
            widths[widest] = max(1, widths[widest] - missing)
        }
        var left = room - widths.reduce(-1) { $0 + $1 + 1 }
        let byPriority = columns.indices.sorted { columns[$0].priority < columns[$1].priority }
        // What is known to need no more goes before texts of any length.
        for index in byPriority where !columns[index].isText && left > 0 {
            let more = min(left, max(0, sizes[index].most - widths[index]))
            widths[index] += more
            left -= more
        }
        for index in byPriority where columns[index].isText && left > 0 {
            let more = min(left, max(0, sizes[index].comfort - widths[index]))
            widths[index] += more
            left -= more
        }
        let texts = columns.indices.filter { columns[$0].isText }
        let last = texts.last { columns[$0].type == .text } ?? texts.last
        Self.share(left, among: texts, last: last, sizes, &widths)
        placed = []
        var x = Self.gutter
        for (column, width) in zip(columns, widths) where x < Self.gutter + room {
            placed.append(Placed(column: column, x: x, width: min(width, max(0, Self.gutter + room - x))))
            x += width + 1
        }
    }

    /// Lets texts grow alike towards what they would like; what is left then goes to the last one of any length.
    private static func share(
        _ left: Int, among texts: [Int], last: Int?, _ sizes: [ColumnSize], _ widths: inout [Int]
    ) {
        guard left > 0, let last else { return }
        let spans = texts.map { max(0, sizes[$0].most - widths[$0]) }
        let wish = spans.reduce(0, +)
        var rest = left
        for (index, span) in zip(texts, spans) where wish > 0 {
            let more = min(span, left * span / wish)
            widths[index] += more
            rest -= more
        }
        for index in texts where rest > 0 {
            let more = min(rest, max(0, sizes[index].most - widths[index]))
            widths[index] += more
            rest -= more
        }
        widths[last] += rest
    }
}

/// The widths that a column would like.
struct ColumnSize {
    /// What it needs to say anything; what most values need to be read whole; what it would like.
    let least: Int, comfort: Int, most: Int

    /// A column with more distinct words than this is not measured.
    private static let measured = 300

    /// Measures a column: words are as wide as the widest of them.
    ///
    /// - Parameter extra: the columns that some values need besides.
    init(_ column: PaneColumn, _ tables: [Table], isNarrow: Bool, extra: Int) {
        let (lower, upper) = (column.width.lowerBound, column.width.upperBound)
        if isNarrow, column.hasSign {
            (least, comfort, most) = (1, 1, 1)
        } else if column.type == .time {
            // Ages are short; the most is for those that are marked as uncertain.
            let most = max(lower, min(6, upper))
            (least, comfort, self.most) = (lower, most, most)
        } else if column.type == .usage {
            // The number alone says all: the bar takes what no other column needs.
            (least, comfort, most) = (lower, lower, upper)
        } else if column.key == .backend || column.type.isNumeric {
            (least, comfort, most) = (lower, column.key == .backend ? lower : upper, upper)
        } else {
            // Of places and phrases the beginning says less than of a name.
            let quarter = lower + (upper - lower) / (column.type == .word ? 2 : 4)
            guard let widest = Self.widestWord(of: column, tables) else {
                (least, comfort, most) = (lower, quarter, upper)
                return
            }
            let need = extra + max(widest, min(CharacterWidth.of(column.title), upper))
            let most = max(1, min(need, upper + extra))
            self.most = most
            least = column.isText ? min(lower, most) : most
            comfort = column.isText ? min(max(quarter, CharacterWidth.of(column.title)), most) : most
        }
    }

    private static func widestWord(of column: PaneColumn, _ tables: [Table]) -> Int? {
        var widest: Int?
        for table in tables {
            guard let place = table.resource.index(of: column.key) else { continue }
            let data = table.columns[place]
            guard data.storage == .words || data.storage == .refs, data.words.count <= measured else {
                return nil
            }
            for word in data.words {
                widest = max(widest ?? 0, CharacterWidth.of(CellText.shown(word, column.type)))
            }
        }
        return widest
    }
}

extension PaneColumn {
    /// Words that may be as long as this are places and phrases.
    private static let phrase = 16

    /// Whether what it holds can be cut short and still says something.
    var isText: Bool {
        switch type {
        case .text, .ref: true
        case .word: width.upperBound >= Self.phrase
        default: false
        }
    }

    /// Whether its words stand behind a sign.
    var hasSign: Bool { type == .severity || type == .state }
}
