import Canvas
import Dashboard
@testable import DashboardSupport
import Domain
import Testing

@Suite("Copying")
struct CopyTests {
    /// The clipping that some effects are.
    private func clipping(_ effects: [Effect]) -> Clipping? {
        guard effects.count == 1, case .copy(let clipping) = effects[0] else { return nil }
        return clipping
    }

    private func text(_ clipping: Clipping?) -> String? {
        if case .text(let text)? = clipping?.content { text } else { nil }
    }

    /// The menu's focus on the choice that a title begins.
    private func choose(_ title: String, on desk: inout Desk) -> [Effect] {
        desk.press("y")
        guard let menu = desk.state.layers.top as? CopyMenu,
            let place = menu.choices.firstIndex(where: { $0.title.hasPrefix(title) })
        else {
            Issue.record("no choice \(title)")
            return []
        }
        for _ in 0..<place { desk.press("j") }
        return desk.press("Enter")
    }

    @Test("y twice copies the name of the row")
    func name() throws {
        var desk = Desk.ready()
        desk.press("1")
        let cursor = try #require(desk.pane.cursor)
        let found = try #require(desk.state.find(cursor))
        let clipping = clipping(desk.press("y", "y"))
        #expect(text(clipping) == found.table.name(found.row))
        #expect(clipping?.needsFile == true)
        #expect(desk.state.layers.isEmpty)
    }

    @Test("a row as text is what the table shows, with a moment in place of an age")
    func row() throws {
        var desk = Desk.ready()
        desk.press("3")
        let cursor = try #require(desk.pane.cursor)
        let found = try #require(desk.state.find(cursor))
        guard case .time(let since) = found.table.value(found.row, .since) else {
            Issue.record("an alert without a moment")
            return
        }
        let line = try #require(text(clipping(choose("Row as text", on: &desk))))
        #expect(line.contains("critical  "))
        #expect(line.contains(CivilTime.fields(since, offset: 0).text))
        #expect(line.contains("core"))
        #expect(!line.contains("\n") && !line.contains("–"))
    }

    @Test("a row as JSON has the keys of the command line")
    func object() {
        var desk = Desk.ready()
        desk.press("3")
        desk.tick(7)
        let clipping = clipping(choose("Row as JSON", on: &desk))
        guard case .rows(let rows)? = clipping?.content else {
            Issue.record("\(String(describing: clipping))")
            return
        }
        #expect(rows.count == 1)
        let keys = rows[0].members.map(\.key)
        #expect(keys.starts(with: ["backend", "kind", "id", "name", "fetched_at"]))
        #expect(keys.contains("severity") && Set(keys).count == keys.count)
        #expect(rows[0].members[4].value == .time(World.wall))
    }

    @Test("what is marked is copied in the order of the table, and what the filter hides behind it")
    func marked() throws {
        var desk = Desk.ready()
        desk.press("1", "Space", "Space", "Space")
        let marked = Array(desk.shown.prefix(3))
        let names = marked.compactMap { entity in
            desk.state.find(entity).map { $0.table.name($0.row) }
        }
        #expect(
            text(clipping(choose("Names of the 3 marked", on: &desk))) == names.joined(separator: "\n"))
        // Only the second passes now.
        desk.press("/")
        desk.type("\"\(names[1])\"")
        desk.press("Enter")
        let filtered = text(clipping(choose("Names of the 3 marked", on: &desk)))
        #expect(filtered?.hasPrefix(names[1]) == true)
        #expect(Set(filtered?.split(separator: "\n").map(String.init) ?? []) == Set(names))
        #expect(clipping(choose("The 3 marked as JSON", on: &desk))?.words == "3 rows as JSON")
    }

    @Test("in a detail the value under the cursor comes first")
    func value() throws {
        var desk = Desk.ready()
        desk.press("1", "Enter", "j")
        desk.press("y")
        guard let menu = desk.state.layers.top as? CopyMenu else {
            Issue.record("no menu")
            return
        }
        #expect(menu.choices.count >= 3)
        #expect(menu.choices[1].title == "Name")
        #expect(text(clipping(desk.press("Enter"))) == menu.choices[0].sample)
    }

    @Test("a name with control characters is copied without them")
    func hostile() {
        var desk = Desk.ready()
        desk.press("1")
        let entity = desk.shown[0]
        desk.press("Enter")
        desk.send(
            .detailed(entity, .success(Detail(entity, title: "a\u{1B}]0;x\u{07}\u{202E}b\n", sections: []))))
        desk.press("y")
        let title = text(clipping(desk.press("y")))
        #expect(title?.unicodeScalars.contains { CleanText.isHostile($0) } == false)
    }

    @Test("the menu keeps to the row that it was opened on")
    func pinned() throws {
        var desk = Desk.ready()
        desk.press("3", "y")
        guard let menu = desk.state.layers.top as? CopyMenu else {
            Issue.record("no menu")
            return
        }
        let gone = World.alerts(World.core, Array(World.coreAlerts.dropFirst()))
        desk.refreshed(World.core, .alert, gone)
        #expect(text(clipping(desk.press("Enter"))) == menu.choices[0].sample)
    }

    // MARK: The table

    private func table(_ clipping: Clipping?) -> [String]? {
        guard case .table(let table)? = clipping?.content else { return nil }
        return table.text.split(separator: "\n").map(String.init)
    }

    @Test("the table as CSV has the names of the fields, plain values and every shown row in order")
    func csv() throws {
        var desk = Desk.ready()
        desk.press("3")
        let clipping = clipping(choose("Table as CSV", on: &desk))
        let lines = try #require(table(clipping))
        #expect(lines[0].hasPrefix("severity,since,state,"))
        #expect(lines.count == desk.shown.count + 1)
        #expect(clipping?.words == "\(desk.shown.count) rows as CSV")
        #expect(lines[1].contains("Z,") && !lines[1].contains(" ago"))
        // A comma of a value does not part it.
        #expect(lines.allSatisfy { $0.split(separator: "\"").count != 2 })
    }

    @Test("the table as Markdown has titles, and no value of a server is markup")
    func markdown() throws {
        var desk = Desk.ready()
        var builder = TableBuilder(Offer.device, World.core)
        builder.begin(World.device(World.core, 1))
        builder.set(0, text: "down")
        builder.set(1, text: "a|b`<img src=x>[x](y)")
        desk.refreshed(World.core, .device, builder.finish())
        desk.press("1", "/")
        desk.type("img")
        desk.press("Enter")
        let lines = try #require(table(clipping(choose("Table as Markdown", on: &desk))))
        #expect(lines.count == 3)
        #expect(lines[0].hasPrefix("| STATUS | NAME |"))
        #expect(lines[1].hasPrefix("| --- | --- |"))
        #expect(lines[2].contains("| a\\|b\\`\\<img src=x>\\[x](y) |"))
    }

    @Test("the command that prints it has filter, switches, backend, order and columns, quoted for a shell")
    func getLine() throws {
        var desk = Desk.ready()
        desk.press("1", "/")
        desk.type("\"mad1 core\" | mad1")
        desk.press("Enter", "p", "@")
        let line = try #require(text(clipping(choose("Command that prints it", on: &desk))))
        #expect(line.hasPrefix("nocturne get devices --backend core --filter '"))
        #expect(line.contains("\"mad1 core\"") && line.contains("!(!is:problem)'"), "\(line)")
        #expect(line.contains(" --sort=status,name --columns status,name,"), "\(line)")
        // Alerts that are over are in the pane, so an empty filter asks for them.
        desk.press("3")
        #expect(
            text(clipping(choose("Command that prints it", on: &desk)))?.contains(
                "alerts --filter '' --sort=") == true)
        // What is marked here is marked nowhere else.
        desk.press("Space", "/")
        desk.type("is:marked")
        desk.press("Enter", "y")
        let menu = try #require(desk.state.layers.top as? CopyMenu)
        #expect(!menu.choices.contains { $0.title.hasPrefix("Command") })
        #expect(menu.choices.contains { $0.title == "Table as CSV" })
    }

    @Test(
        "the command that opens it leads another screen to the same filter, switches, order, columns and entity"
    )
    func openLine() throws {
        var desk = Desk.ready()
        desk.press("1", "/")
        desk.type("\"mad1 core\" | mad1")
        desk.press("Enter", "p", "@")
        let line = try #require(text(clipping(choose("Command that opens it", on: &desk))))
        #expect(
            line == "nocturne open devices --only core --filter '\"mad1 core\" | mad1' --problems-only",
            "\(line)")
        desk.press("Esc", "Enter")
        let entity = try #require(desk.state.place.path.first)
        let opened = try #require(text(clipping(choose("Command that opens it", on: &desk))))
        #expect(opened.hasPrefix("nocturne open devices core:device/\(entity.id)"), "\(opened)")

        var other = Desk.ready()
        let view = SavedView(
            name: "", pane: .devices, filter: "mad1", problemsOnly: true, backend: "core",
            choice: PaneChoice(order: [SortKey(.name, descending: true)]))
        other.send(.began(at: Visit(view, path: [entity])))
        #expect(other.state.place.pane == .devices && other.state.place.path == [entity])
        #expect(other.state.pane.filterText == "mad1" && other.state.pane.problemsOnly)
        #expect(other.state.pane.order == [SortKey(.name, descending: true)])
        #expect(other.state.pane.backend == World.core)
        // Nothing of it is kept for the next start.
        #expect(other.state.preferences == desk.state.preferences)
    }

    // MARK: What became of it

    private func clipped(
        lines: (kept: Int, all: Int) = (1, 1), file: Result<String, BackendError>? = .success("~/s/clipboard")
    ) -> Event {
        .clipped(Clipped(words: "gw1", base64: "Z3cx", lines: lines, file: file))
    }

    @Test("the file is named where the terminal's clipboard can't be relied on")
    func named() {
        var desk = Desk.ready()
        #expect(desk.send(clipped()) == [.transmit(.clipboard(base64: "Z3cx"))])
        // What was copied comes first: the end of the line may be cut.
        #expect(desk.message == "copied: gw1  (also in ~/s/clipboard)")
        desk.send(clipped(lines: (412, 5_000)))
        #expect(desk.message.contains("room for 412 of 5,000 lines only"))
        #expect(desk.message.contains("~/s/clipboard"))
        desk.send(clipped(file: .failure(BackendError(.invalid, "~/s/clipboard can't be written: full"))))
        #expect(desk.state.message?.tone == .bad && desk.message.contains("can't be written"))
        desk.send(clipped(file: nil))
        #expect(desk.message == "copied: gw1")
    }

    @Test("a terminal without a clipboard gets nothing, and the operator the file")
    func console() {
        var desk = Desk(World.state(terminal: Capabilities(colors: 8, unicode: true, name: "linux")))
        #expect(desk.send(clipped()) == [])
        #expect(desk.message.hasPrefix("copied to ~/s/clipboard: this terminal has no clipboard"))
        #expect(desk.send(clipped(file: .failure(BackendError(.invalid, "disk full")))) == [])
        #expect(desk.message.hasPrefix("not copied"))
    }

    @Test("the menu as it is drawn")
    func golden() throws {
        var desk = Desk.ready(size: Size(80, 24))
        desk.press("1", "Space", "Space", "y")
        try Golden.check(desk.state, "copy")
    }
}
