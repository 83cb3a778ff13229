import Canvas
import Testing

@Suite("text layout")
struct TextLayoutTests {
    @Test(
        "a text that is too long ends in an ellipsis within its columns",
        arguments: [
            ("abcdef", 6, "abcdef"), ("abcdef", 5, "abcd…"), ("abcdef", 1, "…"), ("abcdef", 0, ""),
            ("中文字", 6, "中文字"), ("中文字", 5, "中文…"), ("中文字", 4, "中…"), ("éa\u{301}b", 2, "é…"),
        ])
    func cut(_ text: String, _ width: Int, _ result: String) {
        #expect(TextLayout.cut(text, to: width) == result)
    }

    @Test("cutting never exceeds the width, whatever the text")
    func cutProperty() {
        var random = SeededRandom(state: 5)
        for _ in 0..<500 {
            let text = random.text(10)
            let width = Int.random(in: 0..<14, using: &random)
            #expect(CharacterWidth.of(TextLayout.cut(text, to: width)) <= width)
            if CharacterWidth.of(text) <= width { #expect(TextLayout.cut(text, to: width) == text) }
        }
    }

    @Test("lines break at blanks, and inside a word only when it alone is too wide")
    func wrap() {
        #expect(
            TextLayout.wrap("Clears routes on both ends", to: 10) == ["Clears", "routes on", "both ends"])
        #expect(TextLayout.wrap("an abcdefghijkl z", to: 5) == ["an", "abcde", "fghij", "kl z"])
        #expect(TextLayout.wrap("one\n\ntwo", to: 9) == ["one", "", "two"])
        #expect(TextLayout.wrap("中文字", to: 4) == ["中文", "字"])
        #expect(TextLayout.wrap("中", to: 1) == ["中"])
    }

    @Test("a text stands at the start, in the middle or at the end of its space")
    func align() {
        var frame = blank(7, 3)
        frame.put("abc", in: Rect(0, 0, 7, 1), StyleID(0))
        frame.put("abc", in: Rect(0, 1, 7, 1), StyleID(0), align: .center)
        frame.put("abc", in: Rect(0, 2, 7, 1), StyleID(0), align: .right)
        #expect(frame.textLines() == ["abc", "  abc", "    abc"])
        #expect(frame.put("abcdefghi", in: Rect(1, 0, 4, 1), StyleID(0), align: .right) == 4)
        #expect(frame.textLines()[0] == "aabc…")
    }

    @Test("a box has its title above, its keys below, and its inside one column off the lines")
    func box() {
        var frame = blank(20, 4)
        let inside = Box(title: "Restart", hint: "Esc cancel").draw(
            in: &frame, frame.bounds, border: StyleID(1), title: StyleID(2), inside: StyleID(0))
        #expect(inside == Rect(2, 1, 16, 2))
        #expect(
            frame.textLines() == [
                "┌ Restart ─────────┐", "│                  │", "│                  │",
                "└───── Esc cancel ─┘",
            ])
    }

    @Test("a box too small for its words or even itself draws what fits")
    func tinyBox() {
        for width in 0..<9 {
            for height in 0..<4 {
                var frame = blank(10, 5)
                Box(title: "Restart", hint: "Esc").draw(
                    in: &frame, Rect(1, 1, width, height), border: StyleID(1), title: StyleID(2),
                    inside: StyleID(3))
                let touched = frame.styleMap().enumerated().flatMap { y, row in
                    row.enumerated().filter { $0.element != "." }.map { ($0.offset, y) }
                }
                #expect(
                    touched.allSatisfy { $0.0 >= 1 && $0.0 < 1 + width && $0.1 >= 1 && $0.1 < 1 + height })
            }
        }
    }

    @Test("the scroll mark says top, a percentage, end, and nothing when all rows are on screen")
    func scrollMark() {
        #expect(ScrollMark(first: 0, visible: 10, total: 10).text == "")
        #expect(ScrollMark(first: 0, visible: 10, total: 100).text == "top")
        #expect(ScrollMark(first: 45, visible: 10, total: 100).text == "50%")
        #expect(ScrollMark(first: 90, visible: 10, total: 100).text == "end")
        #expect(ScrollMark(first: 1, visible: 10, total: 100_000).text == "1%")
    }
}
