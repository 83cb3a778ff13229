public import Canvas
import Domain
import Filter

/// Draws the whole screen from the state: pure, and cheap enough for every key.
public func render(_ state: State) -> Frame { render(state, after: nil).frame }

/// Draws the same as without `earlier`, with less work where much looks as it did in the frame before.
public func render(_ state: State, after earlier: Rendering?) -> Rendering {
    if let view = state.past.first {
        var rendering = render(view, after: earlier)
        rendering.backdrop = nil
        rendering.frame.clipped(to: view.layout.screen.header) { frame in
            PastLine(now: state, view: view).draw(in: &frame, view.layout.screen.header)
        }
        return rendering
    }
    if let screen = state.screen { return Rendering(frame: screen.draw(state), rows: nil, lowerRows: nil) }
    var rows: DrawnRows?
    var lowerRows: DrawnRows?
    var frame = Frame(size: state.size, sheet: state.theme.sheet, style: Theme.style(.text))
    let screen = state.layout.screen
    let lines = BackdropLines(state, after: earlier)
    lines.draw(screen.header, of: state, in: &frame) { HeaderLine(state: $0).draw(in: &$1, screen.header) }
    lines.draw(screen.tabs, of: state, in: &frame) { TabLine(state: $0).draw(in: &$1, screen.tabs) }
    lines.draw(screen.keys, of: state, in: &frame, isSame: lines.hasSameFolding) {
        KeyLine(state: $0).draw(in: &$1, screen.keys)
    }
    // Before the rows, whose frame is kept: what is drawn after that makes a second one.
    MessageLine(state: state).draw(in: &frame, screen.message)
    frame.clipped(to: screen.body) { frame in
        if let opened = state.details.last {
            DetailPicture(state: state, opened: opened).draw(in: &frame, screen.body)
        } else if state.place.pane == .overview {
            OverviewPicture(state: state).draw(in: &frame, screen.body)
        } else {
            let layout = state.layout
            // Maximized, the table that has the keys is alone.
            let first = state.isZoomed ? state.pane : state.panes[state.upperIndex]
            let hasKeys = state.isZoomed || !state.isPinInFront
            // What is said of the row under the cursor moves with it.
            let isStill = first.find == nil && first.filter == .everything
            lines.draw(screen.body.row(0), of: state, in: &frame, isSame: isStill) {
                TitleLine(state: $0, pane: first, hasKeys: hasKeys).draw(in: &$1, screen.body.row(0))
            }
            frame.clipped(to: layout.upper) { frame in
                let picture = TablePicture(
                    state, first, width: layout.upper.width, hasKeys: hasKeys, reusing: earlier?.rows,
                    around: lines)
                rows = picture.draw(in: &frame, layout.upper)
            }
            if let lower = layout.lower {
                frame.clipped(to: lower) { frame in
                    lowerRows = PinPicture(state: state).draw(in: &frame, lower, reusing: earlier?.lowerRows)
                }
            }
            if let detail = layout.detail, let opened = state.split.opened {
                frame.clipped(to: detail) {
                    DetailPicture(state: state, opened: opened, isBeside: true).draw(in: &$0, detail)
                }
            }
        }
    }
    for layer in state.layers.all { layer.draw(in: &frame, state) }
    return Rendering(
        frame: frame, rows: rows, lowerRows: lowerRows, backdrop: state.backdrop, folding: lines.folding)
}
