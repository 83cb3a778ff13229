import Domain

/// The columns of a table that fit on the screen, with their places.
struct ColumnLayout: Equatable {
    /// A column on the screen.
    struct Placed: Equatable {
        var column: PaneColumn
        var x: Int
        var width: Int
    }

    /// The gutter before the first column: the cursor's bar and the mark.
    static let gutter = 2
    var placed: [Placed]
    /// How many columns had no room.
    var hidden: Int

    /// Places columns: those that stay first, then those scrolled to; the least important go when room is short,
    /// and what is left over goes to texts.
    init(_ pane: Pane, firstColumn: Int, width: Int) {
        var columns = Array(pane.columns.prefix(pane.sticky))
        columns += pane.columns.dropFirst(pane.sticky + max(0, firstColumn))
        let room = max(0, width - Self.gutter - 1)
        // A few columns that can be read are worth more than many that can't; only the last few are squeezed.
        func least(_ columns: [PaneColumn]) -> Int {
            let isSqueezed = columns.count <= pane.sticky + 1
            return columns.reduce(-1) { sum, column in
                sum + 1 + (isSqueezed ? column.width.lowerBound : column.comfortableWidth)
            }
        }
        while columns.count > 1, least(columns) > room {
            let worst = columns.indices.max { a, b in
                (columns[a].priority, a) < (columns[b].priority, b)
            }
            columns.remove(at: worst ?? columns.count - 1)
        }
        hidden =
            pane.columns.count - columns.count - min(firstColumn, max(0, pane.columns.count - pane.sticky))
        var widths = columns.map { min($0.width.lowerBound, room) }
        var left = room - widths.reduce(-1) { $0 + $1 + 1 }
        let byPriority = columns.indices.sorted { columns[$0].priority < columns[$1].priority }
        for limit in [\PaneColumn.comfortableWidth, \.width.upperBound] {
            for index in byPriority where left > 0 {
                let more = max(0, min(left, columns[index][keyPath: limit] - widths[index]))
                widths[index] += more
                left -= more
            }
        }
        if left > 0, let last = columns.indices.last(where: { columns[$0].type == .text }) {
            widths[last] += left
        }
        placed = []
        var x = Self.gutter
        for (column, width) in zip(columns, widths) {
            placed.append(Placed(column: column, x: x, width: width))
            x += width + 1
        }
    }
}

extension PaneColumn {
    /// A width at which most values can be read whole.
    fileprivate var comfortableWidth: Int { (width.lowerBound + width.upperBound + 1) / 2 }
}
