import Canvas
@testable import Dashboard
@testable import DashboardSupport
import Domain
import Testing

@Suite("Strips of states")
struct StripTests {
    private static let day = Timestamp(World.wall.seconds - 86_400)..<World.wall

    private func strip(_ spans: (Double, Double, String)...) -> Strip {
        func moment(_ hours: Double) -> Timestamp {
            Timestamp(Self.day.lowerBound.seconds + Int64(hours * 3600))
        }
        return Strip(Self.day, spans.map { Strip.Span(moment($0)..<moment($1), $2) })
    }

    private func text(_ strip: Strip, _ count: Int) -> String {
        StripCells(strip: strip).cells(count).map(\.text).joined()
    }

    @Test("the worst of a cell's time is what it shows, however short it was")
    func worst() {
        #expect(text(strip((0, 24, "up")), 6) == "▁▁▁▁▁▁")
        #expect(text(strip((0, 12, "up"), (12, 24, "down")), 6) == "▁▁▁███")
        #expect(text(strip((0, 9, "up"), (9, 9.01, "down"), (9.01, 24, "up")), 6) == "▁▁█▁▁▁")
        #expect(text(strip((0, 24, "up"), (5, 5, "testing")), 6) == "▁▄▁▁▁▁")
        #expect(text(strip((0, 4, "idle"), (4, 8, "degraded"), (8, 12, "never heard")), 6) == "·▄????")
    }

    @Test("spans are cut to the strip's time, and what none covers is not known")
    func ends() {
        #expect(text(strip((-100, 4, "down"), (20, 100, "up")), 6) == "█????▁")
        #expect(text(strip((-9, -1, "down"), (24, 30, "down")), 6) == "??????")
        #expect(text(strip(), 3) == "???")
        #expect(text(Strip(World.wall..<World.wall, []), 9) == "")
        for count in 0...200 {
            let cells = StripCells(strip: strip((0.3, 7.7, "up"), (7.7, 23.9, "down"), (23.9, 99, "up")))
            #expect(cells.cells(count).reduce(0) { $0 + $1.width } == count)
        }
    }

    @Test("times stand at both ends where there is room, in local time")
    func times() {
        let cells = StripCells(strip: strip((0, 24, "up")))
        #expect(cells.pieces(width: 24, zone: 0).map(\.text).joined() == "03:14 ▁▁▁▁▁▁▁▁▁▁▁▁ 03:14")
        #expect(cells.pieces(width: 24, zone: 3600).map(\.text).joined().hasPrefix("04:14 "))
        #expect(cells.pieces(width: 23, zone: 0).map(\.text).joined() == String(repeating: "▁", count: 23))
        #expect(cells.pieces(width: 3, zone: 0).isEmpty)
        let week = Strip(Timestamp(World.wall.seconds - 7 * 86_400)..<World.wall, [])
        #expect(StripCells(strip: week).pieces(width: 50, zone: 0).first?.text == "11-14 03:14 ")
    }

    @Test("a detail draws legs with the strips of their day")
    func detail() throws {
        for size in [Size(120, 30), Size(80, 24), Size(40, 10), Size(20, 5)] {
            var desk = Desk.ready(size: size)
            desk.press("5", "Enter")
            let bond = desk.state.details[0].entity
            let legs: [Detail.Line] = [
                .init(
                    "eth0", .text("up"), .state,
                    strip: strip((0, 20, "up"), (20, 20.2, "down"), (20.2, 24, "up"))),
                .init(
                    "lte0", .text("down"), .state,
                    strip: strip((1, 16, "up"), (16, 18, "testing"), (18, 24, "down"))),
                .init("both", .text("up down"), .states, strip: strip((0, 24, "degraded"))),
            ]
            desk.send(
                .detailed(bond, .success(Detail(bond, title: "acme-hq", sections: [.init("Legs", legs)]))))
            desk.press("j")
            try Golden.check(desk.state, "strips")
        }
    }
}
