import Domain
import Filter

/// An outage as a whole: an alert with those that are folded under it, of whichever servers.
extension State {
    /// The folded row under the cursor with what is folded under it, where a command is for all of them; nil elsewhere.
    ///
    /// What is in sight row by row, or marked, or opened, is meant as it is seen; so is everything that may hurt.
    func outage(for kind: CommandKind) -> [EntityRef]? {
        guard details.isEmpty, pane.marks.isEmpty, let cursor = pane.cursor,
            let position = pane.arrangement.position(of: cursor),
            let fold = pane.arrangement.fold(position), !fold.isOpen
        else { return nil }
        let offered = backends.compactMap { $0.command(kind) }
        guard !offered.isEmpty, offered.allSatisfy({ $0.tier == .harmless }) else { return nil }
        return [cursor] + pane.arrangement.below(position)
    }

    /// What the dialog of a command for an outage says first.
    func outageWords(_ targets: [EntityRef]) -> String {
        let count = targets.count - 1
        let key = keymap.spelling(of: .own(.fold), in: [.table]) ?? ""
        let alerts = count == 1 ? "the alert that follows" : "the \(Quantity.count(count)) alerts that follow"
        return "The whole outage: this alert and \(alerts) from it. \(key) shows them one by one."
    }
}
