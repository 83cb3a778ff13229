import Domain
import HTTP
import JSON
import Synchronization
import Testing

@testable import AdapterKit

/// How Django REST framework really describes, takes and writes objects.
@Suite("Browse: objects as a framework of today serves them")
struct BrowseFrameworkTests {
    private static let thing = """
        {"id": 1, "name": "one", "status": "on", "count": 3, "line": {"speed": 10},
         "size": 3, "price": "1.50", "active": true, "password": "********"}
        """
    private static let fields = """
        "name": {"type": "string", "required": true, "label": "Name"},
        "size": {"type": "integer", "required": false, "label": "Size"},
        "price": {"type": "decimal", "required": false, "label": "Price"},
        "active": {"type": "boolean", "required": false, "label": "Active"},
        "password": {"type": "string", "required": false, "label": "Password"},
        "line": {"type": "nested object", "required": false, "label": "Line"}
        """

    /// An API that describes what it takes, of a thing that is always the same.
    private static func api(_ thing: String = Self.thing) -> PretendedAPI {
        PretendedAPI { (request) throws(BackendError) in
            request.method == .options
                ? PretendedAPI.json("{\"actions\": {\"POST\": {\(fields)}, \"PUT\": {\(fields)}}}")
                : PretendedAPI.json(thing)
        }
    }

    private func sent(_ plan: Plan) throws -> String {
        String(decoding: try #require(plan.steps.first?.request.body), as: UTF8.self)
    }

    @Test("an object with a status, a count and one object more is shown whole")
    func envelope() async throws {
        let thing = "{\"status\": \"on\", \"count\": 3, \"line\": {\"speed\": 10}}"
        let browsed = try await Self.api(thing).browser.browse(PretendedAPI.place("/v1/things/1/"))
        let labels = try #require(browsed.detail).lines.map { "\($0)" }.joined()
        for field in ["status", "count", "line"] { #expect(labels.contains(field), "\(field): \(labels)") }
    }

    @Test("a switch that nobody touched is not sent for a new object; one that is set is")
    func switches() async throws {
        let browser = Self.api().browser
        let form = try await browser.form(of: Command(.createResource, [PretendedAPI.things]))
        var answers = form.values
        answers["name"] = .text("two")
        let untouched = try await browser.plan(Command(.createResource, [PretendedAPI.things], answers))
        #expect(try sent(untouched) == "{\"name\":\"two\"}")
        for (word, value) in [("yes", "true"), ("no", "false")] {
            answers["active"] = .text(word)
            let plan = try await browser.plan(Command(.createResource, [PretendedAPI.things], answers))
            #expect(try sent(plan) == "{\"name\":\"two\",\"active\":\(value)}")
        }
    }

    @Test(
        "a number and an object that are emptied become null, not a text of nothing",
        arguments: ["size", "line"])
    func emptied(field: String) async throws {
        let place = PretendedAPI.place("/v1/things/1/")
        let plan = try await Self.api().browser.plan(
            Command(.changeResource, [place], [FieldKey(rawValue: field): .text("")]))
        #expect(try sent(plan) == "{\"\(field)\":null}")
    }

    @Test("a decimal is the same however many digits the server keeps of it")
    func decimals() async throws {
        let place = PretendedAPI.place("/v1/things/1/")
        let same = try await Self.api().browser.plan(
            Command(.changeResource, [place], ["price": .text("1.5")]))
        #expect(same.steps.isEmpty, "\(same.changes)")
        let browser = Self.api().browser
        let plan = try await browser.plan(Command(.changeResource, [place], ["price": .text("2.5")]))
        let read = Self.api(Self.thing.replacing("1.50", with: "2.500")).browser
        let answer = StepAnswer(place, .success(PretendedAPI.json("{}")))
        let outcomes = await read.verify(plan, answers: [answer]) { _ in }
        #expect(outcomes.map(\.state) == [.verified], "\(outcomes.map(\.words))")
    }

    @Test("a secret that the server masks is not written back as dots, and the plan says so")
    func masked() async throws {
        let place = PretendedAPI.place("/v1/things/1/")
        let plan = try await Self.api().browser.plan(
            Command(.replaceResource, [place], ["size": .text("4")]))
        #expect(try !sent(plan).contains("password"))
        #expect(try sent(plan).contains("\"size\":4"))
        #expect(plan.warnings.contains { $0.contains("password") }, "\(plan.warnings)")
    }

    @Test("a question by POST has texts, and lists and objects where they are written as such")
    func question() async throws {
        let body = Mutex("")
        let api = PretendedAPI { (request) throws(BackendError) in
            body.withLock { $0 = String(decoding: request.body ?? [], as: UTF8.self) }
            return PretendedAPI.json("[]")
        }
        let place = PretendedAPI.place(#"/v1/search/?start=24h&count=3&of=[{"name":"a"}]&odd=[a"#)
        _ = try await api.browser.browse(place)
        #expect(
            body.withLock { $0 } == #"{"start":"24h","count":"3","of":[{"name":"a"}],"odd":"[a"}"#)
    }

    @Test("a page that is not there is the path's fault, not the address's")
    func nothingThere() async throws {
        let page = Response(
            status: 404, headers: [Header("Content-Type", "text/html")], body: Body("<h1>Not Found</h1>".utf8)
        )
        let api = PretendedAPI { (_) throws(BackendError) in page }
        await #expect(throws: BackendError(.missing, "this server has nothing at /v1/things/1/ (404)")) {
            try await api.browser.browse(PretendedAPI.place("/v1/things/1/"))
        }
    }
}
