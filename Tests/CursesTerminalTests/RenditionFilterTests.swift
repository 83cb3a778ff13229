import Testing

@testable import CursesTerminal

@Suite("rendition filter")
struct RenditionFilterTests {
    /// What comes out of a filter that knows that the terminal has no attribute on.
    private func filter(_ texts: String..., canSwitchOff: Bool = true) -> String {
        var filter = RenditionFilter(canSwitchOff: canSwitchOff)
        _ = filter.filter(Array("\u{1B}(B\u{1B}[mx".utf8))
        return texts.map { String(decoding: filter.filter(Array($0.utf8)), as: UTF8.self) }.joined(
            separator: "/"
        )
        .replacing("\u{1B}", with: "^")
    }

    @Test("only what changes is written, when something is drawn")
    func difference() {
        #expect(
            filter("\u{1B}[38;5;203m\u{1B}[48;5;236ma\u{1B}[39;49m\u{1B}[48;5;236mb")
                == "^[38;5;203;48;5;236ma^[39mb")
        #expect(filter("\u{1B}(B\u{1B}[0;1m\u{1B}[31ma\u{1B}(B\u{1B}[0m\u{1B}[31mb") == "^[1;31ma^[22mb")
        #expect(filter("\u{1B}[1m\u{1B}[ma") == "a")
    }

    @Test("what the end of a frame sets is written when the next one draws")
    func nextFrame() {
        #expect(filter("\u{1B}[1ma\u{1B}(B\u{1B}[m", "\u{1B}[1mb", "\u{1B}[mc") == "^[1ma/b/^[mc")
    }

    @Test("moving the cursor waits for no colour, erasing and scrolling do")
    func movement() {
        #expect(filter("\u{1B}[7m\u{1B}[3;4H\r\u{1B}[5d\u{1B}[K") == "^[3;4H\r^[5d^[7m^[K")
        #expect(filter("\u{1B}[7m\n") == "^[7m\n")
        #expect(filter("\u{1B}[7m\u{1B}[2S") == "^[7m^[2S")
        #expect(filter("\u{1B}[7m\u{1B}[?25h") == "^[7m^[?25h")
    }

    @Test("a terminal that can't switch one thing off gets a reset")
    func reset() {
        #expect(filter("\u{1B}[1;4ma\u{1B}[m\u{1B}[1mb", canSwitchOff: false) == "^[1;4ma^[0;1mb")
        #expect(filter("\u{1B}[1ma\u{1B}[m\u{1B}[1;7mb", canSwitchOff: false) == "^[1ma^[7mb")
        #expect(filter("\u{1B}[1ma\u{1B}[mb", canSwitchOff: false) == "^[1ma^[mb")
    }

    @Test("bold and dim, which go off together, leave the other on")
    func boldAndDim() {
        #expect(filter("\u{1B}[1;2;31ma\u{1B}[0;2;31mb") == "^[1;2;31ma^[22;2mb")
    }

    @Test("direct colours pass in both spellings")
    func direct() {
        #expect(filter("\u{1B}[38;2;1;2;3ma\u{1B}[48:2::4:5:6mb") == "^[38;2;1;2;3ma^[48:2::4:5:6mb")
    }

    @Test("a number of the palette is written as the colour it stands for")
    func palettes() {
        var palette = DirectPalette()
        #expect(palette.number(-1) == -1)
        #expect(palette.number(3) == 3)
        #expect(palette.number(0xFF5F00) == 16)
        #expect(palette.number(0x0000FF) == 17)
        #expect(palette.number(0xFF5F00) == 16)
        var filter = RenditionFilter(canSwitchOff: true)
        filter.colors = palette.colors
        let output = filter.filter(Array("\u{1B}[38;5;16m\u{1B}[48;5;200ma".utf8))
        #expect(String(decoding: output, as: UTF8.self) == "\u{1B}[0;38;2;255;95;0;48;5;200ma")
        for color in 0..<500 { #expect((8..<256).contains(palette.number(Int32(color * 1000 + 8)))) }
    }

    @Test("a parameter that is not known passes, and the next change starts from nothing")
    func unknown() {
        #expect(filter("\u{1B}[1ma\u{1B}[53mb\u{1B}[1;31mc") == "^[1ma^[53m^[0;1mb^[31mc")
    }

    @Test("the user's palette is left alone")
    func palette() {
        var filter = RenditionFilter(canSwitchOff: true, dropped: Array("\u{1B}]104\u{7}".utf8))
        let output = filter.filter(Array("a\u{1B}]104\u{7}b\u{1B}]1".utf8))
        #expect(String(decoding: output, as: UTF8.self) == "\u{1B}[mab\u{1B}]1")
    }

    @Test("after somebody else had the terminal nothing is taken for granted")
    func forget() {
        var filter = RenditionFilter(canSwitchOff: true)
        _ = filter.filter(Array("\u{1B}(B\u{1B}[1ma".utf8))
        filter.forget()
        #expect(filter.filter(Array("\u{1B}(B\u{1B}[1mb".utf8)) == Array("\u{1B}(B\u{1B}[0;1mb".utf8))
        _ = filter.filter(Array("\u{1B}[m".utf8))
        #expect(filter.finish() == Array("\u{1B}[m".utf8))
    }
}
