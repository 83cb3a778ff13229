import Canvas
import Testing

@testable import CursesTerminal

@Suite("colours")
struct ColorTests {
    private let red = Color(rgb: 0xFF5F5F, c256: 203, c16: 9)

    @Test("each depth takes the best that a colour offers")
    func depths() {
        #expect(ColorDepth.none.number(red) == -1)
        #expect(ColorDepth.sixteen.number(red) == 9)
        #expect(ColorDepth.palette.number(red) == 203)
        #expect(ColorDepth.direct.number(red) == 0xFF5F5F)
        for depth in [ColorDepth.none, .eight, .sixteen, .palette, .direct] {
            #expect(depth.number(.terminal) == -1)
        }
    }

    @Test("what a colour does not say is found by likeness")
    func likeness() {
        #expect(ColorDepth.palette.number(Color(rgb: 0xFF5F5F)) == 203)
        #expect(ColorDepth.palette.number(Color(rgb: 0x808080)) == 244)
        #expect(ColorDepth.sixteen.number(Color(c256: 196)) == 9)
        #expect(ColorDepth.sixteen.number(Color(c256: 3)) == 3)
        #expect(ColorDepth.direct.number(Color(c256: 244)) == 0x808080)
        #expect(ColorDepth.direct.number(Color(c16: 3)) == 3)
        #expect(ColorDepth.direct.number(Color(rgb: 0x000003)) == 8)
    }

    @Test("eight colours make bright ones bold, and never black on black")
    func eight() {
        let bright = Pen(Style(foreground: red, background: red), .eight)
        #expect(bright.foreground == 1 && bright.background == 1 && bright.attributes == .bold)
        let grey = Pen(Style(foreground: Color(c16: 8)), .eight)
        #expect(grey.foreground == -1 && grey.attributes == .dim)
    }

    @Test(
        "terminfo's number decides the depth",
        arguments: [(-1, 0), (0, 0), (8, 8), (16, 16), (88, 16), (256, 256), (1 << 24, 1 << 24)])
    func number(_ terminfo: Int, _ colors: Int) {
        #expect(ColorDepth(colors: terminfo).colors == colors)
    }
}

@Suite("locale")
struct LocaleTests {
    @Test(
        "a wish for ASCII is heard, and a missing locale means its UTF-8",
        arguments: [
            ("C", "xterm", ["C"]), ("POSIX", "xterm", ["C"]), ("", "xterm", ["C.UTF-8", "C"]),
            ("", "vt100", ["C"]),
            ("es_ES.UTF-8", "vt100", ["es_ES.UTF-8", "C.UTF-8", "C"]),
            ("es_ES", "xterm", ["es_ES", "C.UTF-8", "C"]),
            ("de_DE.ISO-8859-1", "xterm", ["de_DE.ISO-8859-1", "C"]),
        ])
    func locales(_ locale: String, _ term: String, _ expected: [String]) {
        #expect(TerminalEnvironment(term: term, locale: locale).locales == expected)
    }
}
