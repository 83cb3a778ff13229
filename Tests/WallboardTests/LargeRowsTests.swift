import Canvas
@testable import Dashboard
@testable import DashboardSupport
import Domain
import Testing
@testable import Wallboard

@Suite("Rows that are read from five metres")
struct LargeRowsTests {
    private static let alerts = WallboardProfile.only(WallboardPage(.pane(.alerts), filter: "is:open"))

    private func large(_ desk: Desk) -> [String] { LargeLetters(frame: render(desk.state)).lines() }

    @Test("every letter that a name may have is drawn, and is told apart from every other")
    func letters() {
        var seen: [[[Bool]]: Character] = [:]
        for value in 32...126 as ClosedRange<UInt8> {
            let letter = Character(Unicode.Scalar(value))
            let rows = BigFont.rows(of: letter)
            #expect(rows?.count == BigFont.height, "\(letter)")
            guard let rows else { continue }
            #expect((1...7).contains(rows[0].count) && rows.allSatisfy { $0.count == rows[0].count })
            #expect(seen[rows] == nil, "\(letter) looks like \(seen[rows] ?? " ")")
            seen[rows] = letter
        }
    }

    @Test("a text is as wide as it says, ends within its room, and says so where it is cut or respelled")
    func texts() {
        for text in ["mad1-core-rtr02", "BGP session down (65001)", "il1!|", ""] {
            for width in [3, 8, 20, 60, 100] {
                let large = BigText(text, width: width)
                var frame = Frame(size: Size(110, 4), sheet: StyleSheet([Style()]))
                let used = large.draw(in: &frame, 0, 0, .text)
                #expect(used <= width)
                #expect(frame.textLines().allSatisfy { $0.count <= used })
                #expect(large.isWhole == (BigText.width(text) <= width), "\(text) in \(width)")
            }
        }
        #expect(BigText("Zürich", width: 40).text == "Zurich")
        #expect(!BigText("Zürich", width: 40).isWhole)
    }

    @Test("the worst alerts are large, with device and words; the others stay a table below")
    func worst() {
        let desk = Desk.wall(Self.alerts, size: Size(120, 40))
        let lines = large(desk)
        #expect(lines.count >= 3)
        #expect(lines.first == "▲ mad1-core-rtr02 BGP session down", "\(lines)")
        #expect(desk.text.contains("since 4m · ! open · core"))
        // No row is there twice, and none is missing.
        let all = ["mad1-agg-sw11", "lon5-edge-rtr02", "globex-north", "lon5-ups-003", "lon5-edge-rtr01"]
        for name in all {
            let isLarge = lines.contains { $0.contains(name) }
            let isSmall = desk.lines.contains { $0.contains(name) && !$0.contains(" · ") }
            #expect(isLarge != isSmall, "\(name)")
        }
    }

    @Test("what is cut in large letters is written out in small ones")
    func cut() {
        var desk = Desk.wall(Self.alerts, size: Size(100, 30))
        let rows = [
            (
                Int64(1), "critical", "open", Int64(4), "mad1-core-rtr02-with-a-long-name",
                "Something long: power supply 2 of 2 failed", ""
            )
        ]
        desk.read(World.core, .alert, World.alerts(World.core, rows))
        desk.tick(0.1)
        #expect(large(desk).first == "▲ mad1-core-rtr02-with-a-long-name", "\(large(desk))")
        #expect(desk.text.contains("power supply 2 of 2 failed"))
    }

    @Test("an alert that somebody of the team has says who, and to visitors only that somebody has it")
    func claimed() {
        func text(_ isRedacted: Bool, _ size: Size) -> String {
            var profile = Self.alerts
            if isRedacted { profile.redaction = [.notes] }
            var desk = Desk.wall(profile, size: size)
            desk.state.claims = Claims(isKept: true)
            desk.send(.claimed(ClaimBook(claims: [Desk.claim("c", World.first)])))
            return desk.text
        }
        #expect(text(false, Size(120, 40)).contains("◉ ben has it"))
        #expect(text(true, Size(120, 40)).contains("◉ somebody has it"))
        #expect(text(false, Size(80, 24)).contains("◉ben"))
        #expect(!text(true, Size(80, 24)).contains("ben") && text(true, Size(80, 24)).contains("◉"))
    }

    @Test("small screens, terminals without UTF-8, the kernel's console and slow lines keep the table")
    func small() {
        for size in [Size(80, 24), Size(99, 40), Size(120, 28)] {
            #expect(large(Desk.wall(Self.alerts, size: size)).isEmpty, "\(size)")
        }
        #expect(large(Desk.wall(Self.alerts, size: Size(120, 40), unicode: false)).isEmpty)
    }

    @Test("rows that say nothing of how bad they are stay a table, and so does what is fine")
    func others() {
        #expect(large(Desk.wall(.only(WallboardPage(.pane(.ports))))).isEmpty)
        let fine = Desk.wall(.only(WallboardPage(.pane(.devices), filter: "is:up")))
        #expect(large(fine).isEmpty)
        let down = Desk.wall(.only(WallboardPage(.pane(.devices), filter: "is:problem")))
        #expect(large(down).first?.contains("mad1-agg-sw11 down") == true, "\(large(down))")
    }

    @Test("the overview and the page behind it are not the same list")
    func pages() {
        for size in [Size(120, 30), Size(200, 60)] {
            var desk = Desk.wall(.standard, size: size)
            let first = desk.readable
            desk.press("n")
            #expect(desk.board?.page?.title(isRedacted: false) == "latest alerts")
            #expect(first.contains("SERVERS") || first.contains("▼ 1 down"))
            #expect(desk.readable != first)
        }
    }

    @Test(
        "the map is followed by the names of what is down, and by a number that may be larger where not all is known"
    )
    func names() {
        var desk = Desk.wall(.only(WallboardPage(.map)), size: Size(120, 40))
        desk.tick(0.1)
        #expect(desk.text.contains("▼ 1 DOWN"))
        #expect(desk.readable.contains("mad1-agg-sw11"))
        let table = desk.state.backends[0].tables[.device]
        if let table { desk.refreshed(World.core, .device, table, .partial("1 of 2 pages")) }
        desk.tick(0.1)
        #expect(desk.text.contains("▼ 1+? DOWN"))
        #expect(desk.text.contains("▼ 1+? down  ◐ 1+? partly"))
        for size in [Size(80, 24), Size(200, 60)] {
            desk.send(.resized(size))
            #expect(desk.readable.contains("mad1-agg-sw11"), "\(size)")
        }
    }

    @Test("how many more rows there are may be larger where a server sent only a part")
    func more() {
        var desk = Desk.wall(Self.alerts, size: Size(120, 30))
        let rows = (0..<40).map { (Int64($0), "critical", "open", Int64(4), "rtr\($0)", "Down", "") }
        desk.refreshed(World.core, .alert, World.alerts(World.core, rows), .partial("1 of 2 pages"))
        desk.tick(0.1)
        #expect(desk.lines.contains { $0.contains("more") && $0.contains("+?") }, "\(desk.text)")
    }

    @Test("what visitors must not read is in no large letter")
    func redacted() {
        for page in [WallboardPage.View.overview, .map, .pane(.alerts), .pane(.bonds), .pane(.devices)] {
            let profile = WallboardProfile(
                name: "r", pages: [WallboardPage(page)], redaction: Set(Redaction.allCases))
            for size in [Size(120, 30), Size(240, 67)] {
                let desk = Desk.wall(profile, size: size)
                for secret in ["globex", "acme", "initech", "splicer", "10.0."] {
                    #expect(!desk.readable.contains(secret), "\(secret) on \(page) at \(size)")
                }
            }
        }
    }
}
