import Domain
import Testing

@Suite("Identities and words")
struct IdentityTests {
    @Test(
        "an identity gives back backend, kind and the server's own id",
        arguments: [
            "0", "4711", "2147483647", "2147483648", "4294967296", "-1", "007", "+5", " 5", "", "abc",
            "9223372036854775807",
        ])
    func roundTrip(id: String) {
        let entity = EntityRef(BackendID(9), .alert, id: id)
        #expect(entity.id == id)
        #expect(entity.kind == .alert)
        #expect(entity.backend == BackendID(9))
        #expect(EntityRef(packed: entity.packed) == entity)
        #expect(entity == EntityRef(BackendID(9), .alert, id: id))
        #expect(entity != EntityRef(BackendID(8), .alert, id: id))
        #expect(entity != EntityRef(BackendID(9), .device, id: id))
    }

    @Test("a number and its text are one identity")
    func numeric() {
        for id: Int64 in [0, 4711, 2_147_483_648, -3, .max] {
            #expect(EntityRef(BackendID(0), .port, id: id) == EntityRef(BackendID(0), .port, id: String(id)))
        }
    }

    @Test("severities are read in any case and stand by badness")
    func severities() {
        #expect(Severity(word: "CRITICAL") == .critical)
        #expect(Severity(word: "nonsense") == .unknown)
        #expect(Severity.allCases == Severity.allCases.sorted())
    }

    @Test(
        "hostile characters are taken out and line ends become spaces",
        arguments: [
            ("plain", "plain"), ("a\tb\nc", "a b c"), ("a\r\nb", "a b"), ("a\u{1B}]0;x\u{7}b", "a]0;xb"),
            ("\u{202E}abc", "abc"),
            ("a\u{85}\u{9B}b", "ab"), ("a\u{2028}b", "a b"), ("e\u{301}", "e\u{301}"), ("日本", "日本"),
            ("\u{E0041}x", "x"), ("\u{FEFF}x", "x"), ("\u{7F}", ""),
        ])
    func cleaning(text: String, expected: String) {
        #expect(Cleaning.clean(text) == expected)
    }

    @Test("ASCII, which is cleaned byte by byte, comes out as beside a letter that is none")
    func ascii() {
        for byte in UInt8(0)..<128 {
            let text = "a\(Unicode.Scalar(byte))\(Unicode.Scalar(byte))b"
            #expect(Cleaning.clean(text) + "é" == Cleaning.clean(text + "é"))
            let bytes = Array(text.utf8)
            #expect(bytes.withUnsafeBufferPointer { Cleaning.clean($0) } == Cleaning.clean(text))
        }
        #expect(Cleaning.clean("up\r\n\tdown\u{7F}") == "up  down")
    }
}
