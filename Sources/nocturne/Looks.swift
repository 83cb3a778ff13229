import Canvas
import Dashboard
import Domain

/// What the screen looks like and what keys do.
struct Looks {
    var themes: [Theme]
    var themeIndex: Int
    var keymap: Keymap
    /// What is wrong with the operator's own themes and keymaps.
    var notices: [String]
}

extension Setup {
    /// The looks until theme and keymap files are loaded: no colour, the usual keys.
    func looks(theme: String?, keymap: String?) throws -> Looks {
        var bindings: [Binding] = []
        func bind(_ contexts: [KeyContext], _ pairs: [(String, String)]) {
            for (keys, name) in pairs {
                for key in keys.split(separator: " ").compactMap({ Key(String($0)) }) {
                    bindings += contexts.map { Binding($0, [key], Action(name: name)) }
                }
            }
        }
        bind(
            [.table, .detail],
            [
                ("j Down", "down"), ("k Up", "up"), ("PgDn", "page-down"), ("PgUp", "page-up"),
                ("g Home", "top"),
                ("G End", "bottom"), ("Enter", "open"), ("Esc", "back"), ("a", "acknowledge"),
                ("u", "unmute"),
            ])
        bind(
            [.table],
            [
                ("h Left", "left"), ("l Right", "right"), ("/", "filter"), ("Space", "mark"),
                ("*", "mark-all"),
                ("s", "sort-next"), ("S", "sort-reverse"),
            ])
        bind(
            [.global],
            [
                ("0", "pane-overview"), ("1", "pane-devices"), ("2", "pane-ports"), ("3", "pane-alerts"),
                (":", "palette"), ("?", "help"), ("L", "audit"), ("!", "health"), ("r", "refresh"),
                ("q", "close"),
                ("Q", "quit"),
            ])
        bind(
            [.dialog],
            [
                ("Enter", "accept"), ("Esc", "cancel"), ("y", "yes"), ("c", "check"), ("j Down", "down"),
                ("k Up", "up"), ("Space", "toggle"), ("Tab", "next-field"), ("ctrl-t", "dry-run"),
            ])
        bind(
            [.text],
            [
                ("Enter", "accept"), ("Esc", "cancel"), ("Tab Down", "next-field"), ("Up", "previous-field"),
                ("ctrl-t", "dry-run"),
            ])
        return Looks(themes: [], themeIndex: 0, keymap: Keymap(bindings), notices: [])
    }
}
