import Canvas
import Testing

@Suite("frame")
struct FrameTests {
    @Test("text is drawn as it is measured, and the same whether it was cleaned before or not")
    func drawnAsMeasured() {
        var random = SeededRandom(state: 3)
        for _ in 0..<500 {
            let text = random.text(8)
            var dirty = blank(60, 1)
            var clean = blank(60, 1)
            let columns = dirty.put(text, 0, 0, StyleID(1))
            clean.put(CleanText.oneLine(text), 0, 0, StyleID(1))
            #expect(columns == CharacterWidth.of(text))
            #expect(columns == dirty.cells.count { $0.style == StyleID(1) })
            #expect(dirty.textLines() == clean.textLines())
        }
    }

    @Test("random draws stay inside their clip and never leave half of a wide character")
    func clip() {
        var random = SeededRandom(state: 11)
        for _ in 0..<400 {
            var frame = blank(24, 5)
            for y in 0..<5 { frame.put(random.text(20), 0, y, StyleID(1)) }
            let before = frame
            let clip = Rect(
                .random(in: -3..<24, using: &random), .random(in: -2..<5, using: &random),
                .random(in: 0..<12, using: &random), .random(in: 0..<4, using: &random))
            frame.clipped(to: clip) { frame in
                for _ in 0..<6 {
                    let x = Int.random(in: -5..<28, using: &random)
                    let y = Int.random(in: -1..<6, using: &random)
                    switch Int.random(in: 0..<3, using: &random) {
                    case 0: frame.put(random.text(6), x, y, StyleID(2))
                    case 1: frame.fill(Rect(x, y, 4, 2), StyleID(3))
                    default: frame.restyle(Rect(x, y, 5, 2)) { _ in StyleID(4) }
                    }
                }
            }
            checkWidths(frame)
            checkOutside(frame, before, clip)
        }
    }

    private func checkWidths(_ frame: Frame) {
        for y in 0..<frame.size.height {
            for x in 0..<frame.size.width {
                let cell = frame[x, y]
                if cell.width == 2 {
                    #expect(x + 1 < frame.size.width && frame[x + 1, y].width == 0)
                    #expect(x + 1 < frame.size.width && frame[x + 1, y].style == cell.style)
                }
                if cell.width == 0 { #expect(x > 0 && frame[x - 1, y].width == 2) }
            }
        }
    }

    /// Outside the clip only the outer half of a wide character across the edge may change: to a blank.
    private func checkOutside(_ frame: Frame, _ before: Frame, _ clip: Rect) {
        for y in 0..<frame.size.height {
            for x in 0..<frame.size.width {
                let isInside = x >= clip.x && x < clip.maxX && y >= clip.y && y < clip.maxY
                if isInside || frame[x, y] == before[x, y] { continue }
                #expect(frame[x, y] == Cell(glyph: 0x20, style: before[x, y].style))
                #expect(before[x, y].width != 1)
                #expect(x == clip.x - 1 || x == clip.maxX)
            }
        }
    }

    @Test("text is cut at a width, and a wide character that does not fit is left away")
    func width() {
        var frame = blank(10, 1)
        #expect(frame.put("中文", 0, 0, StyleID(1), width: 3) == 2)
        #expect(frame.textLines() == ["中"])
        #expect(frame.put("abcdef", 0, 0, StyleID(1), width: 3) == 3)
        #expect(frame.put("abc", 0, 0, StyleID(1), width: -1) == 0)
        #expect(frame.textLines() == ["abc"])
    }

    @Test("marks beyond four on one character are dropped")
    func marks() {
        var frame = blank(10, 1)
        frame.put("a\u{300}\u{301}\u{302}\u{303}\u{304}\u{305}b", 0, 0, StyleID(0))
        #expect(frame.text(of: frame[0, 0]).unicodeScalars.count == 5)
        #expect(frame.text(of: frame[1, 0]) == "b")
    }

    @Test("flags become letters, and emoji sequences stand side by side")
    func sequences() {
        var frame = blank(20, 1)
        frame.put("🇪🇸 👨‍👩‍👧 👍🏽 ❤️|", 0, 0, StyleID(0))
        #expect(frame.textLines() == ["ES 👨👩👧 👍 ❤|"])
    }

    @Test("the dump names styles by letters in the same shape")
    func dump() {
        var frame = blank(6, 2)
        frame.put("a中b", 1, 0, StyleID(2))
        frame.fill(Rect(0, 1, 6, 1), StyleID(27))
        #expect(frame.textLines() == [" a中b", ""])
        #expect(frame.styleMap() == [".bbbb.", "AAAAAA"])
    }

    @Test("an empty frame takes any draw")
    func empty() {
        var frame = Frame(size: Size(-1, 0), sheet: sheet)
        frame.put("中", 0, 0, StyleID(0))
        frame.fill(Rect(0, 0, 3, 3), StyleID(0))
        #expect(frame.cells.isEmpty)
        var narrow = Frame(size: Size(0, 3), sheet: sheet)
        let other = narrow
        let isCopied = narrow.copy(Rect(0, 1, 0, 1), of: other, to: 1)
        #expect(!isCopied && narrow.cells.isEmpty)
    }
}
