/// Questions that are answered off the main thread, one at a time: only the answer to the last one counts.
struct Questions: Sendable, Equatable {
    /// How many were asked, so that an answer to an old one is dropped.
    private(set) var count = 0
    /// The one that is being answered.
    private var pending: Int?

    /// Whether one is being answered.
    var isPending: Bool { pending != nil }

    /// Asks one more.
    ///
    /// - Returns: its number; nil while another one is being answered.
    mutating func ask() -> Int? {
        count += 1
        guard pending == nil else { return nil }
        pending = count
        return count
    }

    /// One more was asked and answered at once; no answer to an earlier one is taken.
    mutating func askAtOnce() {
        count += 1
        pending = nil
    }

    /// Takes no answer that is on its way, but asks again when it comes.
    mutating func outdate() { count += 1 }

    /// Takes no answer to a question up to a number.
    mutating func startOver(after number: Int) {
        count = number + 1
        pending = nil
    }

    /// One was answered.
    mutating func answered(_ number: Int) -> Answer {
        guard pending == number else { return .unasked }
        pending = nil
        return number == count ? .current : .outdated
    }
}

/// What an answer to a question is good for.
package enum Answer {
    /// For nothing: nobody waits for it.
    case unasked
    /// For nothing but to ask again: what was asked meanwhile is newer.
    case outdated
    /// To be shown.
    case current
}
