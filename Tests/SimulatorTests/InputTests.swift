import Testing

@testable import Simulator

@Suite("what clients send") struct InputTests {
    private func read(_ text: String) -> Input? { Input(parsing: Array(text.utf8)) }

    @Test("keys keep their order, numbers their value, and escapes become what they mean")
    func whole() throws {
        let input = try #require(
            read(" {\"b\": [1, -2.50e3, true, null], \"a\": \"\\u00e9\\ud83d\\ude80\\n\\/\", \"b2\":{}} "))
        let style = JSONStyle(
            scalars: .raw, isPretty: false, escapesSlashes: false, escapesNonASCII: false, zone: 0)
        let again = String(decoding: JSONWriter.bytes(of: input.value, style: style), as: UTF8.self)
        #expect(again == "{\"b\":[1,-2500.0,true,null],\"a\":\"é🚀\\n/\",\"b2\":{}}")
    }

    @Test(
        "what is malformed is nothing",
        arguments: [
            "", "{", "[1,]", "{\"a\":}", "{\"a\" 1}", "\"open", "\"\\x\"", "\"\\ud800\"", "tru", "01x", "1 2",
            "--1", "a=1&b=2", "\"tab\there\"", "{,}", "[1 2]",
        ])
    func malformed(_ text: String) { #expect(read(text) == nil) }

    @Test("nesting has an end, and nothing is harmed by trying")
    func depth() {
        #expect(read(String(repeating: "[", count: 100) + String(repeating: "]", count: 100)) != nil)
        #expect(read(String(repeating: "[", count: 100_000)) == nil)
    }

    @Test("of a key that comes twice the last counts")
    func twice() { #expect(read("{\"a\":1,\"a\":2}")?["a"].integer == 2) }

    @Test("a form complains in its own order, once for each field")
    func form() {
        let form = Form(demands: [
            .init("name", "missing") { !$0["name"].isNull }, .init("name", "empty") { $0["name"].text != "" },
            .oneOf(["up", "down"], "state", "wrong state"),
        ])
        let empty = form.complaints(about: .object([]))
        #expect(empty.map(\.words) == ["missing", "wrong state"])
        #expect(
            form.complaints(about: read("{\"name\":\"\",\"state\":\"up\"}") ?? .null).map(\.words) == [
                "empty"
            ])
        #expect(form.complaints(about: read("{\"name\":\"n\",\"state\":\"down\"}") ?? .null).isEmpty)
    }
}
