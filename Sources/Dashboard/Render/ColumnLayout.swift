import Canvas
import Domain
import Filter

/// The columns of a table that fit on the screen, with their places.
///
/// Widths follow what the shown rows hold: a column is never wider than the widest of its values (or its title), and
/// what one does not need goes to those that are cut. What is measured is all that the filter lets through, not the
/// part of it on the screen, so that columns stand still while one scrolls; they move when rows arrive that need more
/// room, and become narrower again only when a good part of it is not needed any more (``PaneState/heldWidths``).
/// Where room is short, empty columns go, then the least important; on very narrow screens states are their signs.
struct ColumnLayout: Equatable {
    /// A column on the screen.
    struct Placed: Equatable {
        let column: PaneColumn
        let x: Int
        let width: Int
        /// What its column is, told once: each cell of it asks.
        let isRight: Bool, isText: Bool, isAmount: Bool, isName: Bool

        init(column: PaneColumn, x: Int, width: Int) {
            self.column = column
            self.x = x
            self.width = width
            (isRight, isText) = (column.isRight, column.isText)
            (isAmount, isName) = (column.isAmount, column.isName)
        }
    }

    /// The gutter before the first column: the cursor's bar and the mark.
    static let gutter = 2
    /// Below this width a state is its sign.
    private static let signsOnly = 60
    private(set) var placed: [Placed]
    /// The column behind the last that may be drawn into.
    let end: Int

    /// Lays out what a pane shows now.
    init(_ pane: PaneState, width: Int) {
        let arrangement = pane.arrangement
        let mark = arrangement.largestFold > 0 ? FoldMark.width(arrangement.largestFold) : 0
        self.init(
            pane.visiblePane, firstColumn: pane.firstColumn, width: width, arrangement: arrangement,
            held: pane.heldWidths, foldMark: mark)
    }

    /// - Parameters:
    ///   - held: the columns that values needed lately; they are kept where there is room for all.
    ///   - foldMark: the columns that what rows are called may need besides.
    init(
        _ pane: Pane, firstColumn: Int, width: Int, arrangement: Arrangement, held: [FieldKey: Int] = [:],
        foldMark: Int = 0
    ) {
        let names = foldMark > 0 ? Set(arrangement.tables.map(\.resource.nameField)) : []
        let room = max(0, width - Self.gutter - 1)
        end = Self.gutter + room
        let sticky = pane.columns.prefix(pane.sticky)
        var sized = (sticky + pane.columns.dropFirst(pane.sticky + max(0, firstColumn))).map { column in
            Sized(
                column: column,
                size: ColumnSize(
                    column, arrangement, isNarrow: width < Self.signsOnly,
                    extra: names.contains(column.key) ? foldMark : 0))
        }
        func wish(_ need: (ColumnSize) -> Int) -> Int { sized.reduce(-1) { $0 + 1 + need($1.size) } }
        // Titles without a value below them go before anything is cut.
        while wish(\.need) > room, sized.count > 2,
            let place = sized.indices.dropFirst(sticky.count).filter({ sized[$0].size.isEmpty })
                .max(by: { (sized[$0].column.priority, $0) < (sized[$1].column.priority, $1) })
        {
            sized.remove(at: place)
        }
        // A few columns that can be read are worth more than many that can't; only the last are squeezed.
        while sized.count > 2, wish({ sized.count <= pane.sticky + 1 ? $0.least : $0.comfort }) > room {
            let worst = sized.indices.max {
                (sized[$0].column.priority, $0) < (sized[$1].column.priority, $1)
            }
            sized.remove(at: worst ?? sized.count - 1)
        }
        let whole = sized.map { max($0.size.need, held[$0.column.key] ?? 0) }
        // Where there is room, headings stand apart, also with the arrow of an order behind one.
        let apart = zip(sized, whole).map { sized, width in
            let title = CharacterWidth.of(sized.column.title)
            return width >= title && !sized.column.isWidthChosen ? max(width, title + 1) : width
        }
        let roomy = [apart, whole].first { $0.reduce(-1) { $0 + 1 + $1 } <= room }
        let widths = roomy.map { Self.grown($0, sized, room) } ?? Self.shared(sized, room)
        placed = []
        var x = Self.gutter
        for (sized, width) in zip(sized, widths) where x < end {
            placed.append(Placed(column: sized.column, x: x, width: min(width, max(0, end - x))))
            x += width + 1
        }
    }

    /// A column with the widths that it would like.
    private struct Sized {
        var column: PaneColumn
        var size: ColumnSize
    }

    /// Where every value is whole, what is drawn at any width takes what it can use; the rest stays blank at the
    /// end, so that what belongs together stands together.
    private static func grown(_ widths: [Int], _ sized: [Sized], _ room: Int) -> [Int] {
        var widths = widths
        var left = room - widths.reduce(-1) { $0 + $1 + 1 }
        for place in sized.indices where left > 0 {
            let more = min(left, max(0, sized[place].size.most - widths[place]))
            widths[place] += more
            left -= more
        }
        return widths
    }

    /// Where not all values can be whole: numbers and words first, then texts, those that need little before those
    /// that need much.
    private static func shared(_ sized: [Sized], _ room: Int) -> [Int] {
        var widths = sized.map(\.size.least)
        // Two columns that need more than there is: the wider one gives.
        let missing = widths.reduce(-1) { $0 + $1 + 1 } - room
        if missing > 0, let widest = widths.indices.max(by: { widths[$0] < widths[$1] }) {
            widths[widest] = max(1, widths[widest] - missing)
        }
        var left = room - widths.reduce(-1) { $0 + $1 + 1 }
        let byPriority = sized.indices.sorted { sized[$0].column.priority < sized[$1].column.priority }
        func give(_ places: some Sequence<Int>, upTo wish: (ColumnSize) -> Int) {
            for place in places where left > 0 {
                let more = min(left, max(0, wish(sized[place].size) - widths[place]))
                widths[place] += more
                left -= more
            }
        }
        // What is known to need no more goes before texts of any length.
        give(byPriority.filter { !sized[$0].column.isText }, upTo: \.need)
        give(byPriority.filter { sized[$0].column.isText }, upTo: \.comfort)
        while left > 0 {
            let open = byPriority.filter { widths[$0] < sized[$0].size.need }
            guard !open.isEmpty else { break }
            let step = max(1, left / open.count)
            for place in open where left > 0 {
                let more = min(step, left, sized[place].size.need - widths[place])
                widths[place] += more
                left -= more
            }
        }
        return widths
    }
}

extension PaneColumn {
    /// Words that may be as long as this are places and phrases.
    private static let phrase = 16

    /// Whether what it holds can be cut short and still says something.
    var isText: Bool {
        switch type {
        // A number that is cut is another number.
        case .text: !isAmount
        case .ref: true
        case .word: width.upperBound >= Self.phrase
        default: false
        }
    }

    /// Whether its words stand behind a sign.
    var hasSign: Bool { type == .severity || type == .state }

    /// Whether it holds what things are called: what tells two of them apart stands at the end.
    var isName: Bool {
        if case .ref(let kind) = type { return kind != .rule }
        return key == .name || Self.names.contains(key)
    }

    private static let names: Set<FieldKey> = ["circuit_id", "serial", "mac", "cpe", .externalID]

    /// Whether it holds numbers, or amounts that the adapter wrote with their units.
    var isRight: Bool { type.isNumeric || Self.amounts.contains(key) }

    /// Whether it holds amounts that the adapter wrote with their units, as of a bill.
    var isAmount: Bool { type == .text && Self.amounts.contains(key) }

    private static let amounts: Set<FieldKey> = [.used, .allowed, "overuse"]
}
