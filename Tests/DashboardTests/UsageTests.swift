import Canvas
@testable import Dashboard
@testable import DashboardSupport
import Domain
import Testing

/// Bills of one server, which are drawn as bars.
enum Bills {
    static let resource = ResourceDescriptor(
        .bill, plural: "bills", pane: .bills,
        fields: [
            Field(.usedPercent, "USED %", .usage, width: 6...18, priority: 0),
            Field(.name, "NAME", .text, width: 14...40, priority: 0),
            Field(.used, "USED", .text, width: 10...11, priority: 1),
            Field(.allowed, "ALLOWED", .text, width: 10...11, priority: 1),
        ], interval: 300, order: [SortKey(.usedPercent, descending: true)])

    static let rows: [(Double?, String)] = [
        (134.2, "acme transit"), (100, "globex"), (99.9, "initech"), (80, "hooli"), (42.5, "umbrella"),
        (0.3, "new customer"), (0, "idle"), (nil, "no limit"),
    ]

    static var table: Table {
        var builder = TableBuilder(resource, World.core)
        for (number, row) in rows.enumerated() {
            builder.begin(EntityRef(World.core, .bill, id: Int64(number + 1)))
            builder.set(0, number: row.0)
            builder.set(1, text: row.1)
            builder.set(2, text: "734 Mbps")
            builder.set(3, text: "1 Gbps")
        }
        return builder.finish()
    }
}

@Suite("Used against allowed")
struct UsageTests {
    private func bar(_ percent: Double, _ width: Int = 10) -> String? {
        UsageBar(percent: percent).pieces(width: width)?.map(\.text).joined()
    }

    @Test("a bar is full only when all is used up, and something is never nothing")
    func lengths() {
        #expect(bar(100) == "▄▄▄▄▄▄▄▄▄▄")
        #expect(bar(250) == "▄▄▄▄▄▄▄▄▄▄")
        #expect(bar(99.9) == "▄▄▄▄▄▄▄▄▄▖")
        #expect(bar(50) == "▄▄▄▄▄·····")
        #expect(bar(0.001) == "▖·········")
        #expect(bar(0) == "··········")
        #expect(bar(-5) == "··········")
        #expect(bar(43) == "▄▄▄▄······")
        #expect(bar(50, 3) == nil)
        for width in 4...40 {
            for percent in stride(from: -10.0, through: 160, by: 0.7) {
                #expect(bar(percent, width).map(CharacterWidth.of) == width)
            }
        }
    }

    @Test("a bar has a colour from 80 per cent on, and the number stands beside every bar")
    func looks() throws {
        #expect(
            [79.9, 80, 99.9, 100].map { UsageBar(percent: $0).role } == [
                .textMuted, .severityWarning, .severityWarning, .severityCritical,
            ])
        for size in [Size(80, 24), Size(120, 40), Size(40, 10), Size(120, 30), Size(160, 50), Size(200, 60)] {
            var desk = Desk.ready(size: size)
            let backend = desk.state.backends[0]
            let probe = Probe(
                info: ServerInfo(product: "LibreNMS 26.7", clock: ServerClock(offset: 0, isCertain: true)),
                resources: backend.resources + [Bills.resource], commands: backend.commands)
            desk.send(.probed(World.core, .success(probe)))
            desk.refreshed(World.core, .bill, Bills.table)
            desk.press("4")
            for (percent, name) in Bills.rows {
                guard let percent, size.height > 12 else { continue }
                let line = try #require(desk.lines.first { $0.contains(name) })
                #expect(line.contains(Quantity.percent(percent)))
                #expect(line.contains("▄") || percent < 10)
            }
            try Golden.check(desk.state, "bills")
            desk.press("Enter")
            try Golden.check(desk.state, "bill-detail")
        }
    }
}
