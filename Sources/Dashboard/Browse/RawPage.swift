internal import Canvas
internal import Domain

/// A server's answer as it came: status, header fields and body, with secrets masked.
struct RawPage: Layer {
    private let entity: EntityRef
    private var answer: RawAnswer?
    private var problem: String?
    private var top = 0
    /// What is looked for; nil when nothing is.
    private var search: TextField?
    private var isTyping = false

    init(_ entity: EntityRef) { self.entity = entity }

    static var opener: OwnAction? { .raw }

    mutating func answered(_ entity: EntityRef, _ result: Result<RawAnswer, BackendError>) {
        guard entity == self.entity else { return }
        switch result {
        case .success(let answer):
            self.answer = answer
            problem = nil
        case .failure(let error): problem = error.words
        }
    }

    private var lines: [String] {
        guard let answer else { return [problem ?? "asking…"] }
        return [answer.request] + answer.head + [""] + answer.body
    }

    func contexts(in state: State) -> [KeyContext] { isTyping ? [.text] : [.dialog, .global] }

    mutating func edit(_ change: (inout TextField) -> Void, in state: inout State) -> [Effect] {
        guard isTyping else { return [] }
        var field = search ?? TextField()
        change(&field)
        search = field
        jump(1, from: top)
        return []
    }

    mutating func run(_ action: OwnAction, in state: inout State) -> LayerAnswer {
        if isTyping {
            switch action {
            case .accept: isTyping = false
            case .cancel:
                isTyping = false
                search = nil
            default: break
            }
            return .done([])
        }
        let move = ListMove(page: max(1, state.layout.screen.body.height - 1), count: lines.count)
        if let top = move.top(action, from: top) {
            self.top = top
            return .done([])
        }
        switch action {
        case .find, .filter:
            isTyping = true
            search = TextField()
        case .findNext: jump(1, from: top + 1)
        case .findPrevious: jump(-1, from: top - 1)
        case .refresh: return .done([.readRaw(entity)])
        case .copy, .yes:
            guard let answer else { return .done([]) }
            return .done(state.copy(answer.curl, named: "the curl line, without the secret"))
        default: return leave(action)
        }
        return .done([])
    }

    /// Goes to the next line that holds what is looked for, around the end.
    private mutating func jump(_ step: Int, from start: Int) {
        let wanted = search?.text.lowercased() ?? ""
        let lines = lines
        guard !wanted.isEmpty, !lines.isEmpty else { return }
        for distance in 0..<lines.count {
            let place = ((start + step * distance) % lines.count + lines.count) % lines.count
            if lines[place].lowercased().contains(wanted) {
                top = place
                return
            }
        }
    }

    func hints(in state: State) -> [(Action, String)] {
        if isTyping { return [(.own(.accept), "find"), (.own(.cancel), "give up")] }
        return [
            (.own(.find), "find"), (.own(.findNext), "next"), (.own(.yes), "copy as curl"),
            (.own(.refresh), "again"), (.own(.cancel), "close"),
        ]
    }

    func draw(in frame: inout Frame, _ state: State) {
        let body = state.layout.screen.body
        let wanted = search?.text.lowercased() ?? ""
        frame.clipped(to: body) { frame in
            frame.fill(body, Theme.style(.text))
            var title = [Piece(" raw", .textHeading), Piece(" › ", .textMuted)]
            title.append(Piece(CleanText.oneLine(entity.id), .textStrong))
            let lines = lines
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
