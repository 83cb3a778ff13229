import AdapterKit
import Domain
import JSON
import Simulator
import Testing

@testable import LibreNMSAdapter

@Suite("LibreNMS: bills")
struct BillTests {
    static let releases = ["2016", "26.7"]

    private func bills(_ release: String, now: Int64 = 1_795_224_500) throws -> Table {
        let rows = try #require(try Recording(release, "bills").response.json()["bills"]?.array)
        return BillRows(
            backend: BackendID(0), clock: ServerClock(offset: 0, isCertain: true), now: Timestamp(now)
        ).table(rows)
    }

    private func row(_ id: String, _ table: Table) throws -> Int {
        try #require(table.row(of: EntityRef(BackendID(0), .bill, id: id)))
    }

    @Test(
        "percent, used and over are counted from bare numbers, alike in both spellings", arguments: releases)
    func counted(release: String) throws {
        let table = try bills(release)
        let cdr = try row("2", table)
        #expect(table.value(cdr, .usedPercent) == .number(187.5))
        #expect(table.text(cdr, .used) == "188 Mbps")
        #expect(table.text(cdr, .allowed) == "100 Mbps")
        #expect(table.text(cdr, "overuse") == "87.5 Mbps")
        #expect(table.integer(cdr, "used_bps") == 187_500_000)
        #expect(table.integer(cdr, "used_bytes") == nil)
        let quota = try row("5", table)
        #expect(table.text(quota, "type") == "quota")
        #expect(table.text(quota, .allowed) == "1.1 TB")
        #expect(table.integer(quota, "allowed_bytes") == 1_099_511_627_776)
        #expect(table.text(quota, "custid") == "CUST-102")
        #expect(table.integer(cdr, "p95_out") == 187_500_000)
        #expect(
            table.integer(quota, "p95_in") == nil,
            "of a quota no percentile is counted, though the server says 0")
    }

    @Test("of a limit of zero there is no percentage, and nothing is none", arguments: releases)
    func zero(release: String) throws {
        let table = try bills(release)
        let zero = try row("6", table)
        #expect(table.value(zero, .usedPercent) == .none)
        #expect(table.text(zero, .allowed) == "0 bps")
        #expect(table.text(zero, "overuse") == "1.00 kbps")
        let unused = try row("9", table)
        #expect(table.value(unused, .usedPercent) == .number(0))
        #expect(table.value(unused, "overuse") == .none)
        // 0000-00-00 is no moment.
        #expect(table.value(unused, "last_calculated") == .none)
        #expect(table.integer(try row("1", table), "last_calculated") ?? 0 > 1_795_000_000)
    }

    @Test("a period begins on the bill's day, or on the last of a shorter month")
    func period() {
        let utc = ServerClock(offset: 0, isCertain: true)
        let day: Int64 = 86_400
        // 2026-11-21
        let now = Timestamp(1_795_219_200)
        #expect(BillPeriod(day: 15, now, utc).text == "2026-11-15 to 2026-12-14")
        #expect(BillPeriod(day: 1, now, utc).text == "2026-11-01 to 2026-11-30")
        #expect(BillPeriod(day: 31, now, utc).text == "2026-10-31 to 2026-11-29")
        #expect(BillPeriod(day: 21, now, utc).text == "2026-11-21 to 2026-12-20")
        #expect(BillPeriod(day: 22, Timestamp(now.seconds - day), utc).text == "2026-10-22 to 2026-11-21")
    }

    @Test("over HTTP: bills, one bill, the customer's bills", arguments: LiveLibreNMS.releases)
    func live(release: LibreNMSRelease) async throws {
        try await withLiveServer(release) { live in
            let table = try await live.table(.bill)
            #expect(table.count > 3)
            #expect(table.resource.order.first == SortKey(.usedPercent, descending: true))
            let customers = Dictionary(grouping: 0..<table.count) { table.text($0, "custid") }
            let customer = customers.values.first { $0.count > 1 } ?? [0]
            let bill = table.refs[customer[0]]
            let detail = try await live.server.detail(of: bill)
            #expect(detail.title == table.name(customer[0]))
            let titles = detail.sections.map(\.title)
            #expect(titles.contains { $0.hasPrefix("Ports") })
            let section = try #require(detail.sections.first { $0.title.hasPrefix("Customer") })
            #expect(section.title == "Customer \(table.text(customer[0], "custid"))")
            #expect(section.lines.count == max(1, customer.count - 1))
            let past = detail.sections.first { $0.title == "Earlier periods" }
            #expect((past?.lines.count ?? 0 > 0) == (release == .modern), "\(titles)")
            let asked = live.simulator.arrivals().map(\.target)
            #expect(asked.contains("/api/v0/bills/\(bill.id)"))
            #expect(asked.contains { $0.hasPrefix("/api/v0/bills?custid=") })
        }
    }
}
