import Domain
package import Filter

/// Rows that are filtered and sorted: at once, or off the main thread.
extension PaneState {
    /// How far a question for rows has come.
    package enum Arranging {
        /// It is answered: the rows are few.
        case arranged(Arrangement)
        /// It is asked off the main thread.
        case asked(Effect)
        /// It is asked when the one before it is answered.
        case waiting
    }

    /// Filters and sorts rows: at once when they are few, else off the main thread, one question at a time.
    package mutating func arrange(_ request: Arrangement.Request, as listing: ArrangedList) -> Arranging {
        if request.tables.reduce(0, { $0 + $1.count }) <= State.arrangeAtOnce {
            questions.askAtOnce()
            return Arrangement.make(request).map { .arranged($0) } ?? .waiting
        }
        guard let question = questions.ask() else { return .waiting }
        return .asked(.arrange(listing, question: question, request, refining: arrangement))
    }

    /// A question was answered.
    package mutating func answered(_ question: Int) -> Answer { questions.answered(question) }
}
