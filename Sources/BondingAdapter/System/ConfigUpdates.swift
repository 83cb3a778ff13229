internal import Domain
internal import JSON

/// Configuration updates that wait for nodes, `system/status/configupdates/`.
struct ConfigUpdates: Sendable, Equatable {
    var count: Int64?
    /// Attempts in vain of all updates that there are.
    var failures: Int64?
    /// How many there are by the server's word for their state; nil where it does not say it.
    var byStatus: [Status]?

    /// How many updates are in one state.
    struct Status: Sendable, Equatable {
        /// The server's word, in lower case.
        let word: String
        let count: Int64
    }

    /// Reads the counts, whatever the server calls its states.
    init(_ root: JSONValue) {
        count = root["count"]?.int64
        failures = root["failures"]?.int64
        guard let members = root["status"]?.object else { return }
        var read: [Status] = []
        for (key, value) in members {
            // A count that is none leaves open how many there are.
            guard let count = value.int64 else { return }
            read.append(Status(word: Cleaning.clean(key).lowercased(), count: count))
        }
        byStatus = read
    }

    /// How many are on their way.
    var waiting: Int64 { sum { Self.isWaiting($0) } }
    /// How many the server itself calls failed.
    var failed: Int64 { sum { Self.isFailed($0) } }

    /// Whether an update does not get through, for the failures of those that did are past; nil where the server does
    /// not say it, or in words that nobody here knows.
    var isFailing: Bool? {
        if failed > 0 { return true }
        guard let failures, byStatus != nil else { return nil }
        if failures == 0 { return false }
        if waiting > 0 { return true }
        return sum { !Self.isThrough($0) } > 0 ? nil : false
    }

    /// The counts in words.
    var words: String {
        var parts = (byStatus ?? []).filter { $0.count > 0 }.map {
            "\(Quantity.count(Int($0.count))) \($0.word)"
        }
        if let failures, failures > 0 {
            parts.append("\(Quantity.count(Int(failures))) failed \(failures == 1 ? "attempt" : "attempts")")
        }
        if !parts.isEmpty { return parts.joined(separator: ", ") }
        return count.map { "\(Quantity.count(Int($0))) \($0 == 1 ? "update" : "updates")" } ?? "not known"
    }

    private static func isFailed(_ word: String) -> Bool { holds(word, ["fail", "error"]) }

    private static func isWaiting(_ word: String) -> Bool {
        holds(word, ["pend", "queue", "wait", "retry", "progress", "sent", "sending", "unsent"])
    }

    private static func isThrough(_ word: String) -> Bool {
        holds(
            word, ["deliver", "applied", "complete", "success", "succeed", "done", "finish", "acknowledged"])
    }

    private static func holds(_ word: String, _ signs: [String]) -> Bool {
        signs.contains { word.contains($0) }
    }

    private func sum(_ isWanted: (String) -> Bool) -> Int64 {
        (byStatus ?? []).filter { isWanted($0.word) }.reduce(0) { $0 &+ $1.count }
    }
}
