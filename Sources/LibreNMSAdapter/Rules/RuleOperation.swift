internal import Domain
internal import JSON

/// What the newest releases do about a rule's alerts: when they tell whom, and how often.
///
/// It stands beside the rules, and many may share one. Their API can neither change nor delete one: it only makes new
/// ones, so a rule's own is named by its number and otherwise left alone.
struct RuleOperation: Sendable {
    /// Its number; nil where the server shows operations without one.
    let id: String?
    /// What it is called; empty where the server does not say.
    let name: String
    /// Seconds between two messages, for segments that say none of their own.
    let interval: Int64?
    /// Whether it tells nobody; nil where the server does not say, as 26.7 never does.
    let isSuppressed: Bool?
    /// Its parts in order, everything that the server gave of each.
    let segments: [JSONTree]
    /// Those for problems, which the delay and the count are of.
    let problems: [Segment]

    /// One part of it: for which messages in a row it is.
    struct Segment: Sendable {
        /// Seconds before the first message.
        let delay: Int64?
        /// The last message in a row; nil is without end.
        let last: String?

        init(_ row: JSONValue) {
            delay = row["start_in_seconds"]?.int64
            last = row["escalation_step_to"]?.text
        }
    }

    /// Reads the operation of a rule's row; nil for a rule that has none.
    init?(_ row: JSONValue) {
        let rows = row["operations"]?.array.map { $0.map { $0 } } ?? []
        id = row["alert_operation_id"]?.text
        guard id != nil || !rows.isEmpty else { return nil }
        let own = row["alert_operation"]
        name = (own?["name"] ?? rows.first?["name"])?.text ?? ""
        let seconds = "default_operation_step_duration_seconds"
        interval = (row[seconds] ?? own?[seconds])?.int64
        segments = rows.map { JSONTree($0) }
        let said = row["operations"]?.array.map { $0.map { $0["notifications_suppressed"]?.flag } } ?? []
        isSuppressed =
            own?["notifications_suppressed"]?.flag
            ?? (said.isEmpty || Set(said).count > 1 ? nil : said[0])
        problems = rows.filter { $0["operation_phase"]?.text ?? "problem" == "problem" }.map { Segment($0) }
    }

    /// Seconds before the first message about a problem.
    var delay: Int64? { problems.first?.delay }

    /// After how many messages it stops; nil where several segments tell one after another.
    var count: String? { problems.count == 1 ? problems[0].last ?? "-1" : nil }

    /// `Escalate (number 1, 3 segments)`.
    var title: String {
        let count = segments.count == 1 ? "1 segment" : "\(segments.count) segments"
        return "\(Cleaning.clean(name)) (number \(Cleaning.clean(id ?? "?")), \(count))"
            .trimmedOfLeadingSpace
    }

    /// What is not as it was in another reading of it, a line each.
    static func differences(from old: RuleOperation?, to new: RuleOperation?) -> [String] {
        guard let old else {
            return new.map { ["it has the alert operation \($0.title), where there was none"] } ?? []
        }
        guard let new else { return ["it has no alert operation any more, where there was \(old.title)"] }
        var found: [String] = []
        if old.id != new.id { found.append("its alert operation is \(new.title), not \(old.title)") }
        if old.interval != new.interval {
            found.append("the interval of its alert operation is \(new.pace), not \(old.pace)")
        }
        if let was = old.isSuppressed, was != new.isSuppressed {
            found.append("its alert operation \(was ? "tells somebody now" : "tells nobody now")")
        }
        if old.id == new.id, old.segments != new.segments {
            found.append("the segments of its alert operation are not as they were")
        }
        return found
    }

    private var pace: String { interval.map { "\($0) s" } ?? "none" }
}

extension String {
    fileprivate var trimmedOfLeadingSpace: String { String(drop { $0 == " " }) }
}

extension RuleOperation {
    /// The operation as lines of a detail.
    var section: Detail.Section {
        var lines = [Detail.Line("operation", .text(title))]
        if let interval { lines.append(Detail.Line("interval", .integer(interval), .duration)) }
        lines.append(
            Detail.Line(
                "suppressed", isSuppressed.map { .flag($0) } ?? .text("this server's API does not say"),
                isSuppressed == nil ? .text : .flag))
        for segment in segments { lines.append(Detail.Line("segment", .text(Self.words(of: segment)))) }
        return Detail.Section("Alert operation", lines)
    }

    /// `problem, messages 1 to 3, after 5m: Mail: noc mail`.
    private static func words(of segment: JSONTree) -> String {
        guard let row = try? JSONDocument(segment.text).root else { return "" }
        let from = row["escalation_step_from"]?.text ?? "1"
        var parts = [
            row["operation_phase"]?.text ?? "problem",
            row["escalation_step_to"]?.text.map { "messages \(from) to \($0)" } ?? "messages from \(from)",
        ]
        if let start = row["start_in_seconds"]?.int64, start > 0 {
            parts.append("after \(Quantity.duration(start))")
        }
        if let pace = row["step_duration_seconds"]?.int64, pace > 0 {
            parts.append("every \(Quantity.duration(pace))")
        }
        let told = ["transports", "transport_groups"].flatMap { row[$0]?.array.map { $0.map { $0 } } ?? [] }
            .compactMap { ($0["text"] ?? $0["id"])?.text ?? $0.text }
        return Cleaning.clean(
            parts.joined(separator: ", ")
                + (told.isEmpty ? ": nobody" : ": " + told.joined(separator: ", ")))
    }
}
