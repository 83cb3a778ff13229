import Canvas

/// Lines over the pane of which one has the cursor; as many as there is room for, that one always among them.
struct FocusedList {
    let count: Int
    let focus: Int
    /// What a line says.
    let pieces: (Int) -> [Piece]

    func draw(in frame: inout Frame, _ area: Rect) {
        let first = max(0, focus - area.height + 1)
        for row in 0..<max(0, min(area.height, count - first)) {
            let line = area.row(row)
            let isFocused = first + row == focus
            let variant: Variant = isFocused ? .selected : .plain
            if isFocused {
                frame.fill(line, Theme.style(.cursor, .selected))
                frame.put("▌", line.x, line.y, .cursor, variant)
            }
            frame.put(pieces(first + row), line.x + 3, line.y, variant, width: max(0, line.width - 4))
        }
    }
}
