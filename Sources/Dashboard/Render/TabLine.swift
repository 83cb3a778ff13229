import Filter
import Canvas
import Domain

/// The second line: the panes with their keys and how many rows each has.
struct TabLine {
    let state: State

    func draw(in frame: inout Frame, _ rect: Rect) {
        guard !rect.isEmpty else { return }
        frame.fill(rect, Theme.style(.tab))
        var x = rect.x
        for pane in state.panes {
            let isOpen = pane.pane.name == state.place.pane
            let text = " \(label(of: pane)) "
            let width = CharacterWidth.of(text)
            guard x + width <= rect.maxX else {
                frame.put("…", min(x, rect.maxX - 1), rect.y, .tab)
                return
            }
            x += frame.put(text, x, rect.y, isOpen ? .tabActive : .tab)
        }
    }

    /// Whether rows of a pane are known to be missing.
    private func isPartial(_ kinds: Set<ResourceKind>) -> Bool {
        state.backends.contains { backend in
            kinds.contains { kind in
                if case .partial = backend.health[kind]?.completeness { true } else { false }
            }
        }
    }

    func label(of pane: PaneState) -> String {
        let key = state.keymap.spelling(of: .pane(pane.pane.name), in: [.table, .global])
        var label = (key.map { "\($0) " } ?? "") + pane.pane.name.rawValue
        if pane.pane.name != .overview, pane.arrangement.total > 0 {
            label += " \(Quantity.count(pane.arrangement.total))\(isPartial(pane.pane.kinds) ? "+" : "")"
        }
        return label
    }
}
