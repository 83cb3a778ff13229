import Canvas
import Domain

/// The first line while an earlier moment is shown: which, what changed then, and how many alerts there are now.
struct PastLine {
    let now: State
    let view: State

    func draw(in frame: inout Frame, _ rect: Rect) {
        guard let moment = view.moment, !rect.isEmpty else { return }
        frame.fill(rect, Theme.style(.past))
        let age = max(0, now.wall.seconds.subtractingClamped(moment.time.seconds))
        let text = CivilTime.fields(moment.time, offset: view.zone).text
        let today = CivilTime.fields(now.wall, offset: view.zone).text.prefix(10)
        let clock = text.hasPrefix(today) ? String(text.dropFirst(11)) : text
        let right = counts
        let start = frame.putRight(right, endingAt: rect.maxX, rect.y)
        var words = " PAST  \(clock)  \(Quantity.age(age)) ago"
        if moment.question != nil { words += "  …" }
        let rest = changes(moment.record.findings)
        if !rest.isEmpty { words += "  \(rest)" }
        frame.put([Piece(words, .past)], rect.x, rect.y, width: max(0, start - rect.x - 2))
    }

    /// What changed in the reading that the moment is of.
    private func changes(_ findings: PastFindings) -> String {
        if findings.isOldest { return "before the first recorded change" }
        guard let first = findings.changes.first else { return "" }
        let more = findings.changes.count - 1
        let rest = more > 0 ? " + \(Quantity.count(more)) more" : ""
        return "\(ChangeColumns.name(first)) \(ChangeColumns.words(first))\(rest)"
    }

    /// What is so now: who looks back must not miss it.
    private var counts: [Piece] {
        let critical = now.alertCount(now.counts.critical)
        let warning = now.alertCount(now.counts.warning)
        guard now.offers(.alerts), now.size.width >= 60 else { return [] }
        return [Piece("now ▲ \(critical.text)  ◆ \(warning.text) ", .past)]
    }
}
