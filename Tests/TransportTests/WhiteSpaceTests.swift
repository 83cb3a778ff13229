@testable import CurlTransport
import HTTP
import JSON
import RandomJSON
import RawServer
import Testing

@Suite("White space that is left out")
struct WhiteSpaceTests {
    private static let spaces: [UInt8] = [0x20, 0x09, 0x0A, 0x0D]

    /// What is left of parts; one after another they are the text.
    private func removed(_ parts: [ArraySlice<UInt8>]) -> [UInt8] {
        let size = parts.reduce(0) { $0 + $1.count } + WhiteSpaceRemoval.slack
        return [UInt8](unsafeUninitializedCapacity: size) { target, count in
            guard let start = target.baseAddress else { return }
            var removal = WhiteSpaceRemoval()
            for part in parts {
                count += part.withUnsafeBytes { removal.copy($0, to: start + count) }
            }
            count += removal.finish(at: start + count)
        }
    }

    private func removed(_ text: String) -> String {
        String(decoding: removed([Array(text.utf8)[...]]), as: UTF8.self)
    }

    /// Cuts a text anywhere, now and then into single bytes.
    private func cut(_ text: [UInt8], _ random: inout RandomJSON) -> [ArraySlice<UInt8>] {
        let longest = [1, 3, 9, 40, text.count + 1][random.below(5)]
        var parts: [ArraySlice<UInt8>] = []
        var start = 0
        while start < text.count {
            let end = min(text.count, start + random.below(longest) + 1)
            parts.append(text[start..<end])
            start = end
        }
        return parts
    }

    /// The same, byte by byte, of a text that is right: there all of it between values goes.
    private func plain(_ text: [UInt8]) -> [UInt8] {
        var isInText = false
        var isEscaped = false
        return text.filter { byte in
            if isInText {
                if isEscaped {
                    isEscaped = false
                } else if byte == UInt8(ascii: "\\") {
                    isEscaped = true
                } else if byte == UInt8(ascii: "\"") {
                    isInText = false
                }
                return true
            }
            isInText = byte == UInt8(ascii: "\"")
            return !Self.spaces.contains(byte)
        }
    }

    private func read(_ text: [UInt8]) -> Result<JSONTree, JSONError> {
        Result { () throws(JSONError) -> JSONTree in JSONTree(try JSONDocument(text).root) }
    }

    @Test(
        "a right text has the same values and no white space between them, however it comes", arguments: 1...8
    )
    func right(seed: UInt64) throws {
        var random = RandomJSON(seed: seed, indents: true)
        for _ in 0..<200 {
            let text = random.text().drop { $0 > 0x7F }
            var kept = removed(cut(Array(text), &random))
            // Nothing is known to come behind the last value.
            if kept.last == 0x20 { kept.removeLast() }
            #expect(kept == plain(Array(text)))
            #expect(try read(kept).get() == read(Array(text)).get())
        }
    }

    @Test("a broken text is broken in the same way, however it comes", arguments: 1...8)
    func broken(seed: UInt64) {
        var random = RandomJSON(seed: seed, indents: true)
        for _ in 0..<300 {
            let text = random.broken(Array(random.text().drop { $0 > 0x7F }))
            guard let first = text.first(where: { !Self.spaces.contains($0) }), "{[".utf8.contains(first)
            else { continue }
            let kept = removed(cut(text, &random))
            #expect(kept.count <= text.count)
            switch (read(text), read(kept)) {
            case (.success(let before), .success(let after)): #expect(before == after)
            case (.failure(.malformed(_, let before)), .failure(.malformed(_, let after))):
                // What stands where something else was expected may be white space, which is one space now, or gone.
                let isOfSpace = [9, 10, 13, 32].contains { before.hasSuffix("found byte \($0)") }
                #expect(before == after || isOfSpace)
            case (.failure(.truncated), .failure(.truncated)): break
            case (.failure(let before), .failure(let after)): #expect(before == after)
            case (let before, let after):
                Issue.record("\(before) became \(after): \(String(decoding: text, as: UTF8.self))")
            }
        }
    }

    @Test("what white space keeps apart stays apart, and is one space")
    func apart() {
        #expect(removed("[1 \n  2]") == "[1 2]")
        #expect(removed("[ \"a\"\t\t\"b\" ]") == "[\"a\" \"b\"]")
        #expect(removed("[tru  e ,\r\n 1]") == "[tru e,1]")
        #expect(removed("{} \n {} 1 ") == "{}{} 1 ")
        #expect(removed("\n { \"a\" : [ ] } ") == "{\"a\":[]} ")
        #expect(removed("[1, tru\n\n") == "[1,tru ")
    }

    @Test("texts keep theirs: with escapes, without an end, and where a backslash stands outside of any")
    func texts() {
        for text in [#"["a  \"  b","\\"]"#, #"["a  \\\"  b,  "#, "[\"a \n\n b\"]", #"["\u00e9  \\"]"#] {
            #expect(removed(text) == text)
        }
        #expect(removed(#"["\\" , "  \\\" , " ]"#) == #"["\\","  \\\" , "]"#)
        #expect(removed(#"[\"  a" , 1]"#) == #"[\"  a",1]"#)
    }
}

@Suite("Where bodies land")
struct LandingTests {
    private func landed(
        _ text: [UInt8], parts size: Int = 16 << 10, isJSON: Bool = true
    ) -> Body {
        let landing = LandingBuffer()
        for start in stride(from: 0, to: text.count, by: size) {
            let isTaken = text[start..<min(text.count, start + size)].withUnsafeBytes {
                landing.append($0, isJSON: isJSON)
            }
            #expect(isTaken)
        }
        #expect(landing.arrived == text.count)
        return landing.takeBody()
    }

    private func bytes(_ body: Body) -> [UInt8] { body.withUnsafeBytes { Array($0) } }

    private static let rows: [UInt8] = {
        var random = RandomJSON(seed: 5, indents: true)
        return random.list(of: 6_000)
    }()

    @Test("a long text in JSON is shorter and says how much came", arguments: [1_000, 16 << 10, 300_001])
    func long(parts: Int) throws {
        let body = landed(Self.rows, parts: parts)
        #expect(Self.rows.count > LandingBuffer.long * 2)
        #expect(body.count < Self.rows.count * 3 / 4)
        #expect(body.arrived == Self.rows.count)
        #expect(JSONTree(try JSONDocument(bytes(body)).root) == JSONTree(try JSONDocument(Self.rows).root))
    }

    @Test("a short text, and what is no JSON or does not call itself so, lands byte for byte")
    func untouched() {
        let page = Array("  <html>  [ 1 ]".utf8) + Self.rows
        let picture: [UInt8] = [0x89, 0x50, 0x4E, 0x47] + Self.rows
        #expect(bytes(landed(page)) == page)
        #expect(bytes(landed(picture)) == picture)
        #expect(bytes(landed(Self.rows, isJSON: false)) == Self.rows)
        let blank = [UInt8](repeating: 0x20, count: LandingBuffer.long + 1)
        #expect(bytes(landed(blank)) == blank)
        let short = Array(Self.rows.prefix(LandingBuffer.long - 1))
        #expect(bytes(landed(short)) == short)
        #expect(landed(short).arrived == short.count)
    }

    @Test(
        "only what calls itself one text in JSON has it left out, and what was received is said in full",
        arguments: [
            ("application/json; charset=utf-8", true), ("application/problem+json", true),
            ("text/plain", false),
            ("application/x-ndjson", false), ("application/octet-stream", false), ("", false),
        ])
    func types(type: String, isShorter: Bool) async throws {
        let server = try RawServer { _, connection in
            connection.answer(200, type.isEmpty ? [] : [("Content-Type", type)], body: Self.rows)
        }
        let line = try Line(to: server.url)
        let response = try await line.reader.read(ReadRequest("/alerts"))
        #expect((bytes(response.body) == Self.rows) == !isShorter)
        #expect(response.body.arrived == Self.rows.count)
        #expect(response.exchange.received == Self.rows.count)
        #expect(line.log.all.contains { $0.contains(" \(Self.rows.count) B ") })
    }

    @Test("an answer of white space ends at the limit of bodies, however little of it is kept")
    func limit() async throws {
        let limit = 1 << 20
        let server = try RawServer { _, connection in
            connection.send(
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n")
            connection.send("1\r\n[\r\n")
            let blanks = [UInt8](repeating: 0x20, count: 0x8000)
            for _ in 0...(limit / blanks.count) {
                connection.send("8000\r\n")
                connection.send(blanks)
                connection.send("\r\n")
            }
            connection.hang()
        }
        let line = try Line(to: server.url) { $0.limits.body = limit }
        #expect(await line.failure(of: ReadRequest("/alerts")) == .tooLarge(limit: limit))
    }
}
