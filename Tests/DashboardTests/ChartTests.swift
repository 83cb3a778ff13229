import Canvas
@testable import Dashboard
@testable import DashboardSupport
import Domain
import Testing

@Suite("Charts of what was measured")
struct ChartTests {
    private static let begin = Timestamp(1_795_222_800)

    private func series(
        _ values: [Double?], type: FieldType = .rate, step: Int64 = 300, mark: ChartSeries.Mark? = nil
    ) -> ChartSeries {
        let points = values.enumerated().map { place, value in
            ChartSeries.Point(at: Timestamp(Self.begin.seconds + Int64(place) * step), value: value)
        }
        return ChartSeries("In", type, points, mark: mark)
    }

    private func chart(_ series: ChartSeries, _ size: Size, unicode: Bool = true) -> [String] {
        var frame = Frame(size: size, sheet: Theme(name: "plain", roles: [:]).sheet)
        let end = series.points.last?.at ?? Self.begin
        ValueChart(series: series, from: Self.begin, to: end, zone: 0, unicode: unicode)
            .draw(in: &frame, frame.bounds)
        return frame.textLines()
    }

    // MARK: Numbers

    @Test("last, average, 95th percentile and maximum are those of the values that there are")
    func numbers() throws {
        let hundred = try #require(SampleNumbers((1...100).map { Double($0) }))
        #expect(hundred.percentile95 == 95 && hundred.maximum == 100 && hundred.last == 100)
        #expect(abs(hundred.average - 50.5) < 1e-9 && hundred.count == 100 && hundred.missing == 0)
        // At least 95 of 100 values do not exceed it, however few there are: one of 20 may, none of 19.
        for count in 1...200 {
            let values = (1...count).map { Double($0) }
            let found = try #require(SampleNumbers(values.shuffled())).percentile95
            #expect(values.count { $0 <= found } * 100 >= 95 * count, "\(count)")
            #expect(values.count { $0 < found } * 100 < 95 * count, "\(count)")
        }
        #expect(SampleNumbers([7])?.percentile95 == 7)
        #expect(SampleNumbers((1...19).map { Double($0) })?.percentile95 == 19)
        #expect(SampleNumbers((1...20).map { Double($0) })?.percentile95 == 19)
    }

    @Test("what was not measured is no zero: it changes no number but how many are missing")
    func gaps() throws {
        let whole = try #require(SampleNumbers([4, 8, 6]))
        let torn = try #require(SampleNumbers([nil, 4, nil, nil, 8, 6, nil]))
        #expect(torn.average == whole.average && torn.percentile95 == whole.percentile95)
        #expect(torn.minimum == 4 && torn.last == 6 && torn.count == 3 && torn.missing == 2)
        #expect(SampleNumbers([nil, nil]) == nil && SampleNumbers([]) == nil)
        let large = try #require(SampleNumbers([Double](repeating: 1e308, count: 10)))
        #expect(large.average.isFinite)
    }

    @Test("the top of a scale is round, holds every value, and leaves no more than half of the chart empty")
    func scales() {
        for value in [0.0, 0.3, 1, 1.01, 9.9, 10, 11, 99, 101, 1234, 7.1e6, 9.99e9, 1e15] {
            let scale = ChartScale(0, value, isFromZero: true)
            #expect(scale.bottom == 0 && scale.top >= value)
            #expect(value <= 1 || scale.top <= 2 * value, "\(value): \(scale.top)")
        }
        let light = ChartScale(-21.4, -21.1, isFromZero: false)
        #expect(light.bottom <= -21.4 && light.top >= -21.1 && light.top - light.bottom >= 2)
        #expect(light.share(-21.2) > 0 && light.share(-21.2) < 1)
    }

    // MARK: The curve

    @Test("a gap is a gap: nothing is drawn where nothing is known, and a peak of one sample is never lost")
    func curve() {
        let torn = series([5, 5, nil, nil, 5, 5])
        let values = torn.values(columns: 60, from: torn.points[0].at, to: torn.points[5].at)
        #expect(values.contains(nil) && values.first == .some(5) && values.last == .some(5))
        #expect(!values.contains(0))
        var many = [Double?](repeating: 1, count: 500)
        many[251] = 90
        let peak = series(many)
        let drawn = peak.values(columns: 40, from: peak.points[0].at, to: peak.points[499].at)
        #expect(drawn.contains(90) && drawn.count == 40)
        for columns in [0, 1, 2, 7, 119, 1000] {
            #expect(torn.values(columns: columns, from: Self.begin, to: torn.points[5].at).count == columns)
        }
        // Polls that are missing as a whole.
        let points = [0, 300, 1800, 2100].map { (second: Int64) in
            ChartSeries.Point(
                at: Timestamp(Self.begin.seconds + second), value: 3, isAfterGap: second == 1800)
        }
        let late = ChartSeries("In", .rate, points)
        #expect(late.values(columns: 70, from: points[0].at, to: points[3].at)[35] == nil)
    }

    @Test("a chart has its values and times at its axes, and the numbers with units")
    func drawn() throws {
        let lines = chart(series((0..<24).map { Double($0) * 1e6 }), Size(90, 10))
        #expect(
            lines[0].hasPrefix("In  last 23.0 Mbps  average 11.5 Mbps  95th 22.0 Mbps  maximum 23.0 Mbps"))
        #expect(lines[1].hasPrefix("30.0 Mbps"))
        #expect(lines[8].contains("0 bps "))
        let begin = CivilTime.fields(Self.begin, offset: 0).time.prefix(5)
        #expect(lines[9].contains(begin))
        #expect(lines[1...8].joined().unicodeScalars.contains { (0x2801...0x28FF).contains($0.value) })
    }

    @Test("in ASCII the same chart is drawn in ASCII, and a mark is a line of its own")
    func plain() {
        let lines = chart(series((0..<24).map { Double($0) * 1e6 }), Size(60, 10), unicode: false)
        #expect(lines.joined().contains("####"))
        #expect(lines.joined().unicodeScalars.allSatisfy { $0.isASCII })
        let mark = ChartSeries.Mark(value: 40e6, word: "allowed")
        let held = chart(series((0..<24).map { Double($0) * 1e6 }, mark: mark), Size(100, 10))
        #expect(held[0].contains("allowed 40.0 Mbps"))
        #expect(held[1].hasPrefix("40.0 Mbps ╌╌╌"))
    }

    @Test("no size traps, and no number of values")
    func sizes() {
        for count in [0, 1, 2, 3, 24, 200] {
            for width in [0, 1, 8, 12, 13, 40, 200] {
                for height in [0, 1, 2, 3, 5, 40] {
                    let values = (0..<count).map { $0 % 3 == 1 ? nil : Double($0) }
                    _ = chart(series(values), Size(width, height))
                    _ = chart(series(values, type: .decibelMilliwatts), Size(width, height), unicode: false)
                }
            }
        }
    }

    // MARK: The page of graphs

    private func desk(_ size: Size, polls: [Double] = [0, 300, 600, 900, 2_100, 2_400]) -> Desk {
        var desk = Desk(World.state(size: size))
        desk.tick(0)
        for id in World.all { desk.probe(id) }
        desk.fill()
        var book: TrendBook?
        for (place, moment) in polls.enumerated() {
            var builder = TableBuilder(Offer.port, World.core)
            for port in 1...40 as ClosedRange<Int64> {
                builder.begin(EntityRef(World.core, .port, id: port))
                builder.set(4, integer: port * 1_000_000 * Int64(place + 1))
                builder.set(5, integer: port * 500_000)
            }
            book = TrendBook.after(book, builder.finish(), at: World.start + moment, wall: World.wall)
        }
        desk.tick(2_400)
        let refreshed = Refreshed(
            table: World.ports(World.core), completeness: .complete, seconds: 0.1, trends: book)
        desk.send(.refreshed(World.core, .port, .success(refreshed)))
        return desk
    }

    @Test("the graphs of a port begin with what was measured, in and out, and say since when")
    func page() throws {
        for size in [Size(80, 24), Size(120, 30), Size(200, 60), Size(40, 10)] {
            var desk = desk(size)
            desk.press("2")
            desk.go(to: EntityRef(World.core, .port, id: 3))
            desk.press("Enter", "v")
            desk.send(.picturesListed(EntityRef(World.core, .port, id: 3), .success(World.graphs)))
            try Golden.check(desk.state, "measured")
            guard size.width >= 80 else { continue }
            #expect(desk.text.contains("last 18.0 Mbps") && desk.text.contains("maximum 18.0 Mbps"))
            #expect(desk.text.contains("6 samples, 3 missing"))
            #expect(desk.text.contains("measured since "))
            #expect(desk.text.contains("graphs of core") && desk.text.contains("Device traffic"))
            // Beside each other where there is room.
            let titles = desk.lines.filter { $0.contains("last ") && $0.contains("average") }
            #expect(titles.count == (size.width >= 100 ? 1 : 2), "\(size)")
        }
    }

    @Test("a picture of the server has the measured numbers below it, and stays on the theme's ground")
    func picture() throws {
        var desk = desk(Size(120, 30))
        let port = EntityRef(World.core, .port, id: 3)
        desk.press("2")
        desk.go(to: port)
        desk.press("Enter", "v")
        desk.send(.picturesListed(port, .success(World.graphs)))
        let effects = desk.press("Enter")
        let asked = try #require(
            effects.compactMap { if case .picture(let request) = $0 { request } else { nil } }.first)
        desk.send(World.drawn(asked))
        #expect(desk.lines.contains { $0.contains("since ") && $0.contains("IN last 18.0 Mbps") })
    }

    @Test("where the server draws nothing, the last line offers no drawing")
    func hints() {
        var desk = desk(Size(120, 30))
        let port = EntityRef(World.core, .port, id: 3)
        desk.press("2")
        desk.go(to: port)
        desk.press("Enter", "v")
        desk.send(.picturesListed(port, .success(World.graphs)))
        #expect(desk.lines.last?.contains("draw") == true)
        desk.send(.picturesListed(port, .success([])))
        #expect(desk.lines.last?.contains("draw") == false)
    }

    @Test("of what is measured and not drawn by its server, the page shows what was measured")
    func undrawn() {
        var desk = desk(Size(120, 30))
        desk.press("5", "Enter")
        #expect(desk.press("v").isEmpty)
        #expect(desk.message.contains("draws no graphs"))
    }
}
