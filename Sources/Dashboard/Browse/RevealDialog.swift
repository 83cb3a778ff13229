internal import Canvas
internal import Domain

/// Shows one secret for a few seconds, once the operator has said yes; it is kept nowhere else.
struct RevealDialog: Layer {
    /// Seconds for which it is shown.
    static let length = 10.0

    private let entity: EntityRef
    private let field: String
    private var stage = Stage.asking

    private enum Stage: Equatable {
        case asking, waiting
        case shown(String, until: Instant)
        case failed(String)
    }

    init(_ entity: EntityRef, field: String) {
        self.entity = entity
        self.field = field
    }

    mutating func answered(
        _ entity: EntityRef, _ field: String, _ result: Result<String, BackendError>, until: Instant
    ) {
        guard entity == self.entity, field == self.field, stage == .waiting else { return }
        switch result {
        case .success(let value): stage = .shown(value, until: until)
        case .failure(let error): stage = .failed(error.words)
        }
    }

    /// Forgets the value when its time is over.
    mutating func expire(_ now: Instant) {
        if case .shown(_, let until) = stage, now >= until { stage = .asking }
    }

    mutating func run(_ action: OwnAction, in state: inout State) -> LayerAnswer {
        switch (action, stage) {
        case (.yes, .asking), (.yes, .failed):
            stage = .waiting
            return .done([.reveal(entity, field: field)])
        case (.accept, .shown), (.yes, .shown): return .closed
        case (.accept, _): return .closed
        default: return leave(action)
        }
    }

    func hints(in state: State) -> [(Action, String)] {
        stage == .asking ? [(.own(.yes), "show it"), (.own(.cancel), "cancel")] : [(.own(.cancel), "close")]
    }

    func draw(in frame: inout Frame, _ state: State) {
        let yes = state.keymap.spelling(of: .own(.yes), in: [.dialog]) ?? ""
        let cancel = state.keymap.spelling(of: .own(.cancel), in: [.dialog]) ?? ""
        let lines: [[Piece]] =
            switch stage {
            case .asking:
                [
                    [Piece("Show it on the screen for \(Int(Self.length)) seconds?", .dialog)],
                    [
                        Piece(
                            "Everyone who sees the screen can read it. It is written to no file.", .textMuted)
                    ],
                ]
            case .waiting: [[Piece("asking…", .textMuted)]]
            case .shown(let value, let until):
                [
                    [Piece(value.isEmpty ? "empty" : value, value.isEmpty ? .textMuted : .textStrong)],
                    [Piece("hidden again in \(max(1, Int((until - state.now).rounded(.up)))) s", .textMuted)],
                ]
            case .failed(let words): [[Piece(words, .freshLost)]]
            }
        let hint = stage == .asking ? "\(yes) shows it · \(cancel) cancel" : "\(cancel) close"
        let inside = Dialog(title: "Secret: \(CleanText.oneLine(field))", hint: hint).draw(
            in: &frame, state, width: 76, lines: lines.count)
        for (row, line) in lines.enumerated() where row < inside.height {
            frame.put(line, inside.x, inside.y + row, .dialog, width: inside.width)
        }
    }
}
