import Configuration
import Dashboard
import Domain
import Testing

@Suite("Forms in the operator's own editor")
struct FormSheetTests {
    private static let fields: [Draft.Field] = [
        Draft.Field(FormField("name", "Name", .line(required: true)), .text("Port down")),
        Draft.Field(FormField("severity", "Severity", .choice(["ok", "critical"])), .text("critical")),
        Draft.Field(FormField("mute", "Mute", .toggle(initially: false)), .flag(true)),
    ]

    private func draft(_ fields: [Draft.Field] = fields, rejected: Draft.Rejected? = nil) -> Draft {
        Draft(title: "Edit rule on core", fields: fields, rejected: rejected)
    }

    @Test("a form is a key per question, with what it takes beside it")
    func writing() {
        #expect(
            FormSheet.text(draft()) == """
                # Save and leave to go on with it; nothing is sent before it is confirmed.
                # An empty file leaves the form as it was.
                # Edit rule on core

                # Name (needed)
                name = "Port down"

                # Severity: ok, critical
                severity = "critical"

                # Mute: true or false
                mute = true

                """)
    }

    @Test(
        "every text comes back as it went",
        arguments: [
            "", "plain", "%ports.ifOperStatus = \"down\"", "it's \"both\"", "a\\b", "two\nlines", "ends\n",
            "'''", "\"\"\"\n'''\n", "tab\tand bell\u{7}", "crlf\r\n", "é 日本 \u{1F4A9}", "# no comment",
            "'quoted' and\nmore", "\n",
        ])
    func roundTrip(text: String) throws {
        let draft = draft([Draft.Field(FormField("a key", "Rule", .line(required: false)), .text(text))])
        #expect(try FormSheet.answers(in: FormSheet.text(draft), to: draft) == ["a key": .text(text)])
    }

    @Test("what is not set is a comment that can be made an answer of, and stays unset when it is left")
    func unset() throws {
        let draft = draft([
            Draft.Field(FormField("access", "Access", .toggle(initially: true)), .none),
            Draft.Field(FormField("tech", "Technology", .choice(["", "gpon", "docsis"])), .none),
        ])
        let text = FormSheet.text(draft)
        #expect(text.contains("# Access: true or false\n# access is not set\n"))
        #expect(text.contains("# Technology: gpon, docsis\n# tech is not set\n"))
        #expect(try FormSheet.answers(in: text, to: draft) == [:])
        #expect(try FormSheet.answers(in: text + "tech = \"gpon\"\n", to: draft) == ["tech": .text("gpon")])
    }

    @Test("keys that are left out stay, and numbers need no quotes")
    func partly() throws {
        #expect(try FormSheet.answers(in: "", to: draft()) == [:])
        #expect(try FormSheet.answers(in: "name = 5", to: draft()) == ["name": .text("5")])
    }

    @Test(
        "what can't be taken is said with its line",
        arguments: [
            ("name = \"x\"\nmute = \"yes\"", "line 2: mute is true or false, not a text"),
            ("\nseverity = \"mild\"", "line 2: severity is one of ok, critical"),
            ("nmae = \"x\"", "line 1: nmae is no key here: use name, severity, mute"),
            ("name = \" \"", "line 1: name is needed"),
            ("name = [1]", "line 1: name is a text in quotes, not a list"),
        ])
    func faults(text: String, words: String) {
        #expect(throws: FormFault.self) { try FormSheet.answers(in: text, to: draft()) }
        do {
            _ = try FormSheet.answers(in: text, to: draft())
        } catch {
            #expect(error.words == words)
        }
    }

    @Test("broken TOML is said with its line")
    func broken() {
        do {
            _ = try FormSheet.answers(in: "# x\n\nname = \"open", to: draft())
            Issue.record("that is no TOML")
        } catch {
            #expect(error.words.hasPrefix("line 3: "))
        }
    }

    @Test("what was not taken comes back as it was written, its lines at their places")
    func rejected() {
        let text = "# first\n# NOT mine\nname = 'x\n"
        let again = FormSheet.text(draft(rejected: .init(text: text, words: "line 3: unclosed")))
        #expect(again == "# NOT TAKEN: line 3: unclosed\n# NOT mine\nname = 'x\n")
        let twice = FormSheet.text(draft(rejected: .init(text: again, words: "line 3: still")))
        #expect(twice == "# NOT TAKEN: line 3: still\n# NOT mine\nname = 'x\n")
    }
}
