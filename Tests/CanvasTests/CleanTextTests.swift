import Canvas
import Testing

@Suite("hostile text")
struct CleanTextTests {
    @Test("an escape sequence shows as text and never reaches the terminal")
    func escapes() {
        #expect(CleanText.oneLine("up\u{1B}[31m!\u{7}\u{9B}2J") == "up�[31m!��2J")
        #expect(CleanText.oneLine("\u{7F}\u{0}") == "��")
    }

    @Test("line breaks and tabs become blanks or a sign")
    func breaks() {
        #expect(CleanText.oneLine("a\r\nb\tc\u{2028}d") == "a b c d")
        #expect(CleanText.oneLine("a\r\nb", breaks: .mark) == "a↵b")
    }

    @Test("characters that reorder or hide text are left out")
    func bidi() {
        #expect(
            CleanText.oneLine("abc\u{202E}txt.exe\u{202C}\u{2066}\u{200B}\u{FEFF}\u{E0041}") == "abctxt.exe")
    }

    @Test("text without anything hostile stays as it is", arguments: ["", "plain ~", "año 中文 👨‍👩‍👧 e\u{301}"])
    func untouched(_ text: String) {
        #expect(CleanText.oneLine(text) == text)
    }

    @Test("lines break where the text does, and tabs reach the next eighth column")
    func lines() {
        #expect(CleanText.lines("a\tb\r\n\n\tc") == ["a       b", "", "        c"])
        #expect(CleanText.lines("中\tb") == ["中      b"])
    }

    @Test("cleaning twice changes nothing, and no control is left")
    func idempotent() {
        var random = SeededRandom(state: 7)
        for _ in 0..<300 {
            let clean = CleanText.oneLine(random.text(12))
            #expect(CleanText.oneLine(clean) == clean)
            #expect(!clean.unicodeScalars.contains(where: CleanText.isHostile))
        }
    }

    @Test("a terminal without UTF-8 gets the nearest ASCII")
    func fallback() {
        func ascii(_ text: String) -> String {
            String(decoding: text.unicodeScalars.map(ASCIIFallback.character), as: UTF8.self)
        }
        #expect(ascii("● ▲ ◐ ○ │ ─ … ✓ ▼ ›") == "* ^ % o | - ~ + v >")
        #expect(ascii("┌──┐└──┘") == "+--++--+")
        #expect(ascii("Señor Łukasz Çağ") == "Senor Lukasz Cag")
        #expect(ascii("中") == "?")
    }

    @Test("the fallback is printable ASCII for every character")
    func fallbackIsPrintable() {
        for value in UInt32(0)..<0x30000 {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let byte = ASCIIFallback.character(for: scalar)
            #expect(byte >= 32 && byte < 127, "U+\(String(value, radix: 16)) became \(byte)")
        }
    }
}
