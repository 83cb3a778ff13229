import JSON
import Testing

@Suite("Reading rows")
struct RowTests {
    let keys = JSONKeys(["id", "name", "up"])

    private func rows(_ text: String) throws -> [[String?]] {
        var rows = JSONRows(try JSONDocument(text).root.requireArray(), keys: keys)
        var read: [[String?]] = []
        while rows.next() { read.append([rows.text(0), rows.text(1), rows.text(2)]) }
        return read
    }

    @Test("each row gives its wanted fields by slot")
    func slots() throws {
        #expect(
            try rows(#"[{"id":"1","x":[{"id":9}],"name":"a","up":1},{"id":2,"x":{},"name":"b","up":false}]"#)
                == [["1", "a", "1"], ["2", "b", "false"]])
        #expect(keys.slot("name") == 1)
        #expect(keys.slot("other") == nil)
    }

    @Test("rows may order their keys again, leave some out and add others")
    func changingOrder() throws {
        #expect(
            try rows(
                #"[{"id":1,"name":"a","up":1},{"up":0,"id":2},{"name":"c","zz":0,"id":3,"more":1,"up":2},{},{"id":4,"name":"d","up":1}]"#
            ) == [
                ["1", "a", "1"], ["2", nil, "0"], ["3", "c", "2"], [nil, nil, nil], ["4", "d", "1"],
            ])
    }

    @Test("a key that only begins like a wanted one is not taken for it")
    func similarKeys() throws {
        #expect(
            try rows(#"[{"id":1,"name":"a"},{"i":2,"names":"b"},{"idx":2,"nam":"b"}]"#)
                == [["1", "a", nil], [nil, nil, nil], [nil, nil, nil]])
    }

    @Test("of two fields with the same key the last counts, as everywhere")
    func duplicates() throws {
        #expect(try rows(#"[{"id":1,"id":2}]"#) == [["2", nil, nil]])
    }

    @Test("what is no object is a row without fields")
    func oddRows() throws {
        #expect(
            try rows(#"[null,3,[{"id":1}],{"id":1}]"#)
                == [[nil, nil, nil], [nil, nil, nil], [nil, nil, nil], ["1", nil, nil]])
        #expect(try rows("[]").isEmpty)
    }

    @Test("values keep null, numbers, flags and bytes")
    func accessors() throws {
        let document = try JSONDocument(#"[{"id":"7","name":null,"up":"0"}]"#)
        var rows = JSONRows(try document.root.requireArray(), keys: keys)
        let hasFirst = rows.next()
        #expect(hasFirst)
        #expect(rows.int64(0) == 7)
        #expect(rows.double(0) == 7)
        #expect(rows.flag(2) == false)
        #expect(rows[1]?.isNull == true)
        #expect(rows.text(1) == nil)
        #expect(rows.withUTF8(0) { Array($0) } == [UInt8(ascii: "7")])
        #expect(rows.withUTF8(1) { Array($0) } == nil)
        #expect(rows.row["up"]?.path == "[0].up")
        let hasSecond = rows.next()
        #expect(!hasSecond)
    }
}
