import Domain
import Filter
import Testing

@Suite("Highlights")
struct HighlighterTests {
    private func marked(_ filter: String, _ text: String, in field: FieldKey = "descr") throws -> String {
        var result = ""
        var last = text.startIndex
        for range in Highlighter(try World.read(filter)).ranges(in: text, of: field) {
            #expect(range.lowerBound >= last)
            result += text[last..<range.lowerBound] + "[" + text[range] + "]"
            last = range.upperBound
        }
        return result + text[last...]
    }

    @Test(
        "the parts that matched are found, without overlaps",
        arguments: [
            ("gi0", "Gi0/1 on gi0", "[Gi0]/1 on [gi0]"), ("Gi0", "Gi0/1 on gi0", "[Gi0]/1 on gi0"),
            ("ab bc", "xabcx", "x[abc]x"), ("!ab", "ab", "ab"), ("(a | c)", "abc", "[a]b[c]"),
            ("/b+/", "abbcb", "a[bb]c[b]"), ("/x*/", "axxa", "a[xx]a"), ("/^/", "abc", "abc"),
            ("aa", "aaaa", "[aaaa]"),
            ("ü", "Ünü", "[Ü]n[ü]"), ("e", "e\u{301}x", "[e\u{301}]x"), ("i", "İx", "[İ]x"),
            ("x", "İx", "İ[x]"),
            ("name:a", "a", "a"), ("descr:a", "ba", "b[a]"), ("descr=ba", "BA", "[BA]"),
            ("descr=b", "ba", "ba"),
            ("descr:/.$/", "ba", "b[a]"), ("is:down @core in>5", "down", "down"), ("", "a", "a"),
            ("a", "", ""),
            ("/\\B/", "日本", "日本"), ("/日/", "x日本", "x[日]本"),
        ])
    func highlights(filter: String, text: String, expected: String) throws {
        #expect(try marked(filter, text) == expected)
    }

    @Test("an expression without text has nothing to highlight")
    func empty() throws {
        #expect(Highlighter(try World.read("is:down !x")).isEmpty)
        #expect(!Highlighter(try World.read("x")).isEmpty)
    }
}
