internal import Canvas
internal import Domain

/// A text on the whole body that is scrolled and searched: the part that pages of text share.
struct ScrolledText: Equatable, Sendable {
    /// The first line on the screen.
    private(set) var top = 0
    /// What is looked for; nil when nothing is.
    private var search: TextField?
    private(set) var isTyping = false

    /// What is looked for, as it is compared.
    private var wanted: String { search?.text.lowercased() ?? "" }

    /// Does an action of scrolling or searching; false when it is none.
    mutating func run(_ action: OwnAction, _ lines: [String], in state: State) -> Bool {
        if isTyping {
            if action == .accept || action == .cancel { isTyping = false }
            if action == .cancel { search = nil }
            return true
        }
        let move = ListMove(page: max(1, state.layout.screen.body.height - 1), count: lines.count)
        if let top = move.top(action, from: top) {
            self.top = top
            return true
        }
        switch action {
        case .find, .filter:
            isTyping = true
            search = TextField()
        case .findNext: jump(1, from: top + 1, lines)
        case .findPrevious: jump(-1, from: top - 1, lines)
        default: return false
        }
        return true
    }

    /// Changes what is looked for.
    mutating func edit(_ change: (inout TextField) -> Void, _ lines: [String]) {
        guard isTyping else { return }
        var field = search ?? TextField()
        change(&field)
        search = field
        jump(1, from: top, lines)
    }

    /// Goes to the next line that holds what is looked for, around the end.
    private mutating func jump(_ step: Int, from start: Int, _ lines: [String]) {
        let wanted = wanted
        guard !wanted.isEmpty, !lines.isEmpty else { return }
        for distance in 0..<lines.count {
            let place = ((start + step * distance) % lines.count + lines.count) % lines.count
            if lines[place].lowercased().contains(wanted) {
                top = place
                return
            }
        }
    }

    /// Draws a title and the lines under it.
    func draw(in frame: inout Frame, _ title: [Piece], _ lines: [String], _ state: State) {
        let body = state.layout.screen.body
        let wanted = wanted
        frame.clipped(to: body) { frame in
            frame.fill(body, Theme.style(.text))
            var title = title
            if let search {
                title.append(Piece("  find \(search.text)\(isTyping ? "▏" : "")", .match))
                let hits = wanted.isEmpty ? nil : lines.count { $0.lowercased().contains(wanted) }
                if let hits { title.append(Piece(" · in \(Quantity.count(hits)) lines", .textMuted)) }
            }
            frame.put(title, body.x, body.y, width: body.width)
            for row in 0..<max(0, body.height - 1) where top + row < lines.count {
                let line = lines[top + row]
                let isHit = !wanted.isEmpty && line.lowercased().contains(wanted)
                frame.put(line, body.x + 1, body.y + 1 + row, isHit ? .match : .text, width: body.width - 1)
            }
        }
    }
}

/// A page that is one text to be scrolled and searched.
protocol TextLayer: Layer {
    /// What is scrolled, and where.
    var text: ScrolledText { get set }
    /// Its lines, as they are shown.
    func textLines(in state: State) -> [String]
}

extension TextLayer {
    /// The keys of a page, or of the line in which a search is typed.
    func contexts(in state: State) -> [KeyContext] { text.isTyping ? [.text] : [.dialog, .global] }

    /// Changes what is searched for.
    mutating func edit(_ change: (inout TextField) -> Void, in state: inout State) -> [Effect] {
        text.edit(change, textLines(in: state))
        return []
    }

    /// The keys while a search is typed.
    static var typingHints: [(Action, String)] { [(.own(.accept), "find"), (.own(.cancel), "give up")] }
}
