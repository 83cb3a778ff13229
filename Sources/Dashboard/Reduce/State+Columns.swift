import Domain

extension State {
    /// What a key does in the list of columns; everything shows at once.
    mutating func run(_ action: OwnAction, onColumns focus: Int) -> [Effect]? {
        var choices = pane.columnChoices
        let last = max(0, choices.count - 1)
        var focus = min(focus, last)
        switch action {
        case .down, .nextField: focus = min(last, focus + 1)
        case .up, .previousField: focus = max(0, focus - 1)
        case .top: focus = 0
        case .bottom: focus = last
        case .pageDown, .halfPageDown: focus = min(last, focus + Dialog.rows(self) / 2)
        case .pageUp, .halfPageUp: focus = max(0, focus - Dialog.rows(self) / 2)
        case .undo:
            panes[paneIndex].columnChoice = nil
            panes[paneIndex].applyColumnChoice()
            say(.plain, "the usual columns")
        case .toggle, .left, .right, .zoomIn, .zoomOut:
            guard choices.indices.contains(focus), change(&choices, at: &focus, by: action) else { return [] }
            panes[paneIndex].columnChoice = choices
            panes[paneIndex].applyColumnChoice()
        case .accept, .open, .columns, .cancel, .back, .close:
            overlays.removeLast()
            return keepArrangement()
        default: return leave(action)
        }
        replaceOverlay(.columns(focus: focus))
        return []
    }

    private mutating func change(
        _ choices: inout [ColumnChoice], at focus: inout Int, by action: OwnAction
    ) -> Bool {
        switch action {
        case .toggle:
            guard !choices[focus].isShown || choices.count(where: \.isShown) > 1 else {
                say(.bad, "one column has to stay")
                return false
            }
            choices[focus].isShown.toggle()
        case .left where focus > 0:
            choices.swapAt(focus, focus - 1)
            focus -= 1
        case .right where focus + 1 < choices.count:
            choices.swapAt(focus, focus + 1)
            focus += 1
        case .zoomIn, .zoomOut:
            let column = pane.pane.available.first { $0.key == choices[focus].key }
            let width = choices[focus].width ?? column?.width.upperBound ?? 8
            choices[focus].width = max(1, min(80, width + (action == .zoomIn ? 1 : -1)))
        default: return false
        }
        return true
    }
}
