import Canvas
import Testing

@testable import CursesTerminal

@Suite("input decoder")
struct InputDecoderTests {
    @Test("a second click at one place in a short time is a double click")
    func clicks() {
        var decoder = InputDecoder()
        func report(_ text: String, _ milliseconds: Int) -> [Input] {
            decoder.decode("\u{1B}[<\(text)".utf8, at: .milliseconds(milliseconds))
        }
        #expect(report("0;12;5M", 0) == [.mouse(.click, x: 11, y: 4)])
        #expect(report("0;12;5m", 50) == [])
        #expect(report("0;12;5M", 300) == [.mouse(.doubleClick, x: 11, y: 4)])
        #expect(report("0;12;5M", 350) == [.mouse(.click, x: 11, y: 4)])
        #expect(report("0;13;5M", 360) == [.mouse(.click, x: 12, y: 4)])
        #expect(report("0;13;5M", 800) == [.mouse(.click, x: 12, y: 4)])
    }

    @Test("what has begun is forgotten when somebody else had the terminal")
    func reset() {
        var decoder = InputDecoder()
        #expect(decoder.decode("\u{1B}[200~x".utf8, at: .zero).isEmpty)
        decoder.reset()
        #expect(decoder.deadline == nil)
        #expect(decoder.decode("j".utf8, at: .zero) == [.key(.character("j"))])
    }
}
