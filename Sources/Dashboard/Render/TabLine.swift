import Filter
import Canvas
import Domain

/// The second line: the panes with their keys and how many rows each has.
struct TabLine {
    let state: State

    func draw(in frame: inout Frame, _ rect: Rect) {
        guard !rect.isEmpty else { return }
        frame.fill(rect, Theme.style(.tab))
        for tab in tabs {
            frame.put(
                tab.text, rect.x + tab.x, rect.y, tab.isOpen ? .tabActive : .tab, width: rect.maxX - tab.x)
        }
    }

    /// One tab on the screen.
    struct Tab {
        var pane: PaneName
        var text: String
        var x: Int
        var isOpen: Bool
    }

    /// The tabs that fit, the open one always among them; where room is short, only that one says how many.
    var tabs: [Tab] {
        let width = state.size.width
        let open = state.paneIndex
        var texts = state.panes.map { " \(label(of: $0, counted: true)) " }
        if texts.reduce(0, { $0 + CharacterWidth.of($1) }) > width {
            texts = state.panes.indices.map { " \(label(of: state.panes[$0], counted: $0 == open)) " }
        }
        var first = 0
        while first < open,
            texts[first...open].reduce(first > 0 ? 2 : 0, { $0 + CharacterWidth.of($1) }) > width - 2
        { first += 1 }
        var tabs: [Tab] = []
        var x = 0
        if first > 0 {
            tabs.append(Tab(pane: state.panes[first - 1].pane.name, text: " …", x: 0, isOpen: false))
            x = 2
        }
        for index in first..<texts.count {
            let name = state.panes[index].pane.name
            let size = CharacterWidth.of(texts[index])
            guard x + size <= width || index == first else {
                tabs.append(Tab(pane: name, text: "…", x: min(x, width - 1), isOpen: false))
                break
            }
            tabs.append(Tab(pane: name, text: texts[index], x: x, isOpen: index == open))
            x += size
        }
        return tabs
    }

    private func label(of pane: PaneState, counted: Bool) -> String {
        let key = state.keymap.spelling(of: .pane(pane.pane.name), in: [.table, .global])
        var label = (key.map { "\($0) " } ?? "") + pane.pane.name.rawValue
        if counted, pane.pane.name != .overview {
            let count = state.rowCount(pane.pane)
            if count.value > 0 { label += " \(count.text)" }
        }
        return label
    }
}
