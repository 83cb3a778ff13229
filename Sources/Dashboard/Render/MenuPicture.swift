import Canvas
import Domain

/// What can be done with the row under the cursor, or with the marked ones.
struct MenuPicture {
    let state: State
    let menu: ActionMenu

    func draw(in frame: inout Frame) {
        let entries = state.rowActions
        let inside = Dialog(title: title, hint: hint).draw(
            in: &frame, state, width: 76, lines: max(1, entries.count))
        guard !inside.isEmpty else { return }
        let focus = min(menu.focus, max(0, entries.count - 1))
        let first = max(0, focus - inside.height + 1)
        for row in 0..<inside.height where first + row < entries.count {
            EntryLine(entry: entries[first + row], isFocused: first + row == focus)
                .draw(in: &frame, inside.row(row))
        }
    }

    private var title: String {
        let dry = state.isDryRunArmed ? "Dry run of: " : ""
        guard menu.subject.count == 1, let only = menu.subject.first else {
            return "\(dry)\(Quantity.count(menu.subject.count)) marked"
        }
        return dry + TextLayout.cut(state.name(of: only), to: 60)
    }

    private var hint: String {
        func key(_ action: OwnAction) -> String {
            state.keymap.spelling(of: .own(action), in: [.dialog]) ?? ""
        }
        return "\(key(.accept)) does it · \(key(.cancel)) close"
    }
}

/// One line of a list of actions: what it does, why it can't now, its key.
struct EntryLine {
    let entry: PaletteEntry
    let isFocused: Bool

    func draw(in frame: inout Frame, _ line: Rect) {
        if isFocused { frame.fill(line, Theme.style(.dialogFocus)) }
        let role: Role = isFocused ? .dialogFocus : entry.reason == nil ? .dialog : .textMuted
        let used = frame.put(entry.title, line.x, line.y, role, .dialog, width: line.width)
        if !isFocused {
            for (place, character) in entry.title.enumerated() where entry.matched.contains(place) {
                frame.put(
                    String(character), line.x + place, line.y, .match, .dialog, width: line.width - place)
            }
        }
        let key = entry.key ?? ""
        let end = line.maxX - CharacterWidth.of(key)
        frame.put(key, end, line.y, isFocused ? .dialogFocus : .key, .dialog)
        if let reason = entry.reason {
            let room = end - line.x - used - 4
            let words = TextLayout.cut(reason, to: max(0, room))
            frame.put(words, line.x + used + 2, line.y, isFocused ? .dialogFocus : .textMuted, .dialog)
        }
    }
}
