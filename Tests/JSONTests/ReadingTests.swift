import JSON
import Testing

@Suite("Reading JSON")
struct ReadingTests {
    @Test("numbers, flags and texts are read however the server writes them")
    func lenientScalars() throws {
        let root = try JSONDocument(
            """
            {"s":"1","n":1,"d":1.0,"t":true,"f":false,"z":"0","null":null,"frac":16.25,"sfrac":"16.25",
             "neg":"-42","space":" 7 ","word":"abc","empty":"","inf":"inf","hex":"0x10","list":[1],"yes":"true"}
            """
        ).root
        for key in ["s", "n", "d", "t"] {
            #expect(root[key]?.int64 == 1, "\(key)")
            #expect(root[key]?.double == 1, "\(key)")
            #expect(root[key]?.flag == true, "\(key)")
        }
        for key in ["f", "z"] {
            #expect(root[key]?.int64 == 0, "\(key)")
            #expect(root[key]?.flag == false, "\(key)")
        }
        #expect(root["yes"]?.flag == true)
        #expect(root["frac"]?.int64 == nil)
        #expect(root["frac"]?.double == 16.25)
        #expect(root["sfrac"]?.double == 16.25)
        #expect(root["neg"]?.int64 == -42)
        #expect(root["space"]?.int64 == 7)
        for key in ["word", "empty", "inf", "hex", "null", "list"] {
            #expect(root[key]?.int64 == nil, "\(key)")
            #expect(root[key]?.double == nil, "\(key)")
            #expect(root[key]?.flag == nil, "\(key)")
        }
        #expect(root["n"]?.text == "1")
        #expect(root["frac"]?.text == "16.25")
        #expect(root["t"]?.text == "true")
        #expect(root["n"]?.string == nil)
        #expect(root["list"]?.text == nil)
    }

    @Test("a field that is missing differs from one that is null")
    func missingAndNull() throws {
        let root = try JSONDocument(#"{"a":null,"b":{"c":[]}}"#).root
        #expect(root["a"]?.isNull == true)
        #expect(root["x"] == nil)
        #expect(root["a"]?["deeper"] == nil)
        #expect(root["b"]?["c"]?.array?.isEmpty == true)
    }

    @Test("a byte order mark before a text is no part of it; alone it is nothing")
    func byteOrderMark() throws {
        let marked: [UInt8] = [0xEF, 0xBB, 0xBF]
        #expect(try JSONDocument(marked + Array(#"{"a": 1}"#.utf8)).root["a"]?.int64 == 1)
        #expect(throws: JSONError.empty) { try JSONDocument(marked) }
        #expect(throws: JSONError.self) { try JSONDocument(marked + marked + Array("1".utf8)) }
    }

    @Test("octet counters keep every digit up to 64 bits")
    func wideIntegers() throws {
        let root = try JSONDocument(
            #"{"max":9223372036854775807,"smax":"9223372036854775807","over":9223372036854775808,"sover":"18446744073709551615","min":-9223372036854775808,"smin":"-9223372036854775808","beyond":"18446744073709551616"}"#
        ).root
        #expect(root["max"]?.int64 == .max)
        #expect(root["smax"]?.int64 == .max)
        #expect(root["min"]?.int64 == .min)
        #expect(root["smin"]?.int64 == .min)
        #expect(root["over"]?.int64 == nil)
        #expect(root["over"]?.uint64 == 1 << 63)
        #expect(root["over"]?.text == "9223372036854775808")
        #expect(root["sover"]?.uint64 == .max)
        #expect(root["sover"]?.int64 == nil)
        #expect(root["beyond"]?.uint64 == nil)
        #expect(root["min"]?.uint64 == nil)
    }

    @Test("strings keep what was escaped, zero bytes included")
    func strings() throws {
        let root = try JSONDocument(#"{"a":"x\u0000y\u001b[31m\/\ud83d\ude00é","ké":"ü"}"#).root
        #expect(root["a"]?.string == "x\0y\u{1B}[31m/😀é")
        #expect(root["ké"]?.string == "ü")
        #expect(root["a"]?.withUTF8 { $0.count } == 15)
        #expect(root.withUTF8 { $0.count } == nil)
    }

    @Test("arrays and objects are walked in order, whatever they hold")
    func walking() throws {
        let root = try JSONDocument(#"{"a":[1,[2,{"x":3}],"4",{},[]],"b":2,"b":5}"#).root
        let array = try #require(root["a"]?.array)
        #expect(array.map(\.kind) == [.number, .array, .string, .object, .array])
        #expect(array.count == 5)
        #expect(array.first?.int64 == 1)
        #expect(root.object?.map(\.key) == ["a", "b", "b"])
        #expect(root["b"]?.int64 == 5)
        #expect(root.array == nil)
        #expect(try JSONDocument("[]").root.array?.first == nil)
    }

    @Test("bytes are read in place and not needed afterwards")
    func padded() throws {
        let text = Array(#"{"a":["b"]}"#.utf8)
        let memory = UnsafeMutableRawBufferPointer.allocate(
            byteCount: text.count + JSONDocument.padding, alignment: 1)
        memory.copyBytes(from: text)
        // What lies in the padding is not part of the text.
        for place in text.count..<memory.count { memory[place] = UInt8(ascii: "]") }
        let document = try JSONDocument(padded: UnsafeRawBufferPointer(rebasing: memory[..<text.count]))
        for place in memory.indices { memory[place] = 0 }
        memory.deallocate()
        #expect(document.root["a"]?.array?.first?.string == "b")
    }

    @Test("documents that are alive at once never share a parser")
    func pool() async throws {
        await withTaskGroup(of: Bool.self) { group in
            for number in 0..<200 {
                group.addTask {
                    guard let first = try? JSONDocument("[\(number),\"\(number)\"]"),
                        let second = try? JSONDocument("{\"n\":\(number)}")
                    else { return false }
                    return first.root.array?.allSatisfy { $0.int64 == Int64(number) } == true
                        && second.root["n"]?.int64 == Int64(number)
                }
            }
            for await isRight in group { #expect(isRight) }
        }
    }

    @Test("a body above 1 MB is read like any other")
    func large() throws {
        let text = "[" + (0..<200_000).map { "\"\($0)\"" }.joined(separator: ",") + "]"
        let document = try JSONDocument(text)
        let sum = try document.root.requireArray().reduce(Int64(0)) { $0 + ($1.int64 ?? 0) }
        #expect(sum == 199_999 * 100_000)
        #expect(try JSONDocument("[1]").root.array?.first?.int64 == 1)
    }
}
