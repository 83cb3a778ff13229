import Canvas
import Dashboard
import Domain

/// The keys of the shipped default keymap, and keys for the panes and commands that only the fixture has.
enum DefaultKeys {
    static let keymap = Keymap(bindings)
    /// The same with the keys of the pane browse, which only its own tests have a server for.
    static let browsing = Keymap(
        bindings + bind(.global, [("pane-browse", ["8"]), ("api", ["B"])])
            + bind(
                .browse,
                [
                    ("create-resource", ["E"]), ("change-resource", ["e"]), ("delete-resource", ["K"]),
                    ("raw", ["V"]), ("save-file", ["w"]),
                ]))

    private static func bind(_ context: KeyContext, _ lines: [(String, [String])]) -> [Binding] {
        lines.flatMap { name, spellings in
            spellings.map { spelling in
                let keys = spelling.split(separator: " ").compactMap { Key(String($0)) }
                return Binding(context, keys, Action(name: name))
            }
        }
    }

    private static let bindings: [Binding] =
        bind(.tables, [("other-table", ["Tab", "shift-Tab"])])
        + bind(
            .global,
            [
                ("pane-overview", ["0"]), ("pane-devices", ["1"]), ("pane-ports", ["2"]),
                ("pane-alerts", ["3"]),
                ("pane-bills", ["4"]), ("pane-rules", ["6"]), ("next-pane", ["Tab"]),
                ("previous-pane", ["shift-Tab"]),
                ("back", ["Esc"]), ("history-back", ["["]), ("history-forward", ["]"]), ("refresh", ["r"]),
                ("zoom", ["z"]), ("find", ["ctrl-f"]), ("find-next", ["n"]), ("find-previous", ["N"]),
                ("refresh-all", ["R"]), ("audit", ["L"]), ("health", ["!"]), ("impact", ["i"]),
                ("runbook", ["O"]), ("since", [","]), ("timeline", ["t"]), ("handoff", ["Y"]),
                ("i-have-looked", ["I"]),
                ("earlier", ["{"]), ("later", ["}"]), ("quarter-earlier", ["("]), ("quarter-later", [")"]),
                ("difference", ["~"]),
                ("themes", ["T"]),
                ("mouse", ["%"]), ("palette", [":"]), ("help", ["?", "F1"]), ("redraw", ["ctrl-l"]),
                ("pane-bonds", ["5"]), ("pane-customers", ["7"]), ("close", ["q"]), ("quit", ["Q"]),
                ("wallboard", ["W"]),
            ])
        + bind(
            .wallboard,
            [
                ("next-page", ["n"]), ("previous-page", ["p"]), ("pause", ["Space"]), ("theme-next", ["T"]),
                ("redraw", ["ctrl-l"]), ("close", ["q"]),
            ])
        + bind(
            .table,
            [
                ("down", ["j", "Down"]), ("up", ["k", "Up"]), ("left", ["h", "Left"]),
                ("right", ["l", "Right"]), ("half-page-down", ["ctrl-d"]), ("half-page-up", ["ctrl-u"]),
                ("page-down", ["PgDn"]), ("page-up", ["PgUp"]), ("top", ["g", "Home"]),
                ("bottom", ["G", "End"]), ("open", ["Enter"]), ("acknowledge", ["a"]), ("unmute", ["u"]),
                ("filter", ["/"]), ("problems-only", ["p"]), ("hide-acknowledged", ["A"]),
                ("narrow-backend", ["@"]), ("group", ["b"]), ("sort", ["s"]), ("sort-reverse", ["S"]),
                ("sort-left", ["<"]),
                ("sort-right", [">"]), ("mark", ["Space"]), ("mark-all", ["*"]), ("unmark-all", ["U"]),
                ("mark-range", ["v"]), ("mark-pattern", ["+"]), ("columns", ["c"]), ("views", ["f"]),
                ("save-view", ["w"]), ("detail-beside", ["d"]), ("pin", ["P"]), ("follow", ["F"]),
                ("freeze", ["Z"]), ("snooze", ["m"]), ("claim", ["C"]), ("actions", ["."]),
                ("dry-run", ["D"]),
                ("restart-bond", ["X"]), ("label-onu", ["; l"]), ("edit-rule", ["e"]), ("add-rule", ["; a"]),
                ("delete-rule", ["; d"]), ("fold", ["-"]), ("apart", ["="]), ("live", ["x"]), ("copy", ["y"]),
                ("web-address", ["o"]),
            ])
        + bind(
            .detail,
            [
                ("down", ["j", "Down"]), ("up", ["k", "Up"]), ("half-page-down", ["ctrl-d"]),
                ("half-page-up", ["ctrl-u"]), ("page-down", ["PgDn", "Space"]), ("page-up", ["PgUp"]),
                ("top", ["g", "Home"]), ("bottom", ["G", "End"]), ("open", ["Enter"]), ("acknowledge", ["a"]),
                ("unmute", ["u"]), ("restart-bond", ["X"]), ("label-onu", ["; l"]), ("edit-rule", ["e"]),
                ("add-rule", ["; a"]),
                ("delete-rule", ["; d"]), ("graphs", ["v"]), ("live", ["x"]), ("snooze", ["m"]),
                ("claim", ["C"]),
                ("actions", ["."]), ("dry-run", ["D"]), ("copy", ["y"]),
                ("web-address", ["o"]),
                ("fold", ["-"]),
                ("left", ["h", "Left"]),
                ("right", ["l", "Right"]),
            ])
        + bind(
            .dialog,
            [
                ("filter", ["/"]),
                ("left", ["h", "Left"]), ("right", ["l", "Right"]), ("zoom-in", ["+"]), ("zoom-out", ["-"]),
                ("save-graph", ["w"]),
                ("down", ["j", "Down"]), ("up", ["k", "Up"]), ("page-down", ["PgDn", "ctrl-d"]),
                ("page-up", ["PgUp", "ctrl-u"]), ("top", ["g", "Home"]), ("bottom", ["G", "End"]),
                ("accept", ["Enter"]), ("yes", ["y"]), ("check", ["c"]), ("retry", ["t"]),
                ("forget", ["x", "Delete"]),
                ("toggle", ["Space"]), ("mine", ["m"]),
                ("next-field", ["Tab"]), ("previous-field", ["shift-Tab"]), ("dry-run", ["ctrl-t", "D"]),
                ("undo", ["u"]), ("edit-externally", ["F4", "e", "ctrl-x ctrl-e"]),
                ("cancel", ["Esc"]), ("close", ["q"]), ("redraw", ["ctrl-l"]),
            ])
        + bind(
            .text,
            [
                ("accept", ["Enter"]), ("next-field", ["Tab"]),
                ("previous-field", ["shift-Tab"]), ("down", ["Down"]), ("up", ["Up"]),
                ("page-down", ["PgDn"]), ("page-up", ["PgUp"]),
                ("dry-run", ["ctrl-t"]), ("edit-externally", ["F4", "ctrl-x ctrl-e"]), ("cancel", ["Esc"]),
                ("redraw", ["ctrl-l"]),
            ])
}
