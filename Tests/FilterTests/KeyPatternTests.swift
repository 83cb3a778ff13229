import Testing

@testable import Filter

@Suite("Keys taken out of texts by the operator's expression")
struct KeyPatternTests {
    @Test(
        "the groups fill the template; without one the only group is the key, and without groups the match",
        arguments: [
            ("CKT-(?<number>[0-9]+)", nil, "uplink CKT-4711 (west)", "4711"),
            ("CKT-[0-9]+", nil, "uplink CKT-4711 (west)", "CKT-4711"),
            ("(?<site>[a-z]+)/(?<line>[0-9]+)", "L{line}@{site}", "see mad/17 now", "L17@mad"),
            ("(?<n>[0-9]+)", "{{{n}}}", "a 7", "{7}"),
            ("ckt-(?<n>[0-9]+)", nil, "CKT-9", "9"),
            ("Ckt-(?<n>[0-9]+)", nil, "CKT-9", nil),
            ("(?<a>x)|(?<b>y)", "{a}", "y", nil),
            ("(?<a>x*)z", "{a}", "z", nil),
            ("(?<ü>é+)", "{ü}", "caféé", "éé"),
            ("a", nil, "", nil),
        ])
    func keys(_ source: String, _ template: String?, _ text: String, _ key: String?) throws {
        #expect(try KeyPattern(source, template: template).key(in: text) == key)
    }

    @Test(
        "what does not fit says where, and what to do",
        arguments: [
            ("(a", nil, "not valid"), ("(?<a>x)(?<b>y)", nil, "{a}{b}"),
            ("(?<a>x)", "{b}", "; there is {a}"), ("x", "{b}", "name one as in (?<b>…)"),
            ("(?<a>x)", "{a", "single brace"), ("(?<a>x)", "a}", "single brace"),
            ("(?<a>x)", "same", "names no group"),
        ])
    func faults(_ source: String, _ template: String?, _ words: String) {
        let fault = #expect(throws: KeyPattern.Fault.self) { try KeyPattern(source, template: template) }
        let said = fault.map { "\($0)" } ?? ""
        #expect(said.contains(words), "\(said)")
    }

    @Test("an expression that backtracks without end gives no key")
    func endless() throws {
        let pattern = try KeyPattern("^(?<a>(x+x+)+)y$", template: "{a}")
        #expect(pattern.key(in: String(repeating: "x", count: 60)) == nil)
    }
}
