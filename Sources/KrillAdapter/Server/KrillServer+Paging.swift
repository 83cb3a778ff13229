internal import AdapterKit
internal import Domain
internal import HTTP
internal import JSON

/// A list that comes in pages.
struct PagedList: Sendable {
    let template: PathTemplate
    var parameters: [String: String] = [:]
    /// Without `limit` and `offset`.
    var query: [(String, String)] = []
    /// What its rows are called: `CPEs`.
    let title: String
    /// The member that tells rows apart.
    var id = "id"
    var priority = 1
}

/// One page of a list.
struct ListPage: Sendable {
    let rows: JSONArray
    /// How many rows the server says there are; nil for a bare list, which is all there is.
    let count: Int?
    /// Whether there are more although the server does not say how many.
    var isCut = false
    /// How many rows of the list have come so far.
    var arrived = 0
    /// What it says about rows that it does not hold.
    var coverage = Coverage.page

    /// How far it is, as in `1,500 of 20,000 CPEs`.
    func words(_ title: String) -> String {
        let arrived = Quantity.count(arrived)
        return count.map { "\(arrived) of \(Quantity.count($0)) \(title)" } ?? "\(arrived) \(title)"
    }
}

extension KrillServer {
    /// Rows of a page that are asked for; a server may give fewer.
    static let pageSize = 500
    /// Pages that are read at once.
    private static let pagesAtOnce = 3

    /// Reads a whole list: the first page alone, then the rest a few at once, each handed on as it comes.
    ///
    /// Rows of a long list move while it is read: when a session ends, those behind it slip to an earlier page, which may
    /// have been read already; when one begins, nobody sees it there. Where the server's own count shows that, all pages
    /// are looked at once more; only those that have something new are handed on again.
    ///
    /// The server's `next` is never followed, since it names the server's inner address; offsets are counted from
    /// `count`.
    func readPages(
        _ list: PagedList, _ take: (ListPage) -> Void
    ) async throws(BackendError) -> Completeness {
        var run = PageRun(list)
        let first = try await page(list, offset: 0)
        run.take(first, take)
        guard let count = first.count, count > run.step, run.step > 0 else { return run.completeness }
        await readRest(of: list, &run, take)
        if run.hasMoved {
            run.beginAgain()
            await readRest(of: list, &run, take)
        }
        if let error = run.fatal { throw error }
        return run.completeness
    }

    private func readRest(of list: PagedList, _ run: inout PageRun, _ take: (ListPage) -> Void) async {
        await withTaskGroup(of: (Int, Result<ListPage, BackendError>).self) { group in
            for _ in 0..<Self.pagesAtOnce { add(run.nextOffset(), of: list, to: &group) }
            for await (offset, result) in group {
                run.take(result, at: offset, take)
                if run.goesOn { add(run.nextOffset(), of: list, to: &group) }
            }
        }
    }

    private func add(
        _ offset: Int?, of list: PagedList,
        to group: inout TaskGroup<(Int, Result<ListPage, BackendError>)>
    ) {
        guard let offset else { return }
        group.addTask {
            do throws(BackendError) {
                return (offset, .success(try await self.page(list, offset: offset)))
            } catch {
                return (offset, .failure(error))
            }
        }
    }

    /// Reads one page.
    func page(
        _ list: PagedList, offset: Int, limit: Int = KrillServer.pageSize
    ) async throws(BackendError) -> ListPage {
        var query = list.query + [("limit", String(limit))]
        if offset > 0 { query.append(("offset", String(offset))) }
        let response = try await read(
            list.template, list.parameters, query: query, priority: list.priority)
        let root = try Verdict.root(of: response)
        if let rows = root.array { return ListPage(rows: rows, count: nil) }
        guard let rows = root["results"]?.array else {
            throw BackendError(
                .invalid, "the answer has no list of \(list.title): check that url leads to Krill")
        }
        let count = root["count"]?.int64.flatMap { Int(exactly: $0) }
        return ListPage(rows: rows, count: count, isCut: count == nil && root["next"]?.string != nil)
    }
}

/// The count of one reading of a list.
private struct PageRun {
    private let list: PagedList
    private var seen: Set<String> = []
    private var offset = 0
    /// Rows of the first page: what the server gives at once, whatever it was asked for.
    private(set) var step = 0
    private var count: Int?
    private var isCut = false
    private var hasCountChanged = false
    private var failed = 0
    private var lastError: BackendError?
    /// Why nothing more is to be asked.
    private(set) var fatal: BackendError?

    init(_ list: PagedList) { self.list = list }

    var goesOn: Bool { fatal == nil && failed < 3 }
    private var isAgain = false

    /// Whether all pages came, and rows moved between them meanwhile.
    var hasMoved: Bool {
        lastError == nil && !isCut && (hasCountChanged || count.map { seen.count < $0 } ?? false)
    }

    /// Begins a second look at all pages.
    mutating func beginAgain() {
        isAgain = true
        offset = 0
    }

    mutating func nextOffset() -> Int? {
        guard let count, step > 0, offset < count else { return nil }
        defer { offset += step }
        return offset
    }

    mutating func take(_ page: ListPage, _ hand: (ListPage) -> Void) {
        if step == 0 {
            step = page.rows.count
            offset = step
        }
        if let old = count, let new = page.count, old != new { hasCountChanged = true }
        // Rows may be added while pages are read.
        count = page.count ?? count
        isCut = isCut || page.isCut
        let before = seen.count
        for row in page.rows { if let id = row[list.id]?.text { seen.insert(id) } }
        if isAgain, seen.count == before { return }
        var page = page
        page.arrived = seen.count
        if let count, count > step { page.coverage = .slice }
        hand(page)
    }

    mutating func take(
        _ result: Result<ListPage, BackendError>, at offset: Int, _ hand: (ListPage) -> Void
    ) {
        switch result {
        case .success(let page): take(page, hand)
        case .failure(let error):
            failed += 1
            lastError = error
            if failed == 3 || [.refused, .forbidden, .cancelled, .gated].contains(error.kind) {
                fatal = error
            }
        }
    }

    var completeness: Completeness {
        let arrived = "\(Quantity.count(seen.count)) of \(Quantity.count(count ?? seen.count)) \(list.title)"
        if let lastError { return .partial("\(arrived): \(lastError.words)") }
        if isCut { return .partial("the first \(list.title): the server does not say how many there are") }
        if let count, seen.count < count { return .partial("\(arrived): the list moved while it was read") }
        return .complete
    }
}

extension Completeness {
    /// Throws where something is missing: what is not in a part of a list may be in the rest.
    func demandAll() throws(BackendError) {
        if case .partial(let words) = self { throw BackendError(.invalid, "the list is not whole: \(words)") }
    }
}
