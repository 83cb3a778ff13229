import Canvas
import Dashboard
import Domain

/// The keys of the shipped default keymap, as far as its actions exist.
enum DefaultKeys {
    static let keymap = Keymap(everywhere + rows + dialog + text)

    private static func bind(_ context: KeyContext, _ lines: [(String, [String])]) -> [Binding] {
        lines.flatMap { name, spellings in
            spellings.map { spelling in
                Binding(
                    context, spelling.split(separator: " ").compactMap { Key(String($0)) }, Action(name: name)
                )
            }
        }
    }

    private static let everywhere = bind(
        .global,
        [
            ("down", ["j", "Down"]), ("up", ["k", "Up"]), ("left", ["h", "Left"]), ("right", ["l", "Right"]),
            ("half-page-down", ["ctrl-d"]), ("half-page-up", ["ctrl-u"]),
            ("page-down", ["PgDn"]), ("page-up", ["PgUp"]), ("top", ["g", "Home"]), ("bottom", ["G", "End"]),
            ("pane-overview", ["0"]), ("pane-devices", ["1"]), ("pane-ports", ["2"]), ("pane-alerts", ["3"]),
            ("pane-bills", ["4"]), ("pane-bonds", ["5"]), ("pane-rules", ["6"]), ("pane-customers", ["7"]),
            ("pane-browse", ["8"]), ("next-pane", ["Tab"]), ("previous-pane", ["shift-Tab"]),
            ("open", ["Enter"]), ("back", ["Esc"]), ("history-back", ["["]), ("history-forward", ["]"]),
            ("audit", ["L"]), ("health", ["!"]), ("theme-next", ["T"]), ("mouse", ["%"]),
            ("refresh", ["r"]), ("refresh-all", ["R"]), ("palette", [":"]), ("help", ["?"]),
            ("redraw", ["ctrl-l"]), ("close", ["q"]), ("quit", ["Q"]),
        ])

    private static let rows =
        bind(
            .table,
            [
                ("filter", ["/"]), ("problems-only", ["p"]), ("hide-acknowledged", ["A"]),
                ("narrow-backend", ["@"]), ("sort-next", ["s"]), ("sort-reverse", ["S"]),
                ("sort-left", ["<"]), ("sort-right", [">"]), ("mark", ["Space"]), ("mark-all", ["*"]),
                ("unmark-all", ["U"]), ("acknowledge", ["a"]), ("unmute", ["u"]), ("restart-bond", ["X"]),
                ("label-onu", ["z l"]),
            ])
        + bind(
            .detail,
            [("acknowledge", ["a"]), ("unmute", ["u"]), ("restart-bond", ["X"]), ("label-onu", ["z l"])])

    private static let dialog = bind(
        .dialog,
        [
            ("accept", ["Enter"]), ("cancel", ["Esc"]), ("yes", ["y"]), ("check", ["c"]),
            ("down", ["j", "Down"]), ("up", ["k", "Up"]), ("toggle", ["Space"]),
            ("next-field", ["Tab"]), ("previous-field", ["shift-Tab"]), ("dry-run", ["ctrl-t"]),
        ])

    private static let text = bind(
        .text,
        [
            ("accept", ["Enter"]), ("cancel", ["Esc"]), ("next-field", ["Tab", "Down"]),
            ("previous-field", ["shift-Tab", "Up"]), ("dry-run", ["ctrl-t"]),
        ])
}
