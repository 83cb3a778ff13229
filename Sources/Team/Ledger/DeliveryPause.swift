/// When something is delivered again, after the database took nothing.
///
/// A database that takes nothing, as one whose disk is full, can still be read.
struct DeliveryPause {
    /// So often one thing is offered that the database does not want, where it may want others.
    static let mostTries = 4
    private static let longest = 30.0

    private var pauses = 0
    private var end: Int64 = 0
    private var tried: (what: String, count: Int) = ("", 0)
    private var trouble: String?

    /// Whether nothing is delivered now.
    func isOn(_ now: Int64) -> Bool { now < end }
    /// When it is over; nil where it is.
    func until(_ now: Int64) -> Int64? { isOn(now) ? end : nil }

    /// What the operator should know.
    var words: String? { trouble.map { "the team's store takes nothing: \($0)" } }

    /// The database took something; whether that is news.
    mutating func took() -> Bool {
        let isNews = trouble != nil
        (pauses, end, trouble) = (0, 0, nil)
        return isNews
    }

    /// Whether something that failed is left out for good, so that what follows is not held up.
    mutating func leavesOut(_ what: String, _ error: TeamError) -> Bool {
        if !error.isForGood {
            guard error.isAnswer, !error.isAboutAll else { return false }
            tried = (what, tried.what == what ? tried.count + 1 : 1)
            guard tried.count >= Self.mostTries else { return false }
        }
        (pauses, end, trouble) = (0, 0, nil)
        return true
    }

    /// The database took nothing: each time it is left alone for longer.
    mutating func begin(_ error: TeamError, now: Int64) {
        let length = min(Self.longest, 0.5 * Double(1 << min(pauses, 10)))
        pauses += 1
        end = now + Int64(length * Double.random(in: 0.5...1) * 1e9)
        trouble = error.words
    }
}
