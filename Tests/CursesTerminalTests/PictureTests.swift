import Canvas
import Testing

@testable import CursesTerminal

@Suite("picture")
struct PictureTests {
    private let sheet = StyleSheet([
        Style(), Style(attributes: .bold), Style(attributes: .reverse), Style(attributes: .dim),
    ])

    private func row(_ frame: Frame, ascii: Bool = false, erasesInColor: Bool = true, width: Int? = nil)
        -> [Picture.Spot]
    {
        _ = TerminalEnvironment(term: "xterm").setLocale()
        var pens = Pens(.none)
        pens.use(sheet)
        var picture = Picture(isASCII: ascii, erasesInColor: erasesInColor)
        return picture.row(0, of: frame, width: width ?? frame.size.width, &pens)
    }

    private func frame(_ text: String, _ width: Int) -> Frame {
        var frame = Frame(size: Size(width, 1), sheet: sheet)
        frame.put(text, 0, 0, StyleID(1))
        return frame
    }

    private func text(_ row: [Picture.Spot]) -> String {
        String(String.UnicodeScalarView(row.filter { $0.width > 0 }.compactMap { Unicode.Scalar($0.glyph) }))
    }

    @Test("a terminal without UTF-8 gets ASCII of the same width")
    func ascii() {
        #expect(text(row(frame("● año 中|e\u{301}", 12), ascii: true)) == "* ano ? |e  ")
        #expect(row(frame("● año 中|e\u{301}", 12), ascii: true).count == 12)
    }

    @Test("what the C library gives other columns becomes a question mark of Canvas' width")
    func disagreement() {
        // Not assigned: Canvas gives it a column, the C library calls it not printable.
        #expect(text(row(frame("a\u{378}b", 4))) == "a?b ")
    }

    @Test("a wide character that the terminal's edge cuts in two is a question mark")
    func edge() {
        #expect(text(row(frame("a中", 3), width: 2)) == "a?")
    }

    @Test("blanks behind a text take its pen where that looks the same")
    func blanks() {
        var frame = frame("ab", 30)
        frame.put("cd", 4, 0, StyleID(3))
        frame.put("x", 10, 0, StyleID(2))
        let pens = row(frame).map(\.pen)
        #expect(pens[2] == pens[0] && pens[3] == pens[0])
        #expect(pens[9] == pens[5])
        #expect(pens[11] != pens[10], "the blank behind a reversed text must not be reversed")
    }

    @Test("long blanks are plain where the terminal can't erase in colour")
    func longBlanks() {
        let joined = row(frame("ab", 30)).map(\.pen)
        let plain = row(frame("ab", 30), erasesInColor: false).map(\.pen)
        #expect(joined[20] == joined[0])
        #expect(plain[20] != plain[0])
    }
}
