package import Domain
package import Filter

/// Rows on a screen: nobody moves in them.
extension PaneState {
    /// Describes rows that were not read yet.
    ///
    /// - Parameters:
    ///   - order: how they are sorted; empty sorts them as the pane does.
    ///   - question: what was asked for last by anybody who had their place.
    package init(_ pane: Pane, filter: FilterExpression, order: [SortKey], after question: Int) {
        self.init(pane)
        self.filter = filter
        if !order.isEmpty { self.order = order }
        self.question = question + 1
    }

    /// Takes no answer to what was asked so far.
    package mutating func startOver(after question: Int) {
        asked = nil
        self.question = question + 1
    }

    /// Whether rows are being filtered and sorted off the main thread.
    package var isAsked: Bool { asked != nil }

    /// Shows rows from the first on, where they are filtered and sorted as they should be.
    ///
    /// - Returns: whether they are.
    package mutating func show(_ arrangement: Arrangement) -> Bool {
        guard arrangement.request.filter == filter, arrangement.request.order == order else { return false }
        self.arrangement = arrangement
        return true
    }
}
