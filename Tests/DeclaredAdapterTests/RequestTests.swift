import AdapterContract
import AdapterKit
import DeclaredAdapter
import Domain
import HTTP
import Testing

/// A request is about the row that it is made for, and about nothing more.
@Suite("Declared adapters: what requests are filled with")
struct RequestTests {
    private static func command(_ step: String, _ verify: String = #"at = "/on", is = ["true"]"#) -> String {
        """
        [[command]]
        kind = "tidy"
        targets = ["device"]
        tier = "harmless"
        effect = "It is tidied."
        summary = "Tidy {name}"
        form = [{ key = "note", title = "Note" }]
        step = [\(step)]
        verify = { \(verify), words = "it is tidy" }
        """
    }

    private func prepared(_ step: String, _ row: String) async throws -> (plan: Plan, server: ScriptedServer)
    {
        let (adapter, server) = try boxServer(commands: Self.command(step))
        server["/boxes"] = #"{"boxes":[\#(row)]}"#
        let box = EntityRef(BackendID(3), .device, id: "1")
        return (try await adapter.prepare(Command("tidy", [box])), server)
    }

    @Test(
        "what the row does not say stops a command, with the place and the row in words",
        arguments: [
            // A query that is left out, or empty, would be about all that there is.
            (#"{ method = "DELETE", path = "/list", query = { q = "{/group}" } }"#, "", "{/group}"),
            (
                #"{ method = "DELETE", path = "/list", query = { q = "{/group}" } }"#, #","group":null"#,
                "{/group}"
            ),
            (
                #"{ method = "DELETE", path = "/list", query = { q = "{/group}" } }"#, #","group":"""#,
                "{/group}"
            ),
            (
                #"{ method = "DELETE", path = "/list", query = { q = "{/group}" } }"#, #","group":{"a":1}"#,
                "{/group}"
            ),
            (#"{ method = "DELETE", path = "/list", query = { q = "a{/group}" } }"#, "", "{/group}"),
            (#"{ method = "DELETE", path = "/list", query = { q = "{field.group}" } }"#, "", "{field.group}"),
            // Nothing stands for an answer that was not given either, where the row is silent.
            (
                #"{ method = "DELETE", path = "/list", query = { q = "{form.note}{/group}" } }"#, "",
                "{/group}"
            ),
            (
                #"{ method = "DELETE", path = "/list/{g}", with = { g = "{/group}" } }"#, "",
                "{g} of /list/{g}"
            ),
            (
                #"{ method = "DELETE", path = "/list/{g}", with = { g = "{/group}" } }"#, #","group":"""#,
                "{/group}"
            ),
            (#"{ method = "POST", path = "/list", body = { q = "{/group}" } }"#, "", "{/group}"),
            (
                #"{ method = "POST", path = "/list", body = { all = { each = "/group", make = { n = "{key}", v = "{value}" } } } }"#,
                "", "/group"
            ),
            (
                #"{ method = "POST", path = "/list", body = { all = { each = "/group", make = { n = "{key}", v = "{value}" } } } }"#,
                #","group":{}"#, "/group"
            ),
            (
                #"{ method = "POST", path = "/list", body = { all = { each = "/group", make = { n = "{key}", v = "{value}" } } } }"#,
                #","group":{"a":null}"#, "{value}"
            ),
            (
                #"{ method = "DELETE", path = "/list/{g}", with = { g = "{value}" }, each = "/group" }"#, "",
                "/group"
            ),
            (
                #"{ method = "DELETE", path = "/list/{g}", with = { g = "{value}" }, each = "/group" }"#,
                #","group":["a",null]"#, "{value}"
            ),
        ])
    func silent(step: String, member: String, place: String) async throws {
        let error = await #expect(throws: BackendError.self) {
            try await prepared(step, #"{"id":1,"name":"edge"\#(member)}"#)
        }
        let words = error?.words ?? ""
        #expect(words.hasPrefix("edge: ") && words.hasSuffix("; nothing was sent"), "\(words)")
        #expect(words.contains(place), "\(words)")
    }

    @Test(
        "each goes through a list, or by keys through an object; of anything else a command says that it is none",
        arguments: [#""a""#, "7", "true", #"{"a":"b"}"#])
    func noList(value: String) async throws {
        let error = await #expect(throws: BackendError.self) {
            try await prepared(
                #"{ method = "DELETE", path = "/list/{g}", with = { g = "{value}" }, each = "/group" }"#,
                #"{"id":1,"name":"edge","group":\#(value)}"#)
        }
        #expect(
            error?.words.contains("edge: what the server gives at /group is no list") == true,
            "\(error as Any)")
        let other = await #expect(throws: BackendError.self) {
            try await prepared(
                #"{ method = "POST", path = "/list", body = { all = { each = "/group", make = { n = "{key}" } } } }"#,
                #"{"id":1,"name":"edge","group":\#(value.hasPrefix("{") ? "[1]" : value)}"#)
        }
        #expect(other?.words.contains("at /group is no object") == true, "\(other as Any)")
    }

    @Test("each sends one request for an element, and none for an empty list, which is said")
    func each() async throws {
        let step = #"{ method = "DELETE", path = "/list/{g}", with = { g = "{value}" }, each = "/group" }"#
        let (plan, _) = try await prepared(step, #"{"id":1,"name":"edge","group":["a","b"]}"#)
        #expect(plan.steps.map(\.request.target) == ["/list/a", "/list/b"])
        let (none, _) = try await prepared(step, #"{"id":1,"name":"edge","group":[]}"#)
        #expect(
            none.steps.isEmpty && none.excluded.first?.words == "the server names nothing to send this for")
    }

    @Test("what an answer fills is left out where it was not given, and a field is filled in as it is shown")
    func answers() async throws {
        let (plan, _) = try await prepared(
            #"{ method = "DELETE", path = "/list", query = { note = "{form.note}", of = "{field.name}" } }"#,
            #"{"id":1,"name":"edge"}"#)
        #expect(plan.steps.first?.request.target == "/list?of=edge")
    }

    @Test("what is read beside a row is about that row, or not read at all")
    func beside() async throws {
        let section = #"section = [{ title = "More", path = "/more", query = { q = "{/group}" } }]"#
        let (adapter, server) = try boxServer(
            section,
            commands: Self.command(
                #"{ method = "POST", path = "/list" }"#,
                #"at = "/on", is = ["true"], read = { path = "/state", query = { of = "{/group}" } }"#))
        server["/boxes"] = #"{"boxes":[{"id":1,"name":"edge"}]}"#
        server["/more"] = #"{"of":"all"}"#
        server["/state"] = #"{"on":true}"#
        let box = EntityRef(BackendID(3), .device, id: "1")
        let detail = try await adapter.detail(of: box)
        #expect(!"\(detail)".contains("all") && "\(detail)".contains("{/group}"), "\(detail)")
        let plan = try await adapter.prepare(Command("tidy", [box]))
        let outcome = await adapter.verify(plan, answers: await plan.send(by: server)).first
        #expect(outcome?.state == .accepted, "\(outcome as Any)")
        #expect(
            outcome?.words.contains("{/group}") == true
                && outcome?.words.contains("nothing was sent") == false)
        #expect(!server.asked.contains { $0.hasPrefix("GET /more") || $0.hasPrefix("GET /state") })
    }

    @Test(
        "a list has no row that could fill in its query or path",
        arguments: [#"query = { q = "{/group}" }"#, #"query = { q = "{id}" }"#])
    func list(more: String) throws {
        let told = #expect(throws: Unusable.self) { try boxServer(more) }
        #expect(told?.complaints.contains { $0.contains("no row is read yet") } == true, "\(told as Any)")
    }
}
