import Canvas
import Testing

@testable import CursesTerminal

@Suite("Parsing a million bytes of anything")
struct InputFuzzTests {
    private struct Random: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state ^ state >> 33
        }
    }

    private static let pieces: [String] =
        TerminalReports.all + [
            "\u{1B}", "\u{1B}[", "\u{1B}]", "\u{1B}P", "\u{1B}O", "\u{1B}[200~", "\u{1B}[201~", "\u{1B}[M",
            "\u{1B}[<",
            "ñ", "中", "q", "\r", "[", ";", "5", "~", "u", "\u{7}", "\u{1B}\\", "\u{1B}[1;5A",
            "\u{1B}[27;5;99~", "\u{9B}",
        ]

    /// Bytes by chance, and pieces of what terminals send.
    private static func bytes(_ count: Int, _ random: inout Random) -> [UInt8] {
        var bytes: [UInt8] = []
        while bytes.count < count {
            if Bool.random(using: &random) {
                bytes += Array((pieces.randomElement(using: &random) ?? "").utf8)
            } else {
                bytes.append(UInt8.random(in: 0...255, using: &random))
            }
        }
        return bytes
    }

    @Test("nothing stops it, nothing is kept, and the keyboard is free again afterwards")
    func million() {
        var random = Random(state: 13)
        var typing = Typing()
        for _ in 0..<1000 {
            typing.type(
                Self.bytes(1000, &random), after: .milliseconds(Int.random(in: 0...300, using: &random)))
        }
        typing.wait(until: typing.now + .seconds(3))
        typing.type("j".utf8)
        #expect(typing.finish().suffix(1) == keys("j"))
    }

    @Test("however the bytes are cut into reads, the same comes of them")
    func cuts() {
        var random = Random(state: 7)
        for _ in 0..<300 {
            let bytes = Self.bytes(60, &random)
            var whole = Typing()
            whole.type(bytes)
            var cut = Typing()
            var slow = Typing()
            for byte in bytes {
                // What the loop does between two reads: it looks whether something is to be decided.
                cut.events += cut.parser.settle(at: cut.now)
                cut.type([byte])
                slow.type([byte], after: .milliseconds(1))
            }
            let expected = whole.finish()
            #expect(cut.finish() == expected)
            #expect(slow.finish() == expected)
        }
    }

    @Test("reports between keys, at any pace, leave the keys and nothing else")
    func reports() {
        var random = Random(state: 21)
        let spellings = ["j", "q", "ñ", "Enter", "Up", "ctrl-d", "alt-x"]
        let texts = ["j", "q", "ñ", "\r", "\u{1B}[A", "\u{4}", "\u{1B}x"]
        var typing = Typing()
        var expected: [InputParser.Event] = []
        for _ in 0..<20_000 {
            let gap = Duration.milliseconds([0, 0, 1, 5, 12].randomElement(using: &random) ?? 0)
            if Bool.random(using: &random) {
                for byte in (TerminalReports.all.randomElement(using: &random) ?? "").utf8 {
                    typing.type([byte], after: gap)
                }
            } else {
                let index = Int.random(in: 0..<texts.count, using: &random)
                for byte in texts[index].utf8 { typing.type([byte], after: gap) }
                expected += keys(spellings[index])
            }
        }
        #expect(typing.finish() == expected)
    }
}
