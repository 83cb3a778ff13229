import JSON
import RandomJSON
import Testing

@Suite("Reading in pieces")
struct PieceTests {
    /// Sizes at which nearly everything is cut, and such at which little is.
    static let sizes = [1, 7, 40, 200, 1_000]

    /// What a text holds, or what is wrong with it.
    enum Outcome: Equatable {
        case value(JSONTree)
        case error(JSONError)
    }

    static func whole(_ bytes: [UInt8]) -> Outcome {
        do { return .value(JSONTree(try JSONDocument(bytes).root)) } catch { return .error(error) }
    }

    static func inPieces(_ bytes: [UInt8], _ size: Int) -> Outcome {
        do {
            let document = try JSONDocument.read(HeldBytes(bytes), inPieces: PieceSize(least: 0, piece: size))
            return .value(JSONTree(document.root))
        } catch {
            return .error(error)
        }
    }

    /// Reads a text in pieces of all sizes as it is read whole.
    static func compare(_ bytes: [UInt8], _ what: String) {
        let expected = whole(bytes)
        for size in sizes {
            let read = inPieces(bytes, size)
            if read != expected {
                Issue.record("\(what) in pieces of \(size): \(String(decoding: bytes, as: UTF8.self))")
            }
        }
    }

    @Test("random texts, right and wrong, give the same in pieces as they do whole", arguments: 1...24)
    func random(seed: UInt64) {
        var random = RandomJSON(seed: seed)
        var right = 0
        for _ in 0..<40 {
            let text = random.text()
            if case .value = Self.whole(text) { right += 1 }
            Self.compare(text, "a text")
            for _ in 0..<3 { Self.compare(random.broken(text), "a broken text") }
        }
        #expect(right == 40)
    }

    @Test("a text that is cut off at any byte gives the same in pieces as it does whole")
    func truncated() {
        var random = RandomJSON(seed: 99)
        let text = random.list(of: 12)
        for end in text.indices { Self.compare(Array(text[..<end]), "the first \(end) bytes") }
    }

    @Test("anything in place of any byte gives the same in pieces as it does whole")
    func replaced() {
        let text = Array(#"{"a":[{"b":"},{"},{"c":[{},{}]},[1,2],"\"]"],"d":[{"e":1},{"e":2}]}"#.utf8)
        for place in text.indices {
            for byte in Array("{}[],:\" 0x\\".utf8) + [0xFF, 0x00] {
                var changed = text
                changed[place] = byte
                Self.compare(changed, "byte \(place)")
            }
            Self.compare(Array(text[..<place] + [UInt8(ascii: ",")] + text[place...]), "more at \(place)")
        }
    }

    @Test("a list that ends where no other may begin is none, wherever it is cut")
    func closedBetween() {
        let rows = (0..<12).map { #"{"x":\#($0)}"# }.joined(separator: ",")
        for between in ["],[", "]],[[", "},{", "],", ",[", "]]"] {
            Self.compare(Array(#"{"a":[\#(rows)\#(between)\#(rows)]}"#.utf8), "a list with \(between)")
            Self.compare(Array("[\(rows)\(between)\(rows)]".utf8), "the whole with \(between)")
            Self.compare(Array(#"{"b":{"a":[\#(rows)\#(between)\#(rows)]}}"#.utf8), "inside with \(between)")
        }
    }

    @Test("what is nested too deep is so at the same depth")
    func depth() {
        for depth in 122...131 {
            let nest = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
            Self.compare(Array("[1,\(nest),2]".utf8), "depth \(depth)")
            Self.compare(Array(#"{"a":{"b":[1,2,3,\#(nest)]}}"#.utf8), "depth \(depth) in objects")
            Self.compare(Array(#"{"a":[1,2,3,\#(nest)],"b":["}"#.utf8), "depth \(depth), cut off")
        }
    }

    @Test("lists are cut wherever they stand in objects, and have their places in paths")
    func paths() throws {
        let text = #"{"s":"ok","data":{"rows":[{"n":1},{"n":2},{"n":"x"}],"few":[1]},"more":[[1],[2],[3]]}"#
        for size in Self.sizes {
            let root = try JSONDocument.read(HeldBytes(text), inPieces: PieceSize(least: 0, piece: size)).root
            let rows = try #require(root["data"]?["rows"]?.array)
            #expect(rows.map { $0["n"]?.path } == ["data.rows[0].n", "data.rows[1].n", "data.rows[2].n"])
            #expect(rows.count == 3)
            #expect(rows.first?["n"]?.int64 == 1)
            #expect(!rows.isEmpty)
            #expect(
                root["more"]?.array?.map { $0.array?.first?.path } == [
                    "more[0][0]", "more[1][0]", "more[2][0]",
                ])
            #expect(throws: JSONError.wrongType(path: "data.rows[2].n", expected: "a number", found: "\"x\""))
            {
                for row in rows { _ = try row.require("n").requireInt64() }
            }
            #expect(throws: JSONError.missing(path: "data.rows[0].m")) {
                for row in rows { _ = try row.require("m") }
            }
        }
    }

    @Test("values that are kept stay as they are when their list, its bytes and other texts have gone")
    func kept() throws {
        let text = "[" + (0..<300).map { #"{"n":"row \#($0)"}"# }.joined(separator: ",") + "]"
        var kept: [JSONValue] = []
        for size in Self.sizes {
            let list = try JSONDocument.read(HeldBytes(text), inPieces: PieceSize(least: 0, piece: size)).root
            kept += try list.requireArray()
        }
        for _ in 0..<20 { _ = Self.inPieces(Array(text.replacing("row", with: "xyz").utf8), 200) }
        let expected = (0..<300).map { "row \($0)" }
        #expect(kept.map { $0["n"]?.string ?? "" } == Self.sizes.flatMap { _ in expected })
        #expect(kept.last?.path == "[299]")
    }

    @Test("fields of rows are found in all pieces, whatever the order of keys in each")
    func rows() throws {
        let text =
            "["
            + (0..<200).map { $0 % 3 == 0 ? #"{"id":\#($0),"x":[{}]}"# : #"{"y":0,"id":\#($0)}"# }
            .joined(separator: ",\n  ") + "]"
        for size in Self.sizes {
            let document = try JSONDocument.read(HeldBytes(text), inPieces: PieceSize(least: 0, piece: size))
            var rows = JSONRows(try document.root.requireArray(), keys: JSONKeys(["x", "id"]))
            var ids: [Int64?] = []
            while rows.next() { ids.append(rows.int64(1)) }
            #expect(ids == (0..<200).map { $0 })
            let isOver = !rows.next()
            #expect(isOver)
        }
    }
}

@Suite("Giving back what was read")
struct GivenBackTests {
    private static let size = PieceSize(least: 0, piece: 64)

    private func list(_ bytes: HeldBytes) throws -> JSONArray {
        try JSONDocument.read(bytes, inPieces: Self.size).root.require("rows").requireArray()
    }

    private let text = #"{"rows":["# + (0..<100).map { #"{"id":\#($0)}"# }.joined(separator: ",") + "]}"

    @Test("who alone has a list gives back its bytes while it is read")
    func consumed() throws {
        let log = ForgottenBytes()
        var rows = JSONRows(consuming: try list(HeldBytes(text, log)), keys: JSONKeys(["id"]))
        var ids: [Int64?] = []
        var wasGivenBackBefore = false
        while rows.next() {
            ids.append(rows.int64(0))
            if ids.count == 50 { wasGivenBackBefore = !log.counts.isEmpty }
        }
        let isOver = !rows.next()
        #expect(isOver)
        #expect(ids == (0..<100).map { $0 })
        #expect(wasGivenBackBefore)
        #expect(log.counts == log.counts.sorted())
        #expect(log.counts.last == text.utf8.count - 2)
    }

    @Test("nothing is given back where somebody else may read it")
    func shared() throws {
        let log = ForgottenBytes()
        let bytes = HeldBytes(text, log)
        func read(_ rows: consuming JSONRows) -> Int {
            var count = 0
            while rows.next() { count += 1 }
            return count
        }
        let keys = JSONKeys(["id"])
        let list = try list(bytes)
        #expect(read(JSONRows(consuming: list, keys: keys)) == 100)
        #expect(read(JSONRows(list, keys: keys)) == 100)
        #expect(log.counts.isEmpty)
        // The bytes alone: nobody has the list any more.
        #expect(read(JSONRows(consuming: try self.list(bytes), keys: keys)) == 100)
        #expect(log.counts.isEmpty)
        #expect(list.count == 100)
        withExtendedLifetime(bytes) {}
    }
}
