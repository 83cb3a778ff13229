/// The rows of a frame that differ from what the terminal shows.
struct Change {
    /// Above so many cells a frame may be a scrolled one, which ncurses has to see as a whole.
    private static let fewCells = 64
    private static let fewRows = 16

    private let shown: [[Picture.Spot]]
    private var rows: [(y: Int, row: [Picture.Spot])] = []
    private var cellCount = 0

    init(shown: [[Picture.Spot]]) { self.shown = shown }

    /// Takes a row in, unless it looks as before.
    mutating func add(_ row: [Picture.Spot], at y: Int) {
        let old = shown[y]
        let count = row.indices.count { $0 >= old.count || row[$0] != old[$0] }
        // A row that was cut differs in nothing that is written, but has to be remembered.
        guard count > 0 || row.count != old.count else { return }
        rows.append((y, row))
        cellCount += count
    }

    /// Whether it is so little that it is a clock that ticked or an age that grew, and not a table that moved.
    var isSmall: Bool { rows.count <= Self.fewRows && cellCount <= Self.fewCells }

    /// The rows, from the end that is nearer to a row; from the top down without one.
    ///
    /// What ticks is far apart and on grounds of different colours: who goes there and back each second writes the
    /// position and the colour twice, who goes on from where he was once.
    func rows(from place: Int?) -> [(y: Int, row: [Picture.Spot])] {
        guard let place, let first = rows.first, let last = rows.last else { return rows }
        return abs(place - last.y) < abs(place - first.y) ? rows.reversed() : rows
    }
}
