import Canvas
import Domain
import Testing

@testable import Dashboard
@testable import DashboardSupport

@Suite("Trends as they are drawn")
struct TrendPictureTests {
    /// A desk where ports were polled a few times, once after a gap.
    private func desk(size: Size = Size(160, 24), isLowBandwidth: Bool = false) -> Desk {
        var desk = Desk(World.state(size: size, isLowBandwidth: isLowBandwidth))
        desk.tick(0)
        for id in World.all { desk.probe(id) }
        desk.fill()
        var book: TrendBook?
        for (place, moment) in [0.0, 300, 600, 900, 2_100, 2_400].enumerated() {
            var builder = TableBuilder(Offer.port, World.core)
            for port in 1...40 as ClosedRange<Int64> {
                builder.begin(EntityRef(World.core, .port, id: port))
                builder.set(4, integer: port == 3 ? 0 : port * 1_000_000 * Int64(place + 1))
                builder.set(5, integer: port == 3 ? 0 : port * 500_000)
            }
            book = TrendBook.after(book, builder.finish(), at: World.start + moment, wall: World.wall)
        }
        desk.tick(2_400)
        let refreshed = Refreshed(
            table: World.ports(World.core), completeness: .complete, seconds: 0.1, trends: book)
        desk.send(.refreshed(World.core, .port, .success(refreshed)))
        return desk
    }

    @Test("ports draw what they carried lately, with gaps where nothing was polled")
    func column() throws {
        var desk = desk()
        desk.press("2")
        #expect(desk.lines.contains { $0.contains("TREND") })
        #expect(desk.lines.contains { $0.contains("▃▄▅▆   ▇█") })
        try Golden.check(desk.state, "trends")
        // Nothing carried is a low even line, and no gap.
        let idle = try #require(desk.state.find(EntityRef(World.core, .port, id: 3)))
        #expect(desk.state.sparkline(of: idle.table.refs[idle.row], width: 24) == "▁▁▁▁   ▁▁")
    }

    @Test("a narrow screen, one where bytes are dear, and one where nothing was polled twice draw none")
    func none() {
        var narrow = desk(size: Size(80, 24))
        narrow.press("2")
        #expect(!narrow.lines.contains { $0.contains("TREND") })
        var frugal = desk(isLowBandwidth: true)
        frugal.press("2")
        #expect(!frugal.lines.contains { $0.contains("TREND") })
        frugal.press("Enter")
        #expect(!frugal.lines.joined().unicodeScalars.contains { (0x2801...0x28FF).contains($0.value) })
        var fresh = Desk.ready(size: Size(160, 24))
        fresh.press("2")
        #expect(!fresh.lines.contains { $0.contains("TREND") })
    }

    @Test("what the server has not measured for long is a gap, however often the list gives it")
    func stale() {
        let resource = ResourceDescriptor(
            .port, plural: "ports", pane: .ports,
            fields: [
                Field(.name, "PORT", .text), Field("in_bps", "IN", .rate),
                Field(.lastPolled, "POLLED", .time),
            ], interval: 300, trends: ["in_bps"])
        var desk = Desk.ready(size: Size(160, 24))
        let ports = (1...2).map { EntityRef(World.core, .port, id: Int64($0)) }
        var book: TrendBook?
        for step in 0..<6 as Range<Int64> {
            let wall = Timestamp(World.wall.seconds + step * 300)
            var builder = TableBuilder(resource, World.core)
            for port in ports {
                builder.begin(port)
                builder.set(1, integer: 5_000_000)
                // The second was measured once.
                builder.set(2, time: port == ports[0] ? wall : World.wall)
            }
            book = TrendBook.after(book, builder.finish(), at: World.start + Double(step) * 300, wall: wall)
        }
        let refreshed = Refreshed(
            table: World.ports(World.core), completeness: .complete, seconds: 0.1, trends: book)
        desk.send(.refreshed(World.core, .port, .success(refreshed)))
        let drawn = ports.map { desk.state.sparkline(of: $0, width: 24).filter { $0 != " " }.count }
        #expect(drawn == [6, 3])
    }

    @Test("an order by trend does not exist")
    func order() {
        var desk = desk()
        desk.press("2")
        for _ in 0..<20 {
            desk.press(">")
            #expect(desk.pane.order.first?.field != .trend)
        }
    }

    @Test("an opened port has a chart of each direction")
    func chart() throws {
        var desk = desk(size: Size(100, 30))
        desk.press("2", "Enter")
        #expect(desk.lines.contains { $0.contains("IN · ") && $0.contains("last 40m") })
        try Golden.check(desk.state, "trend-chart")
    }

    @Test("a chart that comes above the fields takes the cursor's link along")
    func link() throws {
        var desk = Desk.ready(size: Size(100, 40))
        desk.press("2", "Enter", "j")
        let port = try #require(desk.state.details.last?.entity)
        let table = try #require(desk.state.find(port)?.table)
        var book = TrendBook.after(nil, table, at: World.start, wall: World.wall)
        book = TrendBook.after(book, table, at: World.start + 300, wall: World.wall)
        let before = desk.lines
        desk.send(
            .refreshed(
                World.core, .port,
                .success(Refreshed(table: table, completeness: .complete, seconds: 0.1, trends: book))))
        let chart = try #require(desk.lines.firstIndex { $0.contains("IN · ") }, "\(desk.lines)")
        #expect(desk.lines != before && chart < 8, "\(desk.lines)")
        desk.press("Enter")
        #expect(desk.state.details.last?.entity.kind == .device)
    }

    @Test("a chart keeps to its area, draws steps through and breaks at gaps")
    func braille() {
        #expect(BrailleChart.rows([0, 1], from: 0, to: 1, width: 1, height: 1) == ["⡸"])
        let rows = BrailleChart.rows([1, nil, 1], from: 0, to: 1, width: 3, height: 2)
        #expect(rows == ["⠉⠀⠉", "⠀⠀⠀"])
        #expect(BrailleChart.rows([5, 5], from: 5, to: 5, width: 1, height: 1) == ["⣀"])
        #expect(BrailleChart.rows([], from: 0, to: 1, width: 3, height: 1).isEmpty)
        #expect(BrailleChart.rows([-9, 99], from: 0, to: 1, width: 1, height: 1) == ["⡸"])
    }

    @Test("a sparkline takes the last that fit, and of light the span that matters")
    func sparkline() {
        #expect(Sparkline.text([0, 1, 2, 3], from: 0, width: 2) == "▆█")
        #expect(Sparkline.text([0, 0], from: 0, width: 4) == "▁▁")
        #expect(Sparkline.text([-20, -20.1, nil, -19.9], from: nil, width: 4) == "▁▁ ▁")
        #expect(Sparkline.text([-20, -28], from: nil, width: 4) == "█▁")
        #expect(Sparkline.text([nil], from: 0, width: 4) == "")
    }
}
