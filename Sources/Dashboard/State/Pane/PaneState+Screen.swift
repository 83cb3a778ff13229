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
        narrowing.show(filter, typed: "")
        if !order.isEmpty { ordering.sort(by: order) }
        startOver(after: question)
    }

    /// Takes no answer to what was asked so far.
    package mutating func startOver(after question: Int) { questions.startOver(after: question) }

    /// How many questions for rows were asked.
    package var question: Int { questions.count }

    /// Whether rows are being filtered and sorted off the main thread.
    package var isAsked: Bool { questions.isPending }

    /// Shows rows from the first on, where they are filtered and sorted as they should be.
    ///
    /// - Returns: whether they are.
    package mutating func show(_ arrangement: Arrangement) -> Bool {
        guard arrangement.request.filter == filter, arrangement.request.order == order else { return false }
        replaceRows(arrangement)
        return true
    }
}
