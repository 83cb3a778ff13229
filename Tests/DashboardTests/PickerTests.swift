import Canvas
@testable import Dashboard
@testable import DashboardSupport
import Domain
import Filter
import Testing

@Suite("What is picked by typing: palette, order, theme, help")
struct PickerTests {
    private func palette(_ text: String) -> (Desk, [PaletteEntry]) {
        var desk = Desk.ready()
        desk.press(":")
        desk.type(text)
        let rows = (desk.state.layers.top as? Palette)?.rows ?? .none
        return (desk, desk.state.paletteEntries(text, rows: rows))
    }

    // MARK: The palette

    @Test(
        "the beginning of a pane's name is its alias, whatever else has these letters",
        arguments: [("po", "ports"), ("al", "alerts"), ("de", "devices"), ("bo", "bonds"), ("o", "overview")])
    func aliases(text: String, pane: String) {
        var (desk, entries) = palette(text)
        #expect(entries.first?.action == .pane(PaneName(rawValue: pane)))
        desk.press("Enter")
        #expect(desk.state.place.pane.rawValue == pane)
    }

    @Test("what can't run stands last, and words that begin so stand before letters")
    func order() {
        let (_, all) = palette("")
        let firstImpossible = all.firstIndex { $0.reason != nil } ?? all.count
        #expect(all[firstImpossible...].allSatisfy { $0.reason != nil })
        let (_, found) = palette("re")
        #expect(found.first?.title.lowercased().contains("re") == true)
        let words = found.prefix { $0.reason == nil }.compactMap { entry in
            if case .own = entry.action { entry.title.lowercased() } else { nil }
        }
        let lastStart = words.lastIndex { $0.hasPrefix("re") || $0.contains(" re") } ?? 0
        #expect(words[..<lastStart].allSatisfy { $0.hasPrefix("re") || $0.contains(" re") })
    }

    @Test("a device of any server is found by its name from any pane, and Enter opens it")
    func device() {
        let name = World.deviceRows[2].0
        var (desk, entries) = palette(name)
        #expect(entries.first?.title == name)
        #expect(entries.first?.note?.hasPrefix("device · ") == true)
        desk.press("Enter")
        #expect(desk.state.place.pane == .devices)
        #expect(desk.state.details.count == 1)
    }

    @Test("a row is found by a field that no column shows, and the line says by which")
    func field() {
        let (_, entries) = palette("00:1b:21:3c:4d:17")
        let row = entries.first { if case .show = $0.action { true } else { false } }
        #expect(row?.title == "Te0/0/7")
        #expect(row?.note?.contains("MAC 00:1b:21:3c:4d:17") == true)
        guard case .locate = entries.first?.action else {
            Issue.record("an address is looked for everywhere first")
            return
        }
        // Another notation of the same address.
        #expect(palette("001b.213c.4d17").1.contains { $0.title == "Te0/0/7" })
    }

    @Test("how many entries there are is said, and where the list stands")
    func count() {
        var (desk, entries) = palette("")
        #expect(desk.lines.contains { $0.contains("1 of \(entries.count) · top") })
        desk.press("PgDn")
        #expect(!desk.lines.contains { $0.contains("1 of \(entries.count) · top") } || entries.count < 20)
        desk.type("zzzzzz")
        #expect(desk.lines.contains { $0.contains("Search core for zzzzzz") })
    }

    @Test("the rows of many servers are looked through off the main thread, and an old answer is none")
    func manyRows() throws {
        var desk = Desk.ready()
        let rows = (0..<5_001).map {
            (Int64($0 + 100), "warning", "open", Int64($0), "mad1-core-rtr01", "High load", "")
        }
        desk.refreshed(World.core, .alert, World.alerts(World.core, rows))
        desk.press(":")
        let search = RowSearch("Te0/0/7", in: [World.ports(World.core)])
        desk.send(.sought(search, search.make()))
        #expect((desk.state.layers.top as? Palette)?.rows == RowSearch.Hits.none)
        #expect(search.make().hits.first?.name == "Te0/0/7")
        #expect(RowSearch("nothing like it", in: search.tables).make().total == 0)
    }

    @Test("one search asks all servers, and what they find is one list with what is missing below it")
    func together() {
        let searches = [Search(World.core, .device, "mad1"), Search(World.edge, .device, "mad1")]
        var view = SearchView(searches)
        let table = World.devices(World.core) { $0.hasPrefix("mad1") }
        view.answered(searches[1], .success(World.devices(World.edge) { $0.hasPrefix("mad1") }))
        #expect(!view.isComplete && view.count == table.count)
        view.answered(searches[0], .success(table))
        #expect(view.isComplete && view.count == 2 * table.count)
        #expect(view.row(at: 0)?.table.backend == World.core)
        #expect(view.row(at: table.count)?.table.backend == World.edge)
        view.answered(searches[0], .failure(BackendError(.server, "the server failed (500)")))
        #expect(view.parts[0].problem != nil)
    }

    // MARK: The order

    @Test(
        "s, a few letters and Enter sort by a column, the largest first, and it is on the screen from then on"
    )
    func sorts() {
        var desk = Desk.ready(size: Size(60, 24))
        desk.press("2")
        #expect(!desk.lines[3].contains("SPEED"))
        desk.press("s")
        desk.type("spe")
        desk.press("Enter")
        #expect(desk.pane.order.first == SortKey("speed", descending: true))
        #expect(desk.lines[3].contains("SPEED"), "\(desk.lines[3])")
        desk.press("s")
        desk.type("mac")
        desk.press("Enter")
        #expect(desk.pane.order.first == SortKey("mac", descending: false))
        #expect(desk.lines[3].contains("MAC"), "no usual column, and shown all the same: \(desk.lines[3])")
        desk.press("S")
        #expect(desk.pane.order.first?.descending == true)
    }

    @Test(
        "the picker begins at the column that is sorted by: the same again turns it round; Esc changes nothing"
    )
    func sortsAgain() {
        var desk = Desk.ready()
        desk.press("2", "s")
        let before = desk.pane.order
        desk.press("Esc")
        #expect(desk.pane.order == before)
        desk.press("s", "Enter")
        #expect(desk.pane.order.first?.field == before.first?.field)
        #expect(desk.pane.order.first?.descending != before.first?.descending)
        desk.press("s")
        desk.type("zzz")
        #expect(desk.lines.contains { $0.contains("no matches") })
        desk.press("Enter")
        #expect(desk.state.layers.isEmpty)
    }

    // MARK: The theme

    @Test("T shows the themes: each is put on as the cursor reaches it, Esc puts the first back, Enter keeps")
    func themes() {
        var desk = Desk.ready()
        let before = desk.state.themeIndex
        guard desk.state.themes.count > 1 else { return }
        desk.press("T", "j")
        #expect(desk.state.themeIndex != before)
        desk.press("Esc")
        #expect(desk.state.themeIndex == before && desk.state.layers.isEmpty)
        let effects = desk.press("T", "T", "Enter")
        #expect(desk.state.themeIndex != before && desk.state.layers.isEmpty)
        #expect(
            effects.contains { if case .keep(.theme(desk.state.theme.name)) = $0 { true } else { false } })
    }

    // MARK: Help

    @Test("help begins with the pane's own keys; what is typed finds a line, and Enter runs it")
    func help() throws {
        var desk = Desk.ready()
        desk.press("3", "?")
        let body = desk.lines.joined(separator: "\n")
        #expect(body.contains("Commands of alerts"))
        desk.type("problems only")
        #expect(desk.lines.contains { $0.contains("1 found") })
        desk.press("Enter")
        #expect(desk.state.layers.isEmpty)
        #expect(desk.pane.problemsOnly)
    }

    @Test("what a sign means is found by a word, and q or the key of help closes it while nothing is typed")
    func legend() {
        var desk = Desk.ready()
        desk.press("3", "?")
        desk.type("signs")
        #expect(desk.lines.contains { $0.contains("■") && $0.contains("marked") })
        #expect(desk.lines.contains { $0.contains("▲") && $0.contains("critical") })
        desk.type("q")
        #expect(desk.state.layers.top is Help, "a letter is text there")
        desk.press("Esc", "?", "q")
        #expect(desk.state.layers.isEmpty)
        desk.press("?", "?")
        #expect(desk.state.layers.isEmpty)
    }

    @Test("on a wide screen help stands in columns, and every line can be reached")
    func columns() {
        var desk = Desk.ready(size: Size(200, 60))
        desk.press("3", "?")
        #expect(
            desk.lines.contains {
                $0.contains("Commands of alerts") && $0.contains("Everywhere") || $0.contains("In dialogs")
            }
                || desk.lines.joined().contains("Signs: tables"))
        var small = Desk.ready(size: Size(40, 10))
        small.press("3", "?")
        for _ in 0..<60 { small.press("PgDn") }
        #expect(small.lines.contains { $0.contains("12+?") }, "\(small.lines)")
    }
}
