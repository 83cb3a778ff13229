import Canvas
import Domain
import Testing

@testable import Dashboard
@testable import DashboardSupport

@Suite("Charts of what was recorded")
struct RecordedChartTests {
    private static let port = EntityRef(World.core, .port, id: 3)

    /// What a port carried, every five minutes for so many hours until now, but not between 3 and 2 hours ago.
    private static func stored(hours: Int64, spread: Int64 = 0, isRecorded: Bool = true) -> StoredSamples {
        let wall = World.wall.seconds
        func samples(_ scale: Double) -> [StoredSample] {
            stride(from: wall - hours * 3_600 + 240, to: wall, by: spread > 0 ? Int(spread) : 300).compactMap
            {
                at -> StoredSample? in
                let ago = wall - at
                guard !(7_200..<10_800).contains(ago) else { return nil }
                let value = scale * Double((ago / 300) % 40 + 10)
                return StoredSample(
                    at: Timestamp(at), span: spread, mean: value,
                    maximum: spread > 0 ? value * 1.6 : value, count: spread > 0 ? 12 : 1)
            }
        }
        return StoredSamples(
            series: [
                StoredSeries("in_bps", .rate, samples(1e6)), StoredSeries("out_bps", .rate, samples(2e5)),
            ], interval: 300, begins: Timestamp(wall - hours * 3_600), isRecorded: isRecorded)
    }

    private func query(_ effects: [Effect]) throws -> (entity: EntityRef, query: SampleQuery) {
        try #require(
            effects.lazy.compactMap { effect -> (EntityRef, SampleQuery)? in
                if case .recallSamples(let entity, let query) = effect { (entity, query) } else { nil }
            }.first)
    }

    /// A desk on the page of graphs of a port, and what it asked.
    private func desk(
        _ size: Size, isOpened: Bool = false
    ) throws -> (desk: Desk, query: SampleQuery) {
        var desk = Desk.ready(size: size, keepsHistory: true)
        desk.press("2")
        desk.go(to: Self.port)
        let effects = desk.press("Enter")
        if !isOpened { desk.press("v") }
        let asked = try query(effects)
        #expect(asked.entity == Self.port)
        #expect(asked.query.entity == World.name("core", .port, 3))
        desk.send(.picturesListed(Self.port, .success(World.graphs)))
        return (desk, asked.query)
    }

    @Test("the page of graphs asks what was recorded, and no key waits for it")
    func asks() throws {
        var (desk, query) = try desk(Size(120, 30))
        #expect(query.since.seconds == World.wall.seconds - 6 * 3_600 && query.until == World.wall)
        #expect(desk.text.contains("reading what was recorded"))
        desk.press("j", "k")
        desk.send(.samplesRecalled(Self.port, query, .success(Self.stored(hours: 6))))
        #expect(desk.text.contains("6 h: 60 samples, 12 missing"))
        #expect(desk.text.contains("last 1m ago") && desk.text.contains("graphs · last 6 h"))
        // An answer to a question that was asked before is none to this one.
        let effects = desk.press("+")
        let shorter = try self.query(effects).query
        #expect(shorter.since.seconds == World.wall.seconds - 3_600)
        desk.send(.samplesRecalled(Self.port, query, .failure(BackendError(.missing, "too late"))))
        #expect(!desk.text.contains("too late"))
        desk.send(.samplesRecalled(Self.port, shorter, .success(Self.stored(hours: 1))))
        #expect(desk.text.contains("1 h: 12 samples"))
        #expect(desk.press("+").isEmpty && desk.message.contains("no shorter time than 1 h"))
        for words in ["6 h", "1 d", "7 d", "30 d"] {
            desk.press("-")
            #expect(desk.text.contains("graphs · last \(words)"))
        }
        #expect(desk.press("-").isEmpty && desk.message.contains("no longer time than 30 d"))
    }

    @Test("every span is drawn with its axis, gaps as gaps, and what was thinned as mean and peak")
    func page() throws {
        for size in [Size(80, 24), Size(120, 30), Size(200, 60), Size(40, 10)] {
            var (desk, query) = try desk(size)
            desk.send(.samplesRecalled(Self.port, query, .success(Self.stored(hours: 6))))
            try Golden.check(desk.state, "recorded")
            query = try self.query(desk.press("-")).query
            desk.send(.samplesRecalled(Self.port, query, .success(Self.stored(hours: 20))))
            // Both ends of a day have the same time of day: the day stands with it.
            if size.width >= 80 {
                #expect(desk.text.contains("11-20 03:14") && desk.text.contains("11-21 03:14"))
            }
            for _ in 0..<2 { query = try self.query(desk.press("-")).query }
            desk.send(
                .samplesRecalled(Self.port, query, .success(Self.stored(hours: 20 * 24, spread: 3_600))))
            try Golden.check(desk.state, "recorded-month")
            guard size.width >= 120 else { continue }
            #expect(desk.text.contains("area: mean, dots above: peak"))
            #expect(desk.text.contains("recorded since "))
        }
    }

    @Test("a column in the middle of a gap is blank, whatever stands on both sides")
    func gaps() {
        let stored = Self.stored(hours: 6).series[0].samples
        let series = ChartSeries("In", .rate, recorded: stored, interval: 300, later: [])
        let wall = World.wall.seconds
        for columns in [36, 60, 72, 200] {
            let drawn = series.spread(columns: columns, from: Timestamp(wall - 21_600), to: Timestamp(wall))
            for (column, value) in drawn.enumerated() {
                let middle = (Double(column) + 0.5) / Double(columns) * 21_600
                let ago = 21_600 - middle
                if ago > 7_600, ago < 10_400 { #expect(value == nil, "\(columns): \(column)") }
            }
            #expect(drawn.contains { $0 != nil })
        }
        #expect(series.counts?.known == 60 && series.counts?.missing == 12)
    }

    @Test("two values with a gap between have none in it, though no other step says what is usual")
    func twoValues() {
        let stored = [0, 1_500].map { StoredSample(at: Timestamp($0), mean: 5, maximum: 5) }
        let series = ChartSeries("In", .rate, recorded: stored, interval: 300, later: [])
        let drawn = series.values(columns: 15, from: Timestamp(0), to: Timestamp(1_500))
        #expect(drawn.map { $0 != nil } == [true, true] + Array(repeating: false, count: 11) + [true, true])
    }

    @Test("what was measured since follows what was recorded, and nothing of it twice")
    func later() {
        let stored = [StoredSample(at: Timestamp(1_000), mean: 5, maximum: 5)]
        let series = ChartSeries(
            "In", .rate, recorded: stored, interval: 300,
            later: [(Timestamp(700), 4), (Timestamp(1_001), 5), (Timestamp(1_301), 6)])
        #expect(series.points.map(\.at.seconds) == [1_000, 1_301])
        #expect(series.newest == Timestamp(1_301) && !series.isThinned)
    }

    @Test("of thinned values each counts as often as it was measured, and the peak is the maximum")
    func thinned() throws {
        let samples = [
            StoredSample(at: Timestamp(3_600), span: 3_600, mean: 10, maximum: 90, count: 9),
            StoredSample(at: Timestamp(7_200), mean: 20, maximum: 20),
        ]
        let series = ChartSeries("In", .rate, recorded: samples, interval: 300, later: [])
        let numbers = try #require(series.numbers)
        #expect(numbers.average == 11 && numbers.maximum == 90 && numbers.last == 20 && numbers.count == 10)
        #expect(series.isThinned)
        #expect(series.values(columns: 2, from: Timestamp(3_600), to: Timestamp(7_200)).first == 90)
        #expect(series.spread(columns: 2, from: Timestamp(3_600), to: Timestamp(7_200)).first??.mean == 10)
    }

    @Test("an opened port has the charts of what was recorded, and the cursor keeps its link")
    func detail() throws {
        for size in [Size(80, 24), Size(120, 40), Size(200, 60)] {
            var (desk, query) = try desk(size, isOpened: true)
            desk.press("j")
            let focus = desk.state.details.last.map { desk.state.lines(of: $0)[$0.focus].link }
            desk.send(.samplesRecalled(Self.port, query, .success(Self.stored(hours: 6))))
            #expect(desk.state.details.last.map { desk.state.lines(of: $0)[$0.focus].link } == focus)
            try Golden.check(desk.state, "recorded-detail")
            #expect(size.height < 30 || desk.text.contains("60 samples, 12"))
        }
    }

    @Test("of one value an opened port has no curve, but says that there is one")
    func single() throws {
        var (desk, query) = try desk(Size(120, 40), isOpened: true)
        let sample = StoredSample(at: Timestamp(World.wall.seconds - 8), mean: 0, maximum: 0)
        let stored = StoredSamples(
            series: [StoredSeries("in_bps", .rate, [sample])], interval: 300,
            begins: sample.at, isRecorded: true)
        desk.send(.samplesRecalled(Self.port, query, .success(stored)))
        #expect(desk.text.contains("6 h: 1 sample · last 8s ago"))
        #expect(!desk.text.unicodeScalars.contains { (0x2800...0x28FF).contains($0.value) })
    }

    @Test("where nothing is recorded, or it is not known, the page says so in words")
    func words() throws {
        var (desk, query) = try desk(Size(120, 30))
        desk.send(.samplesRecalled(Self.port, query, .success(StoredSamples())))
        #expect(desk.text.contains("nothing is recorded of the last 6 h · nothing was recorded yet"))
        desk.press("r")
        query = try self.query(desk.press("-")).query
        desk.send(
            .samplesRecalled(
                Self.port, query,
                .success(StoredSamples(interval: 300, begins: Timestamp(0), isRecorded: false))))
        // Of what has no values nobody says that it is left out.
        #expect(!desk.text.contains("not among"))
        var bounded = StoredSamples(interval: 300, begins: Timestamp(0))
        bounded.isBounded = true
        query = try self.query(desk.press("-")).query
        desk.send(.samplesRecalled(Self.port, query, .success(bounded)))
        #expect(desk.text.contains("not among the 5,000 that are recorded: recorded from now on"))
        query = try self.query(desk.press("+")).query
        desk.send(.samplesRecalled(Self.port, query, .failure(BackendError(.missing, "the file is damaged"))))
        #expect(desk.text.contains("what was recorded is not known: the file is damaged"))
        try Golden.check(desk.state, "recorded-problem")
    }

    @Test("without a history, and where bytes are dear, nothing is asked")
    func none() {
        var desk = Desk.ready(size: Size(120, 30))
        desk.press("2")
        desk.go(to: Self.port)
        let effects = desk.press("Enter") + desk.press("v") + desk.press("+")
        #expect(!effects.contains { if case .recallSamples = $0 { true } else { false } })
        #expect(!desk.text.contains("recorded"))
    }

    @Test("a refresh of the list asks for the newest of what is looked at, and of nothing else")
    func refreshes() throws {
        var (desk, query) = try desk(Size(120, 30))
        desk.send(.samplesRecalled(Self.port, query, .success(Self.stored(hours: 6))))
        let table = World.ports(World.core)
        let refreshed = Refreshed(table: table, completeness: .complete, seconds: 0.1)
        #expect(
            try self.query(desk.send(.refreshed(World.core, .port, .success(refreshed)))).entity == Self.port)
        // What was known stays on the screen meanwhile.
        #expect(desk.text.contains("6 h: 60 samples"))
        desk.press("Esc", "Esc")
        let effects = desk.send(.refreshed(World.core, .port, .success(refreshed)))
        #expect(!effects.contains { if case .recallSamples = $0 { true } else { false } })
    }

    @Test("trends that were recorded come in front of the first one, unless something newer is here")
    func trends() throws {
        var desk = Desk.ready(size: Size(160, 24), keepsHistory: true)
        let table = World.ports(World.core)
        let first = try #require(TrendBook.after(nil, table, at: desk.state.now, wall: World.wall))
        let send = { (desk: inout Desk, book: TrendBook) in
            desk.send(
                .refreshed(
                    World.core, .port,
                    .success(Refreshed(table: table, completeness: .complete, seconds: 0.1, trends: book))))
        }
        _ = send(&desk, first)
        desk.press("2")
        #expect(!desk.text.contains("TREND"))
        let stored = StoredPolls(
            keys: ["in_bps", "out_bps"], places: ["3": 0],
            polls: (1...5).reversed().map {
                StoredPolls.Poll(
                    at: Timestamp(World.wall.seconds - 300 * $0),
                    codes: [TrendCode.code(Double($0) * 1e6, .rate), 0])
            })
        let (now, wall) = (desk.state.now, World.wall)
        let whole = first.preceded(by: stored) { now + Double($0.seconds - wall.seconds) }
        #expect(whole.count == 6)
        desk.send(.trendsRecalled(World.core, .port, whole))
        #expect(desk.text.contains("TREND"))
        #expect(desk.state.sparkline(of: Self.port, width: 24).count == 6)
        let next = try #require(TrendBook.after(whole, table, at: now + 300, wall: World.wall))
        _ = send(&desk, next)
        desk.send(.trendsRecalled(World.core, .port, whole))
        #expect(desk.state.backend(World.core)?.trends[.port]?.revision == next.revision)
    }
}
