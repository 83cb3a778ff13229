import Canvas
@testable import Dashboard
@testable import DashboardSupport
import Domain
import Testing

/// What a sign means must not depend on where it stands.
@Suite("Signs")
struct SignTests {
    /// Each set with one word for every meaning in it.
    private static let sets: [(String, [Sign])] = [
        ("severities", ["critical", "warning", "ok", "unknown"].map(Sign.severity)),
        (
            "states",
            [
                "up", "down", "open", "worse", "degraded", "better", "changed", "conflict", "acknowledged",
                "ignored",
                "disabled", "unknown",
            ].map(Sign.state)
        ),
        ("parts", ["up", "down", "idle", "degraded", "unknown"].map { Sign.part($0) }),
        (
            "freshness",
            [
                Freshness.fresh, .partial, .outdated, .asking, .stale, .lost, .noRight, .refused, .neverSeen,
            ].map(Sign.freshness)
        ),
        (
            "outcomes",
            [Outcome.State.verified, .accepted, .failed, .unknown, .skipped].map(Sign.outcome)
        ),
    ]

    @Test("no two meanings of a set have one sign, with and without UTF-8")
    func unique() {
        for (name, signs) in Self.sets {
            let symbols = signs.map(\.symbol)
            #expect(Set(symbols).count == symbols.count, "\(name): \(symbols)")
            let plain = symbols.map(Golden.ascii)
            #expect(Set(plain).count == plain.count, "\(name): \(plain)")
            #expect(
                !plain.dropLast(name == "freshness" ? 0 : 1).contains("?") || name == "outcomes",
                "\(name): \(plain)")
        }
    }

    @Test("what is fresh, what is up and what is a warning look different")
    func apart() {
        let signs = [Sign.freshness(.fresh), Sign.state("up"), Sign.severity("warning")].map(\.symbol)
        #expect(Set(signs).count == 3)
        #expect(Set(signs.map(Golden.ascii)).count == 3)
        let mark = Golden.ascii("■")
        #expect(
            !["critical", "warning", "ok", "unknown"].map { Golden.ascii(Sign.severity($0).symbol) }.contains(
                mark))
    }
}
