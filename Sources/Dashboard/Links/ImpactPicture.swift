import Canvas
import Domain
import Links

/// The impact of an entity: what it is of, how many of each kind, then the tree.
struct ImpactPicture {
    let state: State
    let page: ImpactPage

    func draw(in frame: inout Frame) {
        let body = state.layout.screen.body
        let list = Rect(body.x, body.y + 2, body.width, max(0, body.height - 2))
        frame.clipped(to: body) { frame in
            frame.fill(body, Theme.style(.text))
            frame.put(
                [
                    Piece(" impact", .textHeading), Piece(" › ", .textMuted),
                    Piece(state.name(of: page.entity), .textStrong), Piece(subject, .textMuted),
                ], body.x, body.y, width: body.width - 1)
            frame.put([Piece(" \(counts)", .text)], body.x, body.y + 1, width: body.width - 1)
            let lines = page.lines
            guard !lines.isEmpty else {
                frame.put(emptyWords, list.x + 1, list.y, .textMuted, width: list.width - 2)
                return
            }
            FocusedList(count: lines.count, focus: page.focus) { pieces($0) }.draw(in: &frame, list)
        }
    }

    /// What an alert is about, where the impact is of that.
    private var subject: String {
        guard page.impact.start != page.entity else { return "" }
        return "  of \(page.impact.start.kind) \(state.name(of: page.impact.start))"
    }

    /// How many of each kind, as in `2 bonds · 41+ customers · ? bills`.
    private var counts: String {
        let told: [(ResourceKind, String, String)] = [
            (.customer, "customer", "customers"), (.bond, "bond", "bonds"), (.cpe, "CPE", "CPEs"),
            (.bill, "bill", "bills"),
            (.port, "port", "ports"), (.device, "device", "devices"),
            (.alert, "other alert", "other alerts"),
        ]
        let words = told.compactMap { kind, one, many -> String? in
            guard let count = page.impact[kind] else { return nil }
            // That there are none is said of what matters most alone.
            if count == .exactly(0), ![.customer, .bond].contains(kind) { return nil }
            return "\(count.words) \(count == .exactly(1) ? one : many)"
        }
        return words.joined(separator: " · ")
    }

    private var emptyWords: String {
        let isKnown = page.impact.counts.values.allSatisfy { $0.exact != nil }
        return isKnown
            ? "nothing hangs on it" : "nothing is known to hang on it; not all rows that could are here"
    }

    private func pieces(_ line: Int) -> [Piece] {
        let nodes = page.impact.nodes
        guard nodes.indices.contains(line) else {
            let alert = page.impact.alerts[line - nodes.count]
            return [Piece("alert ", .textMuted)] + description(of: alert)
        }
        let node = nodes[line]
        var pieces = [
            Piece(String(repeating: "  ", count: max(0, node.depth - 1)), .text),
            Piece("\(node.entity.kind) ", .textMuted),
        ]
        pieces += description(of: node.entity)
        if let bond = node.bond { pieces.append(Piece("  \(bond.words)", .text)) }
        if let evidence = node.evidence { pieces.append(Piece("  (\(evidence.words))", .textMuted)) }
        return pieces
    }

    private func description(of entity: EntityRef) -> [Piece] {
        var pieces = [Piece(state.name(of: entity), .link)]
        if let (word, isKnown) = state.linkedState(of: entity) {
            let sign = isKnown ? Sign.state(word) : Sign.state("unknown")
            pieces.append(Piece("  \(sign.symbol) \(word)", sign.role))
        }
        pieces.append(Piece("  \(state.backendNames(of: entity))", .textMuted))
        return pieces
    }
}
