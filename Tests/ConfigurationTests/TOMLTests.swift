import TOML
import Testing

@Suite("Reading TOML")
struct TOMLTests {
    @Test("every kind of value arrives as it was written")
    func values() throws {
        let table = try TOMLTable.parse(
            """
            text = "a\\u00e9"
            whole = -7
            fraction = 2.5
            flag = true
            day = 2026-11-21
            list = ["a", 1, [false]]
            inline = { a = 1 }
            [deep.er]
            key = 'raw\\n'
            [[many]]
            n = 1
            [[many]]
            n = 2
            """)
        #expect(table["text"]?.string == "aé")
        #expect(table["whole"]?.integer == -7)
        #expect(table["whole"]?.number == -7)
        #expect(table["fraction"]?.number == 2.5)
        #expect(table["fraction"]?.integer == nil)
        #expect(table["flag"]?.flag == true)
        #expect(table["day"]?.value == .moment)
        #expect(table["list"]?.array?.map(\.kind) == ["a text", "a whole number", "a list"])
        #expect(table["inline"]?.table?["a"]?.integer == 1)
        #expect(table["deep"]?.table?["er"]?.table?["key"]?.string == "raw\\n")
        #expect(table["many"]?.array?.compactMap { $0.table?["n"]?.integer } == [1, 2])
        #expect(table["absent"] == nil)
    }

    @Test("every key and value knows its line and column, counted in characters")
    func positions() throws {
        let table = try TOMLTable.parse("# é\n\n\"ü\" = [ 1,\n  \"x\" ]\n[backend]\nurl = 'u'\n")
        let entry = try #require(table.entry("ü"))
        #expect(entry.position == TOMLPosition(line: 3, column: 1))
        #expect(entry.node.position == TOMLPosition(line: 3, column: 7))
        #expect(entry.node.array?.map(\.position.description) == ["3:9", "4:3"])
        #expect(table["backend"]?.table?.entry("url")?.node.position.description == "6:7")
    }

    @Test("entries keep the order of the file")
    func order() throws {
        let table = try TOMLTable.parse("zebra = 1\nant = 2\nmole = 3\n[last]\n")
        #expect(table.entries.map(\.key) == ["zebra", "ant", "mole", "last"])
    }

    @Test(
        "what is no TOML is refused with the line that it is on",
        arguments: [
            ("a = 1\nb =\n", 2), ("a = 1\na = 2\n", 2), ("[t\n", 1), ("a = \"x\n", 1), ("= 1", 1),
            ("a = 1 b = 2", 1),
        ])
    func syntax(text: String, line: Int) throws {
        let error = try #require(throws: TOMLError.self) { try TOMLTable.parse(text) }
        #expect(error.position.line == line)
        #expect(!error.words.isEmpty)
    }

    @Test(
        "what breaks an assertion of the parser is an error at its place",
        arguments: [
            ("[=", "1:2"), ("[[=", "1:3"), ("a = 1\n# ñ\n[ .b]\n", "3:3"), ("[b]\n[,", "2:2"), ("[\n", "1:2"),
            ("[#", "1:2"), ("[}", "1:2"),
        ])
    func assertions(text: String, place: String) throws {
        let error = try #require(throws: TOMLError.self) { try TOMLTable.parse(text) }
        #expect(error.position.description == place)
        #expect(!error.words.isEmpty)
    }

    @Test("a key of endlessly many parts is an error; dots in texts and numbers are none of it")
    func parts() throws {
        let parts = String(repeating: "a.", count: 200_000)
        for text in [
            "\(parts)b = 1", "[\(parts)b]", "[[\(parts)b]]", "x = { \(parts)b = 1 }", "'\"' . \(parts)b = 1",
            "'''x''' = 1\n\(parts)b = 1",
        ] {
            let error = try #require(throws: TOMLError.self) { try TOMLTable.parse(text) }
            #expect(error.position.column > 1, "\(error)")
        }
        let dots = String(repeating: ".", count: 1000)
        let text = #"""
            a.b = "...\"..."
            c = '...' # ...
            d = """
            ...""..."""""
            e = '''...
            '...\'''
            f = [
            """# + Array(repeating: "1.5", count: 100).joined(separator: ", ") + "]\ng.h = 1\n"
        let table = try TOMLTable.parse(text.replacing("...", with: dots))
        #expect(table.entries.map(\.key) == ["a", "c", "d", "e", "f", "g"])
    }

    @Test("what is as deep as is allowed is read whole")
    func deepest() throws {
        let key = Array(repeating: "k", count: 32).joined(separator: ".")
        var text = "[\(key)]\n\(key) = "
        for _ in 0..<30 { text += "{ \(key) = " }
        text += "1" + String(repeating: " }", count: 30) + "\n"
        var depth = 0
        var table: TOMLTable? = try TOMLTable.parse(text)
        while let inner = table?["k"] {
            depth += 1
            table = inner.table
        }
        #expect(depth == 32 * 32)
    }

    @Test("broken UTF-8 and endless nesting are errors, not crashes")
    func hostile() {
        #expect(throws: TOMLError.self) { try TOMLTable.parse([0x61, 0x3D, 0x22, 0xFF, 0xFE, 0x22]) }
        #expect(throws: TOMLError.self) {
            try TOMLTable.parse("a = " + String(repeating: "[", count: 50_000))
        }
    }

    @Test("an empty file is an empty table")
    func empty() throws {
        #expect(try TOMLTable.parse("").entries.isEmpty)
        #expect(try TOMLTable.parse("# only words\n").entries.isEmpty)
    }
}
