import Domain
import Filter
import Testing

@Suite("Reading filters")
struct ParsingTests {
    private func parse(_ text: String) -> FilterParse { FilterExpression.parse(text, World.vocabulary) }

    @Test(
        "what is open or waits for a value is unfinished",
        arguments: [
            ("\"core fib", 0), ("a \"", 2), ("/gi0", 0), ("/gi0 x", 0), ("(a", 0), ("(", 0), ("a (b | c", 2),
            ("a |", 3), ("!", 1), ("a !", 3), ("@", 0), ("name:", 5), ("in_bps>", 7), ("sev>=", 5),
            ("is:", 3),
            ("name:/gi", 5), ("name:\"gi", 5), ("((a | b)", 0), ("/a\\/", 0),
        ])
    func unfinished(text: String, column: Int) {
        guard case .unfinished(let remark) = parse(text) else {
            Issue.record("\(text) is \(parse(text))")
            return
        }
        #expect(remark.column == column)
        #expect(!remark.words.isEmpty)
    }

    @Test(
        "a mistake is shown at its column",
        arguments: [
            ("gi0 in_bps>fast", 11), ("sev>=bad", 5), ("used>10M", 5), ("in_bps>5m", 7), ("age<10M", 4),
            ("age<5", 4), ("is:blue", 3), ("@nowhere", 0), ("a )", 2), (")", 0), ("| a", 0), ("a | | b", 4),
            ("()", 1), ("/(/", 2), ("a /x[/ b", 5), ("descr>5", 6), ("trunk:perhaps", 6), ("speed>10M", 0),
            ("name: gi", 5), ("age:5m", 4), ("(a | ) b", 5), ("! )", 2), ("is: down", 3),
            ("state:(a | b)", 6), ("gi0 sevv=critical", 4), ("a=b", 0), ("sevv!=x", 0), ("stat<up", 0),
            ("devise:core", 0), ("dvice:core", 0),
        ])
    func mistakes(text: String, column: Int) {
        guard case .failed(let remark) = parse(text) else {
            Issue.record("\(text) is \(parse(text))")
            return
        }
        #expect(remark.column == column)
        #expect(!remark.words.isEmpty)
    }

    @Test(
        "a word with a colon, slash or sign is a word unless it names a field",
        arguments: [
            "00:1b:2c:3d:4e:5f", "2001:db8::1", "Te0/1:2", "/dev/sda", "/1/3", "http://x", "->", "<b>",
            "x:",
            "a@b", "c!", "foo(bar)", "it's", "50%", "#7",
        ])
    func words(text: String) {
        #expect(parse(text) == .finished(.text(FilterText(text))))
    }

    @Test(
        "on a command line a test of a field that there is not is wrong, but for addresses",
        arguments: [
            ("vendor:cisco", true), ("is_up:yes", true), ("Te0/1:2", false), ("dead:beef::1", false),
            ("http://x", false), ("00:1b:2c:3d:4e:5f", false), ("name:x", false), ("\"vendor:cisco\"", false),
            ("x:1", false), ("Gi:0", true), ("dead:cisco", true), ("sev-erity=critical", true),
            ("sev.x>3", true), ("!no.such!=x", true), ("in%>8", true), ("\"a.b=c\"", false),
        ])
    func strict(text: String, isWrong: Bool) {
        let vocabulary = FilterVocabulary([World.ports, World.alerts], isStrict: true)
        #expect((FilterExpression.parse(text, vocabulary).expression == nil) == isWrong)
    }

    @Test("a name that no field has is told with the one that was probably meant")
    func meant() {
        guard case .failed(let remark) = parse("sevv=critical") else {
            Issue.record("\(parse("sevv=critical"))")
            return
        }
        #expect(remark.words.contains("did you mean \"sev\"?"))
        // Without any field there is no name to be wrong.
        #expect(
            FilterExpression.parse("sevv=critical", FilterVocabulary([]))
                == .finished(.text(FilterText("sevv=critical"))))
    }

    @Test("fields are named by key or title in any case, and a title never takes a key's name")
    func names() {
        #expect(World.vocabulary.field(named: "IN_BPS") == "in_bps")
        #expect(World.vocabulary.field(named: "in") == "in_bps")
        #expect(World.vocabulary.field(named: "sev") == "severity")
        #expect(World.vocabulary.field(named: "age") == .age)
        #expect(World.vocabulary.field(named: "nothing") == nil)
        let clash = ResourceDescriptor(
            .port, plural: "ports", pane: nil, fields: [Field("a", "b", .text), Field("b", "a", .text)],
            interval: 1)
        #expect(FilterVocabulary([clash]).field(named: "a") == "a")
        #expect(FilterVocabulary([clash]).field(named: "b") == "b")
    }

    @Test(
        "what is printed reads back as the same",
        arguments: [
            "gi0 !coslada", "\"two words\" \"a \\\"quote\\\" and \\\\\"", "/gi0/(3|4).*core/ x",
            "!(a | b c | !d)",
            "in_bps>10M sev>=warning age<1h", "device:/^mad\\d/ name=\"Gi 0/2\"", "@core is:acked !is:marked",
            "name!=x", "descr=\"\"", "((a b) | c) (d | e)", "\"/x/\" \"!a\" \"@b\" \"a:b\" \"(c)\"",
            "descr:\"/x\"",
            "!!a", "(a | (b | c))", "", "/a\\/b/", "\"name:x\"",
        ])
    func printing(text: String) throws {
        let expression = try World.read(text)
        #expect(try World.read(expression.description) == expression, "\(expression)")
    }

    @Test("brackets too deep for a hand are refused, not followed")
    func depth() {
        guard case .failed = parse(String(repeating: "(", count: 10000) + "a") else {
            Issue.record("not refused")
            return
        }
        guard case .failed = parse(String(repeating: "!", count: 10000) + "a") else {
            Issue.record("not refused")
            return
        }
    }
}
