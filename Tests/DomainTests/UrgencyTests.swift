import Domain
import Testing

@Suite("How much a word of state wants attention")
struct UrgencyTests {
    @Test("what carries less than it should, or from elsewhere, is never as good as what is up")
    func partly() {
        for word in ["degraded", "failover", "warning", "partial", "testing", "dormant"] {
            #expect(Urgency.rank(word) == 2, "\(word)")
            #expect(Urgency.notUp("up \(word)") == 1, "\(word)")
        }
    }

    @Test("a word that nobody knows, and none, stand between what is half down and what somebody took")
    func unknown() {
        for word in ["", "unknown", "bewildered"] {
            #expect(
                Urgency.rank(word) > Urgency.rank("degraded")
                    && Urgency.rank(word) < Urgency.rank("acknowledged"))
        }
    }

    @Test("what nobody watches comes behind what is fine")
    func off() {
        for word in ["ignored", "disabled", "unmonitored", "idle", "cleared"] {
            #expect(Urgency.rank(word) > Urgency.rank("up"), "\(word)")
        }
    }
}
