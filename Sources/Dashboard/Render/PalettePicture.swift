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
            EntryLine(entry: entries[first + row], isFocused: first + row == palette.focus)
                .draw(in: &frame, list.row(row))
        }
    }
}
