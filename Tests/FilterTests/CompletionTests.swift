import Domain
import Filter
import Testing

@Suite("Names of fields, and what completes a filter")
struct CompletionTests {
    private static let ports = ResourceDescriptor(
        .port, plural: "ports", pane: .ports,
        fields: [
            Field("name", "Port", .text), Field("oper", "State", .state),
            Field("in_percent", "In %", .percent), Field("out_percent", "Out %", .percent),
            Field("errors_per_s", "Err/s", .number),
        ], interval: 300)
    private static let vocabulary = FilterVocabulary([ports], backends: ["core", "edge"])

    private func parse(_ text: String) -> FilterParse { FilterExpression.parse(text, Self.vocabulary) }

    @Test(
        "a column is named by its title, with its blanks in quotes or without any",
        arguments: ["in_percent>80", "in%>80", "\"in %\">80", "\"In %\">80", "in_%>80", "IN%>80"])
    func titles(text: String) {
        #expect(parse(text) == .finished(.field("in_percent", .compares(.greater, "80"))))
    }

    @Test("util is the busier direction: above a bound is one of both, below it are both")
    func utilisation() {
        #expect(parse("util>80") == parse("(in_percent>80 | out_percent>80)"))
        #expect(parse("util<5") == parse("(in_percent<5 out_percent<5)"))
        guard case .failed = FilterExpression.parse("util>80", World.vocabulary) else {
            Issue.record("there is nothing to be busy")
            return
        }
    }

    @Test(
        "quotes around what is no field are a text, but before a sign they are an error that names the field")
    func quotes() {
        #expect(parse("\"in %\"") == .finished(.text(FilterText("in %"))))
        guard case .failed(let remark) = parse("\"inn %\">80") else {
            Issue.record("\(parse("\"inn %\">80"))")
            return
        }
        #expect(remark.column == 0)
        #expect(remark.words.hasPrefix("unknown field \"inn %\""))
    }

    @Test(
        "what is begun before the cursor is told",
        arguments: [
            ("", 0, FilterCompletion.Subject.name, "", 0), ("op", 2, .name, "op", 0),
            ("a !op", 5, .name, "op", 3), ("(a | op", 7, .name, "op", 5),
            ("oper:d", 6, .value("oper"), "d", 5),
            ("oper:d x", 6, .value("oper"), "d", 5), ("in%>=8", 6, .value("in_percent"), "8", 5),
            ("\"in %\">8", 8, .value("in_percent"), "8", 7), ("name=\"Te 0", 10, .value("name"), "Te 0", 5),
            ("x @co", 5, .backend, "co", 3), ("!is:do", 6, .condition, "do", 4),
            ("\"in ", 4, .name, "in ", 0),
        ])
    func subject(
        text: String, cursor: Int, subject: FilterCompletion.Subject, typed: String, start: Int
    ) throws {
        let completion = try #require(FilterCompletion(text, cursor: cursor, Self.vocabulary))
        #expect(completion.subject == subject)
        #expect(completion.typed == typed)
        #expect(completion.start == start)
    }

    @Test("in a pattern, or behind a name that is no field's, nothing is completed")
    func nothing() {
        #expect(FilterCompletion("/ab", cursor: 3, Self.vocabulary) == nil)
        #expect(FilterCompletion("oper:/ab", cursor: 8, Self.vocabulary) == nil)
        #expect(FilterCompletion("colour:re", cursor: 9, Self.vocabulary) == nil)
    }

    @Test("names are found by key and title: those that begin so first, then those of the columns in front")
    func names() throws {
        func names(_ text: String) throws -> [String] {
            let completion = try #require(FilterCompletion(text, cursor: text.count, Self.vocabulary))
            return Self.vocabulary.names(for: completion, before: ["oper", "name"])
        }
        #expect(try names("").prefix(2) == ["oper", "name"])
        #expect(try names("st") == ["oper"])
        #expect(try names("%") == ["in_percent", "out_percent"])
        #expect(try names("ut") == ["util", "out_percent"])
        #expect(Self.vocabulary.usualSign(of: "in_percent") == ">")
        #expect(Self.vocabulary.usualSign(of: "oper") == "=")
        #expect(Self.vocabulary.usualSign(of: "name") == ":")
    }
}
