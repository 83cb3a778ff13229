import Domain
import Testing

@Suite("Time")
struct TimeTests {
    private let utc = ServerClock(offset: 0, isCertain: true)
    private let madrid = ServerClock(offset: 3600, isCertain: true)

    @Test("what servers write as time is read, in the server's zone unless the text has one")
    func parsing() {
        #expect(CivilTime.parse("1970-01-01 00:00:00", clock: utc) == Timestamp(0))
        #expect(CivilTime.parse("2026-11-21 03:14:22", clock: utc) == Timestamp(1_795_230_862))
        #expect(CivilTime.parse("2026-11-21 03:14:22", clock: madrid) == Timestamp(1_795_227_262))
        #expect(CivilTime.parse("2026-11-21T03:14:22Z", clock: madrid) == Timestamp(1_795_230_862))
        #expect(CivilTime.parse("2026-11-21T03:14:22.123456Z", clock: madrid) == Timestamp(1_795_230_862))
        #expect(CivilTime.parse("2026-11-21T03:14:22+01:00", clock: utc) == Timestamp(1_795_227_262))
        #expect(CivilTime.parse("2026-11-21T03:14:22-0130", clock: utc) == Timestamp(1_795_236_262))
        #expect(CivilTime.parse("2026-11-21T03:14:22+01", clock: utc) == Timestamp(1_795_227_262))
        #expect(CivilTime.parse("2024-02-29 12:00:00", clock: utc) == Timestamp(1_709_208_000))
        #expect(CivilTime.parse("1969-12-31 23:59:59", clock: utc) == Timestamp(-1))
    }

    @Test(
        "anything else is no time",
        arguments: [
            "", "now", "0000-00-00 00:00:00", "2026-13-01 00:00:00", "2026-02-30 00:00:00",
            "2025-02-29 00:00:00",
            "2026-04-31 00:00:00", "2026-00-10 00:00:00", "2026-01-00 00:00:00", "2026-01-01 24:00:00",
            "2026-01-01 00:60:00", "2026-01-01", "2026/01/01 00:00:00", "2026-01-01 00:00:00 UTC",
            "2026-01-01 00:00:00+", "2026-01-01 00:00:00+9", "2026-01-01 00:00:00+99:99",
            "2026-01-01 00:00:00+01:0x",
            "2026-01-01 00:00:00.", "-026-01-01 00:00:00", "2026-01-01 00:00:00ZZ", "２０２６-01-01 00:00:00",
        ])
    func notATime(text: String) {
        #expect(CivilTime.parse(text, clock: utc) == nil)
    }

    @Test("the date of a moment reads back as the moment")
    func roundTrip() {
        for seconds: Int64 in [
            0, -1, -86400, 951_782_400, 1_709_208_000, 1_795_230_862, 4_102_444_799, -2_208_988_800,
        ] {
            for offset in [0, 3600, -12600] {
                let text = CivilTime.fields(Timestamp(seconds), offset: offset).text
                let clock = ServerClock(offset: offset, isCertain: true)
                #expect(CivilTime.parse(text, clock: clock) == Timestamp(seconds), "\(text)")
            }
        }
        #expect(CivilTime.fields(Timestamp(1_795_230_862), offset: 0).text == "2026-11-21 03:14:22")
        #expect(CivilTime.fields(Timestamp(1_795_230_862), offset: 3600).time == "04:14:22")
        for extreme in [Int64.min, .max] {
            #expect(!CivilTime.fields(Timestamp(extreme), offset: 3600).text.isEmpty)
        }
    }

    @Test("freshness goes from asking over fresh and stale to lost")
    func freshness() {
        let start = Instant(seconds: 100)
        var health = ResourceHealth(dueAt: start)
        #expect(health.freshness(interval: 20, now: start) == .asking)
        health.failures = 1
        #expect(health.freshness(interval: 20, now: start) == .neverSeen)
        health.failures = 0
        health.arrivedAt = start
        health.duration = 5
        #expect(health.freshness(interval: 20, now: start + 45) == .fresh)
        #expect(health.freshness(interval: 20, now: start + 45.1) == .stale)
        #expect(health.freshness(interval: 20, now: start + 105.1) == .lost)
        health.completeness = .partial("ports of 3 of 10 devices")
        #expect(health.freshness(interval: 20, now: start + 1) == .partial)
        #expect(health.freshness(interval: 20, now: start + 50) == .stale)
    }

    @Test("a refused login and a missing right are said whatever the age")
    func refused() {
        var health = ResourceHealth(dueAt: Instant(seconds: 0))
        health.arrivedAt = Instant(seconds: 0)
        for (kind, expected) in [
            (BackendError.Kind.refused, Freshness.refused), (.forbidden, .noRight), (.server, .fresh),
        ] {
            health.error = BackendError(kind, "no")
            #expect(health.freshness(interval: 20, now: Instant(seconds: 1)) == expected)
        }
    }
}
