import Testing

@testable import CursesTerminal

@Suite("escape filter")
struct EscapeFilterTests {
    /// Feeds bursts at instants in milliseconds and gives all that comes out.
    private func filter(_ bursts: [(Int, String)]) -> [EscapeFilter.Output] {
        var filter = EscapeFilter()
        var outputs: [EscapeFilter.Output] = []
        for (instant, text) in bursts {
            let now = Duration.milliseconds(instant)
            for scalar in text.unicodeScalars { outputs += filter.take(.character(scalar), at: now) }
            outputs += filter.endBurst(at: now)
        }
        return outputs
    }

    private func key(_ scalar: Unicode.Scalar) -> EscapeFilter.Output { .key(.character(scalar)) }

    @Test("Esc alone acts at once")
    func alone() {
        #expect(filter([(0, "\u{1B}")]) == [.escape])
    }

    @Test("a character in the same burst was typed with Alt")
    func alt() {
        #expect(filter([(0, "\u{1B}x")]) == [.alt(.character("x"))])
        #expect(filter([(0, "\u{1B}"), (1, "x")]) == [.escape, key("x")])
        #expect(filter([(0, "\u{1B}\u{1B}x")]) == [.escape, .alt(.character("x"))])
    }

    @Test(
        "the rest of a split arrow within 150 ms is swallowed, however it is cut",
        arguments: ["[A", "OA", "[1;5A", "[[A"])
    func split(_ rest: String) {
        #expect(filter([(0, "\u{1B}"), (150, rest), (151, "j")]) == [.escape, key("j")])
        var bursts = [(0, "\u{1B}")]
        for (index, scalar) in rest.enumerated() { bursts.append((100 * (index + 1), String(scalar))) }
        #expect(filter(bursts + [(1000, "j")]) == [.escape, key("j")])
    }

    @Test("after 150 ms the keys are keys")
    func late() {
        #expect(filter([(0, "\u{1B}"), (151, "[A")]) == [.escape, key("["), key("A")])
        #expect(filter([(0, "\u{1B}"), (10, "["), (161, "A")]) == [.escape, key("A")])
    }

    @Test("another key after Esc ends the wait for a split arrow")
    func otherKey() {
        #expect(filter([(0, "\u{1B}"), (10, "j"), (20, "[")]) == [.escape, key("j"), key("[")])
    }

    @Test("a sequence that nobody knows is swallowed whole, without Esc")
    func unknown() {
        #expect(filter([(0, "\u{1B}[1;99Xz")]) == [key("z")])
        #expect(filter([(0, "\u{1B}[1;9"), (50, "9Xz")]) == [key("z")])
        #expect(filter([(0, "\u{1B}Oyz")]) == [key("z")])
    }

    @Test("a known key ends a swallowed sequence and is not lost")
    func knownKey() {
        var filter = EscapeFilter()
        _ = filter.take(.character("\u{1B}"), at: .zero)
        _ = filter.take(.character("["), at: .zero)
        #expect(filter.take(.code(1), at: .zero) == [.key(.code(1))])
    }
}
