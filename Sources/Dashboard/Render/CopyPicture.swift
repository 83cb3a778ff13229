import Canvas
import Domain

/// What can be copied, to choose from.
struct CopyPicture {
    let state: State
    let menu: CopyMenu

    func draw(in frame: inout Frame) {
        let inside = Dialog(title: "Copy", hint: hint).draw(
            in: &frame, state, width: 72, lines: menu.choices.count)
        guard !inside.isEmpty else { return }
        let first = max(0, menu.focus - inside.height + 1)
        let titles = menu.choices.map { CharacterWidth.of($0.title) }.max() ?? 0
        for row in 0..<inside.height where first + row < menu.choices.count {
            let choice = menu.choices[first + row]
            let isFocused = first + row == menu.focus
            let line = inside.row(row)
            if isFocused { frame.fill(line, Theme.style(.dialogFocus)) }
            let title = TextLayout.cut(choice.title, to: line.width)
            frame.put(title, line.x, line.y, isFocused ? .dialogFocus : .dialog, .dialog)
            let start = min(titles, inside.width / 2) + 2
            let sample = TextLayout.cut(CleanText.oneLine(choice.sample), to: max(0, line.width - start))
            guard CharacterWidth.of(title) < start else { continue }
            frame.put(sample, line.x + start, line.y, isFocused ? .dialogFocus : .textMuted, .dialog)
        }
    }

    private var hint: String {
        func key(_ action: OwnAction) -> String {
            state.keymap.spelling(of: .own(action), in: state.contexts) ?? ""
        }
        return "\(key(.accept)) copies · \(key(.cancel)) close"
    }
}
