import CCallgrind
import Domain
import Glibc

/// Does what an operator does with 100,000 ports, so that callgrind counts the instructions of each: `Scripts/counts`.
///
/// It prints what was done, how often, and the bytes that went to the terminal for it.
@main
enum Counts {
    static func main() async {
        if CommandLine.arguments.dropFirst().first == "two-cores" { return await TwoCores.run() }
        do { try run() } catch {
            print("what is counted does not happen: \(error)")
            exit(1)
        }
    }

    private static func run() throws {
        let desk = try Desk()
        defer { desk.close() }
        guard desk.shownRows == 100_000 else { throw CountsFault.wrong("\(desk.shownRows) rows are shown") }
        count("cursor-key", 16, desk) { _ in desk.press("j") }
        count("page-down", 8, desk) { _ in desk.press("PgDn") }
        desk.press("g")
        count("clock-tick", 8, desk) { _ in desk.tick(1) }

        desk.press("/")
        count("filter-key-first", 1, desk, warm: 0) { _ in desk.press("c") }
        count("filter-key-next", 1, desk, warm: 0) { _ in desk.press("o") }
        guard 1..<100_000 ~= desk.shownRows else {
            throw CountsFault.wrong("the filter shows \(desk.shownRows)")
        }
        desk.press("Backspace", "Backspace", "Enter")
        guard desk.shownRows == 100_000 else { throw CountsFault.wrong("\(desk.shownRows) rows are shown") }

        // The column before the description.
        sort(desk, by: .backend)
        count("sort-text-first", 1, desk, warm: 0) { _ in desk.press(">") }
        try check(desk, isSortedBy: "alias")
        count("sort-text-again", 2, desk, warm: 0) { _ in desk.press("S") }
        count("sort-number", 1, desk, warm: 0) { _ in desk.press(">") }
        try check(desk, isSortedBy: "in_bps")

        let pages = (1...2).map { Provider.ports(round: $0) }
        var known = desk.ports
        count("merge-all", 2, desk, warm: 0) { round in
            var generation = Generation()
            known = generation.merge(pages[round], covering: .everything, into: known)
            known = known.map { generation.finish($0) }
        }
        let page = Provider.ports(50_000..<50_200, round: 3)
        count("merge-page", 2, desk, warm: 1) { _ in
            var generation = Generation()
            known = generation.merge(page, covering: .page, into: desk.ports)
        }
        if let known {
            count("refresh", 1, desk, warm: 0) { _ in desk.refreshed(Provider.core, .port, known) }
        }
    }

    private static func check(_ desk: Desk, isSortedBy field: FieldKey) throws {
        let sorted = desk.state.pane.order.first?.field
        guard sorted == field else { throw CountsFault.wrong("sorted by \(sorted?.rawValue ?? "nothing")") }
    }

    /// Presses the key of the next column until the table is sorted by a field.
    private static func sort(_ desk: Desk, by field: FieldKey) {
        for _ in 0..<12 where desk.state.pane.order.first?.field != field { desk.press(">") }
    }

    /// Does something so many times, after some that are not counted: what is made once is no part of it.
    private static func count(
        _ name: String, _ times: Int, _ desk: Desk, warm: Int = 2, _ work: (Int) -> Void
    ) {
        for round in 0..<warm { work(round) }
        let before = desk.bytes
        ccallgrind_begin()
        for round in 0..<times {
            desk.isCounting = true
            ccallgrind_toggle()
            work(round)
            ccallgrind_toggle()
            desk.isCounting = false
            // The terminal is never slow, else frames would be left out.
            desk.drain()
        }
        ccallgrind_end(name)
        print("\(name)\t\(times)\t\((desk.bytes - before) / times)")
    }
}
