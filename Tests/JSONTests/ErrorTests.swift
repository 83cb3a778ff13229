import JSON
import Testing

@Suite("Errors in JSON")
struct ErrorTests {
    private func error(_ text: String) -> JSONError? {
        do {
            _ = try JSONDocument(text)
            return nil
        } catch { return error }
    }

    @Test("an empty body and one of white space are empty", arguments: ["", " ", "\r\n\t "])
    func empty(text: String) { #expect(error(text) == .empty) }

    @Test("a page in HTML is quoted by its cleaned beginning")
    func page() {
        #expect(error("<h2>MySQL Error</h2>") == .notJSON(excerpt: "<h2>MySQL Error</h2>"))
        #expect(
            error("\n<!DOCTYPE html>\n\u{1B}[31m\u{202E}  <p>")
                == .notJSON(excerpt: "<!DOCTYPE html> [31m <p>"))
        #expect(error("\u{FEFF}\u{FEFF}{}") == .notJSON(excerpt: "{}"))
        guard case .notJSON(let excerpt) = error(String(repeating: "x", count: 3000)) else {
            Issue.record("not refused")
            return
        }
        #expect(excerpt.count == 41)
    }

    @Test(
        "a text that was cut is told apart from one that is wrong",
        arguments: [
            #"{"a":"#, #"{"a":1"#, #"{"a":"b"#, "[1,", "[", "[tr", #"["\u00"#, #"[{"a":[1,2]},"#, "[12",
        ])
    func truncated(text: String) { #expect(error(text) == .truncated(count: text.utf8.count)) }

    @Test(
        "broken JSON names the byte and the reason",
        arguments: [
            (#"{"a":1,}"#, 7, "expected a key in quotes, found '}'"),
            (#"{"a" 1}"#, 5, "expected ':', found '1'"),
            ("[1 2]", 3, "expected ',' or ']', found '2'"),
            ("[1]x", 3, "'x' behind the end"),
            ("[nul]", 4, "expected null, found ']'"),
            ("[\"a\u{1}\"]", 3, "byte 1 inside a text"),
            (#"["\x"]"#, 3, "a wrong escape"),
            ("[01]", 1, "a wrong number"),
            ("[18446744073709551616]", 1, "a number beyond 64 bits"),
            ("[}", 1, "expected a value, found '}'"),
        ])
    func malformed(text: String, offset: Int, reason: String) {
        #expect(error(text) == .malformed(offset: offset, reason: reason))
    }

    @Test("bytes that are not UTF-8 are found")
    func notUTF8() {
        #expect(throws: JSONError.malformed(offset: 5, reason: "a text that is not UTF-8")) {
            try JSONDocument([UInt8]("{\"a\":\"".utf8) + [0xFF] + [UInt8]("\"}".utf8))
        }
    }

    @Test("nesting beyond the limit is refused, up to it is read")
    func depth() throws {
        func nested(_ depth: Int) -> String {
            String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        }
        #expect(error(nested(JSONDocument.depthLimit + 1)) == .tooDeep(limit: JSONDocument.depthLimit))
        #expect(error(nested(100_000)) == .tooDeep(limit: JSONDocument.depthLimit))
        #expect(error(nested(JSONDocument.depthLimit - 1)) == nil)
        #expect(error("[1]") == nil)
    }

    @Test("errors of a value name its path and what was found")
    func paths() throws {
        let root = try JSONDocument(
            #"{"count":2,"alerts":[{"state":1},{"x":{"y":[]},"state":"abc","a b":null}]}"#
        ).root
        let alert = try #require(root["alerts"]?.array?.dropFirst().first { _ in true })
        #expect(throws: JSONError.wrongType(path: "alerts[1].state", expected: "a number", found: "\"abc\""))
        {
            try alert.require("state").requireInt64()
        }
        #expect(throws: JSONError.missing(path: "alerts[1].severity")) { try alert.require("severity") }
        #expect(throws: JSONError.missing(path: "devices")) { try root.require("devices") }
        #expect(throws: JSONError.wrongType(path: "alerts[1].x.y", expected: "a text", found: "an array")) {
            try alert.require("x").require("y").requireText()
        }
        #expect(throws: JSONError.wrongType(path: "alerts[1][\"a b\"]", expected: "a flag", found: "null")) {
            try alert.require("a b").requireFlag()
        }
        #expect(throws: JSONError.wrongType(path: "count", expected: "an object", found: "2")) {
            try root.require("count").require("x")
        }
        #expect(throws: JSONError.wrongType(path: "the answer", expected: "an array", found: "an object")) {
            try root.requireArray()
        }
        #expect(root.path == "the answer")
        #expect(alert["x"]?["y"]?.path == "alerts[1].x.y")
    }

    @Test("errors read as a sentence for the operator")
    func words() {
        #expect(
            JSONError.wrongType(path: "alerts[3].state", expected: "a number", found: "\"abc\"").description
                == "alerts[3].state: expected a number, found \"abc\"")
        #expect(JSONError.truncated(count: 12).description.contains("12 bytes"))
    }
}
