import Domain
import JSON
import Testing

@testable import AdapterKit

@Suite("Records that are edited")
struct EditableRecordTests {
    private static let fields = [
        RecordField("name", "Name", .line(required: true)), RecordField("note", "Note"),
        RecordField("speed", "Speed", .line(required: false), .speed),
        RecordField("owner", "Owner", .line(required: false), .number),
        RecordField("city", "City", nothing: .empty),
        RecordField("kind", "Kind", .choice(["fibre", "copper"])),
        RecordField("active", "Active", .toggle(initially: true)),
        RecordField("password", "Password", .secret(required: false)),
    ]
    /// A server that tells null from an empty text.
    private let strict = EditableRecord(
        "line", fields, RecordManners(nothing: .asItWas, witness: .fields, writesUnread: false))
    /// A server that has null for nothing, and says when something was changed.
    private let stamped = EditableRecord(
        "line", fields, RecordManners(nothing: .null, witness: .stamp("updated"), writesUnread: true))

    private func row(_ text: String) throws -> JSONValue { try JSONDocument(text).root }

    private func difference(
        _ record: EditableRecord, _ answers: [FieldKey: Value], _ now: String
    ) throws -> RecordDifference {
        try record.difference(
            of: Command("edit-line", [], answers), from: row(now), named: "L-1", at: "here")
    }

    @Test("the form of a change requires and chooses nothing; the one of a new record does")
    func forms() {
        #expect(stamped.questions.first?.input == .line(required: true))
        #expect(stamped.questions.first { $0.key == "active" }?.input == .toggle(initially: true))
        #expect(stamped.changes.first?.input == .line(required: false))
        #expect(stamped.changes.first { $0.key == "kind" }?.input == .choice(["", "fibre", "copper"]))
        #expect(stamped.changes.first { $0.key == "active" }?.input == .toggle(initially: false))
        #expect(stamped.changes.filter { $0.input == .carried }.map(\.key) == [.seenUpdated, .opened])
        #expect(strict.changes.filter { $0.input == .carried }.map(\.key) == [.opened, .nulls])
        #expect(stamped.missing(in: Command("add-line", [], ["name": .text(" ")]))?.key == "name")
    }

    @Test("a form begins with what the server has, and with no secret")
    func opening() throws {
        let now = try row(
            #"{"name":"a","note":null,"owner":{"id":7},"active":true,"password":"s3cret","updated":"t1"}"#)
        #expect(
            stamped.opening(now) == [
                "name": .text("a"), "owner": .text("7"), "active": .flag(true), .seenUpdated: .text("t1"),
            ])
        let opened = try #require(strict.opening(now)[.opened])
        #expect(opened == .text(#"{"name":"a","note":"","owner":"7","active":"true"}"#))
    }

    @Test(
        "what holds the same in other words is not sent",
        arguments: [
            (#"{"speed":"10000000"}"#, ["speed": .text("10M")] as [FieldKey: Value]),
            (#"{"speed":10000000}"#, ["speed": .text("10M")]),
            (#"{"owner":"7"}"#, ["owner": .text("7")]), (#"{"owner":{"id":7}}"#, ["owner": .text("7")]),
            (#"{"note":null}"#, ["note": .text("")]), (#"{"note":""}"#, ["note": .text(" ")]),
            (#"{"note":"two\nlines"}"#, ["note": .text("two lines")]),
            (#"{"active":1}"#, ["active": .flag(true)]), (#"{"kind":"fibre"}"#, ["kind": .text("fibre")]),
            (#"{"password":null}"#, ["password": .text("")]),
        ])
    func same(now: String, answers: [FieldKey: Value]) throws {
        for record in [strict, stamped] {
            let found = try difference(record, answers, now)
            #expect(found.members == [] && found.changes == [] && found.undo == nil)
        }
    }

    @Test("what is emptied gets what the API has for nothing, and a speed is refused")
    func emptied() throws {
        let now = #"{"note":"x","city":"y","owner":7,"speed":5}"#
        #expect(try difference(strict, ["note": .text("")], now).members == [.init("note", "")])
        #expect(try difference(stamped, ["note": .text("")], now).members == [.init("note", nil)])
        #expect(try difference(stamped, ["city": .text("")], now).members == [.init("city", "")])
        #expect(try difference(stamped, ["owner": .text("")], now).members == [.init("owner", nil)])
        #expect(throws: BackendError.self) { try difference(strict, ["speed": .text("")], now) }
    }

    @Test("an undo makes null what was null, and there is none for what a form can't write back")
    func undo() throws {
        let null = try difference(strict, ["note": .text("new")], #"{"note":null}"#)
        #expect(null.undo == ["note": .text(""), .nulls: .text("note")])
        let back = try difference(strict, try #require(null.undo), #"{"note":"new"}"#)
        #expect(back.members == [.init("note", nil)])
        for old in [#""two\nlines""#, #"" blanks ""#, "{}"] {
            let found = try difference(strict, ["note": .text("new")], #"{"note":\#(old)}"#)
            #expect(found.members.count == 1 && found.undo == nil, "\(old)")
        }
        #expect(try difference(stamped, ["city": .text("new")], #"{"city":null}"#).undo == nil)
        #expect(try difference(stamped, ["active": .flag(false)], #"{"active":null}"#).undo == nil)
        let secret = try difference(stamped, ["password": .text("s3cret")], "{}")
        #expect(secret.members == [.init("password", "s3cret")] && secret.undo == nil)
        #expect(secret.changes == [Change("Password", from: "•••", to: "•••")])
    }

    @Test("another's change stops an edit, and so does a field that can't be compared")
    func refusals() throws {
        func kind(_ record: EditableRecord, _ answers: [FieldKey: Value], _ now: String) -> BackendError.Kind?
        {
            do {
                _ = try difference(record, answers, now)
                return nil
            } catch {
                return (error as? BackendError)?.kind
            }
        }
        let opened: [FieldKey: Value] = ["name": .text("b"), .opened: .text(#"{"name":"a","note":""}"#)]
        #expect(kind(strict, opened, #"{"name":"a","note":null}"#) == nil)
        #expect(kind(strict, opened, #"{"name":"a","note":"theirs"}"#) == .conflict)
        let seen: [FieldKey: Value] = ["name": .text("b"), .seenUpdated: .text("t1")]
        #expect(kind(stamped, seen, #"{"name":"a","updated":"t1"}"#) == nil)
        #expect(kind(stamped, seen, #"{"name":"a","updated":"t2"}"#) == .conflict)
        #expect(kind(strict, ["note": .text("x")], #"{"name":"a"}"#) == .unsupported)
        #expect(kind(stamped, ["note": .text("x")], #"{"name":"a"}"#) == nil)
        #expect(kind(stamped, ["kind": .text("wire")], "{}") == .invalid)
        #expect(kind(stamped, ["owner": .text("gold")], "{}") == .invalid)
    }

    @Test("what is read back is as wanted, or altered, or another, field by field")
    func readBack() throws {
        let found = RecordReadBack(
            [
                .init("name", "it's"), .init("note", nil), .init("speed", 5), .init("city", "Lugo"),
                .init("password", "s3cret"),
            ], in: try row(#"{"name":"it\\'s","note":"","speed":"5","city":null,"password":"***"}"#),
            secrets: { $0 == "password" })
        #expect(found.kept == ["name", "note", "speed"])
        #expect(found.remarks == [#"name is kept as it\'s"#])
        #expect(found.differences == ["city is empty, not Lugo"])
        #expect(found.hasSecrets)
    }

    @Test("after a crash, what was wanted follows from the command, what was emptied included")
    func afterCrash() {
        let entity = EntityRef(BackendID(0), .bond, id: "1")
        let command = Command("edit-line", [entity], ["speed": .text("2.3M"), "note": .text("")])
        let members = strict.members(of: Plan(command, steps: [], summary: []), entity)
        #expect(members == [.init("note", nil), .init("speed", 2_300_000)])
    }

    @Test(
        "a record whose server does not say when it was changed is told by its fields",
        arguments: [#""updated":null"#, #""updated":"","x":1"#, #""x":1"#])
    func stampless(rest: String) throws {
        var answers = stamped.opening(try row(#"{"name":"a","note":"b",\#(rest)}"#))
        answers["note"] = .text("mine")
        #expect(try difference(stamped, answers, #"{"name":"a","note":"b",\#(rest)}"#).members.count == 1)
        for now in [#"{"name":"a","note":"theirs",\#(rest)}"#, #"{"name":"theirs","note":"b",\#(rest)}"#] {
            #expect(throws: BackendError.self) { try difference(stamped, answers, now) }
        }
    }

    @Test("a record that says no longer when it was changed can't be said to be the same")
    func stampGone() throws {
        var answers = stamped.opening(try row(#"{"name":"a","updated":"t1"}"#))
        answers["name"] = .text("b")
        #expect(throws: BackendError.self) { try difference(stamped, answers, #"{"name":"a"}"#) }
    }

    @Test("a field that was not given when the form was opened, and holds something now, is another's change")
    func unseen() throws {
        var answers = strict.opening(try row(#"{"name":"a"}"#))
        answers["note"] = .text("mine")
        #expect(throws: BackendError.self) {
            try difference(strict, answers, #"{"name":"a","note":"theirs"}"#)
        }
        #expect(try difference(strict, answers, #"{"name":"a","note":null}"#).members.map(\.key) == ["note"])
    }

    @Test(
        "a field that is not given back is neither as wanted nor otherwise",
        arguments: [JSONTree.string("b"), .string(""), .null, .bool(false)])
    func notGivenBack(wanted: JSONTree) throws {
        let found = RecordReadBack(
            [.init("note", wanted), .init("name", .string("a"))], in: try row(#"{"name":"a"}"#))
        #expect(found.unread == ["note"] && found.kept == ["name"] && found.differences == [])
        #expect(found.doubt == .unseen("the server does not give note back"))
    }
}
