import Canvas

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
        if let note = entry.note {
            let words = TextLayout.cut(note, to: max(0, line.width - used - 2))
            frame.put(words, line.x + used + 2, line.y, isFocused ? .dialogFocus : .textMuted, .dialog)
        }
        let end = line.maxX - CharacterWidth.of(key)
        frame.put(key, end, line.y, isFocused ? .dialogFocus : .key, .dialog)
        if let reason = entry.reason {
            let room = end - line.x - used - 4
            let words = TextLayout.cut(reason, to: max(0, room))
            frame.put(words, line.x + used + 2, line.y, isFocused ? .dialogFocus : .textMuted, .dialog)
        }
    }
}
