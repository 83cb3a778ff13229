import Canvas
import Testing

@Suite("character width")
struct CharacterWidthTests {
    @Test(
        "a text covers the columns that every terminal gives it",
        arguments: [
            ("mad1-core", 9), ("año", 3), ("●▲◐○│─…", 7), ("中文", 4), ("한국", 4), ("ｶﾅ", 2), ("ＡＢ", 4),
            ("👍", 2),
            ("e\u{301}", 1), ("\u{1100}\u{1161}\u{11A8}", 2), ("a\u{200D}b", 2), ("ab\u{AD}c", 3),
            ("\u{FEFF}x", 1), ("⌚⏰", 4), ("䷀", 2), ("", 0),
        ])
    func columns(_ text: String, _ columns: Int) {
        #expect(CharacterWidth.of(text) == columns)
    }

    @Test("what only some terminals join is counted taken apart")
    func takenApart() {
        #expect(CharacterWidth.of("👍🏽") == 2)
        #expect(CharacterWidth.of("👨‍👩‍👧") == 6)
        #expect(CharacterWidth.of("🇪🇸") == 2)
        #expect(CharacterWidth.of("❤️") == 1)
        #expect(CharacterWidth.of("1️⃣") == 1)
    }

    @Test("a mark that stands on nothing covers nothing")
    func orphanMark() {
        #expect(CharacterWidth.of("\u{301}") == 0)
        #expect(CharacterWidth.of(Unicode.Scalar(0x301) ?? " ") == 0)
    }

    @Test("a character measures like the text that holds only it")
    func characterAndText() {
        var random = SeededRandom(state: 1)
        for _ in 0..<500 {
            let text = random.text(1)
            for character in text {
                #expect(CharacterWidth.of(character) == CharacterWidth.of(String(character)))
            }
        }
    }
}
