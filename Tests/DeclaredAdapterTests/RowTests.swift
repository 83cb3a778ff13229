import AdapterContract
import AdapterKit
import Configuration
import DeclaredAdapter
import Domain
import HTTP
import Testing

@Suite("Declared adapters: rows")
struct RowTests {
    @Test("a type that changes from row to row makes the list partial, and no value up")
    func types() async throws {
        let (adapter, server) = try boxServer(
            fields: """
                [[resource.field]]
                key = "load"
                type = "number"
                from = "/load"
                """)
        server["/boxes"] =
            #"{"boxes":[{"id":1,"name":"a","load":1.5},{"id":2,"name":{"x":1},"load":[3]},{"id":3,"load":null}]}"#
        let (table, completeness) = try await adapter.rows(.device)
        #expect(table.count == 3)
        #expect(table.value(0, "load") == .number(1.5))
        #expect(table.value(1, "load") == .none)
        #expect(table.text(1, .name) == "2")
        guard case .partial(let words) = completeness else { return #expect(Bool(false), "complete") }
        #expect(
            words.contains(#"load: "[…]" (in 1 boxes) is of another type than the file says (mine.toml:"#)
                && words.contains(#"name: "{…}""#))
    }

    @Test("rows that are no objects, or have no id, are missed and make the list partial")
    func rows() async throws {
        let (adapter, server) = try boxServer()
        server["/boxes"] = #"{"boxes":[{"id":1,"name":"a"},7,null,{"name":"b"},[]]}"#
        let (table, completeness) = try await adapter.rows(.device)
        #expect(table.count == 1)
        #expect(completeness != .complete)
    }

    @Test(
        "an object where the list was is told with the place in the file",
        arguments: [#"{"boxes":{}}"#, #"{"box":[]}"#, "7"])
    func noList(body: String) async throws {
        let (adapter, server) = try boxServer()
        server["/boxes"] = body
        let error = await #expect(throws: BackendError.self) { try await adapter.rows(.device) }
        #expect(error?.words.contains("mine.toml:8:8") == true)
    }

    @Test(
        "a list is read in all its parts, whatever names them",
        arguments: [
            (
                #"paging = { style = "offset", size = 2 }"#,
                ["offset=0&limit=2", "offset=2&limit=2", "offset=3&limit=2"]
            ),
            (
                #"paging = { style = "offset", size = 2, total = "/total" }"#,
                ["offset=0&limit=2", "offset=2&limit=2"]
            ),
            (
                #"paging = { style = "page", size = 2 }"#,
                ["page=1&per_page=2", "page=2&per_page=2", "page=3&per_page=2"]
            ),
            (#"paging = { style = "next", next = "/next", keep = ["from"] }"#, ["", "from=b"]),
            (#"paging = { style = "cursor", cursor = "/cursor", key = "after" }"#, ["", "after=b"]),
        ])
    func paging(more: String, queries: [String]) async throws {
        let (adapter, server) = try boxServer(more)
        let bodies = [
            #"{"boxes":[{"id":1,"name":"a"},{"id":2,"name":"b"}],"total":3,"cursor":"b","next":"http://evil/x?from=b&go=1"}"#,
            #"{"boxes":[{"id":3,"name":"c"}],"total":3,"cursor":null,"next":""}"#, #"{"boxes":[]}"#,
        ]
        for (query, body) in zip(queries, bodies) {
            server[query.isEmpty ? "/boxes" : "/boxes?\(query)"] = body
        }
        let (table, completeness) = try await adapter.rows(.device)
        #expect(table.count == 3)
        #expect(completeness == .complete)
        #expect(server.asked == queries.map { $0.isEmpty ? "GET /boxes" : "GET /boxes?\($0)" })
    }

    @Test(
        "a part that does not say where the list goes on is its end only where it says null, or the file that it may be silent",
        arguments: [
            (#"{ style = "cursor", cursor = "/more/cursor", key = "from" }"#, "from=b"),
            (#"{ style = "next", next = "/more/next", keep = ["from"] }"#, "from=b"),
        ],
        [
            (#","more":{"cursor":null,"next":null}"#, false, true), (#","more":null"#, false, true),
            (#","more":{"cursor":"","next":""}"#, false, true), (#","more":{}"#, false, false),
            ("", false, false),
            (#","more":{}"#, true, true), ("", true, true), (#","more":{"cursor":{},"next":7}"#, true, false),
            (#","more":[]"#, true, false),
        ])
    func silent(paging: (String, String), end: (String, Bool, Bool)) async throws {
        let optional = end.1 ? ", optional = true }" : " }"
        let (adapter, server) = try boxServer("paging = " + paging.0.dropLast(2) + optional)
        server["/boxes"] = #"{"boxes":[{"id":1,"name":"a"}],"more":{"cursor":"b","next":"?from=b"}}"#
        server["/boxes?\(paging.1)"] = #"{"boxes":[{"id":2,"name":"b"}]\#(end.0)}"#
        let (table, completeness) = try await adapter.rows(.device)
        #expect(table.count == 2)
        #expect((completeness == .complete) == end.2, "\(completeness)")
    }

    @Test("parts that lead in a circle end, and make the list partial")
    func circle() async throws {
        let (adapter, server) = try boxServer(
            #"paging = { style = "cursor", cursor = "/cursor", key = "after" }"#)
        server["/boxes"] = #"{"boxes":[{"id":1,"name":"a"}],"cursor":"b"}"#
        let (_, completeness) = try await adapter.rows(.device)
        #expect(completeness != .complete)
    }

    @Test("a login that answers a token is asked once, and once more when the token is refused")
    func login() async throws {
        let read = adapterFile(
            """
            title = "Mine"
            [login]
            method = "post"
            path = "/login"
            body = { name = "{user}", key = "{password}" }
            token = "/token"
            [server]
            path = "/version"
            expect = "/version"
            [[resource]]
            kind = "device"
            plural = "boxes"
            path = "/boxes"
            rows = ""
            id = "{/id}"
            field = [{ key = "name", from = "/name" }]
            """)
        let description = try #require(read.description, "\(read.complaints)")
        let server = ScriptedServer()
        server["/version"] = #"{"version":"1"}"#
        server["/boxes"] = #"[{"id":1,"name":"a"}]"#
        server["/login"] = #"{"token":"abc"}"#
        let adapter = Declared.descriptor(description).make(ScriptedServer.settings, server)
        _ = try await adapter.check()
        _ = try await adapter.rows(.device)
        #expect(server.asked.count { $0 == "POST /login" } == 1)
        #expect(try await adapter.credentials().map(\.value) == ["Bearer abc"])
        server.fail("/boxes", 401)
        await #expect(throws: BackendError.self) { try await adapter.rows(.device) }
        #expect(server.asked.count { $0 == "POST /login" } == 2)
    }

    @Test("a count of what is there is a number, and none where nothing is there or something else")
    func count() async throws {
        let (adapter, server) = try boxServer(
            fields: "[[resource.field]]\nkey = \"parts\"\ntype = \"integer\"\ncount = \"/parts\"")
        server["/boxes"] =
            #"{"boxes":[{"id":1,"parts":[1,{}]},{"id":2,"parts":{"a":1}},{"id":3},{"id":4,"parts":7}]}"#
        let (table, completeness) = try await adapter.rows(.device)
        #expect((0..<4).map { table.value($0, "parts") } == [.integer(2), .integer(1), .none, .none])
        #expect(completeness != .complete)
    }

    @Test("the server searches for what was typed, and nothing of it leaves its place in the query")
    func search() async throws {
        let (adapter, server) = try boxServer(
            #"search = { words = "a part of a serial", path = "/find", query = { q = "{text}" }, rows = "/found" }"#
        )
        server["/find"] = #"{"found":[{"id":9,"name":"z"}]}"#
        #expect(adapter.searches.map(\.words) == ["a part of a serial"])
        let table = try await adapter.search(.device, "a&b=c/../#")
        #expect(table.refs.map(\.id) == ["9"])
        #expect(server.asked == ["GET /find?q=a%26b%3Dc%2F..%2F%23"])
        await #expect(throws: BackendError.self) { try await adapter.search(.bill, "x") }
    }

    @Test("what a file calls a secret is in no field in words, and in no detail")
    func secrets() async throws {
        let read = adapterFile(
            """
            title = "Mine"
            secrets = ["door_code"]
            [server]
            path = "/version"
            expect = "/version"
            [[resource]]
            kind = "device"
            plural = "boxes"
            path = "/boxes"
            rows = ""
            id = "{/id}"
            field = [{ key = "name", from = "/name" }, { key = "all", words = "" }]
            """)
        let description = try #require(read.description, "\(read.complaints)")
        let server = ScriptedServer()
        server["/boxes"] =
            #"[{"id":1,"name":"a","door_code":"m4rker","deep":{"Door-Code":"m4rker","password":"m4rker"}}]"#
        let adapter = Declared.descriptor(description).make(ScriptedServer.settings, server)
        let table = try await adapter.rows(.device).table
        #expect(table.text(0, "all").contains("a") && !table.text(0, "all").contains("m4rker"))
        let detail = try await adapter.detail(of: table.refs[0])
        #expect(!"\(detail)".contains("m4rker"))
    }

    @Test(
        "an empty answer of a form is its standard, which the question names; the operator's is the login name"
    )
    func standards() async throws {
        let (_, server) = try boxServer()
        var settings = ScriptedServer.settings
        settings.operatorName = "ana"
        let adapter = Declared.descriptor(try shipped("alertmanager")).make(
            settings, ScriptedServer.alertmanager())
        let form = try #require(adapter.commands.first { $0.kind == .acknowledge }).form
        #expect(form.map(\.title) == ["Comment", "Author (ana)", "For how long (4h)"])
        let alert = try await adapter.rows(.alert).table.refs[0]
        let plan = try await adapter.prepare(Command(.acknowledge, [alert], ["note": .text("x")]))
        #expect(plan.steps.first?.request.shownBody?.contains(#""createdBy":"ana""#) == true)
        #expect(server.asked.isEmpty)
    }

    @Test(
        "a word that map does not have, or a time of another format, is quoted with its place in the file",
        arguments: [
            (
                "map = { up = \"up\" }", "lost",
                #"state: "lost" (in 1 boxes) is not in map: add it, or other (mine.toml:"#
            ),
            (
                "type = \"time\"", "1795842000",
                #"state: "1795842000" (in 1 boxes) is no time of format rfc3339: set time"#
            ),
        ])
    func misfits(more: String, value: String, told: String) async throws {
        let (adapter, server) = try boxServer(
            fields: "[[resource.field]]\nkey = \"state\"\nfrom = \"/state\"\n\(more)")
        server["/boxes"] = #"{"boxes":[{"id":1,"name":"a","state":"\#(value)"}]}"#
        guard case .partial(let words) = try await adapter.rows(.device).completeness else {
            Issue.record("complete")
            return
        }
        #expect(words.hasPrefix(told), "\(words)")
    }

    @Test(
        "a list whose parts repeat, or that has fewer rows than the server counts, is never whole",
        arguments: [
            // The server does not know the name of the offset: the first part comes again and again.
            (
                #"paging = { style = "offset", offset = "start", size = 2, total = "/total" }"#,
                "the same rows came again"
            ),
            (#"paging = { style = "page", size = 2 }"#, "the same rows came again"),
            (#"paging = { style = "offset", size = 2, total = "/count" }"#, "no number at /count"),
        ])
    func repeats(more: String, told: String) async throws {
        let (adapter, server) = try boxServer(more)
        let body = #"{"boxes":[{"id":1,"name":"a"},{"id":2,"name":"b"}],"total":57}"#
        for query in [
            "start=0&limit=2", "start=2&limit=2", "page=1&per_page=2", "page=2&per_page=2",
            "offset=0&limit=2",
        ] { server["/boxes?\(query)"] = body }
        server["/boxes?offset=2&limit=2"] = #"{"boxes":[],"total":57}"#
        let (table, completeness) = try await adapter.rows(.device)
        #expect(table.count == 2)
        guard case .partial(let words) = completeness else {
            Issue.record("complete")
            return
        }
        #expect(words.contains(told), "\(words)")
    }

    @Test(
        "a row that moved between two parts makes the list be read once more, and no row is missed in silence"
    )
    func moved() async throws {
        let (adapter, server) = try boxServer(#"paging = { style = "offset", size = 2, total = "/total" }"#)
        server["/boxes?offset=0&limit=2"] = #"{"boxes":[{"id":1,"name":"a"},{"id":2,"name":"b"}],"total":3}"#
        server["/boxes?offset=2&limit=2"] = #"{"boxes":[{"id":2,"name":"b"}],"total":3}"#
        let (table, completeness) = try await adapter.rows(.device)
        #expect(table.count == 2 && completeness != .complete)
    }

    @Test(
        "a member that is null is nothing; one that is not there says nothing, unless the file says what that means",
        arguments: [
            (#""handler":null"#, "", "open"), (#""handler":{"name":"x"}"#, "", "acknowledged"),
            (#""x":1"#, "", ""),
            (#""x":1"#, ", otherwise = true", "open"),
        ])
    func exists(member: String, more: String, state: String) async throws {
        let (adapter, server) = try boxServer(
            fields: """
                [[resource.field]]
                key = "state"
                decides = true
                when = [{ at = "/handler", exists = true, gives = "acknowledged"\(more.isEmpty ? "" : ", otherwise = false") },
                  { at = "/handler", exists = false, gives = "open"\(more) }]
                """)
        server["/boxes"] = #"{"boxes":[{"id":1,"name":"a",\#(member)}]}"#
        let (table, completeness) = try await adapter.rows(.device)
        #expect(table.text(0, .state) == state)
        #expect((completeness == .complete) == !state.isEmpty)
    }

    private static let taking = """
        [[command]]
        kind = "acknowledge"
        targets = ["device"]
        tier = "harmless"
        effect = "It is taken."
        summary = "Take {name}"
        form = [{ key = "note", title = "Note", required = true }]
        skip = [{ at = "/taken", is = ["true"], words = "it is taken already" }]
        step = [{ method = "POST", path = "/boxes/{id}/take", body = { note = "{form.note}" } }]
        verify = { at = "/note", equals = "{form.note}", words = "it has the note" }
        """

    @Test("where a row does not say whether a command is needed, it is not sent, and that is no success")
    func undecided() async throws {
        let (adapter, server) = try boxServer(commands: Self.taking)
        server["/boxes"] = #"{"boxes":[{"id":1,"name":"a"}]}"#
        let box = try await adapter.rows(.device).table.refs[0]
        let error = await #expect(throws: BackendError.self) {
            try await adapter.prepare(Command(.acknowledge, [box], ["note": .text("mine")]))
        }
        #expect(
            error?.words.contains("does not say whether it is taken already (/taken); nothing was sent")
                == true)
    }

    @Test(
        "what was asked for is seen done only where the server shows exactly that",
        arguments: [
            (#""mine""#, Outcome.State.verified), (#""a colleague's""#, .accepted), ("null", .accepted),
        ])
    func equal(note: String, state: Outcome.State) async throws {
        let (adapter, server) = try boxServer(commands: Self.taking)
        server["/boxes"] = #"{"boxes":[{"id":1,"name":"a","taken":false,"note":null}]}"#
        let box = try await adapter.rows(.device).table.refs[0]
        let plan = try await adapter.prepare(Command(.acknowledge, [box], ["note": .text("mine")]))
        server["/boxes"] = #"{"boxes":[{"id":1,"name":"a","taken":true,"note":\#(note)}]}"#
        server["/boxes/1/take"] = "{}"
        let answers = await plan.send(by: server)
        let outcome = await adapter.verify(plan, answers: answers).first
        #expect(
            state == .verified ? outcome?.state == .verified : outcome?.state != .verified,
            "\(outcome as Any)")
    }
}
