import Canvas
@testable import Dashboard
@testable import DashboardSupport
import Domain
import Testing

@Suite("A server that answers and looks at nothing any more")
struct PollerTests {
    @Test("one dead poller of four makes the server amber, with how many devices it is and for how long")
    func deadPoller() {
        let desk = Desk.polled(World.deadPoller)
        #expect(desk.header.contains("core ◕ poller 6h"))
        #expect(desk.header.contains("▲ ? critical"))
        let lines = desk.lines
        #expect(lines.contains { $0.contains("3 of 12 devices not polled for 6h") })
        #expect(lines.contains { $0.contains("▼ ? devices down") && $0.contains("not polled") })
        #expect(desk.state.counts.devicesUp == 14 && desk.state.counts.devicesLate == 3)
        #expect(desk.state.map.flatMap(\.devices).count { $0.status == .unknown } == 3)
    }

    @Test("when all are polled again, all is known again")
    func back() {
        var desk = Desk.polled(World.deadPoller)
        desk.readPolls(World.livePollers)
        #expect(desk.header.contains("core • 0s") && desk.header.contains("✓ 0 critical"))
        #expect(desk.lines.contains { $0.contains("✓ 0 devices down") })
    }

    @Test("a device that is down is looked at late by nature, and makes nothing uncertain")
    func down() {
        let desk = Desk.polled([("down", 90_000), ("up", 60)])
        #expect(desk.header.contains("core • 0s"))
        #expect(desk.lines.contains { $0.contains("▼ 1 device down") })
    }

    @Test("a server that goes on answering the same becomes late by time alone")
    func sameRows() {
        var desk = Desk.polled(World.livePollers)
        let table = World.polledDevices(World.livePollers)
        desk.readPolls(World.livePollers)
        for _ in 0..<8 {
            desk.tick(99)
            for other in World.all {
                for kind in desk.state.backends[Int(other.index)].tables.keys {
                    let rows = desk.state.backends[Int(other.index)].tables[kind]
                    desk.refreshed(other, kind, rows ?? table)
                }
            }
        }
        #expect(!desk.header.contains("poller"))
        desk.tick(20)
        #expect(desk.header.contains("core ◕ poller 15m"))
        #expect(desk.state.counts.devicesLate == 12)
        #expect(desk.lines.contains { $0.contains("12 of 12 devices not polled for 15m") })
    }

    @Test("where it is not certain what its times mean, one poller of several is found, and one that stops")
    func uncertainClock() {
        // Five hours off, as a zone that nobody told makes them.
        var desk = Desk.polled([("up", 18_000), ("up", 18_100)], isCertain: false)
        #expect(!desk.header.contains("poller"))
        desk.readPolls([("up", 18_000), ("up", 21_000)])
        #expect(desk.lines.contains { $0.contains("1 of 2 devices not polled for 50m") })
        desk = Desk.polled([("up", 18_000), ("up", 18_100)], isCertain: false)
        desk.tick(1_000)
        #expect(desk.state.backends[0].latePolls(desk.state.now)?.count == 2)
    }

    @Test(
        "a server that stood still before is found where its zone is not known, when that is long ago in any zone"
    )
    func deadAtFirstLook() {
        // By a clock twelve hours behind UTC the devices were looked at 1 minute, 15 minutes and 16 minutes ago.
        let behind: Int64 = 12 * 3600
        for (age, isLate) in [(behind + 60, false), (behind + 900, false), (behind + 901, true)] {
            let desk = Desk.polled([("up", age), ("up", age - 10)], isCertain: false)
            #expect((desk.state.backends[0].latePolls(desk.state.now) != nil) == isLate, "\(age)")
            #expect(desk.header.contains("core ◕ poller") == isLate, "\(age)")
        }
        let dead = Desk.polled([("up", 200_000), ("up", 200_000)], isCertain: false)
        #expect(dead.lines.contains { $0.contains("2 of 2 devices not polled for") })
        #expect(dead.lines.contains { $0.contains("▼ ? devices down") })
    }

    @Test("between that and now it is said that it is not known, and nothing else")
    func notKnown() {
        for (age, isKnown) in [(100, true), (901, false), (18_000, false), (-3_600, false)] {
            let desk = Desk.polled([("up", Int64(age))], size: Size(200, 40), isCertain: false)
            let isSaid = desk.lines.contains { $0.contains("when it polled is not known: set timezone") }
            #expect(isSaid == !isKnown, "\(age)")
            #expect(desk.lines.contains { $0.contains("server polled ~") } == isKnown, "\(age)")
        }
    }

    @Test("the devices pane, the health of backends and an opened device say it too")
    func elsewhere() {
        var desk = Desk.polled(World.deadPoller)
        desk.press("1")
        #expect(desk.lines.contains { $0.contains("core: 3 of 12 devices not polled for 6h") })
        let frame = render(desk.state)
        let dimmed = desk.lines.indices.filter { Theme.role(of: frame[20, $0].style).1 == .stale }
        #expect(dimmed.count >= 2, "rows that nobody looked at are dimmed")
        desk.press("!")
        #expect(desk.lines.contains { $0.contains("◕ poller") })
        #expect(desk.lines.contains { $0.contains("    3 of 12 devices not polled for 6h") })
    }

    @Test(
        "who wants to be called for a lost server is called when half of it stands still, and when it is back"
    )
    func alarms() {
        let rule = AlarmRule(events: [.lost, .back], rings: true)
        var desk = Desk.polled(World.deadPoller, alarms: [rule])
        #expect(desk.tick(1).contains(.transmit(.bell)) == false)
        desk.readPolls((0..<4).map { _ in ("up", 21_700) } + (0..<4).map { _ in ("up", 60) })
        #expect(desk.tick(1).contains(.transmit(.bell)))
        #expect(desk.tick(1).contains(.transmit(.bell)) == false)
        desk.readPolls(World.livePollers)
        #expect(desk.tick(1).contains(.transmit(.bell)))
    }

    @Test("frames", arguments: [Size(80, 24), Size(120, 40), Size(40, 10)])
    func golden(size: Size) throws {
        try Golden.check(Desk.polled(World.deadPoller, size: size).state, "poller")
    }
}
