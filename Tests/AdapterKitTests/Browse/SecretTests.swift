import Domain
import HTTP
import Testing

@testable import AdapterKit

@Suite("Browse: secrets")
struct BrowseSecretTests {
    private static let thing = """
        {"id": 1, "name": "one", "login": "hunter2-login", "active": true, "size": 3, "note": "n",
         "password": "hunter2-top",
         "line": {"name": "l", "auth": {"kind": "pap", "Wifi_Password": "hunter2-deep",
           "psk": ["hunter2-list", {"value": "hunter2-inner"}]}}}
        """
    private static let place = PretendedAPI.place("/v1/things/1/")

    private static var api: PretendedAPI {
        PretendedAPI { (request) throws(BackendError) in
            if request.method == .options { return PretendedAPI.metadata }
            return PretendedAPI.json(
                request.template == "/v1/things/" ? "[\(thing), \(thing)]" : thing)
        }
    }

    /// All that is seen by who unfolds whatever can be unfolded.
    private func unfolded(_ entity: EntityRef, _ browser: Browser) async throws -> [String] {
        var shown: [String] = []
        var open = [entity]
        while let next = open.popLast() {
            for line in try await browser.children(of: next) {
                shown.append("\(line.name) \(line.value)")
                if line.isExpandable, case .ref(let inner, _) = line.value { open.append(inner) }
            }
        }
        return shown
    }

    @Test("a secret is dots in the table, the detail, its tree and the raw answer, at any depth")
    func masked() async throws {
        let browser = Self.api.browser
        let table = try #require(try await browser.browse(PretendedAPI.things).table)
        var shown = table.resource.fields.flatMap { field in
            (0..<table.count).map { "\(table.value($0, field.key))" }
        }
        #expect(table.text(0, "password") == "•••")
        let browsed = try await browser.browse(Self.place)
        shown.append("\(browsed)")
        shown += try await unfolded(Self.place, browser)
        #expect(shown.contains { $0.contains("Wifi_Password") && $0.contains("•••") })
        shown += try await browser.raw(Self.place).body
        #expect(try await browser.raw(Self.place).body.contains("      \"Wifi_Password\": \"•••\","))
        shown.append("\(try await browser.detail(of: Self.place))")
        shown.append("\(try await browser.detail(of: PretendedAPI.things))")
        for text in shown { #expect(!text.contains("hunter2"), "\(text)") }
    }

    @Test(
        "a way that leads into a secret shows dots too",
        arguments: [
            "#/password", "#/line/auth/Wifi_Password", "#/line/auth/psk", "#/line/auth/psk/0",
            "#/line/auth/psk/1", "#/line/auth/psk/1/value",
        ])
    func inside(way: String) async throws {
        let browser = Self.api.browser
        let entity = PretendedAPI.place("/v1/things/1/\(way)")
        #expect(!"\(try await browser.browse(entity))".contains("hunter2"))
        #expect(!"\(try await browser.children(of: entity))".contains("hunter2"))
        #expect(!"\(try await browser.detail(of: entity))".contains("hunter2"))
        let list = PretendedAPI.place("/v1/things/#/0/\(way.dropFirst(2))")
        #expect(!"\(try await browser.browse(list))".contains("hunter2"))
        #expect(!"\(try await browser.children(of: list))".contains("hunter2"))
    }

    @Test("what an object is called by is never a secret of it")
    func names() async throws {
        let entries = [
            CatalogueEntry("Keys", in: "Keys", "/v1/things/"),
            CatalogueEntry("Key", in: "Keys", "/v1/things/{id}/", secrets: ["key", "title"]),
        ]
        let body =
            "{\"id\": 4, \"inner\": {\"key\": \"hunter2-key\"}, \"other\": {\"title\": \"hunter2\", \"url\": \"/v1/things/4/\"}}"
        let base = PretendedAPI(body).browser
        let browser = Browser(entries, base.manners, base.settings, read: base.read)
        #expect(!"\(try await browser.browse(Self.place))".contains("hunter2"))
    }

    @Test("one value is revealed to who asks for it by name")
    func revealed() async throws {
        let browser = Self.api.browser
        _ = try await browser.browse(Self.place)
        #expect(try await browser.reveal("password", of: Self.place) == "hunter2-top")
        let inner = PretendedAPI.place("/v1/things/1/#/line/auth")
        #expect(try await browser.reveal("Wifi_Password", of: inner) == "hunter2-deep")
    }

    @Test("a plan shows no secret: in its changes, its body, its names, its undo; and it sends it")
    func planned() async throws {
        for (kind, word) in [(CommandKind.changeResource, "PATCH"), (.replaceResource, "PUT")] {
            let browser = Self.api.browser
            var answers = try await browser.form(of: Command(kind, [Self.place])).values
            #expect(!"\(answers)".contains("hunter2"))
            answers["password"] = .text("hunter2-new")
            answers["line"] = .text("{\"auth\": {\"psk\": \"hunter2-psk\"}}")
            answers["note"] = .text("m")
            let plan = try await browser.plan(Command(kind, [Self.place], answers))
            let preview = plan.preview(at: browser.settings.endpoint)
            #expect(preview.requests.map(\.method) == [word])
            var shown = preview
            // What was asked for is the operator's own.
            shown.undo = nil
            #expect(!"\(shown)".contains("hunter2"), "\(shown)")
            #expect(!"\(String(describing: preview.undo))".contains("hunter2"))
            let sent = plan.steps.compactMap(\.request.body).map { String(decoding: $0, as: UTF8.self) }
            #expect(sent.count == 1 && sent[0].contains("hunter2-new") && sent[0].contains("hunter2-psk"))
            #expect(preview.changes.contains { $0.old == "•••" && $0.new == "•••" })
        }
    }

    @Test("a body that is typed is shown without its secrets")
    func typed() async throws {
        let browser = Self.api.browser
        let body = "{\"note\": \"m\", \"password\": \"hunter2-new\", \"line\": {\"psk\": \"hunter2-psk\"}}"
        for kind in [CommandKind.changeResource, .replaceResource] {
            let plan = try await browser.plan(Command(kind, [Self.place], ["body": .text(body)]))
            #expect(!"\(plan.preview(at: browser.settings.endpoint))".contains("hunter2"))
        }
        let new = try await browser.plan(
            Command(.createResource, [PretendedAPI.things], ["body": .text(body)]))
        #expect(!"\(new.preview(at: browser.settings.endpoint))".contains("hunter2"))
    }

    @Test(
        "a name means a secret however it is written",
        arguments: [
            "ospfIfAuthKey", "auth-key", "API_KEY", "privateKey", "Sim-Pin", "snmpCommunity", "WifiKey",
        ])
    func spelled(name: String) {
        #expect(SecretKeys().holds(name))
        #expect(!SecretKeys().holds("communities") && !SecretKeys().holds("authalgo"))
    }

    @Test("headers that carry a secret are dots in the raw answer, and curl reads its own")
    func headers() async throws {
        let api = PretendedAPI { (_) throws(BackendError) in
            Response(
                status: 200,
                headers: [
                    Header("Content-Type", "application/json"), Header("Set-Cookie", "s=hunter2"),
                    Header("X-Auth-Token", "hunter2"),
                ], body: Body("{}".utf8))
        }
        let raw = try await api.browser.raw(Self.place)
        #expect(!"\(raw)".contains("hunter2"))
        #expect(raw.curl.contains("$TOKEN") && !raw.curl.contains("nobody-reads-this"))
    }
}
