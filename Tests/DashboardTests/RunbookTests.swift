import Canvas
@testable import Dashboard
@testable import DashboardSupport
import Domain
import Filter
import Testing

@Suite("Run-books")
struct RunbookTests {
    private static let backend = BackendID(0)
    private static let device = ResourceDescriptor(
        .device, plural: "devices", pane: .devices,
        fields: [
            Field(.status, "Status", .state), Field(.name, "Name", .text), Field("type", "Type", .word),
            Field(.groups, "Groups", .word),
        ], interval: 60, feedsCounts: true)
    private static let rule = ResourceDescriptor(
        .rule, plural: "rules", pane: .rules,
        fields: [Field(.name, "Name", .text), Field(.procedure, "Procedure", .text)], interval: 600)
    private static let alert = ResourceDescriptor(
        .alert, plural: "alerts", pane: .alerts,
        fields: [
            Field(.severity, "Severity", .severity), Field(.state, "State", .state),
            Field(.device, "Device", .ref(.device)), Field(.rule, "Alert", .ref(.rule)),
        ], interval: 20, feedsCounts: true, nameField: .rule)
    private static let books: [Runbooks.Book] = [
        .init(.rule, "bgp-session-down"), .init(.type, "firewall"), .init(.group, "core"),
    ]

    private static func ref(_ kind: ResourceKind, _ id: Int64) -> EntityRef {
        EntityRef(backend, kind, id: id)
    }

    /// Three alerts: of a rule with a text, of one with an address alone, of one with neither.
    private func desk(
        _ books: [Runbooks.Book] = Self.books, opens: Bool = true,
        procedure: String = "https://wiki.example/load"
    )
        -> Desk
    {
        let backend = BackendState(
            id: Self.backend, name: "core", title: "LibreNMS", address: "https://core",
            resources: [
                Self.alert, Self.device, Self.rule,
            ], commands: [], now: World.start)
        var desk = Desk(
            State(
                size: Size(120, 30), now: World.start, wall: World.wall, zone: 0, backends: [backend],
                keymap: DefaultKeys.keymap, themes: [], opensAddresses: opens,
                runbooks: Runbooks(folder: "~/books", books)))
        desk.tick(0)
        desk.probe(Self.backend)
        var devices = TableBuilder(Self.device, Self.backend)
        for (id, type, groups) in [(1, "firewall", ""), (2, "switch", "edge, Core")]
            as [(Int64, String, String)]
        {
            devices.begin(Self.ref(.device, id))
            devices.set(0, text: "up")
            devices.set(1, text: "sw\(id)")
            devices.set(2, text: type)
            devices.set(3, text: groups)
        }
        var rules = TableBuilder(Self.rule, Self.backend)
        for (id, name, address) in [(1, "BGP: session down", ""), (2, "Load", procedure)]
            as [(Int64, String, String)]
        {
            rules.begin(Self.ref(.rule, id))
            rules.set(0, text: name)
            rules.set(1, text: address)
        }
        var alerts = TableBuilder(Self.alert, Self.backend)
        for (id, device, rule, name) in [(1, 1, 1, "BGP: session down"), (2, 9, 2, "Load"), (3, 2, 3, "Fan")]
            as [(Int64, Int64, Int64, String)]
        {
            alerts.begin(Self.ref(.alert, id))
            alerts.set(0, text: "critical")
            alerts.set(1, text: "open")
            alerts.set(2, ref: Self.ref(.device, device), name: "sw\(device)")
            alerts.set(3, ref: Self.ref(.rule, rule), name: name)
        }
        for table in [alerts.finish(), devices.finish(), rules.finish()] {
            desk.send(
                .refreshed(
                    Self.backend, table.resource.kind,
                    .success(Refreshed(table: table, completeness: .complete, seconds: 0.1))))
        }
        desk.press("3")
        return desk
    }

    private func select(_ id: Int64, on desk: inout Desk) {
        desk.press("g")
        for _ in 0..<3 where desk.state.pane.cursor != Self.ref(.alert, id) { desk.press("j") }
    }

    @Test("the rule's text comes before that of the device's type, and its file is named in the detail")
    func rule() {
        var desk = desk()
        select(1, on: &desk)
        #expect(desk.press("O") == [.readRunbook(Self.books[0])])
        var text = CapturedText()
        text.take("# Look at the peer\n\u{1B}[2Jthen call".utf8)
        desk.send(.runbookRead(Self.books[0], .success(text)))
        #expect(desk.lines.contains { $0.contains("# Look at the peer") }, "\(desk.lines)")
        #expect(desk.lines.contains { $0.contains("then call") && !$0.contains("\u{1B}") })
        desk.press("O")
        #expect(desk.state.layers.isEmpty)
        desk.press("Enter")
        #expect(
            desk.lines.contains { $0.contains("rule/bgp-session-down.md  (O shows it)") }, "\(desk.lines)")
    }

    @Test("a group's text is found by any of the device's groups, without regard to case")
    func group() {
        var desk = desk()
        select(3, on: &desk)
        #expect(desk.press("O") == [.readRunbook(Self.books[2])])
    }

    @Test("where there is no text, the rule's address is opened, if it is one of the web")
    func procedure() {
        var desk = desk([])
        select(2, on: &desk)
        #expect(desk.press("O").contains(.browse("https://wiki.example/load")))
        desk.press("Esc")
        for hostile in [
            "javascript:alert(1)", "file:///etc/passwd", "https://wiki.example/a b",
        ] {
            var other = self.desk([], procedure: hostile)
            select(2, on: &other)
            #expect(other.press("O").isEmpty)
            #expect(other.state.message?.words.contains("no run-book is known") == true)
        }
    }

    @Test("a text that can't be read any more says so in its page")
    func gone() {
        var desk = desk()
        select(1, on: &desk)
        desk.press("O")
        desk.send(.runbookRead(Self.books[0], .failure(BackendError(.missing, "rule/x.md can't be read"))))
        #expect(desk.lines.contains { $0.contains("rule/x.md can't be read") })
    }
}
