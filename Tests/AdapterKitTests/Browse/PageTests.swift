import Domain
import HTTP
import Synchronization
import Testing

@testable import AdapterKit

@Suite("Browse: pages")
struct BrowsePageTests {
    /// A page with some rows.
    private static func page(_ ids: Range<Int>, next: String?, count: Int? = nil) -> Response {
        let rows = ids.map { "{\"id\": \($0), \"name\": \"thing \($0)\"}" }.joined(separator: ",")
        let next = next.map { "\"\($0)\"" } ?? "null"
        return PretendedAPI.json(
            "{\"count\": \(count.map(String.init) ?? "null"), \"next\": \(next), \"results\": [\(rows)]}")
    }

    private static func number(_ request: ReadRequest) -> Int {
        request.query.first { $0.0 == "page" }.flatMap { Int($0.1) } ?? 1
    }

    private static let own = "https://api.example/api/v1/things/"

    @Test("an endless next ends, and the words say how far it came")
    func endless() async throws {
        let api = PretendedAPI { (request) throws(BackendError) in
            let page = Self.number(request)
            return Self.page(page..<page + 1, next: "\(Self.own)?page=\(page + 1)")
        }
        let browsed = try await api.browser.browse(PretendedAPI.things)
        #expect(browsed.missing == "only 20,000 rows were read")
        #expect(browsed.table?.count == 20_000)
        #expect(!browsed.hasMore)
    }

    @Test("pages without rows that name ever more pages are not followed")
    func hollow() async throws {
        let api = PretendedAPI { (request) throws(BackendError) in
            let page = Self.number(request)
            return Self.page(page == 1 ? 0..<3 : 0..<0, next: "\(Self.own)?page=\(page + 1)")
        }
        let browsed = try await api.browser.browse(PretendedAPI.things)
        #expect(browsed.missing.contains("lead nowhere after 3 rows"))
        #expect(browsed.table?.count == 3)
        #expect(api.asked.count == 2)
    }

    @Test("a next that leads back is followed once")
    func cyclic() async throws {
        let api = PretendedAPI { (request) throws(BackendError) in
            let page = Self.number(request)
            return Self.page(page * 10..<page * 10 + 2, next: "\(Self.own)?page=\(page == 1 ? 2 : 1)")
        }
        let browsed = try await api.browser.browse(PretendedAPI.things)
        #expect(browsed.missing.contains("lead nowhere"))
        // The first page may be written with and without its number.
        #expect(api.asked.count <= 3)
        #expect((browsed.table?.count ?? 0) >= 4)
    }

    @Test(
        "a next at another host or path is never asked",
        arguments: [
            "https://evil.example/steal", "https://evil.example/steal?to=them",
            "https://api.example/api/v1/things/9/?page=2", "//evil.example/?to=them",
            "https://api.example@evil.example/api/v1/things/?to=them", "javascript:1?a=b", "",
        ])
    func foreign(next: String) async throws {
        let api = PretendedAPI { (_) throws(BackendError) in Self.page(0..<2, next: next) }
        let browsed = try await api.browser.browse(PretendedAPI.things)
        #expect(browsed.table?.count == 2)
        #expect(api.asked == ["GET /v1/things/"])
        #expect(browsed.missing.contains("lead nowhere after 2 rows"))
    }

    @Test("a server that writes another name of its own into next is asked for the page alone")
    func renamed() async throws {
        let api = PretendedAPI { (request) throws(BackendError) in
            let page = Self.number(request)
            return Self.page(
                page..<page + 1, next: page == 1 ? "http://inner.example/things/?page=2&token=x" : nil)
        }
        let browsed = try await api.browser.browse(PretendedAPI.things)
        #expect(api.asked == ["GET /v1/things/", "GET /v1/things/?page=2"])
        #expect(browsed.completeness == .complete)
    }

    @Test("what comes as a next page and is no list ends the list in words")
    func noList() async throws {
        let api = PretendedAPI { (request) throws(BackendError) in
            Self.number(request) == 1
                ? Self.page(0..<2, next: "\(Self.own)?page=2") : PretendedAPI.json("{\"results\": \"gone\"}")
        }
        let browsed = try await api.browser.browse(PretendedAPI.things)
        #expect(browsed.missing == "what came after 2 rows is no list")
        #expect(browsed.table?.count == 2)
    }

    @Test("fewer rows than the server counts are a partial list")
    func short() async throws {
        let api = PretendedAPI { (_) throws(BackendError) in Self.page(0..<2, next: nil, count: 7) }
        let browsed = try await api.browser.browse(PretendedAPI.things)
        #expect(browsed.missing == "2 of 7 rows came")
    }

    @Test("an error on a later page keeps what came, with the error's words")
    func broken() async throws {
        let api = PretendedAPI { (request) throws(BackendError) in
            Self.number(request) == 1
                ? Self.page(0..<2, next: "\(Self.own)?page=2") : PretendedAPI.json("{}", status: 500)
        }
        let browsed = try await api.browser.browse(PretendedAPI.things)
        #expect(browsed.missing == "only 2 rows came: answered 500")
        #expect(browsed.table?.count == 2)
    }

    // MARK: Many rows

    private static func many(_ request: ReadRequest) -> Response {
        let page = number(request)
        return Self.page(
            (page - 1) * 500..<page * 500, next: page < 100 ? "\(own)?page=\(page + 1)" : nil, count: 50_000)
    }

    @Test("50,000 rows come page by page, the first page before the second is asked for")
    func many() async throws {
        let api = PretendedAPI { (request) throws(BackendError) in Self.many(request) }
        let shown = Mutex<[(rows: Int, asked: Int, words: String)]>([])
        let browsed = try await api.browser.browse(PretendedAPI.things) { browsed in
            shown.withLock { $0.append((browsed.table?.count ?? 0, api.asked.count, browsed.missing)) }
        }
        #expect(browsed.table?.count == 50_000)
        #expect(browsed.completeness == .complete)
        let steps = shown.withLock { $0 }
        #expect(steps.first?.rows == 500)
        #expect(steps.first?.asked == 1)
        #expect(steps.first?.words == "500 of 50,000 rows so far")
        #expect(steps.count > 5)
        #expect(zip(steps, steps.dropFirst()).allSatisfy { $0.rows < $1.rows })
        let names = browsed.table.map { table in (0..<3).map { table.text($0, .name) } }
        #expect(names == ["thing 0", "thing 1", "thing 2"])
    }

    @Test("a list that is stopped is a partial one with what came")
    func stopped() async throws {
        let api = PretendedAPI { (request) throws(BackendError) in
            if Self.number(request) == 4 { throw BackendError(.cancelled, "cancelled") }
            return Self.many(request)
        }
        let browsed = try await api.browser.browse(PretendedAPI.things)
        #expect(browsed.table?.count == 1_500)
        #expect(browsed.missing == "stopped after 1,500 of 50,000 rows")
    }

    @Test("a cancelled task asks for no further page")
    func cancelled() async throws {
        let api = PretendedAPI { (request) throws(BackendError) in Self.many(request) }
        let browser = api.browser
        let task = Task {
            try await browser.browse(PretendedAPI.things) { _ in withUnsafeCurrentTask { $0?.cancel() } }
        }
        let browsed = try await task.value
        #expect(browsed.table?.count == 500)
        #expect(browsed.missing == "stopped after 500 of 50,000 rows")
        #expect(api.asked.count == 1)
    }

    @Test("who wants one page gets one, and is told that more follow")
    func one() async throws {
        let api = PretendedAPI { (request) throws(BackendError) in Self.many(request) }
        let browsed = try await api.browser.browse(PretendedAPI.things, mostPages: 1)
        #expect(browsed.hasMore)
        #expect(browsed.missing == "only 500 of 50,000 rows were read")
        #expect(api.asked.count == 1)
    }
}
