import Canvas
import Testing

@Suite("keys")
struct KeyTests {
    @Test(
        "a key is read from its own spelling",
        arguments: [
            "a", "G", "ctrl-d", "alt-x", "F4", "PgDn", "Space", "shift-Tab", "ctrl-Left", "-", "ctrl--", "ñ",
        ])
    func roundTrip(_ text: String) {
        #expect(Key(text)?.description == text)
    }

    @Test("names are read without regard to case, and nonsense names no key")
    func reading() {
        #expect(Key("pgdn") == .named(.pageDown))
        #expect(Key("CTRL-D") == .control("d"))
        #expect(Key("F25") == nil)
        #expect(Key("hyper-x") == nil)
        #expect(Key("") == nil)
    }
}

@Suite("memory terminal")
struct MemoryTerminalTests {
    @Test("it gives what was fed, in order and once")
    func inputs() {
        let terminal = MemoryTerminal()
        terminal.press("j", "ctrl-d")
        terminal.type("up")
        terminal.feed([.paste("x\n")])
        #expect(
            terminal.input() == [
                .key(.character("j")), .key(.control("d")), .key(.character("u")), .key(.character("p")),
                .paste("x\n"),
            ])
        #expect(terminal.input().isEmpty)
    }

    @Test("it keeps the last frame and counts draws")
    func draws() {
        let terminal = MemoryTerminal(size: Size(10, 1))
        var frame = blank(10, 1)
        terminal.draw(frame)
        frame.put("hello", 0, 0, StyleID(0))
        terminal.draw(frame)
        #expect(terminal.screen == ["hello"])
        #expect(terminal.record.draws == 2)
    }

    @Test("a new size is seen when it is measured, once")
    func resize() {
        let terminal = MemoryTerminal(size: Size(10, 1))
        terminal.resize(to: Size(20, 5))
        #expect(terminal.size == Size(10, 1))
        #expect(terminal.measure())
        #expect(terminal.size == Size(20, 5))
        #expect(!terminal.measure())
    }
}
