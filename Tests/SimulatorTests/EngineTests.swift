import HTTP
import Testing

@testable import Simulator

@Suite("the engine") struct EngineTests {
    private func text(_ value: Value, _ scalars: JSONStyle.Scalars, escaping: Bool = false) -> String {
        let style = JSONStyle(
            scalars: scalars, isPretty: false, escapesSlashes: escaping, escapesNonASCII: escaping, zone: 0)
        return String(decoding: JSONWriter.bytes(of: value, style: style), as: UTF8.self)
    }

    @Test("one value is written as each dialect has it")
    func scalars() {
        let row = Value.list([
            .integer(-7), .unsigned(.max), .flag(true), .hundredths(4_660), .hundredths(500),
            .decimal("1.50"),
            .time(1_795_224_650), .computed(3), .null,
        ])
        let quoted = "[\"-7\",\"18446744073709551615\",\"1\",\"46.60\",\"5.00\",\"1.50\","
        #expect(text(row, .quoted) == quoted + "\"2026-11-21 01:30:50\",3,null]")
        let raw = "[-7,18446744073709551615,1,46.6,5,\"1.50\",\"2026-11-21 01:30:50\",3,null]"
        #expect(text(row, .raw) == raw)
        let cast = "[-7,18446744073709551615,true,46.6,5,\"1.50\",\"2026-11-21T01:30:50.000000Z\",3,null]"
        #expect(text(row, .cast) == cast)
    }

    @Test("strings are escaped, whatever is in them")
    func strings() {
        let nasty = Value.text("\"\\/\n\r\t\u{8}\u{c}\u{1b}\u{0}é🚀")
        #expect(text(nasty, .raw) == "\"\\\"\\\\/\\n\\r\\t\\b\\f\\u001b\\u0000é🚀\"")
        #expect(
            text(nasty, .raw, escaping: true)
                == "\"\\\"\\\\\\/\\n\\r\\t\\b\\f\\u001b\\u0000\\u00e9\\ud83d\\ude80\"")
    }

    @Test("empty containers stay on their line, others are indented by four")
    func pretty() {
        let style = LibreNMSRelease.modern.style(zone: 0)
        let value = Value.object([
            .init("a", .list([])), .init("b", .object([])), .init("c", .list([.computed(1), .computed(2)])),
        ])
        let expected = "{\n    \"a\": [],\n    \"b\": {},\n    \"c\": [\n        1,\n        2\n    ]\n}"
        #expect(String(decoding: JSONWriter.bytes(of: value, style: style), as: UTF8.self) == expected)
    }

    @Test(
        "dates are those of the calendar",
        arguments: [
            (0, "Thu, 01 Jan 1970 00:00:00"), (951_782_400, "Tue, 29 Feb 2000 00:00:00"),
            (1_795_224_650, "Sat, 21 Nov 2026 01:30:50"), (-1, "Wed, 31 Dec 1969 23:59:59"),
            (4_107_542_400, "Mon, 01 Mar 2100 00:00:00"),
        ])
    func dates(_ seconds: Int, _ words: String) {
        #expect(Moment(seconds).mailText == words)
    }

    @Test("escapes in a URL are decoded once, and what is none stays")
    func percent() {
        #expect(PercentEncoding.decode("Gi0%2F1%252Bx+%zz%4") == "Gi0/1%2Bx+%zz%4")
        #expect(PercentEncoding.decode("a+b%2B", plusIsSpace: true) == "a b+")
    }

    @Test("a path fits a template by its parts, holes are never empty, and a rest takes what remains")
    func templates() {
        let ports: RoutePattern = "/devices/{hostname}/ports"
        #expect(ports.match(["devices", "a%2Fb", "ports"]) == ["hostname": "a%2Fb"])
        #expect(ports.match(["devices", "", "ports"]) == nil)
        #expect(ports.match(["devices", "a", "ports", ""]) == nil)
        let deep: RoutePattern = "/x/{a}/{rest...}"
        #expect(deep.match(["x", "1", "2", "3"]) == ["a": "1"])
        #expect(deep.match(["x", "1"]) == nil)
        #expect(ports.text { ":\($0)" } == "/devices/:hostname/ports")
    }

    @Test("a page is a window that never reaches outside the list")
    func pages() {
        func page(_ query: String) -> [Int] {
            let request = Request(method: "GET", target: "/x?\(query)", headers: [:], body: [])
            return Array(Page(request.query, offset: "offset", limit: "limit", usually: 3).of(Array(1...8)))
        }
        #expect(page("") == [1, 2, 3])
        #expect(page("offset=6&limit=5") == [7, 8])
        #expect(page("offset=-4&limit=2") == [1, 2])
        #expect(page("offset=99") == [])
        #expect(page("limit=x") == [1, 2, 3])
    }

    @Test("another API brings its table and its manners: OPTIONS, 405 and its own login")
    func anotherAPI() {
        let api = Toy()
        func ask(_ method: String, _ target: String, user: String? = "noc") -> Reply {
            api.answer(
                Request(
                    method: method, target: target, headers: user.map { ["authorization": $0] } ?? [:],
                    body: []))
        }
        #expect(
            String(decoding: ask("GET", "/things/?limit=2&offset=1").body, as: UTF8.self)
                == "[{\"id\":2},{\"id\":3}]")
        #expect(ask("GET", "/things/", user: nil).status == 401)
        let wrong = ask("DELETE", "/things/")
        #expect(wrong.status == 405)
        #expect(wrong.headers.first { $0.name == "Allow" }?.value == "GET, POST, OPTIONS")
        #expect(ask("OPTIONS", "/things/").status == 200)
        #expect(ask("GET", "/things").headers.first { $0.name == "Location" }?.value == "/things/")
        #expect(ask("GET", "/none/").status == 404)
    }

    /// An API in the manner of the Django servers that the engine is to play later.
    private struct Toy: API {
        let routes: [Route<Query>] = [
            Route("GET", "/things", "things") { query in
                let page = Page(query, offset: "offset", limit: "limit", usually: 10).of([1, 2, 3])
                let columns = [Column<Int>("id", in: .all) { .integer($0) }]
                let style = JSONStyle(
                    scalars: .cast, isPretty: false, escapesSlashes: false, escapesNonASCII: false, zone: 0)
                let rows = Column.rows(Array(page), count: page.count, columns)
                return Reply(type: "application/json", JSONWriter.bytes(of: rows, style: style))
            },
            Route("POST", "/things", "add") { _ in Reply(status: 201) },
        ]

        func segments(of request: Request) -> [Substring]? {
            request.segments.last == "" ? request.segments.dropLast() : nil
        }

        func admit(_ request: Request, isRouted: Bool) -> Admission {
            request.headers["authorization"] == nil ? .refused(Reply(status: 401)) : .allowed(.admin)
        }

        func call(_ request: Request, parameters: [String: String], by role: Role) -> Query { request.query }

        func unrouted(_ request: Request, allowing methods: [String]) -> Reply {
            guard request.segments.last == "" else {
                return Reply(status: 301, headers: [("Location", request.path + "/")])
            }
            guard !methods.isEmpty else { return Reply(status: 404) }
            let allow = (methods + ["OPTIONS"]).joined(separator: ", ")
            return Reply(status: request.method == "OPTIONS" ? 200 : 405, headers: [("Allow", allow)])
        }

        func headers() -> [(name: String, value: String)] { [] }
    }
}
