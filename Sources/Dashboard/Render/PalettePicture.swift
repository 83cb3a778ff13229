import Canvas
import Domain

/// The palette: a field, and the actions that what was typed finds.
struct PalettePicture {
    let state: State
    let palette: Palette

    func draw(in frame: inout Frame) {
        let entries = state.paletteEntries(palette.input.text)
        let inside = Dialog(title: "Palette", hint: "").draw(
            in: &frame, state, width: 76, lines: max(2, min(entries.count + 1, 16)))
        guard !inside.isEmpty else { return }
        frame.put(": ", inside.x, inside.y, .key, .dialog)
        palette.input.draw(
            in: &frame, Rect(inside.x + 2, inside.y, inside.width - 2, 1), Theme.style(.input))
        let list = Rect(inside.x, inside.y + 1, inside.width, inside.height - 1)
        let first = max(0, palette.focus - list.height + 1)
        if entries.isEmpty {
            frame.put("nothing is called that", list.x, list.y, .textMuted, .dialog, width: list.width)
        }
        for row in 0..<list.height where first + row < entries.count {
            draw(entries[first + row], in: &frame, list.row(row), isFocused: first + row == palette.focus)
        }
    }

    private func draw(_ entry: PaletteEntry, in frame: inout Frame, _ line: Rect, isFocused: Bool) {
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
