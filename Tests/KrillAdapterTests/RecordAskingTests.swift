import AdapterKit
import Domain
import HTTP
import JSON
import Testing

@testable import KrillAdapter

@Suite("Krill: an edit sends what was changed and nothing else")
struct RecordAskingTests {
    /// What a field of a record may hold when its form is opened.
    enum Held: CaseIterable {
        case null, absent, set, odd
    }

    /// What OPTIONS says, the choices in an order of its own.
    private static let options: JSONTree = [
        "actions": [
            "POST": .object(
                RecordKind.allCases.flatMap(\.usualForm.fields).map { entry in
                    var field: [JSONTree.Member] = [.init("required", false), .init("read_only", false)]
                    if case .choice(let words) = entry.input {
                        field.append(
                            .init("choices", .array(words.reversed().map { ["value": .string($0)] })))
                    }
                    return .init(entry.key, .object(field))
                })
        ]
    ]

    private static func value(_ entry: RecordField, _ held: Held) -> JSONTree? {
        switch (held, entry.input) {
        case (.absent, _): nil
        case (.null, _): .null
        case (_, .toggle): .bool(true)
        case (.set, .choice(let words)): .string(words.first ?? "")
        case (.odd, .choice): "a word of tomorrow"
        case (.set, _): entry.isNumber ? 7 : "some text"
        case (.odd, _): entry.isNumber ? "gold" : "  two\nlines\u{1B}[31m "
        }
    }

    private func server(_ record: RecordKind, _ row: [JSONTree.Member]) async throws -> KrillServer {
        let krill = ScriptedKrill { asked in
            if asked.method == .options { return .json(Self.options) }
            switch asked.path {
            case "/v2/auth/login/": return .json(["access": "opaque"])
            case record.one.path(["id": "7"]): return .json(.object([.init("id", 7)] + row))
            default: return .status(404)
            }
        }
        let server = KrillServer(krillSettings(), krill)
        await server.askForForms()
        return server
    }

    /// The answers of a form that was opened with what the server has and not touched; a client may send what it showed.
    private func untouched(_ server: KrillServer, _ command: Command) async throws -> [FieldKey: Value] {
        let descriptor = try #require(server.commands.first { $0.kind == command.kind })
        let opening = try await server.opening(command)
        var answers: [FieldKey: Value] = [:]
        for field in descriptor.form {
            let held = opening[field.key]
            switch field.input {
            case .choice(let words):
                let text = held ?? .text(words.first ?? "")
                if text != .text("") { answers[field.key] = text }
            case .toggle, .line, .secret, .carried: answers[field.key] = held
            }
        }
        return answers
    }

    private func body(_ plan: Plan) throws -> [String: JSONTree] {
        guard let bytes = plan.steps.first?.request.body,
            case .object(let members) = JSONTree(try JSONDocument(bytes).root)
        else { return [:] }
        return Dictionary(members.map { ($0.key, $0.value) }, uniquingKeysWith: { $1 })
    }

    @Test(
        "a form that nobody touched sends nothing, and one that was sends what was: null stays null, what is not there stays away",
        arguments: RecordKind.allCases, Held.allCases)
    func fields(record: RecordKind, held: Held) async throws {
        let entries = record.usualForm.fields
        let server = try await server(
            record, entries.compactMap { entry in Self.value(entry, held).map { .init(entry.key, $0) } })
        let target = EntityRef(BackendID(0), record.kind, id: "7")
        var command = Command(CommandKind(rawValue: "edit-\(record.kind)"), [target])
        let answers = try await untouched(server, command)
        command.arguments = answers
        let nothing = try body(try await server.prepare(command))
        #expect(nothing.isEmpty, "\(nothing)")
        for entry in server.form(record).fields {
            let key = FieldKey(rawValue: entry.key)
            let answer: Value
            let wanted: JSONTree
            switch entry.input {
            case .toggle:
                let flag = Self.value(entry, held) != .bool(true)
                (answer, wanted) = (.flag(flag), .bool(flag))
            case .choice(let words):
                let word = try #require(words.first)
                (answer, wanted) = (.text(word), .string(word))
            case .line, .secret, .carried:
                (answer, wanted) = entry.isNumber ? (.text("12"), 12) : (.text("another"), "another")
            }
            command.arguments = answers.merging([key: answer]) { $1 }
            let sent = try body(try await server.prepare(command))
            #expect(sent == [entry.key: wanted], "\(entry.key) \(held)")
        }
    }

    @Test(
        "a field that is emptied gets what the server has for nothing, and what can't be put back is not promised"
    )
    func emptied() async throws {
        let server = try await server(
            .cpe,
            [
                .init("notes", "x"), .init("mac", "aa:bb"), .init("city", nil), .init("sn", nil),
                .init("access", nil), .init("tech", "gpon"),
            ])
        let target = EntityRef(BackendID(0), .cpe, id: "7")
        func plan(_ answers: [FieldKey: Value]) async throws -> Plan {
            try await server.prepare(Command("edit-cpe", [target], answers))
        }
        let texts = try body(try await plan(["notes": .text(""), "mac": .text("")]))
        #expect(texts == ["notes": "", "mac": .null])
        let choice = try body(try await plan(["tech": .text("")]))
        #expect(choice == ["tech": .null])
        #expect(try await plan(["mac": .text("cc:dd")]).undo?.arguments == ["mac": .text("aa:bb")])
        #expect(try await plan(["sn": .text("4857")]).undo?.arguments == ["sn": .text("")])
        // Nothing is no no: who chose it wants it written.
        let refused = try await plan(["access": .flag(false)])
        #expect(try body(refused) == ["access": false])
        #expect(refused.changes.map(\.new) == ["no"])
        // Null can't be written by a form where an empty text is what it writes.
        #expect(try await plan(["city": .text("Lugo")]).undo == nil)
        #expect(try await plan(["access": .flag(true), "mac": .text("cc:dd")]).undo == nil)
    }

    @Test("a new record leaves choices that nobody made to the server")
    func added() async throws {
        let server = try await server(.cpe, [])
        let form = try #require(server.commands.first { $0.kind == "add-cpe" }).form
        for key: FieldKey in ["tech", "address_profile"] {
            guard case .choice(let words)? = form.first(where: { $0.key == key })?.input else {
                Issue.record("\(key) is no choice")
                continue
            }
            #expect(words.first == "")
        }
    }
}
