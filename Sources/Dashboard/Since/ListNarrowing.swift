internal import Canvas

/// A text that the lines of a page are narrowed to: all of its words are in each line that is shown.
struct ListNarrowing: Sendable, Equatable {
    private(set) var field = TextField()
    /// Whether it is being typed.
    private(set) var isTyping = false
    private var words: [String] = []

    /// What was typed.
    var text: String { field.text }
    /// Whether lines are left out.
    var isOn: Bool { !words.isEmpty }

    /// Where keys of the page are looked up.
    var contexts: [KeyContext] { isTyping ? [.text] : [.dialog, .global] }

    /// The keys while it is typed.
    static let hints: [(Action, String)] = [(.own(.accept), "keep"), (.own(.cancel), "show everything")]

    /// Whether a line is shown.
    func fits(_ line: @autoclosure () -> String) -> Bool {
        guard !words.isEmpty else { return true }
        let line = line().lowercased()
        return words.allSatisfy { line.contains($0) }
    }

    /// Does an action of typing; false when it is none.
    mutating func run(_ action: OwnAction) -> Bool {
        if isTyping {
            if action == .accept || action == .cancel { isTyping = false }
            if action == .cancel { clear() }
            return true
        }
        switch action {
        case .filter, .find: isTyping = true
        case .clearFilter where isOn: clear()
        // The way back goes through what is narrowed.
        case .back, .cancel, .close:
            guard isOn else { return false }
            clear()
        default: return false
        }
        return true
    }

    /// Changes what is typed.
    mutating func edit(_ change: (inout TextField) -> Void) {
        guard isTyping else { return }
        change(&field)
        words = field.text.lowercased().split(separator: " ").map(String.init)
    }

    private mutating func clear() {
        field = TextField()
        words = []
    }

    /// What the title says of it.
    var pieces: [Piece] {
        guard isTyping || isOn else { return [] }
        return [Piece("  / \(field.text)\(isTyping ? "▏" : "")", .match)]
    }
}
