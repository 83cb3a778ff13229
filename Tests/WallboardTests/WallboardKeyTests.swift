import Canvas
@testable import Dashboard
@testable import DashboardSupport
import Domain
import Testing
@testable import Wallboard

@Suite("Keys of the wallboard")
struct WallboardKeyTests {
    private static let two = WallboardProfile(
        name: "two", pages: [WallboardPage(.overview), WallboardPage(.map)])

    @Test("q twice within three seconds leaves, and the first says so")
    func leaving() {
        var desk = Desk.wall(Self.two)
        #expect(desk.press("q") == [])
        #expect(desk.text.contains("q once more within 3 seconds leaves the wallboard"))
        desk.tick(3)
        #expect(desk.press("q") == [.quit])
        desk = Desk.wall(Self.two)
        desk.press("q")
        desk.tick(3.5)
        #expect(desk.press("q") == [], "too late: it counts as the first again")
        #expect(desk.press("n", "q") == [], "another key came in between")
        #expect(desk.press("q") == [.quit])
    }

    @Test("pages are turned, kept and turned on by keys")
    func pages() {
        var desk = Desk.wall(Self.two)
        desk.press("n")
        #expect(desk.page == 1)
        desk.press("n")
        #expect(desk.page == 0)
        desk.press("p")
        #expect(desk.page == 1)
        desk.press("Space")
        #expect(desk.message.hasPrefix("paused"))
        desk.live(600)
        #expect(desk.page == 1)
        #expect(desk.text.contains("PAUSED"))
        desk.press("Space")
        #expect(!desk.text.contains("PAUSED"))
        #expect(desk.page == 1, "it does not run away at once")
        desk.live(20)
        #expect(desk.page == 0)
        desk.send(.pageTurned)
        #expect(desk.page == 1)
    }

    @Test("every other key of every context changes nothing and says why")
    func others() {
        let own: Set = ["n", "p", "Space", "T", "ctrl-l", "q"]
        let keys = Set(DefaultKeys.keymap.bindings.flatMap(\.keys).map(\.description)).subtracting(own)
        var desk = Desk.wall(Self.two)
        let before = desk.text
        for key in keys.sorted() + ["F9", "é", "ctrl-z"] {
            #expect(desk.press(key) == [], "\(key)")
            #expect(desk.message.contains("n p turn pages"), "\(key) says \(desk.message)")
            #expect(desk.state.layers.isEmpty && desk.state.sessions.isEmpty)
            #expect(render(desk.state).cursor == nil)
        }
        desk.press("a")
        #expect(desk.message.hasPrefix("Acknowledge: not from a wallboard, it is read-only"))
        desk.press(":")
        #expect(desk.message.hasPrefix("Palette: not on a wallboard"))
        desk.tick(0.5)
        desk.tick(25)
        #expect(desk.state.message == nil, "nobody has to press a key for it to go")
        #expect(before.contains("page 1/2"))
    }

    @Test("the mouse and what is pasted do nothing")
    func pointing() {
        var desk = Desk.wall(Self.two)
        let before = desk.text
        for mouse in [Mouse.click, .doubleClick, .wheelUp, .wheelDown] {
            for y in 0..<40 where y % 3 == 0 { desk.send(.read([.mouse(mouse, x: 10, y: y)])) }
        }
        #expect(desk.paste("q\nq\n") == [])
        #expect(desk.text == before)
    }

    @Test("a locked one takes no key at all")
    func locked() {
        let profile = WallboardProfile(name: "l", pages: Self.two.pages, isLocked: true)
        var desk = Desk.wall(profile)
        let before = desk.text
        for key in ["q", "q", "n", "p", "Space", "T", "a", ":", "Q", "ctrl-l"] {
            #expect(desk.press(key) == [])
        }
        #expect(desk.text == before)
        desk.send(.pageTurned)
        #expect(desk.page == 1, "from outside it is turned")
    }

    // MARK: From the dashboard

    @Test("W seals, and the dashboard comes back as it was but for changes")
    func sealing() {
        var desk = Desk.beforeWall()
        desk.press("3", "/")
        desk.type("mad1")
        desk.press("Enter", "j", "Space")
        let (shown, cursor, marks) = (desk.shown, desk.pane.cursor, desk.pane.marks)
        let theme = desk.state.themeIndex
        #expect(desk.press("W", "y").first == .seal)
        #expect(desk.state.isReadOnly)
        #expect(desk.text.contains("page 1/"))
        desk.refreshed(World.edge, .alert, World.alerts(World.edge, World.edgeAlerts))
        desk.tick(1)
        desk.press("q")
        #expect(!desk.press("q").contains(.quit))
        #expect(desk.state.screen == nil)
        #expect(desk.message.contains("read-only from here on"))
        #expect(desk.shown == shown && desk.pane.cursor == cursor && desk.pane.marks == marks)
        #expect(desk.state.themeIndex == theme)
        #expect(desk.press("a").isEmpty)
        #expect(desk.message.contains("read-only"))
        #expect(desk.header.contains("READ-ONLY"))
    }

    @Test("rows that came while the wallboard was shown are there when it is left")
    func caughtUp() {
        var desk = Desk.beforeWall()
        desk.press("3")
        let count = desk.shown.count
        desk.press("W", "y")
        let row = (99, "warning", "open", 0, "mad1-core-rtr01", "Fan failed", "") as World.AlertRow
        desk.refreshed(World.core, .alert, World.alerts(World.core, World.coreAlerts + [row]))
        desk.press("q", "q")
        #expect(desk.shown.count == count + 1)
    }

    @Test("a dialog that has sent nothing is ended, and its plan forgotten")
    func dialog() {
        var desk = Desk.beforeWall()
        desk.press("5")
        desk.go(to: EntityRef(World.bonds, "bond", id: 21))
        desk.press("X")
        #expect(desk.session != nil)
        // In a dialog no key begins a wallboard; the action may come from elsewhere.
        let effects = desk.state.showScreen()
        #expect(effects.contains(.seal) && effects.contains(.forget(session: 1)))
        #expect(desk.state.sessions.isEmpty && desk.state.layers.isEmpty)
    }

    @Test("what was sent goes on, is told, and its outcome waits in the dashboard")
    func sent() {
        var desk = Desk.beforeWall()
        desk.press("3")
        desk.go(to: World.alert(World.core, 11))
        desk.press("a", "Enter")
        let plan = PlanPreview(
            summary: ["does it"], targets: [.init(World.alert(World.core, 11), name: "n", words: "open")],
            requests: [], tier: .harmless)
        let sending = desk.send(
            .prepared(session: 1, World.core, .success(Prepared(preview: plan, lastDone: nil))))
        #expect(sending == [.perform(session: 1, World.core, as: .harmless)])
        let effects = desk.press("W", "y")
        #expect(!effects.contains(.forget(session: 1)))
        let outcome = Outcome(World.alert(World.core, 11), .unknown, "the connection died after sending")
        desk.send(.performed(session: 1, World.core, [outcome]))
        #expect(desk.text.contains("the connection died after sending"))
        #expect(desk.state.contexts == [.wallboard])
        desk.tick(1)
        desk.press("q", "q")
        #expect(desk.state.layers.all as? [CommandDialog] == [CommandDialog(1)])
    }

    @Test("on a page over the pane W works, and what is typed ahead behind it reaches the wallboard")
    func typedAhead() {
        var desk = Desk.beforeWall()
        desk.press("!")
        desk.pressAtOnce("W", "y", "q", "q")
        #expect(desk.state.screen != nil, "what was typed before it was seen is not meant for it")
    }
}
