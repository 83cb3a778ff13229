import Canvas
@testable import Dashboard
import Domain
import Testing

/// A PON that went dark, with what hangs on it, at the server of the access network.
enum Dark {
    static let resource = ResourceDescriptor(
        "problem", plural: "problems", pane: .alerts,
        fields: Offer.alert.fields + [Field(.cause, "CAUSE", .ref("problem"), width: 8...20, priority: nil)],
        interval: 60, feedsCounts: true, nameField: .rule, tally: .alerts)

    static func problem(_ id: Int64) -> EntityRef { EntityRef(World.access, "problem", id: id) }

    /// The PON is problem 1, its ONTs are 2 and up; problem 90 stands alone.
    static func table(
        onts: Int = 61, severity: String = "warning", pon: String = "open", ponSeverity: String = "warning"
    ) -> Table {
        var builder = TableBuilder(resource, World.access)
        func add(_ id: Int64, _ severity: String, _ state: String, _ name: String, cause: EntityRef? = nil) {
            builder.begin(problem(id))
            builder.set(0, text: severity)
            builder.set(1, text: state)
            builder.set(2, time: Timestamp(World.wall.seconds - id * 60))
            builder.set(3, ref: nil, name: "OLT02")
            builder.set(4, ref: nil, name: name)
            if let cause { builder.set(7, ref: cause, name: "PON 0/5/3 dark") }
        }
        add(1, ponSeverity, pon, "PON 0/5/3 dark")
        for id in 0..<Int64(onts) {
            add(2 + id, severity, "open", "ONT 0/5/3:\(id + 1) offline", cause: problem(1))
        }
        add(90, "warning", "open", "low light")
        return builder.finish()
    }

    static func desk(size: Size = Size(120, 30), _ table: Table = table()) -> Desk {
        var desk = Desk(World.state(size: size))
        desk.tick(0)
        for id in World.all { desk.probe(id) }
        let info = ServerInfo(product: "Krill v2", clock: ServerClock(offset: 0, isCertain: true))
        let probe = Probe(info: info, resources: [resource], commands: [Offer.acknowledge])
        desk.send(.probed(World.access, .success(probe)))
        for id in World.all where id != World.access { desk.refreshed(id, .alert, .empty(Offer.alert, id)) }
        desk.refreshed(World.access, "problem", table)
        desk.press("3")
        return desk
    }
}

@Suite("One cause")
struct CauseTests {
    @Test("what follows from an open alert is folded under it, with a count, and unfolded with a key")
    func folding() throws {
        var desk = Dark.desk()
        #expect(desk.shown == [Dark.problem(1), Dark.problem(90)])
        #expect(desk.lines[2].contains("61 folded · 2 of 63"))
        #expect(desk.lines[4].contains("PON 0/5/3 dark + 61 folded"))
        desk.press("-")
        #expect(desk.shown.count == 63)
        #expect(desk.pane.cursor == Dark.problem(1))
        #expect(desk.lines[4].contains("PON 0/5/3 dark - 61 unfolded"))
        #expect(desk.lines[5].contains("└ ONT 0/5/3:1 offline"))
        #expect(desk.lines[2].contains(" 63 "))
        desk.press("j", "j", "-")
        #expect(desk.pane.cursor == Dark.problem(1), "folded from below")
        #expect(desk.shown.count == 2)
        desk.press("j", "-")
        #expect(desk.message == "nothing is folded under this row")
    }

    @Test("the order leaves what is unfolded under its cause, and cursor and marks stay on theirs")
    func order() {
        var desk = Dark.desk()
        desk.press("-", "j", "Space")
        let marked = Dark.problem(2)
        #expect(desk.pane.marks == [marked])
        #expect(desk.pane.cursor == Dark.problem(3))
        for _ in 0..<5 {
            desk.press("s")
            #expect(desk.pane.cursor == Dark.problem(3))
            let place = desk.shown.firstIndex(of: Dark.problem(1)) ?? -1
            #expect(Set(desk.shown[(place + 1)...(place + 61)]) == Set((2...62).map { Dark.problem($0) }))
        }
        desk.refreshed(World.access, "problem", Dark.table(onts: 60))
        #expect(desk.pane.cursor == Dark.problem(3))
        desk.press("-")
        #expect(desk.pane.marks == [marked], "folded, not gone")
    }

    @Test("a filter that only what is folded passes shows it")
    func filter() {
        var desk = Dark.desk()
        desk.press("/")
        desk.type("ONT 0/5/3:7")
        #expect(desk.shown == [Dark.problem(8)])
        desk.press("Esc", "/")
        desk.type("OLT02")
        #expect(desk.shown == [Dark.problem(1), Dark.problem(90)])
    }

    @Test("all that are marked are all that are seen, and that is said")
    func markAll() {
        var desk = Dark.desk()
        desk.press("*")
        #expect(desk.pane.marks == [Dark.problem(1), Dark.problem(90)])
        #expect(desk.message == "2 marked; 61 folded rows are not")
        desk.press("U", "-", "*")
        #expect(desk.pane.marks.count == 63)
        #expect(desk.message == "63 marked")
    }

    @Test("the header counts an alert and what follows from it once, folded or not, unless that is worse")
    func counts() {
        var desk = Dark.desk()
        #expect(desk.state.counts.warning == 2)
        let header = desk.header
        desk.press("-")
        #expect(desk.header == header)
        desk.refreshed(World.access, "problem", Dark.table(severity: "critical"))
        #expect(desk.state.counts.critical == 61)
        #expect(desk.state.counts.warning == 2)
        desk.press("-")
        #expect(desk.lines[4].contains("+ 61 folded ▲"))
        desk.refreshed(World.access, "problem", Dark.table(pon: "cleared"))
        #expect(desk.state.counts.warning == 62)
        #expect(desk.shown.count == 63)
    }

    @Test("what follows from an acknowledged alert is hidden with it")
    func acknowledged() {
        var desk = Dark.desk(Dark.table(pon: "acknowledged"))
        #expect(desk.state.counts.warningUnhandled == 1)
        desk.press("A")
        #expect(desk.shown == [Dark.problem(90)])
        #expect(desk.lines[2].contains("62 hidden"))
    }

    @Test("folded and unfolded, on wide and narrow screens")
    func looks() throws {
        for size in [Size(120, 30), Size(80, 24), Size(40, 10), Size(20, 5)] {
            var desk = Dark.desk(size: size, Dark.table(severity: "critical"))
            try Golden.check(desk.state, "folded")
            desk.press("-", "j")
            try Golden.check(desk.state, "unfolded")
        }
    }
}
