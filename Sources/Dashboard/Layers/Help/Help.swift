import Canvas
import Domain

/// The keys that work here.
typealias Help = TextPage<KeyReference>

/// What help says: the keys of where one is, from the live bindings.
struct KeyReference: PageText {
    static let title = "Keys"
    static let opener = OwnAction.help

    let state: State

    var lines: [[Piece]] {
        let isDetail = !state.details.isEmpty
        let browsing: [(String, KeyContext)] = state.isBrowsing ? [("In browse", .browse)] : []
        let sections: [(String, KeyContext)] =
            browsing + [
                (isDetail ? "In a detail" : "In a table", isDetail ? .detail : .table),
                ("Everywhere", .global),
                ("In dialogs", .dialog), ("While typing", .text),
            ]
        var lines: [[Piece]] = []
        for (title, context) in sections {
            let rows = Self.rows(of: context, state)
            guard !rows.isEmpty else { continue }
            if !lines.isEmpty { lines.append([]) }
            lines.append([Piece(title, .dialogTitle)])
            for (keys, words, reason) in rows {
                lines.append([
                    Piece("  \(HealthLine.padded(keys, 18))", .key), Piece(words, .dialog),
                    Piece(reason.map { "  (\($0))" } ?? "", .textMuted),
                ])
            }
        }
        return lines
    }

    private static func isOfBrowse(_ keys: [Key], _ state: State) -> Bool {
        state.keymap.bindings.contains { $0.context == .browse && $0.keys == keys }
    }

    /// One row per action in the order of the keymap: its keys, what it does, why it can't run now.
    private static func rows(of context: KeyContext, _ state: State) -> [(String, String, String?)] {
        var order: [Action] = []
        var keys: [Action: [String]] = [:]
        for binding in state.keymap.bindings where binding.context == context {
            // What the pane browse has a meaning of its own for means nothing else there.
            if state.isBrowsing, context != .browse, isOfBrowse(binding.keys, state) { continue }
            if keys[binding.action] == nil { order.append(binding.action) }
            keys[binding.action, default: []].append(binding.spelling)
        }
        return order.compactMap { action in
            let reason: String?
            if case .command(let kind) = action {
                guard state.backends.contains(where: { $0.command(kind) != nil }) else { return nil }
                reason = state.isReadOnly ? state.reasonAgainst(action) : nil
            } else {
                reason = nil
            }
            return (keys[action, default: []].joined(separator: " "), state.title(of: action), reason)
        }
    }
}
