import Canvas
import Domain

/// Changes of state as lines below each other: when, how bad, what, and what it became.
struct ChangeColumns {
    private let state: State
    private let nameWidth: Int
    private let wordsWidth: Int
    private let backendWidth: Int
    private let isNarrow: Bool

    /// - Parameters:
    ///   - changes: all lines, so that what is in a column begins in one column.
    ///   - width: the columns that a line has.
    init(_ state: State, _ changes: [StateChange], width: Int) {
        self.state = state
        isNarrow = width < 76
        let names = changes.reduce(12) { max($0, CharacterWidth.of(Self.name($1))) }
        let words = changes.reduce(8) { max($0, CharacterWidth.of(Self.words($1))) }
        wordsWidth = min(words, 28)
        backendWidth =
            isNarrow ? 0 : min(12, changes.reduce(0) { max($0, CharacterWidth.of($1.entity.backend)) })
        let taken =
            ChangeTime.width(isNarrow) + 4 + wordsWidth + 2 + (backendWidth > 0 ? backendWidth + 2 : 0)
        nameWidth = max(12, min(names, width - taken))
    }

    /// The line of a change.
    func pieces(_ change: StateChange) -> [Piece] {
        let sign = Sign.severity(change.severity.word)
        let isOver = change.after == AlertState.cleared.rawValue || change.after == StateChange.gone
        let after = change.after == StateChange.gone ? Sign("–", .stateOff) : Sign.state(change.after)
        let words = HealthLine.padded(TextLayout.cut(Self.words(change), to: wordsWidth), wordsWidth)
        let name = HealthLine.padded(TextLayout.cutMiddle(Self.name(change), to: nameWidth), nameWidth)
        var pieces = ChangeTime(change, state).pieces(isNarrow)
        pieces += [
            Piece("  \(sign.symbol) ", isOver ? .textMuted : sign.role), Piece(name, .link),
            Piece("  \(words)", after.role),
        ]
        if backendWidth > 0 {
            let backend = TextLayout.cut(change.entity.backend, to: backendWidth)
            pieces.append(Piece("  \(HealthLine.padded(backend, backendWidth))", .textMuted))
        }
        if !change.note.isEmpty { pieces.append(Piece("  \(change.note)", .textMuted)) }
        return pieces
    }

    /// When something else happened, in the same columns.
    ///
    /// - Parameter mark: what stands before it where it is not exact.
    func time(_ moment: Timestamp, mark: String = "") -> [Piece] {
        ChangeTime(moment, state, mark: mark).pieces(isNarrow)
    }

    /// What it is called, with the device that it belongs to.
    static func name(_ change: StateChange) -> String {
        let name = change.name.isEmpty ? change.entity.id : change.name
        return change.device.isEmpty ? name : "\(change.device): \(name)"
    }

    /// What it was and what it became, as in `open → cleared`.
    static func words(_ change: StateChange) -> String {
        func shown(_ word: String) -> String {
            word == AlertState.acknowledged.rawValue ? "acked" : word
        }
        let before = change.before.map { "\(shown($0)) → " } ?? ""
        var words = before + shown(change.after)
        if let earlier = change.severityBefore, earlier != change.severity, earlier != .unknown,
            change.severity != .unknown, change.before == change.after
        {
            words = "\(earlier.word) → \(change.severity.word)"
        }
        return words
    }
}

/// When something happened, as an age and a time of day.
struct ChangeTime {
    private let age: String
    private let clock: String

    /// The columns that it has.
    static func width(_ isNarrow: Bool) -> Int { isNarrow ? 12 : 17 }

    /// When a change happened; where the server does not say it, when it was seen at the latest.
    init(_ change: StateChange, _ state: State) {
        self.init(change.time, state, mark: change.saidAt == nil ? "≤" : "")
    }

    init(_ time: Timestamp, _ state: State, mark: String = "") {
        let seconds = state.wall.seconds.subtractingClamped(time.seconds)
        // Ages count to a moment; what is shown of the past may be later.
        age = state.isPast ? "" : Quantity.age(max(0, seconds))
        let text = CivilTime.fields(time, offset: state.zone).text
        let today = CivilTime.fields(state.wall, offset: state.zone).text.prefix(10)
        // Another day says which; the seconds matter only today.
        let words = text.hasPrefix(today) ? text.dropFirst(11) : text.dropFirst(5).dropLast(3)
        clock = mark + words
    }

    func pieces(_ isNarrow: Bool) -> [Piece] {
        func right(_ text: String, _ width: Int) -> String {
            String(repeating: " ", count: max(0, width - CharacterWidth.of(text))) + text
        }
        if isNarrow { return [Piece(right(clock, 12), .textMuted)] }
        return [Piece(right(age, 4), .text), Piece(" \(right(clock, 12))", .textMuted)]
    }
}
