import Canvas
package import Dashboard
import Domain

/// The few numbers that every page of the wallboard shows, the worst first.
package struct Headline {
    /// One of them.
    package struct Number {
        /// How many, and whether that is all.
        package let count: Count
        /// What stands for it besides its colour.
        package let sign: Sign
        /// What is counted.
        package let word: String
        /// More about it; empty for nothing.
        let detail: String

        /// The number without thousands apart, as it is drawn large.
        package var digits: String {
            let digits = String(count.value)
            return count.isComplete ? digits : count.value == 0 ? "?" : digits + "+?"
        }

        /// The room that it needs, drawn large.
        var demand: BigDigits.Demand {
            BigDigits.Demand(digits: digits.count, words: sign.symbol.count + 1 + word.count)
        }
    }

    /// The numbers, the worst first.
    package let numbers: [Number]
    /// The columns from which customers are counted as well.
    private static let widthForFive = 110

    /// - Parameter counts: what is counted, without the servers that nothing was heard of for too long.
    init(_ state: State, _ counts: Counts) {
        var numbers: [Number] = []
        func add(_ count: Count, _ symbol: String, _ role: Role, _ word: String, _ detail: String) {
            numbers.append(
                Number(count: count, sign: Sign(of: count, symbol, role), word: word, detail: detail))
        }
        func unhandled(_ count: Int, of all: Int) -> String {
            all == 0 ? "" : "\(state.alertCount(count, counts).text) not acknowledged"
        }
        add(
            state.alertCount(counts.critical, counts), "▲", .severityCritical, "critical",
            unhandled(counts.criticalUnhandled, of: counts.critical))
        add(
            state.alertCount(counts.warning, counts), "◆", .severityWarning, "warning",
            unhandled(counts.warningUnhandled, of: counts.warning))
        if state.offers(.devices) {
            add(
                state.devicesDown(counts), "▼", .stateDown, "devices down",
                state.deviceWords(counts).joined(separator: ", "))
        }
        if state.offers(.bonds) {
            // A bond that is down is no less than degraded.
            let isWhole = state.isComplete(.bonds)
            let isKnown = isWhole && counts.bondsUnknown == 0
            let some = Count(value: counts.bondsDegraded + counts.bondsDown, isComplete: isKnown)
            let isDown = counts.bondsDown > 0
            let over = counts.bondsFailedOver
            func least(_ value: Int, _ isKnown: Bool) -> String {
                Count(value: value, isComplete: isKnown).text
            }
            add(
                some, isDown ? "▼" : "◐", isDown ? .stateDown : .statePartly, "bonds degraded",
                [
                    isDown ? "\(least(counts.bondsDown, isKnown)) down" : "",
                    over > 0 ? "\(least(over, isWhole && counts.bondsPlaceUnknown == 0)) failed over" : "",
                    counts.bondsUnknown > 0 ? "\(least(counts.bondsUnknown, isWhole)) unknown" : "",
                ].filter { !$0.isEmpty }.joined(separator: ", "))
        }
        // A fifth number would take the digits and words of the other four where there is little room.
        if state.size.width >= Self.widthForFive, let hit = state.customersHit {
            add(hit, "▼", .stateDown, "customers hit", "")
        }
        self.numbers = numbers
    }

    /// Whether everything in it is known and zero.
    var isCalm: Bool { numbers.allSatisfy { $0.count == Count(isComplete: true) } }
}
