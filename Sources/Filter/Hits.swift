internal import Domain

/// The shown rows of an arrangement that an expression finds; the others stay where they are.
///
/// An immutable value that is made off the main thread where there are many rows.
public final class Hits: Sendable {
    /// What was looked for, and where.
    public let request: Request
    /// Where the rows are shown, from the top.
    public let positions: [UInt32]
    /// The rows on which a regular expression gave up; they are not found.
    public let undecided: Int

    /// What is looked for.
    public struct Request: Equatable, Sendable {
        /// The rows among which it is looked for.
        public var arrangement: Arrangement
        /// What is looked for.
        public var wanted: FilterExpression
        /// What the expression needs to know.
        public var context: FilterContext

        /// Describes what is looked for.
        public init(_ wanted: FilterExpression, in arrangement: Arrangement, context: FilterContext) {
            self.arrangement = arrangement
            self.wanted = wanted
            self.context = context
        }
    }

    private init(_ request: Request, _ positions: [UInt32], undecided: Int) {
        self.request = request
        self.positions = positions
        self.undecided = undecided
    }

    /// Looks through all shown rows; nil when it was cancelled.
    ///
    /// - Parameter isCancelled: asked every some thousand rows; must be cheap.
    public static func make(_ request: Request, isCancelled: () -> Bool = { false }) -> Hits? {
        withoutActuallyEscaping(isCancelled) { isCancelled in
            let arrangement = request.arrangement
            var candidates = arrangement.tables.map { RowSet(capacity: $0.count) }
            for handle in arrangement.rows { candidates[handle.table].insert(handle.row) }
            var undecided = 0
            for (place, table) in arrangement.tables.enumerated() {
                var evaluation = FilterEvaluation(table, isCancelled: isCancelled)
                let filter = CompiledFilter(request.wanted, table, request.context)
                candidates[place] = evaluation.rows(filter, among: candidates[place])
                candidates[place].subtract(evaluation.undecided)
                if evaluation.wasCancelled { return nil }
                undecided += evaluation.undecided.count
            }
            let positions = arrangement.rows.indices.filter { position in
                let handle = arrangement.rows[position]
                return candidates[handle.table].contains(handle.row)
            }
            return Hits(request, positions.map { UInt32($0) }, undecided: undecided)
        }
    }

    /// How many were found.
    public var count: Int { positions.count }

    /// Which of them a shown row is, from 0; nil when it is none.
    public func place(of position: Int) -> Int? {
        let place = firstPlace(from: position)
        return place < positions.count && positions[place] == position ? place : nil
    }

    /// The found row that is so many steps behind a shown one, or before it; round the ends where need be.
    ///
    /// - Parameter step: 0 takes the row itself where it was found, else the next one.
    /// - Returns: nil when nothing was found.
    public func position(_ step: Int, from position: Int) -> (position: Int, wrapped: Bool)? {
        guard !positions.isEmpty else { return nil }
        let first = firstPlace(from: position)
        let isHit = first < positions.count && positions[first] == position
        // Between two hits, the first step forwards is the one to the next.
        let place = first + (step > 0 && !isHit ? step - 1 : step)
        let count = positions.count
        return (Int(positions[(place % count + count) % count]), place < 0 || place >= count)
    }

    /// The first of the found rows that is not above a shown one.
    private func firstPlace(from position: Int) -> Int {
        var low = 0
        var high = positions.count
        while low < high {
            let middle = (low + high) / 2
            if Int(positions[middle]) < position { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

extension Hits: Equatable {
    /// Whether the same was looked for and found.
    public static func == (a: Hits, b: Hits) -> Bool {
        a === b || a.positions == b.positions && a.request == b.request
    }
}
