import Canvas

@testable import CursesTerminal

/// Types bytes at instants and gives what comes of them, as the loop would: what is open is decided at its deadline.
struct Typing {
    var parser: InputParser
    private(set) var now = Duration.zero
    var events: [InputParser.Event] = []

    init(_ keys: KeySequences = KeySequences([]), _ encoding: InputEncoding = .utf8) {
        parser = InputParser(keys, encoding)
    }

    /// Lets time go by.
    mutating func wait(until instant: Duration) {
        while let deadline = parser.deadline, deadline < instant { events += parser.settle(at: deadline) }
        now = max(now, instant)
    }

    /// Types bytes in one go, some time after the last.
    mutating func type(_ bytes: some Sequence<UInt8>, after gap: Duration = .zero) {
        wait(until: now + gap)
        for byte in bytes { events += parser.feed(byte, at: now) }
    }

    /// What came of all of it, when nothing more is typed.
    mutating func finish() -> [InputParser.Event] {
        wait(until: now + .seconds(60))
        return events
    }
}

/// What comes of texts typed at instants in milliseconds.
func typed(
    _ bursts: [(Int, String)], _ keys: KeySequences = KeySequences([])
) -> [InputParser.Event] {
    var typing = Typing(keys)
    for (instant, text) in bursts { typing.type(text.utf8, after: .milliseconds(instant) - typing.now) }
    return typing.finish()
}

/// What comes of a text typed in one go.
func typed(_ text: String, _ keys: KeySequences = KeySequences([])) -> [InputParser.Event] {
    typed([(0, text)], keys)
}

/// Keys by their spelling.
func keys(_ spellings: String...) -> [InputParser.Event] {
    spellings.compactMap(Key.init).map(InputParser.Event.key)
}
