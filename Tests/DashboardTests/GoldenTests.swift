import Canvas
@testable import Dashboard
@testable import DashboardSupport
import Domain
import Testing

@Suite("Frames")
struct GoldenTests {
    private static let sizes = [
        Size(80, 24), Size(120, 40), Size(120, 30), Size(40, 10), Size(20, 5), Size(160, 50), Size(200, 60),
    ]

    private func check(_ name: String, _ make: (Size) throws -> Desk) throws {
        for size in Self.sizes { try Golden.check(try make(size).state, name) }
    }

    @Test("the overview")
    func overview() throws { try check("overview") { Desk.ready(size: $0) } }

    @Test("what changed since the operator looked: on the overview, in the margin, on its page")
    func since() throws {
        try check("since-overview") { Desk.remembering(size: $0) }
        try check("since-alerts") {
            var desk = Desk.remembering(size: $0)
            desk.press("3")
            return desk
        }
        try check("since-page") {
            var desk = Desk.remembering(size: $0)
            desk.press(",", "j")
            return desk
        }
    }

    @Test("a timeline of everything, and what an alert was like before")
    func timeline() throws {
        try check("timeline") {
            var desk = Desk.remembering(size: $0)
            let effects = desk.press("3", "t", "shift-Tab", "j")
            let recollection = Recollection(begins: World.looked, changes: World.night)
            for case .recall(_, let purpose) in effects {
                desk.send(.recalled(purpose, .success(recollection)))
            }
            desk.send(.auditRead(.success(World.auditRows)))
            return desk
        }
        try check("timeline-logs") {
            var desk = Desk.remembering(size: $0)
            desk.press("1")
            desk.go(to: World.device(World.core, 3))
            for effect in desk.press("t") {
                switch effect {
                case .recall(_, let purpose):
                    let own = World.night.filter { $0.device == "mad1-agg-sw11" }
                    desk.send(.recalled(purpose, .success(Recollection(begins: World.looked, changes: own))))
                case .readLog(let entity, let question):
                    let log = World.log(of: entity, begins: World.looked, isCut: true)
                    desk.send(.logRead(entity, question: question, .success(log)))
                default: break
                }
            }
            desk.send(.auditRead(.success([])))
            return desk
        }
        try check("handoff") {
            var desk = Desk.remembering(size: $0)
            let purpose = try #require(desk.press("3", "Y").recallPurpose)
            let recollection = Recollection(begins: World.looked, changes: World.night)
            desk.send(.recalled(purpose, .success(recollection)))
            desk.send(.auditRead(.success(World.auditRows)))
            return desk
        }
    }

    @Test("alerts, with a mark and the cursor below it")
    func alerts() throws {
        try check("alerts") {
            var desk = Desk.ready(size: $0)
            desk.press("3", "Space", "Space")
            return desk
        }
    }

    @Test("devices and ports")
    func tables() throws {
        try check("devices") {
            var desk = Desk.ready(size: $0)
            desk.press("1", "j")
            return desk
        }
        try check("ports") {
            var desk = Desk.ready(size: $0)
            desk.press("2", "j", "j")
            return desk
        }
        try check("ports-sideways") {
            var desk = Desk.ready(size: $0)
            desk.press("2", "l", "l", "l")
            return desk
        }
    }

    @Test("panes that only descriptors describe")
    func made() throws {
        try check("bonds") {
            var desk = Desk.ready(size: $0)
            desk.press("5")
            return desk
        }
        try check("customers") {
            var desk = Desk.ready(size: $0)
            desk.press("7")
            return desk
        }
    }

    @Test("an opened device, from its row and from what the server says")
    func detail() throws {
        try check("detail-row") {
            var desk = Desk.ready(size: $0)
            desk.press("1")
            desk.go(to: World.device(World.core, 2))
            desk.press("Enter")
            return desk
        }
        try check("detail") {
            var desk = Desk.ready(size: $0)
            desk.press("1")
            desk.go(to: World.device(World.core, 2))
            desk.press("Enter")
            desk.send(.detailed(World.device(World.core, 2), .success(World.detail)))
            desk.tick(12)
            desk.press("j", "j")
            return desk
        }
    }

    @Test("the filter while it is typed, what is wrong with it, and what it leaves")
    func filter() throws {
        try check("filter") {
            var desk = Desk.ready(size: $0)
            desk.press("3", "/")
            desk.type("mad1")
            return desk
        }
        try check("filter-wrong") {
            var desk = Desk.ready(size: $0)
            desk.press("3", "/")
            desk.type("mad1 @nowhere")
            return desk
        }
        try check("filter-none") {
            var desk = Desk.ready(size: $0)
            desk.press("3", "@", "A", "/")
            desk.type("nothing like it")
            desk.press("Enter")
            return desk
        }
    }

    @Test("the palette")
    func palette() throws {
        try check("palette") {
            var desk = Desk.ready(size: $0)
            desk.press("3", ":")
            return desk
        }
        try check("palette-typed") {
            var desk = Desk.ready(size: $0)
            desk.press("1", ":")
            desk.type("ack")
            return desk
        }
    }

    @Test("pages: help, audit, health")
    func pages() throws {
        try check("help") {
            var desk = Desk.ready(size: $0)
            desk.press("3", "?")
            return desk
        }
        try check("audit") {
            var desk = Desk.ready(size: $0)
            desk.press("L")
            desk.send(.auditRead(.success(World.auditRows)))
            desk.press("j")
            return desk
        }
        try check("audit-record") {
            var desk = Desk.ready(size: $0)
            desk.press("L")
            desk.send(.auditRead(.success(World.auditRows)))
            desk.press("Enter")
            return desk
        }
        try check("health") {
            var desk = Desk.troubled(size: $0)
            desk.press("!")
            return desk
        }
    }

    @Test("panes without rows say why")
    func empty() throws {
        try check("empty-asking") {
            var desk = Desk(World.state(size: $0))
            desk.tick(0)
            desk.press("3")
            return desk
        }
        try check("empty-none") {
            var desk = Desk.ready(size: $0)
            for id in World.all { desk.refreshed(id, .alert, .empty(Offer.alert, id)) }
            desk.press("3")
            return desk
        }
    }

    @Test("backends that are stale, refused, slow or never answered")
    func stale() throws {
        try check("stale-overview") { Desk.troubled(size: $0) }
        try check("stale-alerts") {
            var desk = Desk.troubled(size: $0)
            desk.press("3")
            return desk
        }
    }

    @Test("hostile and wide text stays in its columns")
    func hostile() throws {
        try check("hostile") {
            var desk = Desk.ready(size: $0)
            desk.refreshed(World.core, .alert, World.alerts(World.core, World.hostileAlerts))
            desk.press("3")
            return desk
        }
    }
}
