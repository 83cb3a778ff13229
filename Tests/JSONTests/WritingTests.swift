import JSON
import Testing

@Suite("Writing JSON")
struct WritingTests {
    @Test("members keep their order, and texts are escaped")
    func order() {
        let tree: JSONTree = [
            "z": 1, "a": ["x", nil, true, 1.5], "note": "say \"hi\"\\\n\r\t/é😀", "empty": [:], "none": [],
        ]
        #expect(
            tree.text
                == #"{"z":1,"a":["x",null,true,1.5],"note":"say \"hi\"\\\n\r\t/é😀","empty":{},"none":[]}"#)
    }

    @Test("control and bidi characters are never written as they are")
    func controls() {
        let text = "\0\u{1B}[31m\u{7F}\u{9B}\u{2028}\u{202E}\u{2066}"
        #expect(JSONTree.string(text).text == #""\u0000\u001b[31m\u007f\u009b\u2028\u202e\u2066""#)
    }

    @Test("what is written reads back as it was")
    func roundTrip() throws {
        let texts = ["", "plain", "\0\u{1F}\"\\", "é😀\u{202E}", String(repeating: "x", count: 5000)]
        let tree = JSONTree.object([
            .init("texts", .array(texts.map { .string($0) })), .init("max", .integer(.max)),
            .init("min", .integer(.min)), .init("ratio", .number(0.1)), .init("\"key\"", .bool(false)),
        ])
        let read = JSONTree(try JSONDocument(tree.bytes).root)
        #expect(read == tree)
        #expect(read.text == tree.text)
    }

    @Test("numbers that JSON does not know become null, those beyond 64 bits a text")
    func oddNumbers() throws {
        #expect(
            JSONTree.array([.number(.nan), .number(.infinity), .number(1e300)]).text == "[null,null,1e+300]")
        #expect(JSONTree(try JSONDocument("18446744073709551615").root) == .string("18446744073709551615"))
    }
}
