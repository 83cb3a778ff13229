import Canvas
import Domain
import Filter

/// The second table with its title.
struct PinPicture {
    let state: State

    /// - Returns: what was drawn, for the next time; nil without rows.
    func draw(in frame: inout Frame, _ rect: Rect, reusing earlier: DrawnRows?) -> DrawnRows? {
        guard let pinned = state.pinned else {
            frame.put(" nothing belongs to this row", rect.x, rect.y, .textMuted, width: rect.width)
            return nil
        }
        let hasKeys = state.isPinInFront
        TitleLine(state: state, pane: pinned, hasKeys: hasKeys).draw(in: &frame, rect.row(0))
        let table = Rect(rect.x, rect.y + 1, rect.width, rect.height - 1)
        return TablePicture(state, pinned, width: rect.width, hasKeys: hasKeys, reusing: earlier)
            .draw(in: &frame, table)
    }
}
