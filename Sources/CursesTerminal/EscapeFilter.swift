/// Tells the Esc key from sequences that begin with the same byte.
///
/// Esc acts at once. On a slow line an arrow may come in two halves: if `[` or `O` follows an Esc that acted
/// within 150 ms, the rest of that sequence is swallowed, never run as keys. A character that came together
/// with the Esc was typed with Alt; a sequence that nobody knows is swallowed whole.
struct EscapeFilter {
    /// What is left of the input.
    enum Output: Hashable {
        case key(RawInput)
        case alt(RawInput)
        case escape
    }

    private enum State {
        case idle
        /// An escape byte in this burst.
        case escape
        /// Esc acted when its burst ended.
        case acted(at: Duration)
        /// Inside a sequence; each byte may take as long as the next half of a split arrow.
        case sequence(Introducer, last: Duration)
    }

    private enum Introducer {
        case bracket
        /// `[[`, as the function keys of the Linux console.
        case doubleBracket
        case letterO
    }

    /// How long the rest of a split sequence may take.
    static let patience = Duration.milliseconds(150)

    private var state = State.idle

    /// Takes one input.
    mutating func take(_ raw: RawInput, at now: Duration) -> [Output] {
        switch state {
        case .idle:
            if raw == .character("\u{1B}") {
                state = .escape
                return []
            }
            return [.key(raw)]
        case .escape:
            return afterEscape(raw, at: now)
        case .acted(let instant):
            if now - instant <= Self.patience, let introducer = introducer(raw) {
                state = .sequence(introducer, last: now)
                return []
            }
            state = .idle
            return take(raw, at: now)
        case .sequence(let introducer, let last):
            return inside(introducer, raw, last: last, at: now)
        }
    }

    /// Says that there is nothing more for now: an escape byte at the end was the Esc key.
    mutating func endBurst(at now: Duration) -> [Output] {
        guard case .escape = state else { return [] }
        state = .acted(at: now)
        return [.escape]
    }

    private mutating func afterEscape(_ raw: RawInput, at now: Duration) -> [Output] {
        if raw == .character("\u{1B}") { return [.escape] }
        if let introducer = introducer(raw) {
            state = .sequence(introducer, last: now)
            return []
        }
        state = .idle
        return [.alt(raw)]
    }

    private mutating func inside(
        _ introducer: Introducer, _ raw: RawInput, last: Duration, at now: Duration
    ) -> [Output] {
        state = .idle
        guard now - last <= Self.patience, case .character(let scalar) = raw, scalar.value >= 0x20,
            scalar.value < 0x7F
        else { return take(raw, at: now) }
        switch (introducer, scalar) {
        case (.bracket, "["): state = .sequence(.doubleBracket, last: now)
        case (.bracket, " "..."?"), (.letterO, "0"..."9"): state = .sequence(introducer, last: now)
        default: break
        }
        return []
    }

    private func introducer(_ raw: RawInput) -> Introducer? {
        switch raw {
        case .character("["): .bracket
        case .character("O"): .letterO
        default: nil
        }
    }
}
