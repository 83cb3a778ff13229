internal import AdapterKit
internal import Domain
internal import JSON

extension ResourceKind {
    /// A measurement of a leg or of a whole bond.
    static let speedTest: ResourceKind = "speed-test"
    /// A search for better settings of a bond, or of one of its legs.
    static let tuning: ResourceKind = "tuning"
}

/// How far a speed test or a tuning has come, by the server's word.
enum Progress: Sendable, Equatable {
    case waiting, running, finished, failed, cancelled
    /// A word that nobody knows.
    case unknown(String)

    init(_ row: JSONValue) {
        let word = row.words("status", "state")?.lowercased() ?? ""
        switch word {
        case "queued", "pending", "waiting", "new", "created", "scheduled": self = .waiting
        case "running", "started", "in progress", "in_progress", "testing", "tuning": self = .running
        case "finished", "complete", "completed", "done", "success", "succeeded", "successful":
            self = .finished
        case "failed", "failure", "error", "aborted": self = .failed
        case "cancelled", "canceled": self = .cancelled
        default: self = .unknown(word.isEmpty ? "nothing" : word)
        }
    }

    var isOver: Bool { self == .finished || self == .failed || self == .cancelled }

    /// The word for the operator.
    var word: String {
        switch self {
        case .waiting: "queued"
        case .running: "running"
        case .finished: "finished"
        case .failed: "failed"
        case .cancelled: "cancelled"
        case .unknown(let word): word
        }
    }
}

/// What a test or a tuning came to, in words; the names inside a result are not in any document.
enum TestResult {
    /// A speed test's measurements: the ones that are known first in their units, the others as they are.
    static func words(_ row: JSONValue) -> String {
        guard let result = row.first(of: ["result", "results"]) else { return "" }
        if result.object == nil { return Cleaning.clean(result.text ?? "") }
        var parts: [String] = []
        for (name, title) in [("download", "down"), ("upload", "up")] {
            guard let way = result[name],
                let rate = way["throughput_mbps"]?.double ?? way["throughput"]?.double
            else { continue }
            var words = "\(title) \(Quantity.number(rate)) Mbit/s"
            if let loss = way["packet_loss_percent"]?.double, loss > 0 {
                words += " (\(Quantity.number(loss)) % lost)"
            }
            parts.append(words)
        }
        if let latency = result["latency"]?["average_ms"]?.double {
            parts.append("latency \(Quantity.number(latency)) ms")
        }
        return parts.isEmpty
            ? FieldManners.bonding.words(result) : parts.joined(separator: ", ")
    }

    /// What a tuning recommends, one change after another; nil where it recommends nothing.
    static func recommendations(_ row: JSONValue) -> String? {
        guard let list = row["recommendations"]?.array else {
            return row["recommendations"]?.object.map { _ in
                FieldManners.bonding.words(row["recommendations"] ?? row)
            }
        }
        let words = list.map { item -> String in
            guard let field = item.words("field", "name", "setting") else {
                return FieldManners.bonding.words(item)
            }
            let leg = Reference(item["leg"]).map { "leg \(Cleaning.clean($0.id)) " } ?? ""
            let old = item.words("current", "old") ?? "?"
            let new = item.words("recommended", "new", "value") ?? "?"
            return "\(leg)\(field) \(rate(old)) → \(rate(new))"
        }
        return words.isEmpty ? nil : words.joined(separator: ", ")
    }

    /// A large bare number is bits a second.
    private static func rate(_ text: String) -> String {
        guard let number = Double(text), number >= 10_000 else { return text }
        return Quantity.rate(number)
    }

    /// Whether somebody decided on the recommendations already, in words.
    static func decision(_ row: JSONValue) -> String? { row.words("decision", "recommendation_status") }
}
