import Canvas
import Testing

@Suite("text field")
struct TextFieldTests {
    private func field(_ text: String, _ edits: TextField.Edit...) -> TextField {
        var field = TextField(text)
        for edit in edits { field.apply(edit) }
        return field
    }

    @Test("typing inserts where the cursor stands")
    func typing() {
        var field = field("acm", .left, .left)
        field.insert("x")
        #expect(field.text == "axcm")
        #expect(field.cursor == 2)
    }

    @Test("edits remove what their name says")
    func edits() {
        #expect(field("mad1-core rtr", .backspace).text == "mad1-core rt")
        #expect(field("mad1-core rtr", .home, .delete).text == "ad1-core rtr")
        #expect(field("mad1-core rtr", .deleteWordLeft).text == "mad1-core ")
        #expect(field("mad1-core rtr", .home, .deleteWordRight).text == "-core rtr")
        #expect(field("mad1-core rtr", .wordLeft, .killToEnd).text == "mad1-core ")
        #expect(field("mad1-core rtr", .wordLeft, .killToStart).text == "rtr")
        #expect(field("mad1-core rtr", .home, .wordRight).cursor == 4)
    }

    @Test("an edit at the end of the text changes nothing", arguments: TextField.Edit.allCases)
    func nothingThere(_ edit: TextField.Edit) {
        #expect(field("", edit) == TextField(""))
    }

    @Test("a paste with line breaks becomes one line and never submits")
    func paste() {
        var field = TextField()
        field.insert("one\r\ntwo\tthree\u{1B}\u{202E}\n")
        #expect(field.text == "one two three�")
    }

    @Test("a mark typed by itself joins the character before it")
    func mark() {
        var field = TextField("e")
        field.insert("\u{301}")
        #expect(field.text == "é")
        #expect(field.cursor == 1)
    }

    @Test("text beyond the limit is not taken and what stands behind the cursor stays")
    func limit() {
        var field = field("end", .home)
        field.insert(String(repeating: "x", count: TextField.limit * 2))
        #expect(field.text.count == TextField.limit)
        #expect(field.text.hasSuffix("end"))
        #expect(field.cursor == TextField.limit - 3)
    }

    @Test("the cursor is always on screen, and what stands before it is what was typed")
    func scroll() {
        var random = SeededRandom(state: 9)
        for _ in 0..<300 {
            var field = TextField(random.text(30))
            for _ in 0..<Int.random(in: 0..<30, using: &random) { field.apply(.left) }
            let width = Int.random(in: 1..<20, using: &random)
            var frame = blank(24, 1)
            field.draw(in: &frame, Rect(2, 0, width, 1), StyleID(1))
            let cursor = frame.cursor
            #expect(cursor.map { $0.x >= 2 && $0.x < 2 + width && $0.y == 0 } == true)
            #expect(
                frame.cells.indices.allSatisfy {
                    ($0 >= 2 && $0 < 2 + width) == (frame.cells[$0].style == StyleID(1))
                })
        }
    }

    @Test("a long text shows its end while typing, and its start after home")
    func longText() {
        var frame = blank(8, 1)
        field("abcdefghij").draw(in: &frame, frame.bounds, StyleID(0))
        #expect(frame.textLines() == ["efghij"])
        #expect(frame.cursor.map { $0.x } == 6)
        field("abcdefghij", .home).draw(in: &frame, frame.bounds, StyleID(0))
        #expect(frame.textLines() == ["abcdefgh"])
    }
}
