import Domain
import Testing

@Suite("When a server itself looked at its devices")
struct PollingTests {
    private static let now: Int64 = 1_790_000_000
    private static let backend = BackendID(0)

    private static func resource(interval: Double?, hasOwn: Bool = false) -> ResourceDescriptor {
        ResourceDescriptor(
            .device, plural: "devices", pane: .devices,
            fields: [
                Field(.name, "Name", .text), Field(.status, "Status", .state),
                Field(.lastPolled, "Polled", .time),
            ] + (hasOwn ? [Field(.pollInterval, "Every", .duration)] : []),
            interval: 60, pollInterval: interval)
    }

    /// Devices with a status, seconds since the last look, and seconds between two.
    private func table(
        _ rows: [(String, Int64?, Int64?)], interval: Double? = 300, hasOwn: Bool = false
    ) -> Table {
        var builder = TableBuilder(Self.resource(interval: interval, hasOwn: hasOwn), Self.backend)
        for (number, row) in rows.enumerated() {
            builder.begin(EntityRef(Self.backend, .device, id: Int64(number)))
            builder.set(1, text: row.0)
            builder.set(2, time: row.1.map { Timestamp(Self.now - $0) })
            if hasOwn { builder.set(3, integer: row.2) }
        }
        return builder.finish()
    }

    private func late(_ rows: [(String, Int64?, Int64?)], after seconds: Int64 = 0) -> Polling.Late? {
        Polling(of: [table(rows)]).late(at: Timestamp(Self.now + seconds))
    }

    @Test("a device is late when three intervals passed, and becomes so by time alone")
    func patience() {
        #expect(late([("up", 900, nil)]) == nil)
        #expect(late([("up", 901, nil)])?.count == 1)
        #expect(late([("up", 100, nil), ("up", 200, nil)], after: 701)?.count == 1)
        #expect(late([("up", 100, nil), ("up", 200, nil)], after: 801)?.count == 2)
    }

    @Test("only devices that are up can be late: a server looks at one that is down when it answers again")
    func onlyUp() {
        for status in ["down", "unknown", "", "ignored", "disabled", "unmonitored"] {
            #expect(late([(status, 21_600, nil), ("up", 60, nil)]) == nil, "\(status)")
        }
        #expect(late([("warning", 21_600, nil)])?.count == 1)
    }

    @Test("it says how many of those that are watched, and how long the oldest waits")
    func words() {
        let dead = (0..<12).map { _ in ("up", Int64?(21_700), Int64?.none) }
        let alive = (0..<247).map { _ in ("up", Int64?(60), Int64?.none) }
        let rows =
            dead + alive + [("down", 90_000, nil), ("disabled", 90_000, nil), ("ignored", 90_000, nil)]
        let late = late(rows)
        #expect(late?.oldest == 21_700)
        #expect(late?.words == "12 of 260 devices not polled for 6h")
        #expect(self.late(rows + [("up", 1_200, nil)])?.words == "13 of 261 devices not polled for 20m to 6h")
    }

    @Test("a device without a time is new; where none has one, the server does not say it")
    func silent() {
        #expect(late([("up", nil, nil), ("up", 60, nil)]) == nil)
        #expect(
            late([("up", nil, nil), ("up", nil, nil), ("down", nil, nil)])?.words
                == "2 of 3 devices do not say when they were polled")
        #expect(late([]) == nil)
        #expect(late([("down", nil, nil)]) == nil)
    }

    @Test("only a row that says how often it is looked at has to say when it was")
    func unasked() {
        let silent = table([("up", nil, nil), ("up", nil, nil)], interval: nil, hasOwn: true)
        #expect(Polling(of: [silent]).late(at: Timestamp(Self.now)) == nil)
        let asked = table([("up", nil, nil), ("up", nil, 60)], interval: nil, hasOwn: true)
        #expect(
            Polling(of: [asked]).late(at: Timestamp(Self.now))?.words
                == "1 of 2 devices do not say when they were polled")
    }

    @Test("a row is not late by being read less often than its server looks at it")
    func readSeldom() {
        let quick = table([("up", 100, 10), ("up", 181, 10)], interval: nil, hasOwn: true)
        #expect(Polling(of: [quick]).late(at: Timestamp(Self.now))?.count == 1)
    }

    @Test("a row's own interval goes before the resource's, and the operator's before both")
    func intervals() {
        let daily = table([("up", 86_400, 86_400), ("up", 4_000, 60)], interval: 300, hasOwn: true)
        #expect(Polling(of: [daily]).late(at: Timestamp(Self.now))?.count == 1)
        #expect(Polling(of: [daily], interval: 60).late(at: Timestamp(Self.now))?.count == 2)
        #expect(Polling(of: [daily], interval: 86_400).late(at: Timestamp(Self.now)) == nil)
        let unsaid = table([("up", 86_400, nil)], interval: nil)
        #expect(Polling(of: [unsaid]).late(at: Timestamp(Self.now)) == nil)
        #expect(Polling(of: [unsaid]).newest == Timestamp(Self.now - 86_400))
    }

    @Test("no interval is too long and no time too far to be counted with")
    func extremes() {
        let rows = table(
            [("up", -9_000_000_000_000_000, .max), ("up", 9_000_000_000_000_000, 1)], hasOwn: true)
        #expect(Polling(of: [rows]).late(at: Timestamp(Self.now))?.count == 1)
        #expect(Polling(of: [rows], interval: .infinity).late(at: Timestamp(Self.now))?.count == 1)
    }
}
