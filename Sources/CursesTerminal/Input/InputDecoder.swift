internal import Canvas

/// Makes inputs of the bytes that a terminal sends.
struct InputDecoder {
    private var parser: InputParser
    private var clicks = ClickCounter()

    init(_ keys: KeySequences = KeySequences([]), _ encoding: InputEncoding = .utf8) {
        parser = InputParser(keys, encoding)
    }

    /// When ``settle(at:)`` has something to decide; nil when nothing is open.
    var deadline: Duration? { parser.deadline }

    /// Decodes what was read in one go.
    mutating func decode(_ bytes: some Sequence<UInt8>, at now: Duration) -> [Input] {
        var inputs: [Input] = []
        for byte in bytes { for event in parser.feed(byte, at: now) { inputs.append(input(event, at: now)) } }
        return inputs
    }

    /// Decides what was left open, where nothing more waits to be read.
    mutating func settle(at now: Duration) -> [Input] {
        parser.settle(at: now).map { input($0, at: now) }
    }

    /// Forgets what has begun, as when somebody else had the terminal.
    mutating func reset() { parser.reset() }

    private mutating func input(_ event: InputParser.Event, at now: Duration) -> Input {
        switch event {
        case .key(let key): .key(key)
        case .paste(let text): .paste(text)
        case .mouse(let report): clicks.count(report, at: now)
        }
    }
}
